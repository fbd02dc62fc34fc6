/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "beneath.h"
#include "buf.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

static int open_how(int dir_fd, const char *name, int flags)
{
	struct open_how how = {
		.flags = (uint64_t)(flags | O_CLOEXEC),
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS,
	};

	return (int)syscall(SYS_openat2, dir_fd, name, &how, sizeof(how));
}

int beneath_open(int dir_fd, const char *name)
{
	/* Not blocking: it may turn out to be a FIFO. */
	return open_how(dir_fd, name, O_RDONLY | O_NONBLOCK | O_NOCTTY);
}

static int close_failed(int fd, int errnum)
{
	if (fd >= 0)
		close(fd);
	errno = errnum;
	return -1;
}

/* With errno: EXDEV or the like when a link leads out. */
static int open_in(const char *dir, const char *name, int flags)
{
	int dir_fd = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
	int fd = dir_fd < 0 ? -1 : open_how(dir_fd, name, flags);
	int saved = errno;

	if (dir_fd >= 0)
		close(dir_fd);
	errno = saved;
	return fd;
}

static int stat_in(const char *dir, const char *name, int flags,
		   struct stat *st)
{
	int fd = open_in(dir, name, O_PATH | flags);

	if (fd < 0 || fstat(fd, st) < 0)
		return close_failed(fd, errno);
	close(fd);
	return 0;
}

int beneath_lstat(const char *dir, const char *name, struct stat *st)
{
	return stat_in(dir, name, O_NOFOLLOW, st);
}

int beneath_file(const char *dir, const char *name, struct stat *st)
{
	int fd = open_in(dir, name, O_RDONLY | O_NONBLOCK | O_NOCTTY);

	if (fd < 0 || fstat(fd, st) < 0)
		return close_failed(fd, errno);
	if (!S_ISREG(st->st_mode))
		return close_failed(fd, S_ISDIR(st->st_mode) ? EISDIR : EINVAL);
	return fd;
}

int beneath_read(struct buf *b, const char *dir, const char *name, size_t max)
{
	char chunk[16384];
	struct stat st;
	int fd = beneath_file(dir, name, &st);
	size_t had = b->len;
	ssize_t n;

	if (fd < 0)
		return -1;
	while ((n = read(fd, chunk, sizeof(chunk))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return close_failed(fd, errno);
		if (b->len - had + (size_t)n > max)
			return close_failed(fd, EFBIG);
		buf_add(b, chunk, (size_t)n);
	}
	close(fd);
	if (buf_ok(b))
		return 0;
	errno = ENOMEM;
	return -1;
}

static const char *kind(mode_t mode)
{
	if (S_ISREG(mode))
		return NULL;
	return S_ISDIR(mode)	? "a folder"
	       : S_ISFIFO(mode) ? "a FIFO"
	       : S_ISSOCK(mode) ? "a socket"
				: "a device";
}

const char *beneath_odd(const char *dir, const char *name)
{
	struct stat st;

	if (stat_in(dir, name, 0, &st) == 0)
		return kind(st.st_mode);
	if (errno == EXDEV)
		return "a link that leads out of the folder";
	if (errno == ELOOP)
		return "a link that leads in a circle";
	if (errno == ENOENT && beneath_lstat(dir, name, &st) == 0)
		return "a link that leads nowhere";
	return NULL;
}
