/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * version: what the learner had, kept for good.
 *
 * Before each check, and before Kiln writes over anything, the learner's
 * files are packed into STATE/versions/SLUG/HASH.tar (fileset.h), where HASH
 * is the SHA-256 of that file, and are on the disk before the caller may go
 * on; then the progress gets a row that names it, unless what is put away has
 * one. The same files are kept once. Nothing is ever removed.
 *
 * What no such archive can hold (a file above FILESET_FILE_MAX, a folder, a
 * link that leads nowhere or out of the lesson's folder) is put away as it is,
 * by keep.h.
 */
#ifndef SHELL_VERSION_H
#define SHELL_VERSION_H

#include <stdbool.h>
#include <stdint.h>

struct err;
struct fileset;
struct session;
struct strv;
struct term;

/* Keep @f; *@id for progress, *@number for people. Not for an empty one. */
int version_keep(struct session *s, const char *slug, const struct fileset *f,
		 const char *reason, int64_t *id, unsigned *number,
		 struct err *e);

/*
 * Before a check of the learner's own folder: its id for the attempt. What
 * cannot be kept is told as a warning, and the id is 0: no check fails for
 * it.
 */
int64_t version_checked(struct session *s, const char *slug, const char *dir,
			const struct strv *edit);

/* What is put away before it is written over. */
struct putting {
	struct session *s;
	const char *slug;
	const char *reason;
	const struct strv *edit; /* kept as well, so that it is all the work */
	unsigned number; /* of the version; 0: there was nothing */
	char *where; /* folder of what went to no version, or NULL */
};

/* A starter_keep_fn; @arg is a struct putting. */
int version_put_away(void *arg, const char *dir, const struct strv *files,
		     struct err *e);
/* Say on the screen where it is now. */
void version_tell(const struct putting *p);
void putting_release(struct putting *p);

/*
 * Read archive @hash into the empty @f. -1: it is gone, or it is not what
 * was kept.
 */
int version_load(const struct session *s, const char *slug, const char *hash,
		 struct fileset *f, struct err *e);

#endif
