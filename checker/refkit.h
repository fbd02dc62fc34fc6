/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * refkit: the reference answer's objects, for a check that swaps sides.
 *
 * Of a lesson whose learner writes both C and Rust, the objects of the
 * solution are built once for each content of it, by the same Kbuild with
 * the same flags, and kept in cache/parts-KEY/. Kbuild takes an object that
 * is there and has no source to be made from as it is. A build of the
 * learner's that has them beside it can read machine code, but no source,
 * and no debugging information that would lead to one.
 */
#ifndef CHECKER_REFKIT_H
#define CHECKER_REFKIT_H

#include "spec.h"

struct err;
struct store;

struct refkit_opts {
	const struct store *store;
	const struct spec *spec;
	const char *memory; /* memory_open()'s folder, or NULL */
	int cancel_fd;
	void *arg;
	void (*detail)(void *arg, const char *what); /* or NULL */
};

/*
 * *@dir: the folder that holds the objects of both sides. A solution that
 * does not build is an ERR_LESSON.
 */
int refkit_open(char **dir, const struct refkit_opts *o, struct err *e);

/* Lay the objects of the sources @files into @stage. */
int refkit_lay(const char *dir, const struct strv *files, const char *stage,
	       struct err *e);

#endif
