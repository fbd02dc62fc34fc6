/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What check-debug.c and check-debug-ask.c share. */
#ifndef CHECKER_CHECK_DEBUG_INT_H
#define CHECKER_CHECK_DEBUG_INT_H

#include "check-int.h"

struct debug {
	struct check *c;
	char *dir; /* run.path/gdb: what gdb is given */
	const char *target; /* "hello.ko" */
	struct proc *gdb;
	struct visit_debugger line;
};

/* The module to stop in; ERR_USAGE if the plan has none. */
int debug_find_target(struct debug *d, struct err *e);
/* Into .dir, for checker/gdb/kiln.py: what to do, types, commands. */
int debug_put_files(const struct debug *d, struct err *e);

#endif
