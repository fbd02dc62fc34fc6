/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lua-get: fields out of the tables that a lesson is made of, each held
 * against its type and its bounds.
 *
 * A struct rec is a table on the Lua stack with a name and a line for the
 * messages. All functions raise, by lua_host_fail(); the strings they give
 * go to places that a lesson owns, so that nothing is lost when they do.
 */
#ifndef SHELL_LUA_GET_H
#define SHELL_LUA_GET_H

#include "lua-host.h"
#include "checker/buf.h"

#include <stdbool.h>

struct rec {
	lua_State *L;
	int table; /* stack index of the table */
	int line; /* where it was made */
	const char *text; /* the source, for the lines of fields; or NULL */
	size_t len;
	const char *parent; /* the lesson's field that this table is, or NULL */
	const char *own; /* the field of .parent that it is, or NULL */
	bool item; /* of `check "id" { ... }` and the like, or in such a one */
	char name[96]; /* "check \"suite\"", or "" for the lesson itself */
};

/* The table at stack index @table. */
struct rec rec_make(lua_State *L, int table, int line);
/* The table of @field, which must be there and is pushed; name "field". */
bool rec_open(struct rec *sub, const struct rec *r, const char *field,
	      bool required);

enum get_flags {
	GET_REQUIRED = 1,
	GET_LINE = 2, /* no newline in it */
	GET_SLUG = 4, /* words of [a-z0-9] joined by dashes */
	GET_PATH = 8, /* relative, and without .. or hidden parts */
};

/* The line to blame for @field (NULL: for the table as a whole). */
int rec_line(const struct rec *r, const char *field);

/* A table as rec_make() gives it, of an item of the lesson @of. */
struct rec rec_item(const struct rec *of, int table, int line);

/* Raise: "NAME: TEXT" at that line. */
__attribute__((noreturn, format(printf, 3, 4))) void
rec_fail(const struct rec *r, const char *field, const char *fmt, ...);

/* Nothing but these fields may be in it. */
void rec_only(const struct rec *r, const char *const *allowed);
bool rec_has(const struct rec *r, const char *field);

/* @max counts characters, not bytes. False: not there; *@out stays as it is. */
bool get_string(const struct rec *r, const char *field, char **out, size_t max,
		unsigned flags);
bool get_number(const struct rec *r, const char *field, long *out, long min,
		long max, unsigned flags);
bool get_bool(const struct rec *r, const char *field, bool *out);
/* A list of strings, or one string, is added to @out. */
bool get_list(const struct rec *r, const char *field, struct strv *out,
	      size_t max_n, size_t max_len, unsigned flags);

/*
 * The string at stack index @idx, checked as get_string() does; @what names
 * it in messages.
 */
const char *rec_text(const struct rec *r, const char *field, int idx,
		     const char *what, size_t max, unsigned flags);

/*
 * The keys of the table, which must all be strings, in order, so that what
 * is read from it does not depend on Lua's hashing.
 */
void rec_keys(const struct rec *r, struct strv *out, size_t max);

/* Elements of the table, which must be a plain list. */
int rec_length(const struct rec *r, const char *field, int max);

/*
 * " (did you mean \"x\"?)" or "", in @out; and for messages all of @words,
 * with commas.
 */
void say_suggestion(char *out, size_t size, const char *word,
		    const char *const *words);
void say_all(char *out, size_t size, const char *const *words);

/* Copies, or ends the script with ERR_ENV. */
void keep_string(lua_State *L, char **out, const char *s);
void keep_in(lua_State *L, struct strv *out, const char *s);

#endif
