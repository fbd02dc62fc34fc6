/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sandbox: how a command runs inside the toolroot.
 *
 * Compilers and QEMU alike see the toolroot as their whole system, read
 * only, no network, no processes but their own, the kernel at /kiln/src and
 * /kiln/build (paths that do not depend on whose machine this is), and what
 * is bound for them. Compilers run by sandbox_run(); for QEMU, which lives
 * beside us, the argument list alone is made.
 */
#ifndef CHECKER_SANDBOX_H
#define CHECKER_SANDBOX_H

#include "buf.h"

#include "proc.h"

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

/* Shell lines of ours; what a learner wrote is only ever in files. */
struct sandbox_script {
	const struct store *store;
	const struct sandbox_bind *binds;
	size_t nbinds;
	const char *chdir; /* NULL: / */
	const char *lines;
	const struct proc_limit *limits;
	size_t nlimits;
	int64_t timeout_ms; /* 0: none */
	size_t out_max;	    /* as in proc_spec */
	int cancel_fd;
};

/*
 * Run it; its output and errors come together in @r->out. 0 whatever came of
 * it: @r says. @r is the caller's to release, whatever is returned.
 */
int sandbox_run(struct proc_result *r, const struct sandbox_script *s,
		struct err *e);

/*
 * Run what must succeed, for it is all our own: -1 with @e saying that
 * @what, when it did not.
 */
int sandbox_do(const struct sandbox_script *s, const char *what,
	       struct err *e);

#endif
