/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sandbox: how a command runs inside the toolroot.
 *
 * Compilers and QEMU alike see the toolroot as their whole system, read
 * only, no network, no processes but their own, the kernel at /kiln/src and
 * /kiln/build (paths that do not depend on whose machine this is), and what
 * is bound for them. This module only makes the argument list; proc runs it.
 */
#ifndef CHECKER_SANDBOX_H
#define CHECKER_SANDBOX_H

#include "buf.h"

struct err;
struct store;

struct sandbox_bind {
	const char *from; /* a path of the host */
	const char *to;	  /* where it is seen: /kiln/work, /kiln/run, … */
	bool writable;
};

#define SANDBOX_STAGE "/kiln/work" /* where a build sees its files */
#define SANDBOX_DATA  "/kiln/data" /* what of Kiln's own it is given */

/*
 * Fill @argv with bwrap and its options, up to and including "--"; the
 * command's own words are for the caller to add.
 */
int sandbox_argv(struct strv *argv, const struct store *s,
		 const struct sandbox_bind *binds, size_t nbinds,
		 const char *chdir, struct err *e);

#endif
