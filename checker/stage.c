/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stage.h"
#include "beneath.h"
#include "err.h"
#include "store.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define GIVEN_MAX ((size_t)16 << 20)

/* The folders of @path that come after @stage_len bytes of it. */
static int make_parents(const char *path, struct err *e)
{
	char *dir = strdup(path);
	char *slash = dir ? strrchr(dir, '/') : NULL;
	int ret = 0;

	if (!dir)
		return err_set(e, ERR_ENV, ENOMEM, "cannot stage a file");
	if (slash) {
		*slash = '\0';
		ret = make_dirs(dir, e);
	}
	free(dir);
	return ret;
}

/*
 * Not through a temporary and fsync, as buf_write_file() does: the stage is
 * thrown away after the check.
 */
static int put(const char *stage, const char *name, const struct buf *b,
	       struct err *e)
{
	char *path = NULL;
	FILE *f = NULL;
	int ret = -1;

	if (asprintf(&path, "%s/%s", stage, name) < 0) {
		path = NULL;
		errno = ENOMEM;
		goto out;
	}
	if (make_parents(path, e) < 0) {
		free(path);
		return -1;
	}
	f = fopen(path, "we");
	if (f && fwrite(buf_str(b), 1, b->len, f) == b->len && !fflush(f))
		ret = 0;
out:
	if (ret < 0) {
		err_set(e, ERR_ENV, errno, "cannot copy the files to build");
		err_where(e, "%s", path ? path : name);
		err_next(e, "if the disk is full, free some space there, or "
			    "set KILN_HOME to a folder on another disk");
	}
	if (f && fclose(f) < 0 && ret == 0)
		ret = err_set(e, ERR_ENV, errno, "cannot copy '%s'", name);
	free(path);
	return ret;
}

int stage_copy(const char *stage, const struct spec *spec,
	       const struct strv *list, struct err *e)
{
	int ret = 0;

	for (size_t i = 0; ret == 0 && i < list->n; i++) {
		struct buf b = BUF_INIT;
		char *path = NULL;

		if (asprintf(&path, "%s/solution/%s", spec->dir, list->v[i]) <
		    0)
			return err_set(e, ERR_ENV, ENOMEM, "cannot stage");
		ret = buf_read_file(&b, path, GIVEN_MAX, e);
		if (ret < 0 && e)
			e->code = ERR_LESSON;
		if (ret == 0)
			ret = put(stage, list->v[i], &b, e);
		buf_release(&b);
		free(path);
	}
	return ret;
}

bool stage_has(const char *stage, const char *name)
{
	int dir_fd = open(stage, O_PATH | O_DIRECTORY | O_CLOEXEC);
	int fd = dir_fd < 0 ? -1 : beneath_open(dir_fd, name);
	struct stat st;
	bool has = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode);

	if (fd >= 0)
		close(fd);
	if (dir_fd >= 0)
		close(dir_fd);
	return has;
}

static void say_open(struct buf *why, const char *name, const char *dir,
		     int errnum)
{
	const char *odd = beneath_odd(dir, name);

	if (odd)
		buf_addf(why, "%s is %s, not a file", name, odd);
	else if (errnum == ENOENT)
		buf_addf(why, "%s is missing from %s", name, dir);
	else
		buf_addf(why, "%s cannot be read: %s", name, strerror(errnum));
}

/* Is what was read the text of a program? Otherwise say why not. */
static bool is_source(const struct buf *b, const char *name, struct buf *why)
{
	const char *nul;
	size_t line = 1;

	if (strspn(buf_str(b), " \t\r\n") == b->len) {
		buf_addf(why, "%s is empty", name);
		return false;
	}
	nul = memchr(b->data, '\0', b->len);
	if (!nul)
		return true;
	for (const char *p = b->data; p < nul; p++)
		line += *p == '\n';
	buf_addf(why, "%s is not text: there is a zero byte in line %zu", name,
		 line);
	return false;
}

/* 0: read; 1: it is not something to grade; -1: our own failure. */
static int read_learner(int fd, const char *dir, const char *name,
			struct buf *b, struct buf *why)
{
	char chunk[65536];
	struct stat st;
	ssize_t n;

	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)) {
		say_open(why, name, dir, EINVAL);
		return 1;
	}
	if ((size_t)st.st_size > STAGE_FILE_MAX) {
		buf_addf(why, "%s has %lld bytes; at most %zu are taken", name,
			 (long long)st.st_size, STAGE_FILE_MAX);
		return 1;
	}
	while ((n = read(fd, chunk, sizeof(chunk))) > 0)
		buf_add(b, chunk, (size_t)n);
	if (n < 0) {
		buf_addf(why, "%s cannot be read: %s", name, strerror(errno));
		return 1;
	}
	if (!buf_ok(b)) {
		buf_addf(why, "%s grows while it is read", name);
		return 1;
	}
	return is_source(b, name, why) ? 0 : 1;
}

static int stage_one(const char *stage, int dir_fd, const char *dir,
		     const char *name, struct buf *why, struct err *e)
{
	struct buf b = BUF_INIT;
	int fd, ret;

	b.max = STAGE_FILE_MAX;
	fd = beneath_open(dir_fd, name);
	if (fd < 0) {
		say_open(why, name, dir, errno);
		return 1;
	}
	ret = read_learner(fd, dir, name, &b, why);
	close(fd);
	if (ret == 0)
		ret = put(stage, name, &b, e);
	buf_release(&b);
	return ret;
}

int stage_learner(const char *stage, const struct spec *spec, const char *dir,
		  struct buf *why, struct err *e)
{
	int dir_fd = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
	int ret = 0;

	if (dir_fd < 0) {
		buf_addf(why, "the folder %s cannot be opened: %s", dir,
			 strerror(errno));
		return 1;
	}
	for (size_t i = 0; ret == 0 && i < spec->edit.n; i++)
		ret = stage_one(stage, dir_fd, dir, spec->edit.v[i], why, e);
	close(dir_fd);
	return ret;
}

static int copy_entry(const char *to, FTSENT *f, size_t from_len, struct err *e)
{
	struct buf b = BUF_INIT;
	int ret;

	if (f->fts_info == FTS_DNR || f->fts_info == FTS_ERR ||
	    f->fts_info == FTS_NS) {
		err_set(e, ERR_LESSON, f->fts_errno, "cannot read the folder");
		return err_where(e, "%s", f->fts_path);
	}
	if (f->fts_info != FTS_F || f->fts_name[0] == '.')
		return 0;
	ret = buf_read_file(&b, f->fts_accpath, GIVEN_MAX, e);
	if (ret == 0)
		ret = put(to, f->fts_path + from_len + 1, &b, e);
	buf_release(&b);
	return ret;
}

int stage_tree(const char *to, const char *from, struct err *e)
{
	char *const roots[] = {(char *)from, NULL};
	FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	FTSENT *f;
	int ret = 0;

	if (!tree) {
		err_set(e, ERR_LESSON, errno, "cannot read the folder");
		return err_where(e, "%s", from);
	}
	while (ret == 0 && (f = fts_read(tree)))
		ret = copy_entry(to, f, strlen(from), e);
	fts_close(tree);
	return ret;
}
