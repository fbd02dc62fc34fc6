/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lua-int: between the files that read lesson.lua: lua-lesson.c (fields),
 * lua-files.c, lua-machine.c (what is run on), lua-item.c (the words that a
 * lesson is written with), lua-plan.c, lua-call.c, lua-unwind.c and
 * lua-params.c (run), lua-check.c and lua-variant.c (checks), lua-step.c (steps), lua-hint.c
 * (hints, wrong answers).
 *
 * What stands in comments with two stars there is the reference of the Lua
 * API, book/src/lua-reference.md: CONTRIBUTING.md says how.
 *
 * They run under lua_host_run() and may raise at any call, so what they
 * allocate they attach to the lesson at once.
 */
#ifndef SHELL_LUA_INT_H
#define SHELL_LUA_INT_H

#include "lua-get.h"

struct check_spec;
struct lesson;
struct spec;

/* What `lesson {…}`, `check "id" {…}`, `read "name"` and so on make. */
enum item_kind {
	ITEM_LESSON,
	ITEM_CHECK,
	ITEM_READ,
	ITEM_PREDICT,
	ITEM_EXPLORE,
	ITEM_WRITE,
};

#define ITEM_NAME_MAX 63

struct item {
	enum item_kind kind;
	int line; /* of the call that made it */
	char name[ITEM_NAME_MAX + 1]; /* "" for the lesson */
};

/* Make `lesson`, `check`, `read`, … known to the script. */
void lua_item_open(lua_State *L);

/*
 * The item at stack index @idx, or NULL when it is something else. Its table
 * of fields is pushed, or nil when it was given none.
 */
const struct item *lua_item_get(lua_State *L, int idx);
/* Where the script has called `lesson`, last; 0: nowhere. */
int lua_item_lesson_line(lua_State *L);
/* "check", "read", …: the word that a lesson writes. */
const char *item_word(enum item_kind k);

/*
 * A @scratch is empty before and after; its owner outlives the Lua state, so
 * that it is not lost when something raises in between.
 */

/* files and programs. */
void lua_files_read(const struct rec *r, struct lesson *l);
/* machine, races, swap, kernel_symbols; after the files. */
void lua_machine_read(const struct rec *r, struct lesson *l);

/*
 * Read the field of that name. Each needs what comes before it: checks the
 * plan, steps and hints the checks.
 */
void lua_plan_read(const struct rec *r, struct lesson *l);
void lua_check_read(const struct rec *r, struct lesson *l);
void lua_step_read(const struct rec *r, struct lesson *l, const char *text,
		   size_t len);
void lua_hint_read(const struct rec *r, struct lesson *l, struct strv *scratch);
void lua_wrong_read(const struct rec *r, struct lesson *l,
		    struct strv *scratch);

/*
 * The part of a check that says what must hold, "log = …" and so on, into @c;
 * labels are those of @plan. Nothing else may be in the table.
 */
void lua_sign_read(const struct rec *r, const struct spec *plan,
		   struct check_spec *c);

/*
 * lua-texts.c: field @field, texts and patterns to look for, to .lines of @c;
 * at most 64 of them.
 */
void lua_texts_read(const struct rec *r, const char *field, size_t max_n,
		    size_t max_len, struct check_spec *c);

/* lua-lints.c: what goes with lint, and with forbid. */
void lua_lint_read(const struct rec *r, const struct spec *spec,
		   struct check_spec *c);
void lua_forbid_read(const struct rec *r, const struct spec *spec,
		     struct check_spec *c);

/* lua-rules.c: the tables of these names. */
void lua_size_read(const struct rec *r, struct check_spec *c);
void lua_source_read(const struct rec *r, const struct spec *spec,
		     struct check_spec *c);

struct variant_spec;

/* Of a check: what there is on a variant. */
void lua_variant_read(const struct rec *r, const struct lesson *l,
		      struct variant_spec *v);

/* Raise unless @name is the name of a folder in @parent of the lesson. */
void need_folder(const struct rec *r, const char *field, const struct lesson *l,
		 const char *parent, const char *name);

/*
 * The table of module parameters at stack index @idx, or nil, as the kernel
 * takes them: `a=1 b="two words"`. NULL in *@out when there are none.
 */
void lua_params_take(const struct rec *call, int idx, char **out,
		     struct strv *scratch);

/*
 * For messages, into @out: what in folder @parent of the lesson (folders, or
 * else files) @name may have been meant for, and what there is.
 */
void say_there(char out[500], const struct lesson *l, const char *parent,
	       bool folders, const char *name);

/*
 * @word must be one of the strings of @list, which are called @what in the
 * message.
 */
void must_be_in(const struct rec *r, const char *field, const char *word,
		const struct strv *list, const char *what);
/* Likewise, the id of a check. */
void must_be_check(const struct rec *r, const char *field, const char *id,
		   const struct spec *spec);

#endif
