/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * keep: a learner's files are never lost.
 *
 * Before anything is written over, the files that are there are copied to
 * STATE/kept/SLUG/TIMESTAMP/, synced, and only then may the caller go on.
 * What is put away is whole or not there at all: it is copied under another
 * name first. Nothing is ever removed by this module.
 */
#ifndef SHELL_KEEP_H
#define SHELL_KEEP_H

#include <stdbool.h>
#include <stddef.h>

struct err;
struct strv;

/*
 * Put away those of @files (relative to @dir) that exist. *@where becomes
 * the folder that they are in, or NULL when none of them was there; the
 * caller frees it. *@n, if not NULL, is how many. A symbolic link is kept as
 * a link, wherever it leads: what is behind it stays there. What is no file
 * at all, a folder or a FIFO, is moved, once all else is copied.
 *
 * -1: nothing may be written over.
 */
int keep_files(char **where, size_t *n, const char *state, const char *slug,
	       const char *dir, const struct strv *files, struct err *e);

/* Whether any of @files is in @dir, as whatever it may be. */
bool keep_any_there(const char *dir, const struct strv *files);

#endif
