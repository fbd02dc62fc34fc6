/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stamp: by what one sees that a file is another than before.
 */
#ifndef SHELL_STAMP_H
#define SHELL_STAMP_H

#include <stdbool.h>
#include <sys/types.h>
#include <time.h>

struct stamp {
	bool there;
	dev_t dev;
	ino_t ino;
	off_t size;
	struct timespec mtime;
};

/* Of what @path leads to; of what is not there all are the same. */
struct stamp stamp_of(const char *path);
bool stamp_same(const struct stamp *a, const struct stamp *b);

#endif
