/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * remote-fs: file systems whose files others can change.
 *
 * What this machine does to them the kernel tells (inotify), what the others
 * do it does not.
 */
#ifndef SHELL_REMOTE_FS_H
#define SHELL_REMOTE_FS_H

/* What @path is on, if it is such a one ("NFS"), or NULL. */
const char *remote_fs(const char *path);

#endif
