/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Module parameters, written so that the kernel's parse_args() (lib/cmdline.c,
 * next_arg()) reads them back: blanks part them, a value in double quotes may
 * hold blanks, and there is no escape for a double quote.
 */
#include "lua-int.h"

#include <ctype.h>
#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PARAMS_MAX	 32
#define PARAMS_BYTES_MAX 1024

/* Goes out of its way to own nothing: rec_fail() does not return. */
struct line {
	char text[PARAMS_BYTES_MAX + 1];
	size_t len;
};

static void add(const struct rec *r, struct line *l, const char *s, size_t len)
{
	if (l->len + len > PARAMS_BYTES_MAX)
		rec_fail(r, NULL, "the parameters are longer than %d bytes",
			 PARAMS_BYTES_MAX);
	memcpy(l->text + l->len, s, len);
	l->len += len;
	l->text[l->len] = '\0';
}

/* Whether the kernel would take some of @s for a blank: it thinks Latin-1. */
static bool has_blank(const char *s)
{
	for (; *s; s++)
		if (*s == ' ' || (unsigned char)*s >= 0x80)
			return true;
	return false;
}

static void check_name(const struct rec *r, const char *name)
{
	static const char *const reserved[] = {"expect", "as", "params", NULL};
	const char *s = name;

	for (size_t i = 0; reserved[i]; i++)
		if (strcmp(name, reserved[i]) == 0)
			rec_fail(r, NULL,
				 "\"%s\" stands among the parameters; "
				 "options are a table of their own: "
				 "(\"x.ko\", { ... }, { expect = "
				 "... })",
				 name);
	if (!isalpha((unsigned char)*s) && *s != '_')
		rec_fail(r, NULL, "\"%.60s\" cannot be a parameter's name",
			 name);
	for (; *s; s++)
		if (!isalnum((unsigned char)*s) && *s != '_')
			rec_fail(r, NULL,
				 "\"%.60s\" cannot be a parameter's "
				 "name",
				 name);
}

/* The value on top of the stack, which is popped. */
static void add_scalar(const struct rec *r, struct line *l, const char *name,
		       bool in_list)
{
	lua_State *L = r->L;
	const char *s;
	size_t len;

	if (lua_isboolean(L, -1)) {
		add(r, l, lua_toboolean(L, -1) ? "1" : "0", 1);
		lua_pop(L, 1);
		return;
	}
	if (lua_type(L, -1) != LUA_TSTRING && !lua_isinteger(L, -1))
		rec_fail(r, NULL,
			 "parameter \"%s\" must be a string, a whole "
			 "number, true, false, or a list of those",
			 name);
	s = lua_tolstring(L, -1, &len);
	for (size_t i = 0; i < len; i++)
		if (s[i] == '"' || (unsigned char)s[i] < ' ' || s[i] == 0x7f ||
		    (in_list && s[i] == ','))
			rec_fail(r, NULL,
				 "parameter \"%s\" has a %s in it, "
				 "which the kernel cannot be told",
				 name,
				 s[i] == '"'   ? "double quote"
				 : s[i] == ',' ? "comma"
					       : "control character");
	add(r, l, s, len);
	lua_pop(L, 1);
}

static void add_list(const struct rec *r, struct line *l, const char *name)
{
	struct rec list = rec_make(r->L, -1, r->line);
	int n;

	snprintf(list.name, sizeof(list.name), "%s", r->name);
	n = rec_length(&list, NULL, PARAMS_MAX);
	if (n == 0)
		rec_fail(r, NULL, "parameter \"%s\" is an empty list", name);
	for (int i = 1; i <= n; i++) {
		if (i > 1)
			add(r, l, ",", 1);
		lua_rawgeti(r->L, list.table, i);
		add_scalar(&list, l, name, true);
	}
	lua_pop(r->L, 1);
}

/** [params] Parameters of a module
 * A table of at most {PARAMS_MAX} names with a string, a whole number, true,
 * false, or a list of those each; a value has neither a double quote nor a
 * control character in it. They are given to the kernel sorted by name, in at
 * most {PARAMS_BYTES_MAX} bytes: `level=3 list=1,2,3 name="two words" on=1`.
 * The names {words:reserved} are refused, for they are options.
 * > { level = 3, name = "two words", on = true, list = { 1, 2, 3 } }
 */
static void add_param(const struct rec *r, struct line *out, const char *name)
{
	struct line value = {.len = 0};
	bool quote;

	check_name(r, name);
	lua_pushstring(r->L, name);
	if (lua_rawget(r->L, r->table) == LUA_TTABLE)
		add_list(r, &value, name);
	else
		add_scalar(r, &value, name, false);
	quote = has_blank(value.text);
	if (out->len)
		add(r, out, " ", 1);
	add(r, out, name, strlen(name));
	add(r, out, quote ? "=\"" : "=", quote ? 2 : 1);
	add(r, out, value.text, value.len);
	add(r, out, "\"", quote);
}

void lua_params_take(const struct rec *call, int idx, char **out,
		     struct strv *scratch)
{
	struct line line = {.len = 0};
	lua_State *L = call->L;
	struct rec r;

	if (lua_isnil(L, idx))
		return;
	if (!lua_istable(L, idx))
		rec_fail(call, NULL,
			 "the parameters are a %s, must be a table "
			 "such as { level = 3 }",
			 luaL_typename(L, idx));
	r = rec_make(L, idx, call->line);
	snprintf(r.name, sizeof(r.name), "%s", call->name);
	rec_keys(&r, scratch, PARAMS_MAX);
	for (size_t i = 0; i < scratch->n; i++)
		add_param(&r, &line, scratch->v[i]);
	strv_release(scratch);
	if (line.len)
		keep_string(L, out, line.text);
}
