/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stamp.h"

#include <sys/stat.h>

struct stamp stamp_of(const char *path)
{
	struct stat st;

	if (stat(path, &st) < 0)
		return (struct stamp){.there = false};
	return (struct stamp){
		.there = true,
		.dev = st.st_dev,
		.ino = st.st_ino,
		.size = st.st_size,
		.mtime = st.st_mtim,
	};
}

bool stamp_same(const struct stamp *a, const struct stamp *b)
{
	if (!a->there || !b->there)
		return a->there == b->there;
	return a->dev == b->dev && a->ino == b->ino && a->size == b->size &&
	       a->mtime.tv_sec == b->mtime.tv_sec &&
	       a->mtime.tv_nsec == b->mtime.tv_nsec;
}
