/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The steps of many rounds: guest:soak and guest:failslab. */
#include "lua-plan.h"
#include "lesson.h"

#define TIMES_DEFAULT 10
#define MOST_DEFAULT  200
#define ROUNDS_MAX    500 /* the agent's KILN_ROUNDS_MAX */

/*
 * A module may have a parameter of that name; without a table of options it
 * is more likely a slip.
 */
static void not_as_parameters(const struct call *c, const char *const *options)
{
	if (!lua_istable(c->L, 3) || !lua_isnil(c->L, 4))
		return;
	for (; *options; options++) {
		if (lua_getfield(c->L, 3, *options) != LUA_TNIL)
			rec_fail(&c->rec, NULL,
				 "\"%s\" stands among the parameters; "
				 "options are a table of their own: "
				 "(\"x.ko\", { ... }, { %s = ... })",
				 *options, *options);
		lua_pop(c->L, 1);
	}
}

/** guest:soak(file, params, options)
 * Load and unload the module `file` again and again; [options](#soak).
 * > guest:soak("ring.ko", { slots = 4 }, { times = 50 })
 */
int lua_guest_soak(lua_State *L)
{
	/** [soak] Options of guest:soak
	 * See [Again and again](lesson-format.md#again-and-again).
	 */
	static const char *const allowed[] = {"times", "as", NULL};
	struct call c = plan_call_begin(L, PLAN_SOAK, 3);
	long times = TIMES_DEFAULT;
	struct rec o;

	not_as_parameters(&c, allowed);
	plan_take_module(&c);
	if (plan_options(&c, 4, &o, allowed))
		/** soak.times
		 * How often; {TIMES_DEFAULT} if left out.
		 * > { times = 50 }
		 */
		get_number(&o, "times", &times, 2, ROUNDS_MAX, 0);
	c.step->rounds = (unsigned)times;
	plan_call_end(&c);
	return 0;
}

/** guest:failslab(file, params, options)
 * Load the module `file` while one allocation of its init after the other
 * fails; [options](#failslab).
 * > guest:failslab("ring.ko", nil, { error = "ENOMEM" })
 */
int lua_guest_failslab(lua_State *L)
{
	/** [failslab] Options of guest:failslab
	 * See [When an allocation
	 * fails](lesson-format.md#when-an-allocation-fails).
	 */
	static const char *const allowed[] = {"error", "optional", "most", "as",
					      NULL};
	struct call c = plan_call_begin(L, PLAN_FAILSLAB, 3);
	long most = MOST_DEFAULT;
	struct rec o;

	not_as_parameters(&c, allowed);
	plan_take_module(&c);
	if (plan_options(&c, 4, &o, allowed)) {
		/** failslab.error: an error by name or number
		 * The error that init must give; any if left out.
		 * > { error = "ENOMEM" }
		 */
		c.step->expect = plan_take_expect(&c, &o, "error");
		/** failslab.optional
		 * Init may succeed although an allocation has failed; false if
		 * left out.
		 * > { optional = true }
		 */
		get_bool(&o, "optional", &c.step->optional);
		/** failslab.most
		 * Try at most so many; {MOST_DEFAULT} if left out.
		 * > { most = 30 }
		 */
		get_number(&o, "most", &most, 1, ROUNDS_MAX, 0);
	}
	c.step->rounds = (unsigned)most;
	plan_call_end(&c);
	return 0;
}
