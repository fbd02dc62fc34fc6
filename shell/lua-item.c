/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The words that a lesson is written with. `check "id" {…}` is two calls:
 * the first makes an item that knows its name and line, the second gives it
 * its fields. An item is a userdata, so that nothing else passes for one.
 */
#include "lua-int.h"

#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

static char lesson_line; /* likewise, of the line of `lesson` */
static char item_meta; /* its address is the key of the metatable */

static const char *const words[] = {
	/** [words] The words
	 * Besides Lua's own, a script knows `lesson`, `check`, `read`,
	 * `predict`, `explore` and `write`. The name after the last five
	 * consists of lower-case words joined by dashes, at most
	 * {ITEM_NAME_MAX} characters; in quotes, without parentheses.
	 */
	[ITEM_LESSON] = "lesson",   [ITEM_CHECK] = "check",
	[ITEM_READ] = "read",	    [ITEM_PREDICT] = "predict",
	[ITEM_EXPLORE] = "explore", [ITEM_WRITE] = "write",
};

const char *item_word(enum item_kind k)
{
	return words[k];
}

static struct item *push_item(lua_State *L, enum item_kind kind)
{
	struct item *it = lua_newuserdatauv(L, sizeof(*it), 1);

	*it = (struct item){.kind = kind, .line = lua_host_line(L)};
	lua_rawgetp(L, LUA_REGISTRYINDEX, &item_meta);
	lua_setmetatable(L, -2);
	return it;
}

static struct item *to_item(lua_State *L, int idx)
{
	bool same;

	if (!lua_isuserdata(L, idx) || !lua_getmetatable(L, idx))
		return NULL;
	lua_rawgetp(L, LUA_REGISTRYINDEX, &item_meta);
	same = lua_rawequal(L, -1, -2);
	lua_pop(L, 2);
	return same ? lua_touserdata(L, idx) : NULL;
}

/* check "id" */
static int make_item(lua_State *L)
{
	enum item_kind kind = lua_tointeger(L, lua_upvalueindex(1));
	struct item *it;
	struct rec r;

	if (lua_type(L, 1) != LUA_TSTRING)
		lua_host_fail(L, 0,
			      "%s without a name; it is written "
			      "%s \"name\"%s",
			      words[kind], words[kind],
			      kind == ITEM_READ || kind == ITEM_WRITE
				      ? ""
				      : " { ... }");
	it = push_item(L, kind);
	r = rec_make(L, 1, it->line);
	rec_text(&r, NULL, 1,
		 kind == ITEM_CHECK ? "the id of a check"
				    : "the name of a step",
		 ITEM_NAME_MAX, GET_SLUG);
	snprintf(it->name, sizeof(it->name), "%s", lua_tostring(L, 1));
	return 1;
}

/* … { fields } */
static int fill_item(lua_State *L)
{
	struct item *it = to_item(L, 1);

	if (!it)
		lua_host_fail(L, 0, "not something that can be called");
	if (!lua_istable(L, 2))
		lua_host_fail(L, 0,
			      "%s \"%s\" is followed by a %s, only a "
			      "table { ... } is allowed",
			      words[it->kind], it->name, luaL_typename(L, 2));
	if (lua_getiuservalue(L, 1, 1) != LUA_TNIL)
		lua_host_fail(L, 0,
			      "%s \"%s\" has two tables: is a comma "
			      "missing?",
			      words[it->kind], it->name);
	lua_pushvalue(L, 2);
	lua_setiuservalue(L, 1, 1);
	lua_settop(L, 1);
	return 1;
}

static int make_lesson(lua_State *L)
{
	if (!lua_istable(L, 1))
		lua_host_fail(L, 0,
			      "lesson is given a %s, must be a table: "
			      "return lesson { ... }",
			      luaL_typename(L, 1));
	lua_pushinteger(L, lua_host_line(L));
	lua_rawsetp(L, LUA_REGISTRYINDEX, &lesson_line);
	push_item(L, ITEM_LESSON);
	lua_pushvalue(L, 1);
	lua_setiuservalue(L, -2, 1);
	return 1;
}

void lua_item_open(lua_State *L)
{
	lua_newtable(L);
	lua_pushcfunction(L, fill_item);
	lua_setfield(L, -2, "__call");
	lua_rawsetp(L, LUA_REGISTRYINDEX, &item_meta);
	lua_pushcfunction(L, make_lesson);
	lua_setglobal(L, words[ITEM_LESSON]);
	for (int k = ITEM_CHECK; k <= ITEM_WRITE; k++) {
		lua_pushinteger(L, k);
		lua_pushcclosure(L, make_item, 1);
		lua_setglobal(L, words[k]);
	}
}

int lua_item_lesson_line(lua_State *L)
{
	int line;

	lua_rawgetp(L, LUA_REGISTRYINDEX, &lesson_line);
	line = (int)lua_tointeger(L, -1);
	lua_pop(L, 1);
	return line;
}

const struct item *lua_item_get(lua_State *L, int idx)
{
	const struct item *it = to_item(L, idx);

	if (it)
		lua_getiuservalue(L, idx, 1);
	return it;
}
