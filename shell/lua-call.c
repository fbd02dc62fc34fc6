/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What all calls on the guest do: arguments, options, labels. */
#include "lua-plan.h"
#include "lesson.h"

#include <errno.h>
#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

#define STEPS_MAX 64
#define ERRNO_MAX 134

char plan_guest; /* its address is what stands for the guest */

const char *const plan_calls[] = {
	[PLAN_INSMOD] = "insmod",     [PLAN_RMMOD] = "rmmod",
	[PLAN_RUN] = "run",	      [PLAN_READ] = "read",
	[PLAN_WRITE] = "write",	      [PLAN_SLEEP] = "sleep",
	[PLAN_LEAKS] = "leaks",	      [PLAN_SOAK] = "soak",
	[PLAN_FAILSLAB] = "failslab", NULL,
};

struct call plan_call_begin(lua_State *L, enum plan_op op, int max_args)
{
	struct call c = {.L = L, .rec = rec_make(L, 1, lua_host_line(L))};
	const char *name = plan_calls[op];

	c.lesson = lua_touserdata(L, lua_upvalueindex(1));
	if (lua_touserdata(L, 1) != &plan_guest)
		lua_host_fail(L, 0,
			      "calls on the guest are written with a "
			      "colon: guest:%s(...)",
			      name);
	snprintf(c.rec.name, sizeof(c.rec.name), "guest:%s", name);
	if (lua_gettop(L) > max_args + 1)
		rec_fail(&c.rec, NULL, "%d arguments, at most %d are allowed",
			 lua_gettop(L) - 1, max_args);
	lua_settop(L, max_args + 1);
	if (c.lesson->spec.nplan >= STEPS_MAX)
		rec_fail(&c.rec, NULL, "more than %d steps", STEPS_MAX);
	c.step = spec_add_step(&c.lesson->spec);
	if (!c.step)
		lua_host_nomem(L);
	c.step->op = op;
	return c;
}

void plan_take_target(struct call *c, const char *what, unsigned flags)
{
	const char *s = rec_text(&c->rec, NULL, 2, what, 200, GET_LINE | flags);

	keep_string(c->L, &c->step->target, s);
}

static bool label_taken(const struct spec *spec, const char *label)
{
	/* The last step is the one that is being named. */
	for (size_t i = 0; i + 1 < spec->nplan; i++)
		if (spec->plan[i].label &&
		    strcmp(spec->plan[i].label, label) == 0)
			return true;
	return false;
}

/* "insmod wrap.ko", and after it "insmod wrap.ko #2". */
static void default_label(struct call *c)
{
	const char *target = c->step->target;
	const struct spec *spec = &c->lesson->spec;
	char label[256];
	size_t len;

	snprintf(label, sizeof(label), "%s%s%s", plan_calls[c->step->op],
		 target ? " " : "", target ? target : "");
	len = strlen(label);
	for (int n = 2; label_taken(spec, label); n++)
		snprintf(label + len, sizeof(label) - len, " #%d", n);
	keep_string(c->L, &c->step->label, label);
}

/* "EINVAL" to 22; 0 when there is no such error. */
static int errno_by_name(const char *name)
{
	static const struct {
		const char *name;
		int num;
	} more[] = {
		/* The kernel's own, which libc does not know. */
		{"EWOULDBLOCK", EAGAIN}, {"ENOTSUPP", 524},
		{"EPROBE_DEFER", 517},	 {"ERESTARTSYS", 512},
		{"ENOIOCTLCMD", 515},
	};

	for (int i = 1; i < ERRNO_MAX; i++) {
		const char *s = strerrorname_np(i);

		if (s && strcmp(s, name) == 0)
			return i;
	}
	for (size_t i = 0; i < sizeof(more) / sizeof(more[0]); i++)
		if (strcmp(more[i].name, name) == 0)
			return more[i].num;
	return 0;
}

__attribute__((noreturn)) static void
no_errno(const struct rec *o, const char *field, const char *name)
{
	const char *words[ERRNO_MAX + 1];
	char maybe[64];
	size_t n = 0;

	for (int i = 1; i < ERRNO_MAX; i++)
		if (strerrorname_np(i))
			words[n++] = strerrorname_np(i);
	words[n] = NULL;
	say_suggestion(maybe, sizeof(maybe), name, words);
	rec_fail(o, field,
		 "%s is \"%.40s\": no error is called that%s; allowed are "
		 "names like \"EINVAL\"",
		 field, name, maybe);
}

static int expect_by_name(struct call *c, const struct rec *o,
			  const char *field)
{
	const char *name = lua_tostring(c->L, -1);
	int n;

	if (c->step->op == PLAN_RUN)
		rec_fail(o, NULL,
			 "%s is \"%.40s\", must be the exit status "
			 "of the program, 0 to 255",
			 field, name);
	n = errno_by_name(*name == '-' ? name + 1 : name);
	if (!n)
		no_errno(o, field, name);
	return -n;
}

int plan_take_expect(struct call *c, const struct rec *o, const char *field)
{
	long n = 0;
	int type;

	type = lua_getfield(c->L, o->table, field);
	if (type == LUA_TSTRING)
		n = expect_by_name(c, o, field);
	lua_pop(c->L, 1);
	if (type == LUA_TSTRING)
		return (int)n;
	if (c->step->op == PLAN_RUN)
		get_number(o, field, &n, 0, 255, 0);
	else
		get_number(o, field, &n, -4095, 0, 0);
	return (int)n;
}

bool plan_options(struct call *c, int idx, struct rec *o,
		  const char *const *allowed)
{
	if (!idx || lua_isnil(c->L, idx))
		return false;
	if (!lua_istable(c->L, idx))
		rec_fail(&c->rec, NULL,
			 "the options are a %s, must be a table "
			 "such as { %s = ... }",
			 luaL_typename(c->L, idx), allowed[0]);
	*o = rec_make(c->L, idx, c->rec.line);
	snprintf(o->name, sizeof(o->name), "%s", c->rec.name);
	rec_only(o, allowed);
	/** options.as
	 * A label of one's own, which no other step has.
	 * > { as = "second load" }
	 */
	/** soak.as
	 * A label of one's own.
	 * > { as = "often" }
	 */
	/** failslab.as
	 * A label of one's own.
	 * > { as = "without memory" }
	 */
	get_string(o, "as", &c->step->label, 80, GET_LINE);
	return true;
}

void plan_call_end(struct call *c)
{
	if (!c->step->label)
		default_label(c);
	else if (label_taken(&c->lesson->spec, c->step->label))
		rec_fail(&c->rec, NULL, "the label \"%s\" is taken",
			 c->step->label);
}

void plan_take_module(struct call *c)
{
	size_t len;

	plan_take_target(c, "the module", GET_PATH);
	len = strlen(c->step->target);
	if (len < 4 || strcmp(c->step->target + len - 3, ".ko") != 0)
		rec_fail(&c->rec, NULL,
			 "\"%s\" is not a module's file; did "
			 "you mean \"%s.ko\"?",
			 c->step->target, c->step->target);
	lua_params_take(&c->rec, 3, &c->step->args, &c->step->argv);
}
