/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * diag-advice-int: the tables of advice, for diag-advice*.c alone.
 *
 * The first entry that matches is taken, so the particular come first.
 */
#ifndef CHECKER_DIAG_ADVICE_INT_H
#define CHECKER_DIAG_ADVICE_INT_H

#include "diag.h"

struct advice {
	enum diag_tool tool;
	const char *message; /* stands in the message */
	const char *text; /* stands in the text as well, or NULL */
	const char *advice;
};

struct advices {
	const struct advice *v;
	size_t n;
};

extern const struct advices advices_rust; /* diag-advice-rust.c */
extern const struct advices advices_c; /* diag-advice-c.c: all others */

#define ADVICES(table)                                                         \
	{                                                                      \
		table, sizeof(table) / sizeof(*(table))                        \
	}

#endif
