/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "shell/lua-host.h"
#include "checker/buf.h"
#include "checker/err.h"

#include <lauxlib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static int64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static void take_text(lua_State *L, void *arg)
{
	size_t len;
	const char *s = luaL_tolstring(L, -1, &len);

	buf_add(arg, s, len);
}

/* Run @text; what it returned, as text, goes to @out. */
static int run_len(const char *text, size_t len, struct buf *out,
		   struct err *e)
{
	static const struct lua_limits limits = LUA_LIMITS_LESSON;
	struct lua_host *h = lua_host_new(&limits, e);
	int ret;

	assert_non_null(h);
	ret = lua_host_run(h, "x.lua", text, len, NULL, take_text, out, e);
	lua_host_free(h);
	return ret;
}

static void assert_gives(const char *text, const char *want)
{
	struct buf out = BUF_INIT;
	struct err e = ERR_INIT;

	if (run_len(text, strlen(text), &out, &e) < 0)
		fail_msg("%s: %s: %s", text, e.where, e.what);
	assert_string_equal(buf_str(&out), want);
	buf_release(&out);
}

/* It must fail, at @where, with @what in its message, within two seconds. */
static struct err assert_fails(const char *text, const char *where,
			       const char *what)
{
	struct buf out = BUF_INIT;
	struct err e = ERR_INIT;
	int64_t start = now_ms();

	assert_int_equal(run_len(text, strlen(text), &out, &e), -1);
	assert_true(now_ms() - start < 4000);
	assert_int_equal(e.code, ERR_LESSON);
	if (where)
		assert_string_equal(e.where, where);
	if (!strstr(e.what, what))
		fail_msg("%s: \"%s\" is not in \"%s\"", text, what, e.what);
	buf_release(&out);
	return e;
}

static void test_computes(void **state)
{
	assert_gives("return 6 * 7", "42");
	assert_gives("local t = {} for i = 1, 3 do t[i] = i end "
		     "return table.concat(t, ',')", "1,2,3");
	assert_gives("return ('%d %s'):format(3, ('ab'):rep(2, '-'))",
		     "3 ab-ab");
	assert_gives("return select(2, ('  x y '):match('^%s*(.-)%s*$'), 5)",
		     "5");
	assert_gives("return ('a-b-c'):gsub('%-', '+')", "a+b+c");
	assert_gives("return utf8.len('äö') + math.floor(2.5)", "4");
	assert_gives("return (pcall(error, 'x'))", "false");
	assert_gives("local t = {3, 1, 2} table.sort(t) "
		     "return table.concat(table.move(t, 1, 3, 2), ',')",
		     "1,1,2,3");
}

static void test_syntax_error(void **state)
{
	assert_fails("local a = 1\n\nlocal = 2\n", "x.lua:3", "near '='");
	assert_fails("return {\n  a = 1\n  b = 2\n}", "x.lua:3", "'}' expected");
}

static void test_runtime_error(void **state)
{
	struct err e;

	e = assert_fails("local function f(t)\n  return t.x.y\nend\n"
			 "local function g()\n  local v = f({})\n  return v\n"
			 "end\nlocal v = g()\nreturn v\n", "x.lua:2",
			 "attempt to index a nil value");
	assert_non_null(strstr(e.next, "line 2 in f, from line 5 in g, from "
				       "line 8"));
	e = assert_fails("\nerror('no good', 0)", "x.lua:2", "no good");
	assert_string_equal(e.next, "");
	assert_fails("error({})", "x.lua:1", "not a text");
	assert_fails("error('\27[2Jboo\\0')", "x.lua:1", "?[2Jboo");
	assert_fails("local function f() return 1 + f() end\nreturn f()",
		     "x.lua:1", "KiB of memory");
}

static void test_endless(void **state)
{
	static const char *const loops[] = {
		"while true do end",
		"::a:: goto a",
		"pcall(function() while true do end end) return 1",
		"while true do pcall(function() while true do end end) end",
		"return ('x'):rep(9):gsub('x', function() while true do end "
		"end)",
		"table.sort({3, 2, 1}, function() while true do end end)",
		"local t = {} for i = 1, 10000 do t[i] = i end "
		"while true do table.sort(t) end",
		"local s = ('x'):rep(1000000) while true do "
		"s:find('y', 1, true) end",
		"local s = ('x'):rep(1000000) local t = s .. 'y' "
		"s = s .. 'z' while true do local b = s < t end",
		"local s = ('x'):rep(1000) while true do s:find('x-x-y') end",
		"while true do ('x'):rep(1000000) end",
	};

	for (size_t i = 0; i < sizeof(loops) / sizeof(*loops); i++) {
		struct buf out = BUF_INIT;
		struct err e = ERR_INIT;
		int64_t start = now_ms();

		assert_int_equal(run_len(loops[i], strlen(loops[i]), &out, &e),
				 -1);
		if (now_ms() - start >= 4000)
			fail_msg("took %d ms: %s", (int)(now_ms() - start),
				 loops[i]);
		assert_int_equal(e.code, ERR_LESSON);
		if (!strstr(e.what, "ran too long") &&
		    !strstr(e.what, "KiB of memory") &&
		    !strstr(e.what, "could take too long"))
			fail_msg("%s: %s", loops[i], e.what);
		assert_string_equal(e.where, "x.lua:1");
		buf_release(&out);
	}
}

static void test_endless_has_a_line(void **state)
{
	assert_fails("local x = 1\n\nlocal function f()\n  while true do\n"
		     "    x = x + 1\n  end\nend\nf()\n", NULL,
		     "ran too long");
	assert_fails("local a\nwhile true do end", "x.lua:2", "ran too long");
}

static void test_memory(void **state)
{
	assert_fails("local s = 'x'\nwhile true do s = s .. s end",
		     "x.lua:2", "KiB of memory");
	assert_fails("local t = {}\nfor i = 1, 1e9 do t[i] = i end", NULL,
		     "KiB of memory");
	/* A pcall gets the error, but no more memory. */
	assert_fails("local function f() local s = 'x' while true do "
		     "s = s .. s end end\npcall(f)\nf()", NULL, "KiB");
	assert_fails("while true do pcall(function() local s = 'x' "
		     "while true do s = s .. s end end) end", NULL,
		     "ran too long");
}

/* The bound is the one that was asked for. */
static void test_memory_bound(void **state)
{
	static const struct lua_limits limits = {
		.memory = 1 << 20, .instructions = 1000000, .cpu_ms = 1000};
	static const char *const texts[] = {
		"return #(('x'):rep(400000))",
		"return #(('x'):rep(1000000))",
	};

	for (int i = 0; i < 2; i++) {
		struct err e = ERR_INIT;
		struct lua_host *h = lua_host_new(&limits, &e);
		int ret = lua_host_run(h, "x.lua", texts[i], strlen(texts[i]),
				       NULL, NULL, NULL, &e);

		assert_int_equal(ret, i ? -1 : 0);
		if (i)
			assert_string_equal(e.what, "the script asked for "
						    "more than 1024 KiB of "
						    "memory");
		lua_host_free(h);
	}
}

/* What could not grow is still there, and its place is not given away. */
static void test_failed_growth(void **state)
{
	assert_gives("local t, bad = {}, 0\n"
		     "pcall(function() for i = 1, 1e9 do t[i] = i end end)\n"
		     "local s = {}\n"
		     "for i = 1, 100 do s[i] = ('%d'):format(i):rep(20) end\n"
		     "for i = 1, #t do if t[i] ~= i then bad = bad + 1 end end\n"
		     "return bad .. ' ' .. tostring(#t > 1000)", "0 true");
}

static void test_bombs(void **state)
{
	assert_fails("return ('x'):rep(1e9)", "x.lua:1", "string.rep");
	assert_fails("return ('x'):rep(2, ('y'):rep(1000001))", "x.lua:1",
		     "string.rep");
	assert_gives("return #(''):rep(1 << 62)", "0");
	assert_fails("local a = ('a'):rep(30)\nreturn (a):find(('a?'):rep(30) "
		     ".. a)", "x.lua:2", "could take too long");
	assert_fails("return ('a'):rep(500):match('.-.-.-.-b')", "x.lua:1",
		     "could take too long");
	assert_fails("for x in ('a'):rep(9999):gmatch('a*a*b') do end",
		     "x.lua:1", "could take too long");
	assert_fails("return table.move({}, 1, 1 << 62, 2)", "x.lua:1",
		     "table.move");
	assert_fails("return table.move({}, math.mininteger, "
		     "math.maxinteger - 1, 2)", "x.lua:1", "table.move");
	assert_fails("local t = {} for i = 1, 20000 do t[i] = i end "
		     "table.sort(t)", "x.lua:1", "table.sort");
	/* A set is one item, whatever stands in it. */
	assert_gives("return ('a-b_c d'):rep(20):match('^[a-z*+?_-]+')",
		     "a-b_c");
}

static void test_nothing_to_reach(void **state)
{
	static const char *const gone[] = {
		"io", "os", "debug", "package", "require", "coroutine",
		"xpcall", "dofile", "loadfile", "load", "loadstring", "collectgarbage",
		"print", "warn", "setmetatable", "getmetatable",
		"string.dump", "math.random", "math.randomseed",
	};
	char text[128];

	for (size_t i = 0; i < sizeof(gone) / sizeof(*gone); i++) {
		snprintf(text, sizeof(text), "return %s", gone[i]);
		assert_gives(text, "nil");
	}
	/* Every name there is, so that a new one is noticed. */
	assert_gives("local n = {} for k, v in pairs(_G) do "
		     "if type(v) == 'function' then n[#n + 1] = k end end "
		     "table.sort(n) return table.concat(n, ' ')",
		     "assert error ipairs next pairs pcall rawequal rawget "
		     "rawlen rawset select tonumber tostring type");
	assert_gives("local n = {} for k, v in pairs(_G) do "
		     "if type(v) == 'table' then n[#n + 1] = k end end "
		     "table.sort(n) return table.concat(n, ' ')",
		     "_G math string table utf8");
}

static int dump_to(lua_State *L, const void *p, size_t n, void *arg)
{
	buf_add(arg, p, n);
	return 0;
}

static void test_bytecode(void **state)
{
	struct buf code = BUF_INIT, out = BUF_INIT;
	struct err e = ERR_INIT;
	lua_State *L = luaL_newstate();

	assert_int_equal(luaL_loadstring(L, "return 1"), LUA_OK);
	lua_dump(L, dump_to, &code, 1);
	lua_close(L);
	assert_true(code.len > 10 && code.data[0] == LUA_SIGNATURE[0]);
	assert_int_equal(run_len(code.data, code.len, &out, &e), -1);
	assert_non_null(strstr(e.what, "attempt to load a binary chunk"));
	assert_int_equal(e.code, ERR_LESSON);
	assert_int_equal(out.len, 0);
	buf_release(&code);
	buf_release(&out);
}

static int fails_at_7(lua_State *L)
{
	lua_host_fail(L, 7, "that is %s", "wrong");
}

static int fails_here(lua_State *L)
{
	lua_host_fail(L, 0, "not %d", 3);
}

static int no_memory(lua_State *L)
{
	lua_host_nomem(L);
}

static void setup_failures(lua_State *L, void *arg)
{
	lua_register(L, "at_7", fails_at_7);
	lua_register(L, "here", fails_here);
	lua_register(L, "nomem", no_memory);
}

static struct err run_failing(const char *text, int want)
{
	static const struct lua_limits limits = LUA_LIMITS_LESSON;
	struct err e = ERR_INIT;
	struct lua_host *h = lua_host_new(&limits, &e);

	assert_int_equal(lua_host_run(h, "x.lua", text, strlen(text),
				      setup_failures, NULL, NULL, &e), want);
	lua_host_free(h);
	return e;
}

static void test_failures_of_ours(void **state)
{
	struct err e = run_failing("at_7()", -1);

	assert_string_equal(e.where, "x.lua:7");
	assert_string_equal(e.what, "that is wrong");
	e = run_failing("\n\nhere()", -1);
	assert_string_equal(e.where, "x.lua:3");
	assert_string_equal(e.what, "not 3");
	/* A script may catch it; it learns nothing from it. */
	run_failing("local ok, v = pcall(at_7) assert(type(v) == 'userdata')",
		    0);
	e = run_failing("pcall(nomem)", -1);
	assert_int_equal(e.code, ERR_ENV);
}

static void take_fail(lua_State *L, void *arg)
{
	lua_host_fail(L, 4, "taken badly");
}

static void test_take_may_fail(void **state)
{
	static const struct lua_limits limits = LUA_LIMITS_LESSON;
	struct err e = ERR_INIT;
	struct lua_host *h = lua_host_new(&limits, &e);

	assert_int_equal(lua_host_run(h, "x.lua", "return 1", 8, NULL,
				      take_fail, NULL, &e), -1);
	assert_string_equal(e.where, "x.lua:4");
	lua_host_free(h);
}

static void test_tiny_memory(void **state)
{
	/* Whatever allocation fails, it is an error and nothing worse. */
	for (size_t kib = 1; kib < 96; kib++) {
		struct lua_limits limits = {
			.memory = kib << 10,
			.instructions = 100000,
			.cpu_ms = 1000,
		};
		struct buf out = BUF_INIT;
		struct err e = ERR_INIT;
		struct lua_host *h = lua_host_new(&limits, &e);
		static const char text[] =
			"local t = {} for i = 1, 100 do t[i] = ('x'):rep(i) "
			".. i end return #table.concat(t)";

		if (h && lua_host_run(h, "x", text, strlen(text), NULL,
				      take_text, &out, &e) == 0)
			assert_string_equal(buf_str(&out), "5242");
		else
			assert_int_not_equal(e.code, ERR_NONE);
		lua_host_free(h);
		buf_release(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_computes),
		cmocka_unit_test(test_syntax_error),
		cmocka_unit_test(test_runtime_error),
		cmocka_unit_test(test_endless),
		cmocka_unit_test(test_endless_has_a_line),
		cmocka_unit_test(test_memory),
		cmocka_unit_test(test_memory_bound),
		cmocka_unit_test(test_failed_growth),
		cmocka_unit_test(test_bombs),
		cmocka_unit_test(test_nothing_to_reach),
		cmocka_unit_test(test_bytecode),
		cmocka_unit_test(test_failures_of_ours),
		cmocka_unit_test(test_take_may_fail),
		cmocka_unit_test(test_tiny_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
