/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lua-plan: what the calls on the guest have in common, in lua-call.c; for
 * lua-plan.c and lua-unwind.c alone. All may raise.
 */
#ifndef SHELL_LUA_PLAN_H
#define SHELL_LUA_PLAN_H

#include "lua-int.h"
#include "checker/spec.h"

/* One call under way; the step belongs to the lesson already. */
struct call {
	lua_State *L;
	struct lesson *lesson;
	struct plan_step *step;
	struct rec rec; /* for messages: no table of its own */
};

extern char plan_guest; /* its address is what stands for the guest */
extern const char *const plan_calls[]; /* by enum plan_op; ends in NULL */

struct call plan_call_begin(lua_State *L, enum plan_op op, int max_args);

/* The first argument; @what names it in messages. */
void plan_take_target(struct call *c, const char *what, unsigned flags);

/* The first argument, a module's file, and the second, its parameters. */
void plan_take_module(struct call *c);

/*
 * The table of options at stack index @idx, with no fields but @allowed, one
 * of which is "as"; false when there is none.
 */
bool plan_options(struct call *c, int idx, struct rec *o,
		  const char *const *allowed);
/* An errno by name or number, or a program's exit status. */
int plan_take_expect(struct call *c, const struct rec *o, const char *field);

/* Give the step a label, if it has none of its own. */
void plan_call_end(struct call *c);

/* lua-unwind.c */
int lua_guest_soak(lua_State *L);
int lua_guest_failslab(lua_State *L);

#endif
