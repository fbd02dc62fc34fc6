/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * store: where things live, and the folders of runs.
 *
 *   cache   $KILN_HOME/cache, $XDG_CACHE_HOME/kiln or ~/.cache/kiln:
 *           toolroot-KEY/, linux-KEY/, guest-KEY/, tests-KEY/, harness-KEY/,
 *           gdb-KEY/, run/
 *   state   $KILN_HOME/state, $XDG_STATE_HOME/kiln or ~/.local/state/kiln
 *   work    $KILN_WORK, $KILN_HOME/work or ~/kiln
 *   data    what Kiln is shipped with (lessons/, kernels/): $KILN_DATA, or
 *           found from where the program stands: it is build/kiln in a
 *           source tree, or PREFIX/bin/kiln with PREFIX/share/kiln
 *
 * KILN_HOME moves cache, state and work at once; KILN_WORK says more about
 * work, and so wins there. An empty variable counts as not set. A relative
 * path in any of these variables is refused: the XDG base directory
 * specification says to ignore it, and to a learner silence would be worse
 * than an error. Without HOME the user database knows.
 *
 * The folders of the toolroot and the kernel are named by a key: 16 hex
 * digits of a SHA-256 over what they are made from.
 *
 *   toolroot-KEY  kernels/toolroot/packages, dpkg.cfg and make, and the
 *                 machine (uname -m)
 *   linux-KEY     the toolroot's key, kernels/linux/series, every
 *                 kernels/linux/NAME.config by name, kernels/linux/make,
 *                 and path, size and time of $KILN_LINUX_SOURCE if set
 *
 * One is whole when the file .complete stands in it; whoever makes it puts
 * that there last.
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
	char *toolroot_key; /* 16 hex digits each */
	char *linux_key;
};

#define STORE_STAMP ".complete"

/*
 * Finds the folders; makes cache, state and work where they are missing. On
 * failure @s is empty.
 */
int store_open(struct store *s, struct err *e);
/*
 * Likewise for who only wants to look: that a folder cannot be made, or not
 * be written to, is no error, and why is told in @unwritable, which must be
 * empty. With NULL there it is an error.
 */
int store_find(struct store *s, struct err *unwritable, struct err *e);
void store_release(struct store *s);

/* Whole and usable: their stamp files are in place. */
bool store_has_toolroot(const struct store *s);
bool store_has_linux(const struct store *s);

/*
 * A folder of one run, under cache/run/. Beside it, where no build can
 * touch it, stands NAME.lock, which is locked while the run's owner lives;
 * opening one sweeps away those that a killed run left behind.
 */
struct run_dir {
	char *path; /* absolute; NULL: not open */
	int lock_fd;
};

#define RUN_DIR_INIT                                                           \
	{                                                                      \
		.path = NULL, .lock_fd = -1                                    \
	}

int run_dir_open(struct run_dir *r, const struct store *s, struct err *e);
void run_dir_close(struct run_dir *r); /* removes it and all in it */

/*
 * Remove @path and everything below it, following no symlink, however deep
 * it is; a read-only folder of ours is made writable first. What is not
 * there is no error. What can be removed is removed even when something
 * cannot; the error names the first such thing.
 */
int remove_tree(const char *path, struct err *e);
/* mkdir -p. */
int make_dirs(const char *path, struct err *e);

#endif
