/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * built: a learner's work, built to be looked at and not to be run.
 *
 * The files are staged as check stages them, in a folder of the cache that
 * goes when the struct is released, and Kbuild is run on them in the
 * sandbox. No guest, no grading, nothing recorded.
 */
#ifndef CHECKER_BUILT_H
#define CHECKER_BUILT_H

#include "kbuild.h"
#include "store.h"

struct err;
struct spec;

struct built_opts {
	const struct store *store;
	const struct spec *spec;
	const char *dir; /* where the files to edit are */
	const char *target; /* these three as in kbuild_opts */
	const char *vars;
	const char *script;
	int cancel_fd;
	void *arg;
	void (*detail)(void *arg, const char *what); /* what takes long */
};

struct built {
	struct run_dir run;
	char *stage; /* where all of it is */
	struct kbuild_result build;
	char *refusal; /* why the files were not even built, or NULL */
};

/*
 * 0 whatever the learner's work is like: .refusal and .build say. @b is the
 * caller's to release, whatever is returned.
 */
int built_make(struct built *b, const struct built_opts *o, struct err *e);
void built_release(struct built *b);

/*
 * Add the file @name of the stage, at most @max bytes; -1: it is not there,
 * or a link that leads out of it.
 */
int built_read(const struct built *b, struct buf *out, const char *name,
	       size_t max, struct err *e);

#endif
