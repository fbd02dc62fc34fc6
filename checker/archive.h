/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * archive: tar files that somebody else may have made.
 *
 * Nothing of an archive is used, and nothing of it is written anywhere,
 * before all of it has been looked at. What is taken is what archive_write()
 * writes, and GNU tar's and POSIX's plain form of the same: regular files
 * with short names (POSIX.1-1988 ustar, without the prefix field), each
 * header with a correct checksum, two blocks of zeros at the end and nothing
 * but zeros behind. Links, devices, folders, sparse files, pax headers, GNU's
 * long names, compressed files, names that lead out, names that come twice,
 * and claims that the file does not keep, are refused.
 *
 * The raw headers are examined here; only then libtar reads them, and it has
 * to see the same: so neither its leniency (a header whose name is empty
 * counts as the end; numbers run on into the next field; 'L' and 'K' entries
 * are allocated by the size that they claim) nor ours decides alone. What
 * libtar can extract (tar_extract_*) is never used.
 *
 * Knows nothing of lessons and verdicts: see record.h.
 */
#ifndef CHECKER_ARCHIVE_H
#define CHECKER_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

struct archive;
struct buf;
struct err;

#define ARCHIVE_NAME_MAX 99 /* bytes of a member's name */

/* Most of each that is taken; all are in memory at once, twice. */
struct archive_limits {
	size_t members;
	size_t member; /* bytes of one */
	size_t total; /* bytes of the whole file */
};

struct archive_member {
	const char *name;
	const void *data;
	size_t len;
};

/*
 * Whether a member may have that name: a relative path of [A-Za-z0-9._+-],
 * at most ARCHIVE_NAME_MAX bytes, no part of which is empty or starts with a
 * dot or a dash.
 */
bool archive_name_ok(const char *name);

/*
 * Read and look at all of it. -1: a file that cannot be read is ERR_ENV; one
 * that is no such archive is ERR_USAGE, and says in which member and why.
 */
int archive_read(struct archive **out, const char *path,
		 const struct archive_limits *most, struct err *e);
/* The same for bytes; they are copied. */
int archive_parse(struct archive **out, const void *data, size_t len,
		  const struct archive_limits *most, struct err *e);
void archive_free(struct archive *a); /* NULL is fine */

/* In the order in which they stand; borrowed, valid as long as @a is. */
size_t archive_count(const struct archive *a);
const struct archive_member *archive_member(const struct archive *a, size_t i);
const struct archive_member *archive_find(const struct archive *a,
					  const char *name);

/*
 * Write the members whose names begin with @prefix ("files/"; "": all) below
 * the folder @dir_fd, without the prefix, making folders. Through no symbolic
 * link, and over nothing that is there. @dir is what errors call the folder.
 */
int archive_extract(const struct archive *a, const char *prefix, int dir_fd,
		    const char *dir, struct err *e);

/*
 * Write members to @path, under a temporary name first and then by rename,
 * mode 0644, owned by nobody in particular, all with the time @when: the same
 * members and time give the same bytes. What stands at @path is replaced.
 */
int archive_write(const char *path, const struct archive_member *members,
		  size_t n, time_t when, struct err *e);
/* The same bytes, added to @out instead. */
int archive_pack(struct buf *out, const struct archive_member *members,
		 size_t n, time_t when, struct err *e);

#endif
