/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lua-lesson: from lesson.lua to struct lesson. For lesson.c alone.
 */
#ifndef SHELL_LUA_LESSON_H
#define SHELL_LUA_LESSON_H

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

#endif
