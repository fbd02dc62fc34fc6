/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lua-host: a Lua state in which a script that nobody trusts can run.
 *
 * The script can compute and nothing else. There is no io, os, debug,
 * package or coroutine; of base there is neither dofile, loadfile, load,
 * collectgarbage, print and warn, nor what a script could use to run with
 * hooks off, where nothing can stop it: setmetatable and getmetatable, for
 * __gc (and for __len, with which table.insert loops in C for ever), and
 * xpcall, whose handler is called from within the hook that raises. Binary
 * chunks are refused. math has no random numbers, so a script gives the
 * same each time.
 *
 * Memory is bounded by the allocator, which counts all that is ever asked
 * for: a script is so short-lived that collecting its garbage would cost
 * more than it gives. Time is bounded by a count of VM instructions and by
 * the thread's CPU clock; once either is spent, every further instruction
 * raises again, so that a pcall cannot hold on to it.
 * What loops in C without instructions (patterns, string.rep, table.sort,
 * table.move) is refused beforehand when its worst case is too much.
 *
 * A host runs one script and is then freed. Only files named lua-*.c may
 * include this or lua.h.
 */
#ifndef SHELL_LUA_HOST_H
#define SHELL_LUA_HOST_H

#include <lua.h>
#include <stddef.h>
#include <stdint.h>

struct err;
struct lua_host;

struct lua_limits {
	size_t memory;	       /* bytes allocated in all */
	uint64_t instructions; /* of the VM */
	unsigned cpu_ms;       /* of the calling thread */
};

/* Enough for a lesson of any size that a person would write. */
#define LUA_LIMITS_LESSON \
	{.memory = 16 << 20, .instructions = 5000000, .cpu_ms = 500}

struct lua_host *lua_host_new(const struct lua_limits *lim, struct err *e);
void lua_host_free(struct lua_host *h);

typedef void lua_host_fn(lua_State *L, void *arg);

/*
 * Under one protected call: @setup (or NULL) makes the script's globals; the
 * @len bytes of @text are compiled and run; @take (or NULL) is called with
 * the one value that the script returned on top of the stack. Both may raise
 * Lua errors and call lua_host_fail(); so they own nothing but what @arg
 * owns.
 *
 * @name is the file as people know it. -1: @e is ERR_LESSON with
 * "@name:line" for its where, and in its next the lines that led there, when
 * there is more than one; out of our own memory, it is ERR_ENV.
 */
int lua_host_run(struct lua_host *h, const char *name, const char *text,
		 size_t len, lua_host_fn *setup, lua_host_fn *take, void *arg,
		 struct err *e);

/*
 * Raise an error that is reported at @line of the script; 0: the line that
 * is being executed, if any.
 */
__attribute__((noreturn, format(printf, 3, 4))) void
lua_host_fail(lua_State *L, int line, const char *fmt, ...);

/* Our own memory ran out: ends the script, and is reported as ERR_ENV. */
__attribute__((noreturn)) void lua_host_nomem(lua_State *L);

/* The line of the script that called the C function being run, or 0. */
int lua_host_line(lua_State *L);

/* For lua-sandbox.c: opens what the script may use. */
void lua_sandbox_open(lua_State *L);
/* For lua-sandbox.c: take @steps off the budget; raises when it is spent. */
void lua_host_charge(lua_State *L, uint64_t steps);

#endif
