/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "lua-host.h"
#include "arena.h"
#include "glyph.h"
#include "suggest.h"
#include "checker/buf.h"
#include "checker/err.h"

#include <errno.h>
#include <lauxlib.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* VM instructions between two looks at the budget. */
#define HOOK_EVERY   100
#define TRACE_LEVELS 4

/* The error value of lua_host_fail(). */
struct failure {
	int line;
	char what[480];
};

struct report {
	int line;
	char what[480];
	char trace[400];
};

struct lua_host {
	lua_State *L;
	struct arena arena;
	struct lua_limits lim;
	bool spent;   /* the time bound was hit */
	bool nomem;   /* ours ran out, not the script's */
	uint64_t left;
	int64_t cpu_end;
	int last_line;
	struct report report;
	/* Of the run under way. */
	const char *text;
	size_t len;
	lua_host_fn *setup, *take;
	void *arg;
};

/* Their addresses are keys and values that no script can forge. */
static char failure_meta, spent_value, nomem_value;

static struct lua_host *host_of(lua_State *L)
{
	return *(struct lua_host **)lua_getextraspace(L);
}

static void *host_alloc(void *ud, void *ptr, size_t osize, size_t nsize)
{
	struct lua_host *h = ud;
	/* Without a block, osize is the kind of object that is wanted. */
	void *p = arena_realloc(&h->arena, ptr, ptr ? osize : 0, nsize);
	int line = 0;

	/* No handler is called for this error, so note here where it was. */
	if (!p && nsize && h->L)
		line = lua_host_line(h->L);
	if (line)
		h->last_line = line;
	return p;
}

static int64_t cpu_now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static void host_hook(lua_State *L, lua_Debug *ar)
{
	lua_getinfo(L, "l", ar);
	if (ar->currentline > 0)
		host_of(L)->last_line = ar->currentline;
	lua_host_charge(L, HOOK_EVERY);
}

void lua_host_charge(lua_State *L, uint64_t steps)
{
	struct lua_host *h = host_of(L);

	h->left -= steps < h->left ? steps : h->left;
	if (h->left > 0 && cpu_now_ms() < h->cpu_end)
		return;
	/* From now on every instruction, also after a pcall caught this. */
	h->left = 0;
	h->spent = true;
	lua_sethook(L, host_hook, LUA_MASKCOUNT, 1);
	lua_pushlightuserdata(L, &spent_value);
	lua_error(L);
}

int lua_host_line(lua_State *L)
{
	lua_Debug ar;

	for (int level = 0; lua_getstack(L, level, &ar); level++) {
		lua_getinfo(L, "l", &ar);
		if (ar.currentline > 0)
			return ar.currentline;
	}
	return 0;
}

void lua_host_fail(lua_State *L, int line, const char *fmt, ...)
{
	struct failure f = {.line = line ? line : lua_host_line(L)};
	va_list ap;
	void *p;

	va_start(ap, fmt);
	vsnprintf(f.what, sizeof(f.what), fmt, ap);
	va_end(ap);
	luaL_checkstack(L, 4, NULL);
	p = lua_newuserdatauv(L, sizeof(f), 0);
	memcpy(p, &f, sizeof(f));
	lua_rawgetp(L, LUA_REGISTRYINDEX, &failure_meta);
	lua_setmetatable(L, -2);
	lua_error(L);
	BUG("lua_error returned");
}

void lua_host_nomem(lua_State *L)
{
	host_of(L)->nomem = true;
	lua_pushlightuserdata(L, &nomem_value);
	lua_error(L);
	BUG("lua_error returned");
}

/* The failure at @idx, or NULL when it is some other value. */
static const struct failure *to_failure(lua_State *L, int idx)
{
	bool same;

	if (!lua_isuserdata(L, idx) || !lua_getmetatable(L, idx))
		return NULL;
	lua_rawgetp(L, LUA_REGISTRYINDEX, &failure_meta);
	same = lua_rawequal(L, -1, -2);
	lua_pop(L, 2);
	return same ? lua_touserdata(L, idx) : NULL;
}

/* "script:12: text" to 12 and text; leaves @line alone without a prefix. */
static const char *split_message(const char *msg, int *line)
{
	static const char prefix[] = "script:";
	char *end;
	long n;

	if (strncmp(msg, prefix, strlen(prefix)) != 0)
		return msg;
	n = strtol(msg + strlen(prefix), &end, 10);
	if (end[0] != ':' || end[1] != ' ' || n <= 0)
		return msg;
	*line = (int)n;
	return end + 2;
}

/* Lua's own words are for programmers; what an author meant is near. */
static void add_advice(lua_State *L, struct report *r)
{
	static const char global[] = "(global '";
	const char *words[64], *near, *at = strstr(r->what, global);
	size_t n = 0, len = strlen(r->what);
	char name[64];

	if (strstr(r->what, "'}' expected") || strstr(r->what, "'{' expected"))
		snprintf(r->what + len, sizeof(r->what) - len,
			 "; is a comma missing before that?");
	if (!at || !strstr(r->what, "nil value"))
		return;
	at += strlen(global);
	snprintf(name, sizeof(name), "%.*s", (int)strcspn(at, "'"), at);
	lua_pushglobaltable(L);
	lua_pushnil(L);
	while (n < 63 && lua_next(L, -2)) {
		lua_pop(L, 1);
		if (lua_type(L, -1) == LUA_TSTRING)
			words[n++] = lua_tostring(L, -1);
	}
	words[n] = NULL;
	near = suggest(name, words);
	if (near)
		snprintf(r->what + len, sizeof(r->what) - len,
			 "; did you mean \"%s\"?", near);
	else
		snprintf(r->what + len, sizeof(r->what) - len,
			 "; nothing is called that here");
}

static void report_value(lua_State *L, struct report *r)
{
	const struct failure *f = to_failure(L, 1);
	const char *what;

	if (f) {
		r->line = f->line;
		what = f->what;
	} else if (lua_type(L, 1) == LUA_TSTRING) {
		r->line = lua_host_line(L);
		what = split_message(lua_tostring(L, 1), &r->line);
	} else if (lua_touserdata(L, 1) == &spent_value) {
		r->line = lua_host_line(L);
		what = "the script ran too long and was stopped";
	} else {
		r->line = lua_host_line(L);
		what = "the script raised an error that is not a text";
	}
	snprintf(r->what, sizeof(r->what), "%s", what);
}

static void report_trace(lua_State *L, struct report *r)
{
	size_t n = 0;
	lua_Debug ar;
	int shown = 0;

	for (int level = 0; lua_getstack(L, level, &ar); level++) {
		lua_getinfo(L, "ln", &ar);
		if (ar.currentline <= 0 || n >= sizeof(r->trace))
			continue;
		if (++shown > TRACE_LEVELS) {
			snprintf(r->trace + n, sizeof(r->trace) - n, ", ...");
			return;
		}
		n += (size_t)snprintf(r->trace + n, sizeof(r->trace) - n,
				      "%sline %d%s%.40s", n ? ", from " : "",
				      ar.currentline, ar.name ? " in " : "",
				      ar.name ? ar.name : "");
	}
	if (shown < 2) /* it would only repeat where */
		r->trace[0] = '\0';
}

/* Called where the error is raised, with the stack still there. */
static int on_error(lua_State *L)
{
	struct report *r = &host_of(L)->report;

	memset(r, 0, sizeof(*r));
	report_value(L, r);
	report_trace(L, r);
	if (lua_type(L, 1) == LUA_TSTRING)
		add_advice(L, r);
	return 1;
}

static int entry(lua_State *L)
{
	struct lua_host *h = lua_touserdata(L, 1);

	lua_settop(L, 0);
	lua_newtable(L);
	lua_rawsetp(L, LUA_REGISTRYINDEX, &failure_meta);
	lua_sandbox_open(L);
	if (h->setup)
		h->setup(L, h->arg);
	lua_sethook(L, host_hook, LUA_MASKCOUNT, HOOK_EVERY);
	if (luaL_loadbufferx(L, h->text, h->len, "=script", "t") != LUA_OK)
		lua_error(L);
	lua_call(L, 0, 1);
	if (h->take)
		h->take(L, h->arg);
	return 0;
}

/* Where memory ran out no handler was called, or it was told no line. */
static void report_limits(struct lua_host *h, int status)
{
	struct report *r = &h->report;

	if (h->spent) {
		snprintf(r->what, sizeof(r->what),
			 "the script ran too long and was stopped; allowed are "
			 "%llu instructions, and %u ms",
			 (unsigned long long)h->lim.instructions,
			 h->lim.cpu_ms);
	} else if (status == LUA_ERRMEM ||
		   strcmp(r->what, "not enough memory") == 0) {
		snprintf(r->what, sizeof(r->what),
			 "the script asked for more than %zu KiB of memory",
			 h->lim.memory >> 10);
		r->trace[0] = '\0';
	} else if (!r->what[0]) {
		snprintf(r->what, sizeof(r->what), "the script failed");
	}
	if (r->line <= 0 && (h->spent || h->arena.starved))
		r->line = h->last_line;
}

/* Lua quotes the script in its messages: nothing of it may reach a terminal. */
static void clean(char *s, size_t size)
{
	struct buf b = BUF_INIT;

	glyph_clean(&b, s, strlen(s));
	snprintf(s, size, "%s", buf_str(&b));
	for (; *s; s++)
		if (*s == '\n' || *s == '\t')
			*s = ' ';
	buf_release(&b);
}

static int report_err(struct lua_host *h, int status, const char *name,
		      struct err *e)
{
	struct report *r = &h->report;

	if (h->nomem || (status == LUA_ERRMEM && !h->arena.starved))
		return err_set(e, ERR_ENV, ENOMEM, "cannot load %s", name);
	report_limits(h, status);
	clean(r->what, sizeof(r->what));
	err_set(e, ERR_LESSON, 0, "%s", r->what);
	if (r->line > 0)
		err_where(e, "%s:%d", name, r->line);
	else
		err_where(e, "%s", name);
	if (r->trace[0])
		err_next(e, "the script came there by %s", r->trace);
	return -1;
}

int lua_host_run(struct lua_host *h, const char *name, const char *text,
		 size_t len, lua_host_fn *setup, lua_host_fn *take, void *arg,
		 struct err *e)
{
	lua_State *L = h->L;
	int status;

	h->text = text;
	h->len = len;
	h->setup = setup;
	h->take = take;
	h->arg = arg;
	h->left = h->lim.instructions;
	h->cpu_end = cpu_now_ms() + h->lim.cpu_ms;
	lua_pushcfunction(L, on_error);
	lua_pushcfunction(L, entry);
	lua_pushlightuserdata(L, h);
	status = lua_pcall(L, 1, 0, 1);
	lua_sethook(L, NULL, 0, 0);
	/* A pcall in the script may have caught these, but not undone them. */
	if (status != LUA_OK || h->nomem || h->spent)
		return report_err(h, status, name, e);
	return 0;
}

static int host_panic(lua_State *L)
{
	BUG("Lua error outside of the protected call");
}

struct lua_host *lua_host_new(const struct lua_limits *lim, struct err *e)
{
	struct lua_host *h = calloc(1, sizeof(*h));

	if (!h)
		goto nomem;
	h->lim = *lim;
	h->arena.max = lim->memory;
	h->L = lua_newstate(host_alloc, h);
	if (!h->L)
		goto nomem;
	lua_gc(h->L, LUA_GCSTOP);
	*(struct lua_host **)lua_getextraspace(h->L) = h;
	lua_atpanic(h->L, host_panic);
	return h;
nomem:
	lua_host_free(h);
	err_set(e, ERR_ENV, ENOMEM, "cannot start Lua");
	return NULL;
}

/*
 * There is nothing to close: no object of the state owns anything but
 * memory, and all of that is in the arena.
 */
void lua_host_free(struct lua_host *h)
{
	if (!h)
		return;
	arena_release(&h->arena);
	free(h);
}
