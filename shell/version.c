/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "version.h"
#include "checker/buf.h"
#include "checker/err.h"
#include "checker/hash.h"
#include "fileset.h"
#include "home.h"
#include "keep.h"
#include "progress.h"
#include "session.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int no_memory(struct err *e)
{
	return err_set(e, ERR_ENV, ENOMEM, "cannot keep your files");
}

static char *archive_path(const struct session *s, const char *slug,
			  const char *hash)
{
	char *path;

	return asprintf(&path, "%s/versions/%s%s%s%s", s->store.state, slug,
			hash ? "/" : "", hash ? hash : "",
			hash ? ".tar" : "") < 0
		       ? NULL
		       : path;
}

/* So that the name, too, is on the disk. */
static int sync_folder(const char *folder, struct err *e)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int r = fd < 0 ? -1 : fsync(fd);

	if (r < 0) {
		err_set(e, ERR_ENV, errno, "cannot keep your files");
		err_where(e, "%s", folder);
	}
	if (fd >= 0)
		close(fd);
	return r;
}

static bool is_there(const char *path, const struct buf *tar)
{
	struct buf b = BUF_INIT;
	bool same = buf_read_file(&b, path, tar->len, NULL) == 0 &&
		    b.len == tar->len &&
		    memcmp(buf_str(&b), buf_str(tar), b.len) == 0;

	buf_release(&b);
	return same;
}

static int store(const struct session *s, const char *slug,
		 const struct buf *tar, const char *hash, struct err *e)
{
	char *folder = archive_path(s, slug, NULL);
	char *path = archive_path(s, slug, hash);
	int r = -1;

	if (!folder || !path)
		no_memory(e);
	else if (make_dirs(folder, e) == 0)
		/* One that was damaged is made whole again. */
		r = is_there(path, tar) ? 0
					: buf_write_file(tar, path, 0600, e);
	if (r == 0) {
		r = sync_folder(folder, e);
		buf_sweep(folder);
	}
	free(folder);
	free(path);
	return r;
}

int version_keep(struct session *s, const char *slug, const struct fileset *f,
		 const char *reason, int64_t *id, unsigned *number,
		 struct err *e)
{
	struct buf tar = BUF_INIT;
	char hash[HASH_HEX_LEN + 1];
	int r = fileset_pack(f, &tar, e);

	if (r == 0) {
		hash_hex(buf_str(&tar), tar.len, hash);
		r = store(s, slug, &tar, hash, e);
	}
	if (r == 0)
		r = progress_version_add(s->progress, slug, hash, reason, id,
					 number, e);
	buf_release(&tar);
	return r;
}

int64_t version_checked(struct session *s, const char *slug, const char *dir,
			const struct strv *edit)
{
	struct fileset f = FILESET_INIT;
	struct strv odd = STRV_INIT;
	struct err e = ERR_INIT;
	unsigned number;
	int64_t id = 0;

	/* What cannot be read cannot be checked either: the verdict says it. */
	if (fileset_read(&f, dir, edit, &odd, NULL) == 0 && f.n &&
	    version_keep(s, slug, &f, "check", &id, &number, &e) < 0) {
		term_error(&e);
		term_warn("this version of your files was not kept");
		id = 0;
	}
	strv_release(&odd);
	fileset_release(&f);
	return id;
}

/* ---- before something is written over ---- */

static int unchanged(struct err *e)
{
	if (e && !e->next[0])
		err_next(e, "nothing was changed; move the file out of the "
			    "way and run the command again");
	return -1;
}

int version_put_away(void *arg, const char *dir, const struct strv *files,
		     struct err *e)
{
	struct putting *p = arg;
	struct fileset f = FILESET_INIT;
	struct strv odd = STRV_INIT, other = STRV_INIT;
	int64_t id;
	int r = fileset_read(&f, dir, files, &odd, e);

	/* Of those, what no version can hold stays where it is. */
	if (r == 0 && p->edit)
		r = fileset_read(&f, dir, p->edit, &other, e);
	if (r < 0)
		unchanged(e);
	if (r == 0 && odd.n)
		r = keep_files(&p->where, NULL, p->s->store.state, p->slug, dir,
			       &odd, e);
	if (r == 0 && f.n)
		r = version_keep(p->s, p->slug, &f, p->reason, &id, &p->number,
				 e);
	strv_release(&odd);
	strv_release(&other);
	fileset_release(&f);
	return r;
}

void version_tell(const struct putting *p)
{
	struct buf b = BUF_INIT;

	if (p->number) {
		buf_addf(&b,
			 "What you had is version %u: 'restore %u' brings "
			 "it back, 'history' lists all.",
			 p->number, p->number);
		term_para(&p->s->term, 0, buf_str(&b));
	}
	if (p->where) {
		buf_clear(&b);
		home_add(&b, p->where);
		term_say(&p->s->term, "What no version can hold is in\n  %s\n",
			 buf_str(&b));
	}
	buf_release(&b);
}

void putting_release(struct putting *p)
{
	free(p->where);
	p->where = NULL;
}

/* ---- back ---- */

static int read_archive(struct buf *tar, const char *path, const char *hash,
			struct err *e)
{
	char found[HASH_HEX_LEN + 1];

	if (access(path, F_OK) < 0) {
		err_set(e, ERR_ENV, errno,
			"the files of this version are "
			"gone");
		return err_where(e, "%s", path);
	}
	if (buf_read_file(tar, path, FILESET_TOTAL_MAX + (1 << 20), e) < 0)
		return -1;
	hash_hex(buf_str(tar), tar->len, found);
	if (strcmp(found, hash) == 0)
		return 0;
	err_set(e, ERR_ENV, 0,
		"the archive of this version is damaged: it is "
		"not what was kept");
	err_where(e, "%s", path);
	return err_next(e, "'tar -xf' may still get something out of it; the "
			   "other versions do not depend on it");
}

int version_load(const struct session *s, const char *slug, const char *hash,
		 struct fileset *f, struct err *e)
{
	char *path = archive_path(s, slug, hash);
	struct buf tar = BUF_INIT;
	int r = path ? read_archive(&tar, path, hash, e) : no_memory(e);

	if (r == 0)
		r = fileset_unpack(f, &tar, e);
	if (r < 0)
		fileset_release(f);
	buf_release(&tar);
	free(path);
	return r;
}
