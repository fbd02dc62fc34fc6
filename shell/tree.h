/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tree: where the learner finds the source of the kernel.
 *
 * It stands deep in the cache, under a key. WORK/linux is a symbolic link to
 * it, kept up to date; compilers, which see it as /kiln/src, are quoted as if
 * they had seen it there. What else may stand at WORK/linux is left alone.
 */
#ifndef SHELL_TREE_H
#define SHELL_TREE_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct store;

/* Make or mend the link. Nothing depends on it, so failing is no error. */
void tree_link(const struct store *st);

/*
 * Add where it is, "~/kiln/linux"; the folder itself where there is no such
 * link. False, and nothing added: it has not been made yet.
 */
bool tree_add_name(struct buf *out, const struct store *st);

/* Add @text with tree_add_name() for each /kiln/src in it. */
void tree_add_text(struct buf *out, const struct store *st, const char *text,
		   size_t len);

/*
 * Texts of lessons are written as if the work were in ~/kiln: put where it is
 * in the place of "~/kiln", and tree_add_name() in that of "~/kiln/linux".
 */
void tree_put_work(struct buf *md, const struct store *st);

/*
 * Add the path of the file of the kernel that @name names: below the tree, or
 * as tree_add_text() shows it. False: it is none.
 */
bool tree_find(struct buf *out, const struct store *st, const char *name);
/* The same of a folder; "" is the tree itself. */
bool tree_find_folder(struct buf *out, const struct store *st,
		      const char *name);

#endif
