/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "lua-get.h"
#include "glyph.h"
#include "lua-lesson.h"
#include "names.h"
#include "suggest.h"
#include "checker/err.h"

#include <lauxlib.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct rec rec_make(lua_State *L, int table, int line)
{
	luaL_checkstack(L, 20, NULL);
	return (struct rec){
		.L = L, .table = lua_absindex(L, table), .line = line};
}

struct rec rec_item(const struct rec *of, int table, int line)
{
	struct rec r = rec_make(of->L, table, line);

	r.text = of->text;
	r.len = of->len;
	r.item = true;
	return r;
}

int rec_line(const struct rec *r, const char *field)
{
	int line = 0;

	if (r->item) {
		field = r->parent ? r->parent : field;
		if (field && r->text)
			line = lua_item_line(r->text, r->len, r->line, field);
		return line ? line : r->line;
	}
	if (r->own) /* deeper than the lines can be told */
		field = r->own;
	if (r->text && field)
		line = lua_field_line(r->text, r->len, r->parent, field);
	if (r->text && !line && r->parent)
		line = lua_field_line(r->text, r->len, NULL, r->parent);
	return line ? line : r->line;
}

void rec_fail(const struct rec *r, const char *field, const char *fmt, ...)
{
	char text[480];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	lua_host_fail(r->L, rec_line(r, field), "%s%s%s", r->name,
		      r->name[0] ? ": " : "", text);
}

void keep_string(lua_State *L, char **out, const char *s)
{
	free(*out);
	*out = strdup(s);
	if (!*out)
		lua_host_nomem(L);
}

void keep_in(lua_State *L, struct strv *out, const char *s)
{
	if (strv_add(out, s) < 0)
		lua_host_nomem(L);
}

void say_all(char *out, size_t size, const char *const *words)
{
	size_t n = 0;

	out[0] = '\0';
	for (; words && *words && n < size; words++)
		n += (size_t)snprintf(out + n, size - n, "%s%s", n ? ", " : "",
				      *words);
}

void say_suggestion(char *out, size_t size, const char *word,
		    const char *const *words)
{
	const char *s = suggest(word, words);

	out[0] = '\0';
	if (s)
		snprintf(out, size, " (did you mean \"%s\"?)", s);
}

/* Characters of @s; -1 when it is not clean UTF-8 text. */
static long count_text(const char *s, size_t len, bool one_line)
{
	const char *end = s + len;
	long n = 0;

	while (s < end) {
		long c = glyph_next(&s, end);

		if (c < 0 || c == 0x7f || (c >= 0x80 && c < 0xa0))
			return -1;
		if (c < 0x20 && (one_line || (c != '\n' && c != '\t')))
			return -1;
		n++;
	}
	return n;
}

static void check_shape(const struct rec *r, const char *field,
			const char *what, const char *s, unsigned flags)
{
	if ((flags & GET_SLUG) && !is_slug(s))
		rec_fail(r, field,
			 "%s is \"%s\": only lower-case words joined by "
			 "dashes are allowed",
			 what, s);
	if ((flags & GET_PATH) && !is_safe_path(s))
		rec_fail(r, field,
			 "%s is \"%s\": only a relative path of plain names "
			 "is allowed, without \"..\" and hidden parts",
			 what, s);
}

const char *rec_text(const struct rec *r, const char *field, int idx,
		     const char *what, size_t max, unsigned flags)
{
	const char *s;
	size_t len;
	long n;

	if (lua_type(r->L, idx) != LUA_TSTRING)
		rec_fail(r, field, "%s is a %s, must be a string", what,
			 luaL_typename(r->L, idx));
	s = lua_tolstring(r->L, idx, &len);
	n = count_text(s, len, flags & GET_LINE);
	if (n < 0)
		rec_fail(r, field,
			 "%s has a control character%s or is not UTF-8", what,
			 flags & GET_LINE ? ", a line break" : "");
	if (n == 0)
		rec_fail(r, field, "%s is empty", what);
	if ((size_t)n > max)
		rec_fail(r, field,
			 "%s has %ld characters, at most %zu are allowed", what,
			 n, max);
	check_shape(r, field, what, s, flags);
	return s;
}

bool rec_has(const struct rec *r, const char *field)
{
	bool has;

	lua_pushstring(r->L, field);
	has = lua_rawget(r->L, r->table) != LUA_TNIL;
	lua_pop(r->L, 1);
	return has;
}

/* Push @field; when it is not there, push nothing. */
static bool push_field(const struct rec *r, const char *field, unsigned flags)
{
	lua_pushstring(r->L, field);
	if (lua_rawget(r->L, r->table) != LUA_TNIL)
		return true;
	if (flags & GET_REQUIRED)
		rec_fail(r, NULL, "the field \"%s\" is missing", field);
	lua_pop(r->L, 1);
	return false;
}

bool rec_open(struct rec *sub, const struct rec *r, const char *field,
	      bool required)
{
	if (!push_field(r, field, required ? GET_REQUIRED : 0))
		return false;
	if (!lua_istable(r->L, -1))
		rec_fail(r, field, "%s is a %s, must be a table { ... }", field,
			 luaL_typename(r->L, -1));
	*sub = rec_make(r->L, -1, r->line);
	sub->text = r->text;
	sub->len = r->len;
	sub->item = r->item;
	sub->parent = r->parent ? r->parent : field;
	sub->own = r->own ? r->own : r->parent ? field : NULL;
	snprintf(sub->name, sizeof(sub->name), "%.50s%s%.40s", r->name,
		 r->name[0] ? ", " : "", field);
	return true;
}

bool get_string(const struct rec *r, const char *field, char **out, size_t max,
		unsigned flags)
{
	if (!push_field(r, field, flags))
		return false;
	keep_string(r->L, out, rec_text(r, field, -1, field, max, flags));
	lua_pop(r->L, 1);
	return true;
}

bool get_number(const struct rec *r, const char *field, long *out, long min,
		long max, unsigned flags)
{
	lua_Integer n;
	int ok;

	if (!push_field(r, field, flags))
		return false;
	if (lua_type(r->L, -1) != LUA_TNUMBER)
		rec_fail(r, field,
			 "%s is a %s, must be a whole number, %ld to %ld",
			 field, luaL_typename(r->L, -1), min, max);
	n = lua_tointegerx(r->L, -1, &ok);
	if (!ok || n < min || n > max)
		rec_fail(r, field,
			 "%s is %s: only whole numbers from %ld to %ld are "
			 "allowed",
			 field, luaL_tolstring(r->L, -1, NULL), min, max);
	lua_pop(r->L, 1);
	*out = (long)n;
	return true;
}

bool get_bool(const struct rec *r, const char *field, bool *out)
{
	if (!push_field(r, field, 0))
		return false;
	if (!lua_isboolean(r->L, -1))
		rec_fail(r, field, "%s is a %s, must be true or false", field,
			 luaL_typename(r->L, -1));
	*out = lua_toboolean(r->L, -1);
	lua_pop(r->L, 1);
	return true;
}

bool get_list(const struct rec *r, const char *field, struct strv *out,
	      size_t max_n, size_t max_len, unsigned flags)
{
	struct rec list;
	char what[64];
	int n;

	if (!push_field(r, field, flags))
		return false;
	if (lua_type(r->L, -1) == LUA_TSTRING) {
		keep_in(r->L, out,
			rec_text(r, field, -1, field, max_len, flags));
		lua_pop(r->L, 1);
		return true;
	}
	if (!lua_istable(r->L, -1))
		rec_fail(r, field,
			 "%s is a %s, must be a string or a list of strings, "
			 "{ \"...\" }",
			 field, luaL_typename(r->L, -1));
	lua_pop(r->L, 1);
	rec_open(&list, r, field, true);
	n = rec_length(&list, field, (int)max_n);
	if (n == 0 && (flags & GET_REQUIRED))
		rec_fail(r, field, "%s is empty", field);
	for (int i = 1; i <= n; i++) {
		snprintf(what, sizeof(what), "%s[%d]", field, i);
		lua_rawgeti(r->L, list.table, i);
		keep_in(r->L, out,
			rec_text(r, field, -1, what, max_len, flags));
		lua_pop(r->L, 1);
	}
	lua_pop(r->L, 1);
	return true;
}

int rec_length(const struct rec *r, const char *field, int max)
{
	lua_Unsigned n = lua_rawlen(r->L, r->table), keys = 0;

	lua_pushnil(r->L);
	while (lua_next(r->L, r->table)) {
		lua_pop(r->L, 1);
		if (!lua_isinteger(r->L, -1))
			rec_fail(r, field,
				 "only a plain list is allowed, "
				 "and this one has a key \"%s\"",
				 luaL_tolstring(r->L, -1, NULL));
		keys++;
	}
	if (keys != n)
		rec_fail(r, field, "the list has a hole in it");
	if (n > (lua_Unsigned)max)
		rec_fail(r, field,
			 "the list has %d elements, at most %d are "
			 "allowed",
			 (int)n, max);
	return (int)n;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void rec_keys(const struct rec *r, struct strv *out, size_t max)
{
	lua_pushnil(r->L);
	while (lua_next(r->L, r->table)) {
		lua_pop(r->L, 1);
		if (lua_type(r->L, -1) != LUA_TSTRING ||
		    strlen(lua_tostring(r->L, -1)) != lua_rawlen(r->L, -1))
			rec_fail(r, NULL,
				 "only names are allowed as keys, "
				 "and this has a value without one");
		keep_in(r->L, out, lua_tostring(r->L, -1));
		if (out->n > max)
			rec_fail(r, NULL, "at most %zu entries are allowed",
				 max);
	}
	if (out->n)
		qsort(out->v, out->n, sizeof(*out->v), by_name);
}

void rec_only(const struct rec *r, const char *const *allowed)
{
	char maybe[128], all[256];

	lua_pushnil(r->L);
	while (lua_next(r->L, r->table)) {
		const char *key;
		size_t i = 0;

		lua_pop(r->L, 1);
		if (lua_type(r->L, -1) != LUA_TSTRING)
			rec_fail(r, NULL,
				 "a value without a name; every "
				 "value needs one: title = ...");
		key = lua_tostring(r->L, -1);
		while (allowed[i] && strcmp(allowed[i], key) != 0)
			i++;
		if (allowed[i])
			continue;
		say_suggestion(maybe, sizeof(maybe), key, allowed);
		say_all(all, sizeof(all), allowed);
		rec_fail(r, key, "unknown field \"%.60s\"%s; allowed are %s",
			 key, maybe, all);
	}
}
