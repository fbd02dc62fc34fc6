/* SPDX-License-Identifier: GPL-2.0 */
/* A queue of at most 8 numbers: first in, first out. */
#ifndef QUEUE_H
#define QUEUE_H

int queue_put(int n); /* 0, or -ENOSPC */
int queue_get(void);  /* or -ENOENT */

#endif
