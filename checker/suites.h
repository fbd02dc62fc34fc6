/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * suites: the KUnit suites that a module has, as its ELF file tells.
 *
 * KUNIT_TEST_SUITES puts pointers to them in .kunit_test_suites, and struct
 * kunit_suite begins with the name (include/kunit/test.h); in a relocatable
 * file the pointers are relocations.
 */
#ifndef CHECKER_SUITES_H
#define CHECKER_SUITES_H

#include "buf.h"

struct err;

/* Add their names to @names. A file that is no module has none. */
int suites_read(struct strv *names, const char *path, struct err *e);

#endif
