/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a check looks for in lines: texts, and patterns. */
#include "lua-int.h"
#include "checker/needle.h"
#include "checker/spec.h"

#include <lauxlib.h>
#include <stdio.h>

#define PATTERN_MAX 200

/* The table on top of the stack. */
static void take_pattern(const struct rec *r, const char *field,
			 const char *what, struct check_spec *c)
{
	/** [pattern] { pattern = ... }
	 * In the place of a text: what a line has to be like. See
	 * [Patterns](lesson-format.md#patterns).
	 * > log = { "ring: begun", { pattern = "^ring: [0-9]+ slots$" } },
	 */
	static const char *const allowed[] = {"pattern", NULL};
	struct rec p = rec_item(r, -1, r->line);
	char why[160], **text;

	snprintf(p.name, sizeof(p.name), "%.60s, %.30s", r->name, what);
	p.parent = r->parent ? r->parent : field;
	rec_only(&p, allowed);
	/* Its place, so that nothing is lost when something raises. */
	keep_in(r->L, &c->lines, "");
	text = &c->lines.v[c->lines.n - 1];
	/** pattern.pattern
	 * An extended regular expression of POSIX, without back-references and
	 * counts in braces. A line fits if some part of it does.
	 * > { pattern = "read (12|13) bytes" },
	 */
	get_string(&p, "pattern", text, PATTERN_MAX, GET_REQUIRED | GET_LINE);
	c->patterns |= UINT64_C(1) << (c->lines.n - 1);
	if (!needle_pattern_ok(*text, why, sizeof(why)))
		rec_fail(&p, NULL, "\"%.200s\" is no pattern: %s", *text, why);
}

/* The text or the table on top of the stack. */
static void take_one(const struct rec *r, const char *field, const char *what,
		     size_t max_len, struct check_spec *c)
{
	if (lua_istable(r->L, -1))
		take_pattern(r, field, what, c);
	else
		keep_in(r->L, &c->lines,
			rec_text(r, field, -1, what, max_len, GET_LINE));
}

void lua_texts_read(const struct rec *r, const char *field, size_t max_n,
		    size_t max_len, struct check_spec *c)
{
	lua_State *L = r->L;
	char what[64];
	struct rec list;
	int n;

	lua_getfield(L, r->table, field);
	if (!lua_istable(L, -1)) {
		if (lua_type(L, -1) != LUA_TSTRING)
			rec_fail(r, field,
				 "%s is a %s, must be a text, { pattern = "
				 "\"...\" }, or a list of these",
				 field, luaL_typename(L, -1));
		take_one(r, field, field, max_len, c);
		lua_pop(L, 1);
		return;
	}
	if (lua_getfield(L, -1, "pattern") != LUA_TNIL) {
		lua_pop(L, 1);
		take_one(r, field, field, max_len, c);
		lua_pop(L, 1);
		return;
	}
	lua_pop(L, 2);
	rec_open(&list, r, field, true);
	n = rec_length(&list, field, (int)max_n);
	if (n == 0)
		rec_fail(r, field, "%s is empty", field);
	for (int i = 1; i <= n; i++) {
		snprintf(what, sizeof(what), "%s[%d]", field, i);
		lua_rawgeti(L, list.table, i);
		take_one(r, field, what, max_len, c);
		lua_pop(L, 1);
	}
	lua_pop(L, 1);
}
