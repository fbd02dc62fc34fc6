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
 * reports what it sees. Nothing in our kernel's configuration rewrites its
 * code at run time.
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
 * For a guest that was resumed from @ram, the snapshot's file, or with NULL
 * one that was booted and has not its job yet. @q is borrowed until
 * witness_free(). NULL with @e set.
 */
struct witness *witness_new(const struct store *s, struct qemu *q,
			    const char *ram, struct err *e);
void witness_free(struct witness *w);

/* Look, and add to @seen what there is to see. The guest must run. */
int witness_look(struct witness *w, struct seen *seen, struct err *e);

#endif
