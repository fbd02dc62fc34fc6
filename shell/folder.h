/* SPDX-License-Identifier: GPL-2.0-or-later */
/* folder: what stands in a folder of a lesson, in the order of the names. */
#ifndef SHELL_FOLDER_H
#define SHELL_FOLDER_H

struct err;
struct strv;

enum folder_what {
	FOLDER_DIRS, /* folders right in it */
	FOLDER_FILES, /* files in it and below, "a/b.c" */
};

/*
 * Add the names to @out; hidden ones, and editors' backups (x~), are left
 * out. A folder that is not there has nothing in it. -1: it cannot be read,
 * or has more than FOLDER_MAX entries.
 */
int folder_names(struct strv *out, const char *dir, enum folder_what what,
		 struct err *e);

#define FOLDER_MAX 1000

#endif
