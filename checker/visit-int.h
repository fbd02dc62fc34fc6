/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of visit and check share; for them alone. */
#ifndef CHECKER_VISIT_INT_H
#define CHECKER_VISIT_INT_H

#include "check-int.h"
#include "visit.h"

/* What a visitor's guest is to have; check-boot.c asks. */
struct visit_opts {
	const struct visit_request *r;
	bool built;
	int gdb_fd; /* listens for gdb; 0: there is none */
	struct strv modules, programs; /* filled as they are laid */
};

/* Before it starts: files, and the shell. */
int visit_lay(struct check *c, struct guest *g, struct err *e);
int visit_gdb_fd(const struct visit_opts *v);

/* Into @out->v: what the kernel reported, with the learner's lines. */
int visit_findings(struct check *c, struct visit_result *out, struct err *e);

#endif
