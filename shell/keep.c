/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "keep.h"
#include "checker/beneath.h"
#include "checker/buf.h"
#include "checker/err.h"
#include "checker/store.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct keeping {
	const char *from;
	char *to; /* the folder under its temporary name */
	struct strv move; /* what cannot be copied: folders, FIFOs */
	size_t n;
};

static char *join(const char *dir, const char *name)
{
	char *s;

	return asprintf(&s, "%s/%s", dir, name) < 0 ? NULL : s;
}

static bool is_there(const char *path)
{
	struct stat st;

	return path && lstat(path, &st) == 0;
}

bool keep_any_there(const char *dir, const struct strv *files)
{
	for (size_t i = 0; i < files->n; i++) {
		char *path = join(dir, files->v[i]);
		bool there = is_there(path);

		free(path);
		if (there)
			return true;
	}
	return false;
}

static int cannot_keep(struct err *e, int errnum, const char *path)
{
	err_set(e, ERR_ENV, errnum,
		"cannot put your file away, so nothing was changed");
	err_where(e, "%s", path);
	if (errnum == ENOSPC || errnum == EDQUOT)
		err_next(e, "free some space on the disk of the state folder "
			    "and run the command again");
	return -1;
}

/* Bytes from one descriptor to the other; -1 with errno. */
static int copy_bytes(int in, int out)
{
	char chunk[65536];
	ssize_t n;

	while ((n = read(in, chunk, sizeof(chunk))) != 0) {
		char *p = chunk;

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		while (n > 0) {
			ssize_t w = write(out, p, (size_t)n);

			if (w < 0 && errno != EINTR)
				return -1;
			if (w > 0) {
				p += w;
				n -= w;
			}
		}
	}
	return 0;
}

static int copy_file(const char *dir, const char *file, const char *to)
{
	struct timespec times[2];
	struct stat st;
	int in = beneath_file(dir, file, &st);
	int out = -1;
	int r = -1;

	if (in < 0)
		return -1;
	times[0] = st.st_atim;
	times[1] = st.st_mtim;
	out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (out >= 0 && copy_bytes(in, out) == 0 &&
	    fchmod(out, (st.st_mode & 0777) | 0600) == 0 &&
	    futimens(out, times) == 0 && fsync(out) == 0)
		r = 0;
	close(in);
	if (out >= 0 && close(out) < 0)
		r = -1;
	return r;
}

static int copy_link(const char *from, const char *to)
{
	char target[PATH_MAX];
	ssize_t n = readlink(from, target, sizeof(target) - 1);

	if (n < 0)
		return -1;
	target[n] = '\0';
	return symlink(target, to);
}

/* The folders of "sub/dir/file" under @dir. */
static int make_parents(const char *dir, const char *file, struct err *e)
{
	const char *slash = strrchr(file, '/');
	char *path = NULL;
	int r;

	if (!slash)
		return make_dirs(dir, e);
	if (asprintf(&path, "%s/%.*s", dir, (int)(slash - file), file) < 0)
		return err_set(e, ERR_ENV, ENOMEM, "cannot make a folder");
	r = make_dirs(path, e);
	free(path);
	return r;
}

/* Never what a link leads to: that may be anything of anybody's. */
static int keep_path(struct keeping *k, const char *file, const char *from,
		     const char *to, struct err *e)
{
	struct stat st;
	int r;

	if (beneath_lstat(k->from, file, &st) < 0)
		return cannot_keep(e, errno, from);
	if (S_ISLNK(st.st_mode))
		r = copy_link(from, to);
	else if (S_ISREG(st.st_mode))
		r = copy_file(k->from, file, to);
	else
		r = strv_add(&k->move, file);
	return r < 0 ? cannot_keep(e, errno, from) : 0;
}

static int keep_one(struct keeping *k, const char *file, struct err *e)
{
	char *from = join(k->from, file);
	char *to = join(k->to, file);
	int r = 0;

	if (!from || !to)
		r = cannot_keep(e, ENOMEM, file);
	else if (is_there(from)) {
		r = make_parents(k->to, file, e);
		if (r == 0)
			r = keep_path(k, file, from, to, e);
		k->n++;
	}
	free(from);
	free(to);
	return r;
}

/* So that the names, too, are on the disk before anything goes. */
static int sync_dir(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int r = fd < 0 ? -1 : fsync(fd);

	if (fd >= 0)
		close(fd);
	return r;
}

/* Give the folder its name: the time, and a number if that is taken. */
static char *settle(const char *base, const char *tmp, struct err *e)
{
	time_t now = time(NULL);
	char *path = NULL;
	char stamp[32];
	struct tm tm;

	localtime_r(&now, &tm);
	strftime(stamp, sizeof(stamp), "%Y-%m-%d-%H%M%S", &tm);
	for (unsigned i = 1; i < 1000; i++) {
		int n = i == 1 ? asprintf(&path, "%s/%s", base, stamp)
			       : asprintf(&path, "%s/%s.%u", base, stamp, i);

		if (n < 0)
			break;
		/* Fails on a folder that is not empty, and none is. */
		if (rename(tmp, path) == 0)
			return path;
		free(path);
		if (errno != EEXIST && errno != ENOTEMPTY)
			break;
	}
	cannot_keep(e, errno, base);
	return NULL;
}

/* What a killed predecessor left is only a copy: the files stayed. */
static int begin(struct keeping *k, const char *base, struct err *e)
{
	if (make_dirs(base, e) < 0)
		return -1;
	k->to = join(base, ".tmp-XXXXXX");
	if (!k->to)
		return cannot_keep(e, ENOMEM, base);
	if (mkdtemp(k->to))
		return 0;
	cannot_keep(e, errno, base);
	free(k->to);
	k->to = NULL;
	return -1;
}

static int keep_all(struct keeping *k, const struct strv *files, struct err *e)
{
	for (size_t i = 0; i < files->n; i++)
		if (keep_one(k, files->v[i], e) < 0)
			return -1;
	if (sync_dir(k->to) < 0)
		return cannot_keep(e, errno, k->to);
	return 0;
}

/*
 * What could not be copied goes there itself, once all else is safe. Killed
 * in between, it is still where it was.
 */
static int move_one(const char *dir, const char *where, const char *file,
		    struct err *e)
{
	char *from = join(dir, file);
	char *to = join(where, file);
	int r = !from || !to ? cannot_keep(e, ENOMEM, file)
			     : make_parents(where, file, e);

	if (r == 0 && rename(from, to) < 0) {
		r = cannot_keep(e, errno, from);
		/* A wrong thing in a file's place is no fault of the machine. */
		if (e && e->errnum == EXDEV)
			e->code = ERR_USAGE;
		err_next(e, "move it out of the way: a file of the lesson has "
			    "this name");
	}
	free(from);
	free(to);
	return r;
}

static int move_all(const struct keeping *k, const char *where, struct err *e)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < k->move.n; i++)
		r = move_one(k->from, where, k->move.v[i], e);
	return r;
}

int keep_files(char **where, size_t *n, const char *state, const char *slug,
	       const char *dir, const struct strv *files, struct err *e)
{
	struct keeping k = {.from = dir};
	char *base = NULL;
	int r = -1;

	*where = NULL;
	if (n)
		*n = 0;
	if (!keep_any_there(dir, files))
		return 0;
	if (asprintf(&base, "%s/kept/%s", state, slug) < 0) {
		base = NULL;
		cannot_keep(e, ENOMEM, dir);
		goto out;
	}
	if (begin(&k, base, e) < 0 || keep_all(&k, files, e) < 0)
		goto out;
	*where = settle(base, k.to, e);
	if (!*where)
		goto out;
	r = move_all(&k, *where, e);
	sync_dir(base);
	if (n)
		*n = k.n;
out:
	if (r < 0 && k.to)
		remove_tree(k.to, NULL);
	strv_release(&k.move);
	free(k.to);
	free(base);
	return r;
}
