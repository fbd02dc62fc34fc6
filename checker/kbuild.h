/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * kbuild: build a staged folder with the kernel's own Kbuild, shut in.
 *
 * Every .ko keeps its DWARF beside the stripped copy, .guest/NAME.ko, that
 * goes to the guest. Clippy drives rustc, so its lints come with the same
 * compile. What compilers print is kept whole and taken apart (diag.h).
 */
#ifndef CHECKER_KBUILD_H
#define CHECKER_KBUILD_H

#include "buf.h"
#include "diag.h"

struct err;
struct store;

#define KBUILD_GUEST_DIR ".guest"

/* Every build of ours; M= and the target are still to come. */
#define KBUILD_MAKE                                                        \
	"make -s -j2 -Otarget -C /kiln/build LLVM=1 ARCH=x86_64 CLIPPY=1 " \
	"KCFLAGS=-g KRUSTFLAGS=-g"

struct kbuild_opts {
	const struct store *store;
	const char *stage;  /* writable; the folder with the Makefile's M= */
	const char *subdir; /* below stage; NULL: stage itself */
	const char *symvers; /* Module.symvers below stage, or NULL */
	const char *memory;  /* memory_open()'s folder, or NULL */
	const char *target; /* NULL: "modules" */
	const char *vars; /* more of make's variables: "X=n Y=n", or NULL */
	bool json; /* .vars have rustc print JSON (rust-json.h) */
	const char *script; /* shell commands to run afterwards, or NULL */
	int cancel_fd;
};

struct kbuild_result {
	bool built;	   /* make said yes */
	bool out_of_bounds; /* time, output or memory: ended by us */
	struct buf output;
	struct diag *diags;
	size_t ndiags;
	/* lints_build(): what was reported only because a check asks for it. */
	struct diag *forced;
	size_t nforced;
	bool many; /* there may be reports that were not read */
};

int kbuild_run(struct kbuild_result *r, const struct kbuild_opts *o,
	       struct err *e);
void kbuild_release(struct kbuild_result *r);

#endif
