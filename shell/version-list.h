/* SPDX-License-Identifier: GPL-2.0-or-later */
/* version-list: the versions of one lesson as a table. */
#ifndef SHELL_VERSION_LIST_H
#define SHELL_VERSION_LIST_H

#include "checker/buf.h"

struct progress_version;
struct work;

/* Add the table, newest first; only the newest @most, unless that is 0. */
void version_list(struct buf *out, const struct work *w, size_t most);

/* Add "pass 7/7", "build-failed", "no result", with colour. */
void version_result(struct buf *out, const struct work *w,
		    const struct progress_version *v);

/* When the solution was first shown; 0: never, or it cannot be told. */
int64_t version_solution_at(const struct work *w);

#endif
