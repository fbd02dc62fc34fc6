/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The folder of one run. NAME.lock comes first and goes last, so a folder
 * without its lock file does not occur. A lock file may be unlinked by a
 * sweep between our open and our flock; so whoever has locked one looks
 * whether it still is what stands there.
 */
#include "store.h"
#include "err.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOCK_SUFFIX ".lock"
#define MAX_TRIES   100

/* Take the lock at @path; the descriptor, or -1 when it is not to be had. */
static int take_lock(const char *path, int flags)
{
	struct stat ours, there;
	int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | flags, 0600);

	if (fd < 0)
		return -1;
	if (flock(fd, LOCK_EX | LOCK_NB) < 0 || fstat(fd, &ours) < 0 ||
	    lstat(path, &there) < 0)
		goto fail;
	if (ours.st_ino == there.st_ino && ours.st_dev == there.st_dev)
		return fd;
	errno = EEXIST;
fail:
	/* EEXIST, ENOENT, EWOULDBLOCK: another process was at it. */
	close(fd);
	return -1;
}

/* @lock: the path of a lock file. If its owner is gone, remove its run. */
static void sweep_one(char *lock)
{
	int fd = take_lock(lock, 0);
	char *suffix = lock + strlen(lock) - strlen(LOCK_SUFFIX);
	bool gone;

	if (fd < 0)
		return;
	*suffix = '\0';
	gone = remove_tree(lock, NULL) == 0;
	*suffix = LOCK_SUFFIX[0];
	/* While something is left, so is the lock file: the next one tries. */
	if (gone)
		unlink(lock);
	close(fd);
}

static bool is_lock(const char *name)
{
	size_t len = strlen(name);
	size_t suffix = strlen(LOCK_SUFFIX);

	return name[0] != '.' && len > suffix &&
	       strcmp(name + len - suffix, LOCK_SUFFIX) == 0;
}

/* Best effort: what cannot be swept is no reason not to run. */
static void sweep(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *de;

	if (!d)
		return;
	while ((de = readdir(d))) {
		char *lock;

		if (!is_lock(de->d_name) ||
		    asprintf(&lock, "%s/%s", dir, de->d_name) < 0)
			continue;
		sweep_one(lock);
		free(lock);
	}
	closedir(d);
}

static int make_name(char **name, const char *dir)
{
	uint64_t r;

	if (getrandom(&r, sizeof(r), 0) != sizeof(r))
		return -1;
	if (asprintf(name, "%s/%012llx", dir,
		     (unsigned long long)(r & 0xffffffffffffull)) < 0) {
		*name = NULL;
		errno = ENOMEM;
		return -1;
	}
	return 0;
}

/* The path of @run's lock file; false when it would be too long. */
static bool lock_path(char path[static PATH_MAX], const char *run)
{
	return snprintf(path, PATH_MAX, "%s" LOCK_SUFFIX, run) < PATH_MAX;
}

static bool somebody_else(int errnum)
{
	return errnum == EEXIST || errnum == ENOENT || errnum == EWOULDBLOCK;
}

/* One try: 0, or -1 with errno. */
static int try_open(struct run_dir *r, const char *dir)
{
	char lock[PATH_MAX];

	if (make_name(&r->path, dir) < 0)
		return -1;
	if (!lock_path(lock, r->path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	r->lock_fd = take_lock(lock, O_CREAT | O_EXCL);
	if (r->lock_fd < 0)
		return -1;
	if (mkdir(r->path, 0777) == 0)
		return 0;
	unlink(lock);
	return -1;
}

static void forget(struct run_dir *r)
{
	int saved = errno;

	if (r->lock_fd >= 0)
		close(r->lock_fd);
	free(r->path);
	*r = (struct run_dir)RUN_DIR_INIT;
	errno = saved;
}

int run_dir_open(struct run_dir *r, const struct store *s, struct err *e)
{
	char *dir = NULL;
	int ret = -1;

	*r = (struct run_dir)RUN_DIR_INIT;
	if (asprintf(&dir, "%s/run", s->cache) < 0)
		return err_set(e, ERR_ENV, ENOMEM, "cannot make a run folder");
	if (make_dirs(dir, e) < 0)
		goto out;
	sweep(dir);
	for (int i = 0; i < MAX_TRIES && ret < 0; i++) {
		ret = try_open(r, dir);
		if (ret < 0)
			forget(r);
		if (ret < 0 && !somebody_else(errno))
			break;
	}
	if (ret < 0) {
		err_set(e, ERR_ENV, errno, "cannot make a run folder");
		err_where(e, "%s", dir);
		if (errno == ENOSPC || errno == EDQUOT)
			err_next(e, "free some space on that disk and run the "
				    "command again");
	}
out:
	free(dir);
	return ret;
}

void run_dir_close(struct run_dir *r)
{
	char lock[PATH_MAX];

	if (!r->path)
		return;
	/* What is left now the next run's sweep removes. */
	if (remove_tree(r->path, NULL) == 0 && lock_path(lock, r->path))
		unlink(lock);
	forget(r);
}
