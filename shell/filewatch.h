/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * filewatch: which of some files were saved, as soon as they are.
 *
 * The kernel is asked to tell (inotify), of the folders rather than the
 * files, for many editors save by putting another file in the place of the
 * old one. A save is told once it is whole: what closes a file or renames it
 * is waited for, and then a moment more, for several are often saved at
 * once. Where the kernel does not see everything (others can change the files
 * of a network's or a host's file system) or has no room for another watch,
 * the files are looked at again and again as well.
 *
 * A folder that is removed or replaced is found again when it is back. No
 * terminal, no signals; nothing blocks.
 */
#ifndef SHELL_FILEWATCH_H
#define SHELL_FILEWATCH_H

#include <stdbool.h>
#include <stdint.h>

struct filewatch;
struct strv;

/* What is waited for, in ms. */
enum {
	FILEWATCH_SETTLE_MS = 10, /* after a save, for the next of several */
	FILEWATCH_MOST_MS = 25, /* from the first of them on */
	FILEWATCH_WRITING_MS = 300, /* for a writer to close its file */
	FILEWATCH_POLL_MS = 200, /* between two looks, where that is all */
	FILEWATCH_SWEEP_MS = 2000, /* and where it is not: to be sure */
	FILEWATCH_GONE_MS = 50, /* for a folder that is not there */
};

/*
 * @files are relative to @dir, which need not exist; both are copied. @poll:
 * do not ask the kernel. NULL when out of memory.
 */
struct filewatch *filewatch_new(const char *dir, const struct strv *files,
				bool poll);
void filewatch_free(struct filewatch *w);

/* Why the files are looked at, as half a sentence; NULL: the kernel tells. */
const char *filewatch_polls(const struct filewatch *w);

/* Call filewatch_saved() when this is readable (-1: it never is) … */
int filewatch_fd(const struct filewatch *w);
/* … and after so many ms in any case. */
int filewatch_wait(const struct filewatch *w);

/*
 * Add to @names those of the files that were saved, made or removed since it
 * was last asked; false: none. What has not changed at all is no save.
 */
bool filewatch_saved(struct filewatch *w, struct strv *names);

/* What was changed until now is known to the caller. */
void filewatch_forget(struct filewatch *w);

/* Is the folder there? */
bool filewatch_there(const struct filewatch *w);

#endif
