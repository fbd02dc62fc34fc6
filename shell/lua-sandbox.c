/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a script may use. The functions that can loop in C without executing
 * an instruction stand behind gates, which bound the worst case of a call
 * before it is made: the count hook cannot see into them.
 */
#include "lua-host.h"

#include <lauxlib.h>
#include <lualib.h>
#include <string.h>

#define REP_MAX	    ((size_t)1 << 20) /* bytes that string.rep may make */
#define PATTERN_MAX ((double)(1 << 26)) /* steps of a pattern match */
#define SORT_MAX    10000
#define MOVE_MAX    100000

typedef void gate_fn(lua_State *L);

/* Past the set that starts at @p[i]; where it never ends, Lua will say so. */
static size_t skip_set(const char *p, size_t plen, size_t i)
{
	i++;
	if (i < plen && p[i] == '^')
		i++;
	if (i < plen && p[i] == ']')
		i++;
	for (; i < plen && p[i] != ']'; i++)
		if (p[i] == '%')
			i++;
	return i;
}

/*
 * The most steps that matching @p can take on @len bytes. An item that
 * repeats can end in len + 1 places and is tried again for each of the
 * places in which those before it end; so the repetitions multiply.
 */
static double pattern_cost(const char *p, size_t plen, size_t len)
{
	double places = (double)len + 1;
	double cost = places * (double)(plen + 1);

	for (size_t i = 0; i < plen; i++) {
		if (p[i] == '%') {
			i++; /* the next is a class, %b or %1 */
			if (i < plen &&
			    (p[i] == 'b' || (p[i] >= '0' && p[i] <= '9')))
				cost *= places;
		} else if (p[i] == '[') {
			i = skip_set(p, plen, i);
		} else if (p[i] == '*' || p[i] == '+' || p[i] == '-') {
			cost *= places;
		} else if (p[i] == '?') {
			cost *= 2;
		}
	}
	return cost;
}

static void gate_pattern(lua_State *L)
{
	size_t len, plen;
	const char *p;
	double cost;

	luaL_checklstring(L, 1, &len);
	p = luaL_checklstring(L, 2, &plen);
	cost = pattern_cost(p, plen, len);
	if (cost > PATTERN_MAX)
		luaL_error(L,
			   "this pattern could take too long on a text of "
			   "%d bytes: use fewer of * + - ? or less text",
			   (int)len);
	lua_host_charge(L, (uint64_t)(cost / 16) + 1);
}

static void gate_find(lua_State *L)
{
	size_t len;

	if (!lua_toboolean(L, 4)) {
		gate_pattern(L);
		return;
	}
	luaL_checklstring(L, 1, &len);
	lua_host_charge(L, len / 16 + 1);
}

static void gate_rep(lua_State *L)
{
	size_t len, seplen;
	lua_Integer n;

	luaL_checklstring(L, 1, &len);
	n = luaL_checkinteger(L, 2);
	luaL_optlstring(L, 3, "", &seplen);
	if (n <= 0)
		return;
	if (len + seplen > REP_MAX ||
	    (len + seplen > 0 && (size_t)n > REP_MAX / (len + seplen)))
		luaL_error(L, "string.rep makes at most %d bytes here",
			   (int)REP_MAX);
	/* Of nothing, it would count to n without doing anything. */
	if (len + seplen == 0) {
		lua_pushinteger(L, 1);
		lua_replace(L, 2);
	}
	lua_host_charge(L, (len + seplen) * (size_t)n / 16 + 1);
}

static void gate_sort(lua_State *L)
{
	luaL_checktype(L, 1, LUA_TTABLE);
	if (lua_rawlen(L, 1) > SORT_MAX)
		luaL_error(L, "table.sort takes at most %d elements here",
			   SORT_MAX);
	lua_host_charge(L, lua_rawlen(L, 1) + 1);
}

static void gate_move(lua_State *L)
{
	lua_Integer from = luaL_checkinteger(L, 2);
	lua_Integer to = luaL_checkinteger(L, 3);

	if (to < from)
		return;
	if ((lua_Unsigned)to - (lua_Unsigned)from >= MOVE_MAX)
		luaL_error(L, "table.move takes at most %d elements here",
			   MOVE_MAX);
	lua_host_charge(L, (uint64_t)(to - from) + 1);
}

static const struct gate {
	const char *lib, *name;
	gate_fn *check;
} gates[] = {
	{"string", "find", gate_find},	    {"string", "match", gate_pattern},
	{"string", "gmatch", gate_pattern}, {"string", "gsub", gate_pattern},
	{"string", "rep", gate_rep},	    {"table", "sort", gate_sort},
	{"table", "move", gate_move},
};

static int gated(lua_State *L)
{
	const struct gate *g = lua_touserdata(L, lua_upvalueindex(2));

	g->check(L);
	lua_pushvalue(L, lua_upvalueindex(1));
	lua_insert(L, 1);
	lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
	return lua_gettop(L);
}

static void install_gates(lua_State *L)
{
	for (size_t i = 0; i < sizeof(gates) / sizeof(gates[0]); i++) {
		lua_getglobal(L, gates[i].lib);
		lua_getfield(L, -1, gates[i].name);
		lua_pushlightuserdata(L, (void *)&gates[i]);
		lua_pushcclosure(L, gated, 2);
		lua_setfield(L, -2, gates[i].name);
		lua_pop(L, 1);
	}
}

/** [script] What a script may use
 * Lua 5.4, with `string`, `table`, `math` and `utf8`, and of the basic
 * functions those that only compute. Of these libraries there is no
 * {pairs:banned}. `string.rep` makes at most 1 MiB, `table.sort` takes at most
 * {SORT_MAX} elements and `table.move` {MOVE_MAX}. A script that runs on, or
 * asks for too much memory, is stopped. The file has at most 256 KiB.
 */
static const struct {
	const char *lib, *name;
} banned[] = {
	{"_G", "dofile"},	  {"_G", "loadfile"},	  {"_G", "load"},
	{"_G", "collectgarbage"}, {"_G", "print"},	  {"_G", "warn"},
	{"_G", "setmetatable"},	  {"_G", "getmetatable"}, {"string", "dump"},
	{"math", "random"},	  {"math", "randomseed"}, {"_G", "xpcall"},
};

static void remove_banned(lua_State *L)
{
	for (size_t i = 0; i < sizeof(banned) / sizeof(banned[0]); i++) {
		lua_getglobal(L, banned[i].lib);
		lua_pushnil(L);
		lua_setfield(L, -2, banned[i].name);
		lua_pop(L, 1);
	}
}

void lua_sandbox_open(lua_State *L)
{
	static const luaL_Reg libs[] = {
		{LUA_GNAME, luaopen_base},
		{LUA_STRLIBNAME, luaopen_string},
		{LUA_TABLIBNAME, luaopen_table},
		{LUA_MATHLIBNAME, luaopen_math},
		{LUA_UTF8LIBNAME, luaopen_utf8},
	};

	for (size_t i = 0; i < sizeof(libs) / sizeof(libs[0]); i++) {
		luaL_requiref(L, libs[i].name, libs[i].func, 1);
		lua_pop(L, 1);
	}
	install_gates(L);
	remove_banned(L);
}
