/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lua-lesson: from lesson.lua to struct lesson. For lesson.c alone.
 */
#ifndef SHELL_LUA_LESSON_H
#define SHELL_LUA_LESSON_H

#include <stddef.h>

struct buf;
struct err;
struct lesson;

/*
 * Fill @l, whose .spec.dir is set, from @script, the lesson.lua called @name
 * in messages. What it says is held against itself, against the files of the
 * folder, and against the sections of @text.
 */
int lua_lesson_read(struct lesson *l, const char *name,
		    const struct buf *script, const struct buf *text,
		    struct err *e);

/*
 * The line of @text on which field @field of the lesson's table is set, or
 * with @parent the field of that name in the table of field @parent; 0 when
 * it cannot be told.
 */
int lua_field_line(const char *text, size_t len, const char *parent,
		   const char *field);
/* Likewise, in the table that begins at the first brace of line @from. */
int lua_item_line(const char *text, size_t len, int from, const char *field);

#endif
