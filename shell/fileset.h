/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fileset: some files of a lesson, by name and content, wherever they come
 * from: the learner's folder, a version that was kept, the starter, the
 * solution. In the order of their names, each once.
 *
 * Packed, it is a tar file (checker/archive.h) without times or owners, so
 * that the same files are the same bytes.
 */
#ifndef SHELL_FILESET_H
#define SHELL_FILESET_H

#include "checker/buf.h"
#include "starter.h"

struct err;
struct lesson;

/* A file larger than that is none that a learner wrote. */
#define FILESET_FILE_MAX  ((size_t)16 << 20)
#define FILESET_TOTAL_MAX ((size_t)64 << 20)

struct fileset_file {
	char *name;
	struct buf text;
};

struct fileset {
	struct fileset_file *v;
	size_t n;
};

#define FILESET_INIT                                                           \
	{                                                                      \
		.v = NULL                                                      \
	}

void fileset_release(struct fileset *f);

/* The (empty) content of file @name, which is new; NULL: no memory. */
struct buf *fileset_add(struct fileset *f, const char *name);
const struct fileset_file *fileset_find(const struct fileset *f,
					const char *name);
/* The name of a file that @name was probably meant to be, or NULL. */
const char *fileset_guess(const struct fileset *f, const char *name);
bool fileset_same(const struct fileset *a, const struct fileset *b);

/*
 * Add those of @names that are in folder @dir; what a link leads to counts,
 * but nothing outside of @dir is ever read. The names of those that are there
 * and cannot be packed, too large, a folder, a link that leads out or nowhere,
 * an odd name, are added to @odd. -1: one cannot be read.
 */
int fileset_read(struct fileset *f, const char *dir, const struct strv *names,
		 struct strv *odd, struct err *e);

/* Add what edit file @name of @l is to be. */
int fileset_edit_text(struct buf *out, const struct lesson *l, const char *name,
		      enum starter_what what, struct err *e);
/* Add the files that the learner edits, as starters or solved. */
int fileset_lesson(struct fileset *f, const struct lesson *l,
		   enum starter_what what, struct err *e);

/* Add its tar file to @out; and back, into the empty @f. */
int fileset_pack(const struct fileset *f, struct buf *out, struct err *e);
int fileset_unpack(struct fileset *f, const struct buf *tar, struct err *e);

#endif
