/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "buf.h"
#include "err.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

void buf_release(struct buf *b)
{
	if (!b)
		return;
	free(b->data);
	*b = (struct buf){.max = b->max};
}

void buf_clear(struct buf *b)
{
	b->len = 0;
	b->failed = false;
	if (b->data)
		b->data[0] = '\0';
}

bool buf_ok(const struct buf *b)
{
	return !b->failed;
}

const char *buf_str(const struct buf *b)
{
	return b->data ? b->data : "";
}

static bool buf_reserve(struct buf *b, size_t more)
{
	size_t max = b->max ? b->max : BUF_DEFAULT_MAX;
	size_t want, cap;
	char *p;

	if (b->failed)
		return false;
	if (more > max - b->len) {
		b->failed = true;
		return false;
	}
	want = b->len + more + 1;
	if (want <= b->cap)
		return true;
	cap = b->cap ? b->cap : 64;
	while (cap < want)
		cap *= 2;
	p = realloc(b->data, cap);
	if (!p) {
		b->failed = true;
		return false;
	}
	b->data = p;
	b->cap = cap;
	return true;
}

void buf_add(struct buf *b, const void *data, size_t len)
{
	if (!buf_reserve(b, len))
		return;
	if (len)
		memcpy(b->data + b->len, data, len);
	b->len += len;
	b->data[b->len] = '\0';
}

void buf_adds(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void buf_addc(struct buf *b, char c)
{
	buf_add(b, &c, 1);
}

void buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0 || !buf_reserve(b, (size_t)n))
		return;
	va_start(ap, fmt);
	vsnprintf(b->data + b->len, (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->len += (size_t)n;
}

char *buf_steal(struct buf *b)
{
	char *s;

	buf_add(b, "", 0);
	s = b->failed ? NULL : b->data;
	if (b->failed)
		free(b->data);
	*b = (struct buf){.max = b->max};
	return s;
}

static int read_all(struct buf *b, int fd, size_t max)
{
	char chunk[65536];
	ssize_t n;

	while ((n = read(fd, chunk, sizeof(chunk))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		if (b->len + (size_t)n > max) {
			errno = EFBIG;
			return -1;
		}
		buf_add(b, chunk, (size_t)n);
	}
	if (buf_ok(b))
		return 0;
	errno = ENOMEM;
	return -1;
}

int buf_read_file(struct buf *b, const char *path, size_t max, struct err *e)
{
	struct stat st;
	int ret = -1;
	int fd;

	/* Not blocking: the path may turn out to be a FIFO. */
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		goto out;
	if (fstat(fd, &st) < 0)
		goto out;
	if (!S_ISREG(st.st_mode)) {
		errno = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
		goto out;
	}
	ret = read_all(b, fd, max);
out:
	if (ret < 0) {
		err_set(e, ERR_ENV, errno, "cannot read the file");
		err_where(e, "%s", path);
	}
	if (fd >= 0)
		close(fd);
	return ret;
}

#define TEMPORARY ".kiln-"

/* Seconds: no writer takes so long. */
enum { STALE = 3600 };

void buf_sweep(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *de;
	struct stat st;

	while (d && (de = readdir(d))) {
		const char *mark = strstr(de->d_name, TEMPORARY);

		if (de->d_name[0] == '.' && mark &&
		    strlen(mark) == strlen(TEMPORARY "XXXXXX") &&
		    fstatat(dirfd(d), de->d_name, &st, AT_SYMLINK_NOFOLLOW) ==
			    0 &&
		    S_ISREG(st.st_mode) && time(NULL) - st.st_mtime > STALE)
			unlinkat(dirfd(d), de->d_name, 0);
	}
	if (d)
		closedir(d);
}

static int write_all(int fd, const char *data, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, data, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		data += n;
		len -= (size_t)n;
	}
	return 0;
}

/* "DIR/.NAME.kiln-XXXXXX": see buf_sweep(). NULL: no memory. */
static char *temporary(const char *path)
{
	const char *slash = strrchr(path, '/');
	int dir = slash ? (int)(slash - path) + 1 : 0;
	char *tmp;

	return asprintf(&tmp, "%.*s.%s" TEMPORARY "XXXXXX", dir, path,
			path + dir) < 0 ? NULL : tmp;
}

int buf_write_file(const struct buf *b, const char *path, mode_t mode,
		   struct err *e)
{
	char *tmp = temporary(path);
	int ret = -1;
	int fd = -1;

	if (!tmp) {
		errno = ENOMEM;
		goto out;
	}
	fd = mkostemp(tmp, O_CLOEXEC);
	if (fd < 0)
		goto out;
	if (write_all(fd, buf_str(b), b->len) < 0 || fchmod(fd, mode) < 0 ||
	    fsync(fd) < 0 || rename(tmp, path) < 0) {
		int saved = errno;

		unlink(tmp);
		errno = saved;
		goto out;
	}
	ret = 0;
out:
	if (ret < 0) {
		err_set(e, ERR_ENV, errno, "cannot write the file");
		err_where(e, "%s", path);
		if (e && e->errnum == ENOSPC)
			err_next(e, "free some space on that disk and run the "
				    "command again");
	}
	if (fd >= 0)
		close(fd);
	free(tmp);
	return ret;
}

void strv_release(struct strv *sv)
{
	if (!sv)
		return;
	for (size_t i = 0; i < sv->n; i++)
		free(sv->v[i]);
	free(sv->v);
	*sv = (struct strv)STRV_INIT;
}

/* Takes ownership of @s, also on failure. */
static int strv_take(struct strv *sv, char *s)
{
	char **v;

	if (!s)
		return -1;
	v = realloc(sv->v, (sv->n + 2) * sizeof(*v));
	if (!v) {
		free(s);
		return -1;
	}
	v[sv->n++] = s;
	v[sv->n] = NULL;
	sv->v = v;
	return 0;
}

int strv_add(struct strv *sv, const char *s)
{
	return strv_take(sv, strdup(s));
}

int strv_addf(struct strv *sv, const char *fmt, ...)
{
	char *s = NULL;
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vasprintf(&s, fmt, ap);
	va_end(ap);
	return strv_take(sv, n < 0 ? NULL : s);
}

bool strv_has(const struct strv *sv, const char *s)
{
	for (size_t i = 0; i < sv->n; i++)
		if (strcmp(sv->v[i], s) == 0)
			return true;
	return false;
}

int strv_add_once(struct strv *sv, const char *s)
{
	return strv_has(sv, s) ? 0 : strv_add(sv, s);
}
