/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * gdbkit: the kernel's types, for gdb (checker/gdb/types).
 *
 * Compiled once against each kernel and kept in cache/gdb-KEY/, as the
 * harness is (harness.h). Who does not debug needs it not.
 */
#ifndef CHECKER_GDBKIT_H
#define CHECKER_GDBKIT_H

struct err;
struct harness_opts;

/* *@path: the file for gdb's add-symbol-file; the caller frees it. */
int gdbkit_open(char **path, const struct harness_opts *o, struct err *e);

#endif
