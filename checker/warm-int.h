/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of warm share; for them alone. */
#ifndef CHECKER_WARM_INT_H
#define CHECKER_WARM_INT_H

#include "buf.h"
#include "warm.h"

#define WARM_PREFIX "guest-"

/* warm-disk.c */

/* The third line of .complete: what the snapshot was made from. */
void warm_add_origin(struct buf *out, const struct store *s);
/*
 * Before snapshot @name is made: remove those that no longer serve, and as
 * many others as there are too many of. One that is in use stays.
 */
void warm_make_room(const struct store *s, const char *name);
/* The lock's time says when its snapshot was last in use. */
void warm_mark_used(int lock_fd);

#endif
