/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Members written: to an archive by libtar, and from one to a folder. */
#include "archive-int.h"
#include "buf.h"
#include "err.h"

#include <errno.h>
#include <fcntl.h>
#include <libtar.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static int cannot_write(struct err *e, const char *path)
{
	int errnum = errno;

	err_set(e, ERR_ENV, errnum, "cannot write the archive");
	err_where(e, "%s", path);
	if (errnum == ENOSPC || errnum == EDQUOT)
		err_next(e, "free some space on that disk, or name a file on "
			    "another one");
	else if (errnum == ENOENT || errnum == EACCES || errnum == EROFS)
		err_next(e, "name a file in a folder that is there and that "
			    "you can write to");
	return -1;
}

/* As write(2), but all of it: libtar takes a short write for an error. */
static ssize_t write_all(int fd, const void *data, size_t len)
{
	const char *p = data;
	size_t left = len;

	while (left > 0) {
		ssize_t n = write(fd, p, left);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return -1;
		p += n;
		left -= (size_t)n;
	}
	return (ssize_t)len;
}

/* ---- to an archive ---- */

static tartype_t files = {
	.openfunc = open,
	.closefunc = close,
	.readfunc = read,
	.writefunc = write_all,
};

static int append(TAR *t, const struct archive_member *m, time_t when)
{
	static const char zeros[ARCHIVE_BLOCK];
	size_t tail = m->len % ARCHIVE_BLOCK;
	int fd = tar_fd(t);

	memset(&t->th_buf, 0, sizeof(t->th_buf));
	th_set_type(t, S_IFREG);
	th_set_path(t, m->name);
	th_set_mode(t, 0644);
	/* Whose it was is nobody's business. */
	int_to_oct(0, t->th_buf.uid, 8);
	int_to_oct(0, t->th_buf.gid, 8);
	int_to_oct(0, t->th_buf.devmajor, 8);
	int_to_oct(0, t->th_buf.devminor, 8);
	th_set_size(t, (int)m->len);
	/* libtar counts in int. */
	th_set_mtime(t, when < 0 ? 0 : when > INT_MAX ? INT_MAX : (int)when);
	th_finish(t);
	if (th_write(t) != 0 ||
	    write_all(fd, m->data, m->len) != (ssize_t)m->len)
		return -1;
	return tail && write_all(fd, zeros, ARCHIVE_BLOCK - tail) < 0 ? -1 : 0;
}

/* All of it into @fd, which is closed in any case; -1 with errno. */
static int write_members(int fd, const struct archive_member *members, size_t n,
			 time_t when)
{
	int saved, ret = 0;
	TAR *t;

	if (tar_fdopen(&t, fd, "archive", &files, O_WRONLY, 0, 0) < 0) {
		saved = errno;
		close(fd);
		errno = saved;
		return -1;
	}
	for (size_t i = 0; ret == 0 && i < n; i++)
		ret = append(t, &members[i], when);
	if (ret == 0 &&
	    (tar_append_eof(t) != 0 || fchmod(fd, 0644) < 0 || fsync(fd) < 0))
		ret = -1;
	saved = errno;
	if (tar_close(t) != 0 && ret == 0)
		return -1;
	errno = saved;
	return ret;
}

static int check_members(const struct archive_member *members, size_t n,
			 struct err *e)
{
	for (size_t i = 0; i < n; i++)
		if (!archive_name_ok(members[i].name) ||
		    members[i].len > INT_MAX) {
			err_set(e, ERR_USAGE, 0,
				"a file with this name or "
				"size cannot be archived");
			return err_where(e, "%s", members[i].name);
		}
	return 0;
}

/* Add the whole file @fd to @out; -1 with errno. */
static int read_back(struct buf *out, int fd)
{
	char chunk[65536];
	off_t at = 0;
	ssize_t got;

	while ((got = pread(fd, chunk, sizeof(chunk), at)) > 0) {
		buf_add(out, chunk, (size_t)got);
		at += got;
	}
	if (got == 0 && !buf_ok(out)) {
		errno = ENOMEM;
		return -1;
	}
	return (int)got;
}

int archive_pack(struct buf *out, const struct archive_member *members,
		 size_t n, time_t when, struct err *e)
{
	int fd, copy, ret = -1;

	if (check_members(members, n, e) < 0)
		return -1;
	/* libtar writes to descriptors only; this one is memory. */
	fd = memfd_create("archive", MFD_CLOEXEC);
	copy = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, 0);
	if (copy >= 0 && write_members(copy, members, n, when) == 0)
		ret = read_back(out, fd);
	if (ret < 0)
		err_set(e, ERR_ENV, errno, "cannot make the archive");
	if (fd >= 0)
		close(fd);
	return ret;
}

int archive_write(const char *path, const struct archive_member *members,
		  size_t n, time_t when, struct err *e)
{
	char *tmp = NULL;
	int fd, ret = -1;

	if (check_members(members, n, e) < 0)
		return -1;
	if (asprintf(&tmp, "%s.XXXXXX", path) < 0) {
		errno = ENOMEM;
		return cannot_write(e, path);
	}
	fd = mkostemp(tmp, O_CLOEXEC);
	if (fd < 0) {
		cannot_write(e, path);
	} else if (write_members(fd, members, n, when) < 0 ||
		   rename(tmp, path) < 0) {
		cannot_write(e, path);
		unlink(tmp);
	} else {
		ret = 0;
	}
	free(tmp);
	return ret;
}

/* ---- to a folder ---- */

/*
 * The folder that the last part of @name goes into, made where it is
 * missing; *@last points to that part. -1 with errno.
 */
static int open_parent(int dir_fd, const char *name, const char **last)
{
	const char *slash;
	int fd = dup(dir_fd);

	while (fd >= 0 && (slash = strchr(name, '/'))) {
		char part[ARCHIVE_NAME_MAX + 1];
		int next = -1;

		snprintf(part, sizeof(part), "%.*s", (int)(slash - name), name);
		if (mkdirat(fd, part, 0755) == 0 || errno == EEXIST)
			next = openat(fd, part,
				      O_RDONLY | O_DIRECTORY | O_NOFOLLOW |
					      O_CLOEXEC);
		close(fd);
		fd = next;
		name = slash + 1;
	}
	*last = name;
	return fd;
}

static int extract_one(int dir_fd, const char *name,
		       const struct archive_member *m)
{
	const char *last;
	int parent = open_parent(dir_fd, name, &last);
	int fd = -1, ret = -1;

	if (parent >= 0)
		fd = openat(parent, last,
			    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW |
				    O_CLOEXEC,
			    0644);
	if (fd >= 0 && write_all(fd, m->data, m->len) == (ssize_t)m->len)
		ret = 0;
	if (fd >= 0 && close(fd) < 0)
		ret = -1;
	if (parent >= 0)
		close(parent);
	return ret;
}

int archive_extract(const struct archive *a, const char *prefix, int dir_fd,
		    const char *dir, struct err *e)
{
	size_t skip = strlen(prefix);

	for (size_t i = 0; i < archive_count(a); i++) {
		const struct archive_member *m = archive_member(a, i);

		if (strncmp(m->name, prefix, skip) != 0 ||
		    extract_one(dir_fd, m->name + skip, m) == 0)
			continue;
		err_set(e, ERR_ENV, errno, "cannot unpack the archive");
		return err_where(e, "%s/%s", dir, m->name + skip);
	}
	return 0;
}
