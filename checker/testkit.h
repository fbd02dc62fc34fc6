/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * testkit: the instructor's tests of a lesson, built and kept.
 *
 * Test modules and guest programs are built once for each content of a
 * lesson, against the symbols that its solution exports, and kept in
 * cache/tests-KEY/. So a check builds the learner's files alone, and the
 * tests are nowhere that the learner's build could read them.
 *
 * In the box the lesson's solution stands in solution/ and the tests in
 * tests/, side by side: tests/Makefile may name -I$(src)/../solution.
 */
#ifndef CHECKER_TESTKIT_H
#define CHECKER_TESTKIT_H

#include "spec.h"

struct err;
struct store;

struct testkit_opts {
	const struct store *store;
	const struct spec *spec;
	/* A folder whose files are laid over the solution's, or NULL. */
	const char *overlay;
	const char *memory; /* memory_open()'s folder, or NULL */
	int cancel_fd;
	void *arg;
	void (*detail)(void *arg, const char *what); /* or NULL */
};

/*
 * *@dir: the folder that holds NAME.ko and the programs; NULL when the
 * lesson has no tests. A lesson whose tests do not build is an ERR_LESSON
 * that carries the compiler's first complaint.
 */
int testkit_open(char **dir, const struct testkit_opts *o, struct err *e);

#endif
