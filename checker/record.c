/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record-int.h"
#include "stage.h"
#include "store.h"
#include "verdict.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const struct archive_limits record_limits = {
	.members = 3 + 64,
	.member = RECORD_LOG_MAX,
	.total = (size_t)96 << 20,
};

static int no_memory(struct err *e)
{
	return err_set(e, ERR_ENV, ENOMEM, "cannot keep what was graded");
}

void record_release(struct record *r)
{
	for (size_t i = 0; r->files && i < r->staged.n; i++)
		buf_release(&r->files[i]);
	free(r->files);
	ground_release(&r->ground);
	strv_release(&r->edit);
	strv_release(&r->staged);
	buf_release(&r->log);
	archive_free(r->archive);
	free(r->created);
	free(r->verdict);
	*r = (struct record)RECORD_INIT;
}

/* ---- where to ---- */

/* Whether the file begins as record_write() begins one. */
static bool is_record(int fd)
{
	char name[sizeof(RECORD_MANIFEST)];
	char magic[5];

	return pread(fd, name, sizeof(name), 0) == sizeof(name) &&
	       memcmp(name, RECORD_MANIFEST, sizeof(name)) == 0 &&
	       pread(fd, magic, sizeof(magic), 257) == sizeof(magic) &&
	       memcmp(magic, "ustar", sizeof(magic)) == 0;
}

int record_may_write(const char *path, struct err *e)
{
	struct stat st;
	bool may;
	int fd;

	if (lstat(path, &st) < 0)
		return 0; /* what else is wrong will be said on writing */
	may = S_ISREG(st.st_mode);
	if (may && st.st_size > 0) {
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
		may = fd >= 0 && is_record(fd);
		if (fd >= 0)
			close(fd);
	}
	if (may)
		return 0;
	err_set(e, ERR_USAGE, 0,
		"cannot keep it there: something else is there, "
		"and would be lost");
	err_where(e, "%s", path);
	return err_next(e, "name another file; only what '--keep' wrote "
			   "before is written over");
}

/* ---- what was staged ---- */

/* 1: it was not staged. */
static int take_file(struct record *r, const char *stage, const char *name,
		     struct err *e)
{
	struct err own = ERR_INIT;
	char *path;
	int ret;

	if (asprintf(&path, "%s/%s", stage, name) < 0)
		return no_memory(e);
	ret = buf_read_file(&r->files[r->staged.n], path, STAGE_FILE_MAX, &own);
	if (ret == 0 && strv_add(&r->staged, name) < 0)
		ret = no_memory(&own);
	free(path);
	if (ret < 0 && own.errnum == ENOENT)
		return 1;
	if (ret < 0)
		*e = own;
	return ret;
}

void record_staged(struct record *r, const struct spec *spec,
		   const struct store *store, const char *stage)
{
	struct err *e = &r->failed;

	r->files = calloc(spec->edit.n + 1, sizeof(*r->files));
	if (!r->files) {
		no_memory(e);
		return;
	}
	if (ground_look(&r->ground, spec, store, r->kiln, e) < 0)
		return;
	for (size_t i = 0; i < spec->edit.n; i++) {
		const char *name = spec->edit.v[i];

		if (strv_add(&r->edit, name) < 0) {
			no_memory(e);
			return;
		}
		if (take_file(r, stage, name, e) < 0)
			return;
	}
}

/* ---- what came of it ---- */

static char *verdict_text(const struct verdict *v, bool has_log)
{
	struct verdict copy = *v;
	char *text = NULL;
	size_t len;
	FILE *f = open_memstream(&text, &len);
	int r;

	/* Where it was on that machine is nobody's business. */
	copy.log = has_log ? (char *)RECORD_LOG : NULL;
	r = f ? verdict_json(&copy, f) : -1;
	if (f && fclose(f) == 0 && r == 0)
		return text;
	free(text);
	return NULL;
}

void record_finish(struct record *r, const struct verdict *v, const char *log)
{
	if (r->failed.code)
		return;
	r->seed = v->seed;
	r->has_log = v->log && log;
	r->log.max = RECORD_LOG_MAX;
	if (r->has_log &&
	    buf_read_file(&r->log, log, RECORD_LOG_MAX, &r->failed) < 0)
		return;
	r->verdict = verdict_text(v, r->has_log);
	if (!r->verdict)
		no_memory(&r->failed);
}

/* ---- written ---- */

struct writing {
	struct archive_member m[3 + 64];
	char names[64][ARCHIVE_NAME_MAX + 1];
	size_t n;
};

static void add(struct writing *w, const char *name, const void *data,
		size_t len)
{
	w->m[w->n++] = (struct archive_member){name, data, len};
}

static int add_files(struct writing *w, const struct record *r, struct err *e)
{
	for (size_t i = 0; i < r->staged.n; i++) {
		const char *name = r->staged.v[i];
		size_t most = ARCHIVE_NAME_MAX - strlen(RECORD_FILES);

		if (i == 64 || strlen(name) > most) {
			err_set(e, ERR_LESSON, 0,
				"a record takes 64 files, with names of at "
				"most %zu bytes",
				most);
			return err_where(e, "%s", name);
		}
		snprintf(w->names[i], sizeof(w->names[i]), RECORD_FILES "%s",
			 name);
		add(w, w->names[i], buf_str(&r->files[i]), r->files[i].len);
	}
	return 0;
}

/* Everything but the manifest, which tells of it, and comes before it. */
static int add_all(struct writing *w, const struct record *r, struct err *e)
{
	w->n = 1;
	add(w, RECORD_VERDICT, r->verdict, strlen(r->verdict));
	if (r->has_log)
		add(w, RECORD_LOG, buf_str(&r->log), r->log.len);
	return add_files(w, r, e);
}

int record_write(const struct record *r, const char *path, time_t now,
		 struct err *e)
{
	struct writing *w;
	struct tm tm;
	char created[32];
	char *manifest = NULL;
	int ret = -1;

	if (r->failed.code) {
		*e = r->failed;
		return -1;
	}
	if (!r->verdict || !r->ground.id)
		return err_set(e, ERR_USAGE, 0,
			       "nothing was graded, so there is nothing to "
			       "keep");
	w = calloc(1, sizeof(*w));
	if (!w)
		return no_memory(e);
	gmtime_r(&now, &tm);
	strftime(created, sizeof(created), "%Y-%m-%dT%H:%M:%SZ", &tm);
	if (add_all(w, r, e) < 0)
		goto out;
	manifest = manifest_make(r, w->m + 1, w->n - 1, created);
	if (!manifest) {
		no_memory(e);
		goto out;
	}
	w->m[0] = (struct archive_member){RECORD_MANIFEST, manifest,
					  strlen(manifest)};
	if (record_may_write(path, e) == 0)
		ret = archive_write(path, w->m, w->n, now, e);
out:
	free(manifest);
	free(w);
	return ret;
}

/* ---- used again ---- */

static bool same_names(const struct strv *a, const struct strv *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (!strv_has(b, a->v[i]))
			return false;
	return true;
}

int record_fits(const struct record *r, const struct spec *spec,
		const struct ground *now, struct err *e)
{
	const struct ground_file *was = ground_file(&r->ground, "lesson.lua");
	const struct ground_file *is = ground_file(now, "lesson.lua");

	if (same_names(&r->edit, &spec->edit))
		return 0;
	if (was && is && strcmp(was->hash, is->hash) == 0)
		return err_set(e, ERR_USAGE, 0,
			       "the record names other files than lesson %s "
			       "asks for",
			       spec->id);
	err_set(e, ERR_ENV, 0,
		"lesson %s has changed: it asks for other files now", spec->id);
	return err_next(e, "replay it with the Kiln that it was checked with");
}

int record_lay_down(const struct record *r, const char *dir, struct err *e)
{
	int fd = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
	int ret;

	if (fd < 0) {
		err_set(e, ERR_ENV, errno, "cannot unpack the record");
		return err_where(e, "%s", dir);
	}
	ret = archive_extract(r->archive, RECORD_FILES, fd, dir, e);
	close(fd);
	return ret;
}
