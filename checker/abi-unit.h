/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * abi-unit: what Kbuild compiled, from the .NAME.o.cmd files that it leaves
 * (scripts/basic/fixdep.c): each object with its command and the files that
 * it was made of.
 */
#ifndef CHECKER_ABI_UNIT_H
#define CHECKER_ABI_UNIT_H

#include "buf.h"

struct err;

struct abi_unit {
	char *object; /* relative to the stage */
	char *command; /* of the compiler alone */
	struct strv files; /* what it read below the stage, relative */
	bool rust;
};

struct abi_units {
	struct abi_unit *v;
	size_t n;
	size_t nrust;
};

/* The learner's and the lesson's; not what Kbuild adds to a module. */
int abi_units_read(struct abi_units *u, const char *stage, struct err *e);
void abi_units_release(struct abi_units *u);

#endif
