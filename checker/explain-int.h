/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * explain-int: the tables of the explanations, for explain*.c and tests.
 *
 * Within a table the first entry that matches holds, so the particular come
 * first, and each kind that a table has ends with one for any title.
 */
#ifndef CHECKER_EXPLAIN_INT_H
#define CHECKER_EXPLAIN_INT_H

#include "finding.h"

struct explanation {
	enum finding_kind kind;
	const char *title; /* stands in the headline; NULL: any */
	const char *text;
};

struct explanations {
	const struct explanation *v;
	size_t n;
};

extern const struct explanations explain_memory; /* explain-memory.c */
extern const struct explanations explain_locks; /* explain-locks.c */
extern const struct explanations explain_faults; /* explain-faults.c */

#define EXPLANATIONS(table)                                                    \
	{                                                                      \
		table, sizeof(table) / sizeof(*(table))                        \
	}

#endif
