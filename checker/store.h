/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * store: where things live, and the folders of runs.
 *
 *   cache   $KILN_HOME/cache, $XDG_CACHE_HOME/kiln or ~/.cache/kiln:
 *           toolroot-KEY/, linux-KEY/, guest-KEY/, tests-KEY/, run/
 *   state   $KILN_HOME/state, $XDG_STATE_HOME/kiln or ~/.local/state/kiln
 *   work    $KILN_HOME/work, $KILN_WORK or ~/kiln
 *   data    what Kiln is shipped with (lessons/, kernels/): $KILN_DATA, or
 *           found from where the program stands
 *
 * A relative path in any of these variables is refused: the XDG base
 * directory specification says to ignore it, and to a learner silence would
 * be worse than an error.
 */
#ifndef CHECKER_STORE_H
#define CHECKER_STORE_H

#include <stdbool.h>

struct err;

struct store {
	char *cache;
	char *state;
	char *work;
	char *data;
	char *toolroot; /* cache/toolroot-KEY, whether it is there or not */
	char *linux_dir; /* cache/linux-KEY, likewise */
};

/* Finds the folders; makes cache, state and work where they are missing. */
int store_open(struct store *s, struct err *e);
void store_release(struct store *s);

/* Whole and usable: their stamp files are in place. */
bool store_has_toolroot(const struct store *s);
bool store_has_linux(const struct store *s);

/*
 * A folder of one run, under cache/run/. It is locked while its owner
 * lives; opening one sweeps away those that a killed run left behind.
 */
struct run_dir {
	char *path; /* absolute */
	int lock_fd;
};

int run_dir_open(struct run_dir *r, const struct store *s, struct err *e);
void run_dir_close(struct run_dir *r); /* removes it and all in it */

/* Remove @path and everything below it, following no symlink. */
int remove_tree(const char *path, struct err *e);
/* mkdir -p. */
int make_dirs(const char *path, struct err *e);

#endif
