/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rust-explain: what Rust's own tools say of a code or a lint, offline.
 *
 * rustc explains its error codes, clippy its lints; of rustc's lints there is
 * one line each. All of it is in the toolroot, and is asked there.
 */
#ifndef CHECKER_RUST_EXPLAIN_H
#define CHECKER_RUST_EXPLAIN_H

#include <stdbool.h>

struct buf;
struct err;
struct store;

/* Is it spelled like a code or a lint: "E0308", "clippy::x", "dead_code"? */
bool rust_is_code(const char *code);

/*
 * Add the explanation to @out, as Markdown. 0: there is none. @cancel_fd as
 * in proc.h. -1 also when there is no toolroot.
 */
int rust_explain(struct buf *out, const struct store *s, const char *code,
		 int cancel_fd, struct err *e);

#endif
