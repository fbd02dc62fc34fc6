/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * witness: what became of the guest's kernel, seen from outside of it.
 *
 * Whatever runs in the guest can only be asked in the guest's own words, and
 * those a module can change. The host need not ask. A resumed guest's RAM is
 * a private mapping of the snapshot's file, so the host's own page tables say
 * which pages of the kernel's code and constants were written to since
 * (pagemap, Documentation/admin-guide/mm/pagemap.rst), were they put back or
 * not; and QMP reads the few variables that say whether the kernel still
 * reports what it sees. All that our kernel rewrites of its code at run time
 * are static calls (static-calls.h), and those only for who traces it.
 *
 * A guest that was booted cold has no snapshot, and some hosts do not show
 * their page tables: then the code is copied when the witness is made, and
 * compared.
 */
#ifndef CHECKER_WITNESS_H
#define CHECKER_WITNESS_H

#include "grade.h"

struct err;
struct qemu;
struct store;
struct witness;

/*
 * For a guest that has its job and has not begun with it. @ram: the
 * snapshot's file, or NULL for a cold guest. @traced: what runs there puts
 * probes on tracepoints, so that a page with static calls may have been
 * written to by the kernel. @q is borrowed until witness_free(). NULL with @e
 * set.
 */
struct witness *witness_new(const struct store *s, struct qemu *q,
			    const char *ram, bool traced, struct err *e);
void witness_free(struct witness *w);

/* Look, and add to @seen what there is to see. The guest must run. */
int witness_look(struct witness *w, struct seen *seen, struct err *e);

#endif
