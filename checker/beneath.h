/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * beneath: what stands under a name in a learner's folder, without following
 * any link that leads out of it. What is behind such a link is not the
 * learner's work: it is never read, kept or shown.
 */
#ifndef CHECKER_BENEATH_H
#define CHECKER_BENEATH_H

#include <stddef.h>
#include <sys/stat.h>

struct buf;

/*
 * Open @name below @dir for reading; -1 with errno: EXDEV or ELOOP for a link
 * that leads out or in a circle. It may be no regular file.
 */
int beneath_open(int dir_fd, const char *name);
/* Of what stands there itself, a link too; -1 with errno. */
int beneath_lstat(const char *dir, const char *name, struct stat *st);
/* A regular file, or -1 with errno: EISDIR, EINVAL, or as beneath_open(). */
int beneath_file(const char *dir, const char *name, struct stat *st);
/* Add the bytes of such a file, at most @max; -1 with errno. */
int beneath_read(struct buf *b, const char *dir, const char *name, size_t max);

/*
 * What stands there in the place of a file, "a folder", "a link that leads
 * nowhere". NULL: it is a file, or nothing is there, or nobody can tell.
 */
const char *beneath_odd(const char *dir, const char *name);

#endif
