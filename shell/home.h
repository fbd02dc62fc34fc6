/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * home: paths as people write them.
 */
#ifndef SHELL_HOME_H
#define SHELL_HOME_H

struct buf;

/* Add @path, with "~" for the folder that HOME names where it begins so. */
void home_add(struct buf *out, const char *path);

#endif
