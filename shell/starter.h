/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * starter: what a learner starts with, made from the solution.
 *
 * A file under solution/ is whole and correct as it stands, and says with
 * markers in comments what is to be written:
 *
 *	// BEGIN SOLUTION
 *	the solution's lines
 *	// STUB
 *	// the lines that the learner finds there, commented out one level
 *	// END SOLUTION
 *
 * A marker stands alone on its line, with at most one blank between the sign
 * and the words. The sign is "//" in .rs, .c, .h and .S files, "--" in .lua
 * files and "#" in all others. STUB and what follows it may be left out.
 * "BEGIN SOLUTION name" says which write step the region belongs to; without
 * a name it is the first write step that has the file. Regions do not nest. A
 * line that has the words of a marker but is none, is an error, so that a slip
 * cannot give the solution away.
 */
#ifndef SHELL_STARTER_H
#define SHELL_STARTER_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct err;
struct lesson;
struct strv;

/*
 * Add to @out the starter of the solution file @text: each region gives way
 * to its stub, uncommented. @path says which signs are comments, and is what
 * errors call the file. -1: ERR_LESSON with "path:line".
 */
int starter_make(struct buf *out, const char *text, size_t len,
		 const char *path, struct err *e);

/* Likewise the solution as it is shown: without markers and stubs. */
int solution_strip(struct buf *out, const char *text, size_t len,
		   const char *path, struct err *e);

/* The steps of a lesson that a file's regions may belong to. */
struct starter_steps {
	const struct strv *known; /* all write steps */
	const struct strv *solved; /* those whose regions stay */
	const char *own; /* that of regions without a name, or NULL */
};

/* The starter with some regions solved; all in it is borrowed. */
int starter_solve(struct buf *out, const char *text, size_t len,
		  const char *path, const struct starter_steps *steps,
		  struct err *e);

enum starter_what {
	STARTER_START,	  /* edit files as starters */
	STARTER_SOLUTION, /* edit files solved, without markers */
};

/*
 * Called before anything is written when @files (relative to @dir) are there
 * with other contents than they would get. It may put them away; 0 lets them
 * be written over, -1 stops it all with @e set.
 */
typedef int starter_keep_fn(void *arg, const char *dir,
			    const struct strv *files, struct err *e);

/*
 * Make folder @dir, and make it if it is missing, the place to work on @l:
 * its given files, read-only, and its edit files. A file that is there with
 * the right contents is left alone, and so is whatever the lesson does not
 * name. One with other contents is in the way: with @keep NULL nothing at all
 * is written then.
 *
 * Returns 0 when all is in place; 1, with nothing written, when files are in
 * the way and @keep is NULL; -1 with @e set. The files that were in the way
 * are added to @clash, unless it is NULL.
 */
int lesson_write_starter(const struct lesson *l, const char *dir,
			 enum starter_what what, starter_keep_fn *keep,
			 void *arg, struct strv *clash, struct err *e);

/*
 * The same for who begins at step @n: the edit files of write steps before it
 * are laid down with the regions of those steps solved and all others as
 * stubs; what of them is in the way is given to @keep first. Of the edit files
 * of later steps only those are written that are missing.
 */
int lesson_write_at(const struct lesson *l, size_t n, const char *dir,
		    starter_keep_fn *keep, void *arg, struct err *e);

#endif
