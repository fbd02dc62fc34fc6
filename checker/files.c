/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Making and removing trees of folders.
 *
 * Removing goes by descriptors (openat, unlinkat), so that no symlink that
 * is put in the way leads outside. Descriptors are bounded: a folder that
 * lies deeper than MAX_DEPTH is first moved up to the top of the tree.
 */
#include "store.h"
#include "err.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_DEPTH 32

struct removal {
	int top; /* the tree's own folder; -1: not opened yet */
	unsigned moved; /* makes the names of folders that moved up */
	int errnum; /* of the first thing that could not be removed */
	char name[256]; /* and its name */
};

static int remove_entry(struct removal *rm, int parent, const char *name,
			int depth);

static int failed(struct removal *rm, const char *name)
{
	if (!rm->errnum) {
		rm->errnum = errno;
		snprintf(rm->name, sizeof(rm->name), "%s", name);
	}
	return -1;
}

/* Give us back all rights to a folder of ours. @fd may be an O_PATH one. */
static void unlock_dir(int fd)
{
	char link[64];
	struct stat st;

	if (fstat(fd, &st) < 0 || st.st_uid != geteuid() ||
	    (st.st_mode & 0700) == 0700)
		return;
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	/* When it does not help, what follows fails and tells. */
	if (chmod(link, (st.st_mode & 07777) | 0700) < 0)
		return;
}

/* A descriptor for the folder, made readable and writable if need be. */
static int open_dir(int parent, const char *name)
{
	const int flags = O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	int path = openat(parent, name, O_PATH | flags);
	int fd;

	if (path < 0)
		return -1;
	unlock_dir(path);
	fd = openat(path, ".", O_RDONLY | flags);
	if (fd < 0) {
		int saved = errno;

		close(path);
		errno = saved;
		return -1;
	}
	close(path);
	return fd;
}

/* Empty the folder @fd (which is closed); how many entries went. */
static int empty_dir(struct removal *rm, int fd, int depth)
{
	struct dirent *de;
	int removed = 0;
	DIR *d;

	d = fdopendir(fd);
	if (!d) {
		failed(rm, "");
		close(fd);
		return 0;
	}
	while ((de = readdir(d))) {
		if (strcmp(de->d_name, ".") == 0 ||
		    strcmp(de->d_name, "..") == 0)
			continue;
		if (remove_entry(rm, dirfd(d), de->d_name, depth + 1) == 0)
			removed++;
	}
	closedir(d);
	return removed;
}

/* To the top of the tree, under a name that is not taken there. */
static int move_up(struct removal *rm, int parent, const char *name)
{
	char to[32];
	int fd;

	/* Moving a folder writes its "..". */
	fd = openat(parent, name,
		    O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd >= 0) {
		unlock_dir(fd);
		close(fd);
	}
	do {
		snprintf(to, sizeof(to), ".kiln-%u", rm->moved++);
		if (renameat2(parent, name, rm->top, to, RENAME_NOREPLACE) == 0)
			return 0;
	} while (errno == EEXIST);
	return failed(rm, name);
}

static int remove_dir(struct removal *rm, int parent, const char *name,
		      int depth)
{
	int fd;

	/*
	 * Again while it helps: a folder read while entries go from it, or
	 * come up into it, need not show them all.
	 */
	for (;;) {
		if (unlinkat(parent, name, AT_REMOVEDIR) == 0 ||
		    errno == ENOENT)
			return 0;
		if (errno != ENOTEMPTY && errno != EEXIST && errno != EACCES)
			return failed(rm, name);
		if (depth >= MAX_DEPTH)
			return move_up(rm, parent, name);
		fd = open_dir(parent, name);
		if (fd < 0)
			return failed(rm, name);
		if (depth == 0)
			rm->top = fd;
		if (empty_dir(rm, fd, depth) > 0)
			continue;
		if (unlinkat(parent, name, AT_REMOVEDIR) == 0)
			return 0;
		return failed(rm, name);
	}
}

static int remove_entry(struct removal *rm, int parent, const char *name,
			int depth)
{
	struct stat st;

	if (unlinkat(parent, name, 0) == 0 || errno == ENOENT)
		return 0;
	/* EISDIR on Linux; POSIX says EPERM, which may mean other things. */
	if (errno == EISDIR ||
	    (errno == EPERM &&
	     fstatat(parent, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	     S_ISDIR(st.st_mode)))
		return remove_dir(rm, parent, name, depth);
	return failed(rm, name);
}

/* Split into the folder that it lies in and its name; the caller frees. */
static int split(const char *path, char **dir, char **name)
{
	size_t end = strlen(path);
	size_t start;

	while (end > 1 && path[end - 1] == '/')
		end--;
	for (start = end; start > 0 && path[start - 1] != '/'; start--)
		;
	*name = strndup(path + start, end - start);
	*dir = start ? strndup(path, start) : strdup(".");
	return *name && *dir ? 0 : -1;
}

static bool removable(const char *name)
{
	return name[0] && strcmp(name, "/") != 0 && strcmp(name, ".") != 0 &&
	       strcmp(name, "..") != 0;
}

int remove_tree(const char *path, struct err *e)
{
	struct removal rm = {.top = -1};
	char *dir = NULL, *name = NULL;
	int parent = -1;
	int ret = -1;

	if (split(path, &dir, &name) < 0) {
		err_set(e, ERR_ENV, ENOMEM, "cannot remove the folder");
		goto out;
	}
	if (!removable(name))
		BUG("asked to remove \"%s\"", path);
	parent = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (parent < 0 && errno == ENOENT) {
		ret = 0;
		goto out;
	}
	if (parent < 0)
		failed(&rm, "");
	else
		ret = remove_entry(&rm, parent, name, 0);
	if (ret < 0) {
		err_set(e, ERR_ENV, rm.errnum, "cannot remove \"%s\"",
			rm.name[0] ? rm.name : name);
		err_where(e, "%s", path);
		err_next(e, "remove that folder by hand");
	}
out:
	if (parent >= 0)
		close(parent);
	free(dir);
	free(name);
	return ret;
}

static int make_dir(const char *path)
{
	struct stat st;
	int saved;

	if (mkdir(path, 0777) == 0)
		return 0;
	saved = errno;
	/* On a read-only disk mkdir may complain of what is there already. */
	if (stat(path, &st) == 0) {
		if (S_ISDIR(st.st_mode))
			return 0;
		saved = ENOTDIR;
	}
	errno = saved;
	return -1;
}

int make_dirs(const char *path, struct err *e)
{
	char *copy = strdup(path);
	int ret = 0;

	if (!copy)
		return err_set(e, ERR_ENV, ENOMEM, "cannot make a folder");
	for (char *p = copy; *p && ret == 0; p++) {
		if (*p != '/' || p == copy)
			continue;
		*p = '\0';
		ret = make_dir(copy);
		if (ret == 0)
			*p = '/';
	}
	if (ret == 0)
		ret = make_dir(copy);
	if (ret < 0) {
		err_set(e, ERR_ENV, errno, "cannot make the folder %s", copy);
		err_where(e, "%s", path);
		if (e && (e->errnum == ENOSPC || e->errnum == EDQUOT))
			err_next(e, "free some space on that disk and run the "
				    "command again");
	}
	free(copy);
	return ret;
}
