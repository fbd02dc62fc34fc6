/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * run: the function is called once, with a guest that only takes notes. Each
 * call on it appends a step to the plan, which the checker carries out.
 */
#include "lua-plan.h"
#include "lesson.h"

#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

#define ARGS_MAX     64
#define ARG_MAX	     1024
#define WRITE_MAX    ((size_t)64 << 10)
#define SLEEP_MAX_MS 600000

/* The options at stack index @idx, and the label that they may give. */
static void call_end(struct call *c, int idx)
{
	/** [options] Options of a call
	 * The last argument of most calls on the guest. What may be left out
	 * stands before it as `nil`: `guest:insmod("a.ko", nil, { expect =
	 * "EBUSY" })`.
	 */
	static const char *const allowed[] = {"expect", "as", NULL};
	struct rec o;

	if (plan_options(c, idx, &o, allowed))
		/** options.expect: an error by name or number, or an exit status
		 * What the step must answer: for `guest:run` an exit status, 0
		 * to 255, for all else 0, or a name or negative number of the
		 * error that it must fail with. 0 if left out.
		 * > { expect = "EINVAL" }
		 */
		c->step->expect = plan_take_expect(c, &o, "expect");
	plan_call_end(c);
}

/** guest:insmod(file, params, options)
 * Load the module `file`, `"wrap.ko"`, with [parameters](#params).
 * > guest:insmod("wrap.ko", { level = 3 })
 */
static int guest_insmod(lua_State *L)
{
	struct call c = plan_call_begin(L, PLAN_INSMOD, 3);

	plan_take_module(&c);
	call_end(&c, 4);
	return 0;
}

/** guest:rmmod(module, options)
 * Unload `module`, by its name in the kernel, `"wrap"`: no `.ko`, and `_` where
 * the file has a dash.
 * > guest:rmmod "wrap"
 */
static int guest_rmmod(lua_State *L)
{
	struct call c = plan_call_begin(L, PLAN_RMMOD, 2);
	char *dash;
	size_t len;

	plan_take_target(&c, "the module", GET_PATH);
	len = strlen(c.step->target);
	if (len > 3 && strcmp(c.step->target + len - 3, ".ko") == 0)
		rec_fail(&c.rec, NULL,
			 "\"%s\" is a file; a module is unloaded "
			 "by its name, \"%.*s\"",
			 c.step->target, (int)len - 3, c.step->target);
	dash = strchr(c.step->target, '-');
	if (dash)
		rec_fail(&c.rec, NULL,
			 "\"%s\" has a dash; the kernel puts "
			 "\"_\" for it in a module's name",
			 c.step->target);
	call_end(&c, 3);
	return 0;
}

static void take_args(struct call *c, int idx)
{
	struct rec a;
	int n;

	if (lua_isnil(c->L, idx))
		return;
	if (!lua_istable(c->L, idx))
		rec_fail(&c->rec, NULL,
			 "the arguments are a %s, must be a "
			 "list { \"a\", 1 }",
			 luaL_typename(c->L, idx));
	a = rec_make(c->L, idx, c->rec.line);
	snprintf(a.name, sizeof(a.name), "%s", c->rec.name);
	n = rec_length(&a, NULL, ARGS_MAX);
	for (int i = 1; i <= n; i++) {
		size_t len;
		const char *s;

		lua_rawgeti(c->L, idx, i);
		s = lua_tolstring(c->L, -1, &len);
		if (!s || strlen(s) != len || len > ARG_MAX)
			rec_fail(&a, NULL,
				 "argument %d must be a string of "
				 "at most %d bytes, or a number",
				 i, ARG_MAX);
		keep_in(c->L, &c->step->argv, s);
		lua_pop(c->L, 1);
	}
}

/** guest:run(program, args, options)
 * Run one of the lesson's [programs](#lesson-programs), with a list of at most
 * {ARGS_MAX} arguments, strings of at most {ARG_MAX} bytes or numbers.
 * > guest:run("ioctl_test", { "-v", 3 }, { as = "verbose" })
 */
static int guest_run(lua_State *L)
{
	struct call c = plan_call_begin(L, PLAN_RUN, 3);

	plan_take_target(&c, "the program", 0);
	must_be_in(&c.rec, NULL, c.step->target, &c.lesson->spec.programs,
		   "program of this lesson");
	take_args(&c, 3);
	call_end(&c, 4);
	return 0;
}

static void take_path(struct call *c)
{
	const char *p;

	plan_take_target(c, "the path", 0);
	p = c->step->target;
	if (*p != '/' || strstr(p, "/../"))
		rec_fail(&c->rec, NULL,
			 "the path is \"%s\": only an absolute "
			 "path without \"..\" is allowed",
			 p);
}

/** guest:read(path, options)
 * Read the file `path`, absolute and without `..`, whole. A check of the kind
 * [output](#check-output) looks at it.
 * > guest:read "/sys/kernel/debug/lesson/hits"
 */
static int guest_read(lua_State *L)
{
	struct call c = plan_call_begin(L, PLAN_READ, 2);

	take_path(&c);
	call_end(&c, 3);
	return 0;
}

/** guest:write(path, text, options)
 * Write `text`, at most 64 KiB without NUL, to the file `path` in one
 * `write()`. The text is required.
 * > guest:write("/dev/lesson0", "hello", { expect = "ENOSPC" })
 */
static int guest_write(lua_State *L)
{
	struct call c = plan_call_begin(L, PLAN_WRITE, 3);
	const char *s;
	size_t len;

	take_path(&c);
	s = lua_tolstring(L, 3, &len);
	if (!s || strlen(s) != len || len > WRITE_MAX)
		rec_fail(&c.rec, NULL,
			 "what is written must be a string of "
			 "at most %zu bytes without NUL",
			 WRITE_MAX);
	keep_string(L, &c.step->args, s);
	call_end(&c, 4);
	return 0;
}

/** guest:sleep(milliseconds)
 * Let so much guest time pass, 1 to {SLEEP_MAX_MS} and less than
 * [budget](#lesson-budget) says. It takes no time of yours.
 * > guest:sleep(1500)
 */
static int guest_sleep(lua_State *L)
{
	struct call c = plan_call_begin(L, PLAN_SLEEP, 1);
	long most = (long)c.lesson->spec.guest_seconds * 1000;
	lua_Integer ms;
	char text[32];
	int ok;

	ms = lua_tointegerx(L, 2, &ok);
	if (!ok || ms < 1 || ms > SLEEP_MAX_MS)
		rec_fail(&c.rec, NULL,
			 "the time must be milliseconds, 1 to "
			 "%d",
			 SLEEP_MAX_MS);
	if (ms >= most)
		rec_fail(&c.rec, NULL,
			 "%lld ms is longer than the %ld ms "
			 "that a step may take; raise the "
			 "lesson's budget",
			 (long long)ms, most);
	snprintf(text, sizeof(text), "%lld", (long long)ms);
	keep_string(L, &c.step->args, text);
	call_end(&c, 0);
	return 0;
}

/** guest:leaks()
 * Look for memory that unloaded modules have left behind. A leak is a finding.
 * > guest:leaks()
 */
static int guest_leaks(lua_State *L)
{
	struct call c = plan_call_begin(L, PLAN_LEAKS, 0);

	call_end(&c, 0);
	return 0;
}

/* guest.NAME; the methods are the upvalue. */
static int guest_index(lua_State *L)
{
	char maybe[64], all[128];
	const char *name;

	lua_settop(L, 2);
	lua_pushvalue(L, 2);
	if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
		return 1;
	name = luaL_tolstring(L, 2, NULL);
	say_suggestion(maybe, sizeof(maybe), name, plan_calls);
	say_all(all, sizeof(all), plan_calls);
	lua_host_fail(L, 0,
		      "the guest has no call \"%.40s\"%s; allowed are "
		      "%s",
		      name, maybe, all);
}

static void push_guest(lua_State *L, struct lesson *l)
{
	/** [guest] Calls on the guest
	 * Within `run`, with a colon. Nothing runs yet: each adds a step to the
	 * plan. What stands behind the first argument may be left out, but the
	 * text of `guest:write`. Every step has a label, by which checks name
	 * it: the call and its first argument, `"insmod wrap.ko"`, for the
	 * second of that name `"insmod wrap.ko #2"`; or what `as` says.
	 */
	static const luaL_Reg methods[] = {
		{"insmod", guest_insmod},
		{"rmmod", guest_rmmod},
		{"run", guest_run},
		{"read", guest_read},
		{"write", guest_write},
		{"sleep", guest_sleep},
		{"leaks", guest_leaks},
		{"soak", lua_guest_soak},
		{"failslab", lua_guest_failslab},
		{NULL, NULL},
	};

	lua_pushlightuserdata(L, &plan_guest);
	lua_newtable(L);
	lua_newtable(L);
	lua_pushlightuserdata(L, l);
	luaL_setfuncs(L, methods, 1);
	lua_pushcclosure(L, guest_index, 1);
	lua_setfield(L, -2, "__index");
	lua_setmetatable(L, -2);
}

void lua_plan_read(const struct rec *r, struct lesson *l)
{
	lua_State *L = r->L;

	/** lesson.run: a function of the guest, required
	 * Called once, when the lesson is loaded. Each call on `guest` adds a
	 * step to the plan of a check, at most {STEPS_MAX}: see [the
	 * calls](#guest).
	 * > run = function(guest)
	 * >   guest:insmod "wrap.ko"
	 * >   guest:rmmod "wrap"
	 * > end,
	 */
	lua_pushliteral(L, "run");
	lua_rawget(L, r->table);
	if (lua_isnil(L, -1))
		rec_fail(r, NULL, "the field \"run\" is missing");
	if (!lua_isfunction(L, -1))
		rec_fail(r, "run",
			 "run is a %s, must be "
			 "function(guest) ... end",
			 luaL_typename(L, -1));
	push_guest(L, l);
	lua_call(L, 1, 0);
	/* A step without a label is one whose mistake a pcall has caught. */
	for (size_t i = 0; i < l->spec.nplan; i++)
		if (!l->spec.plan[i].label)
			rec_fail(r, "run",
				 "step %zu of run is broken, and "
				 "pcall hides why",
				 i + 1);
}
