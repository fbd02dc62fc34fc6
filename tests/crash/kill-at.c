/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A library to preload: the process kills itself at the Nth thing that it
 * does to a disk.
 *
 *   KILL_AT=N      before the Nth of them
 *   KILL_TORN=1    only writes count, and half of the Nth is done
 *   KILL_COUNT=F   when it ends by itself, how many there were, into F
 *
 * Its children are left alone.
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static long at, done;
static int torn;
static const char *count_file;

__attribute__((constructor)) static void begin(void)
{
	const char *n = getenv("KILL_AT");

	at = n ? atol(n) : 0;
	torn = getenv("KILL_TORN") != NULL;
	count_file = getenv("KILL_COUNT");
	unsetenv("LD_PRELOAD");
}

__attribute__((destructor)) static void end(void)
{
	FILE *f;

	at = 0;
	f = count_file ? fopen(count_file, "w") : NULL;
	if (!f)
		return;
	fprintf(f, "%ld\n", done);
	fclose(f);
}

static int is_now(void)
{
	return !torn && ++done == at;
}

static void die(void)
{
	raise(SIGKILL);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* Terminals and pipes are no disks. */
static int is_file(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
}

ssize_t write(int fd, const void *data, size_t len)
{
	if (is_file(fd) && ++done == at) {
		if (torn)
			REAL(write)(fd, data, len / 2);
		die();
	}
	return REAL(write)(fd, data, len);
}

ssize_t pwrite64(int fd, const void *data, size_t len, off64_t where)
{
	if (is_file(fd) && ++done == at) {
		if (torn)
			REAL(pwrite64)(fd, data, len / 2, where);
		die();
	}
	return REAL(pwrite64)(fd, data, len, where);
}

ssize_t pwrite(int fd, const void *data, size_t len, off_t where)
{
	return pwrite64(fd, data, len, where);
}

#define AT(type, name, params, args)                                           \
	type name params                                                       \
	{                                                                      \
		if (is_now())                                                  \
			die();                                                 \
		return REAL(name) args;                                        \
	}

AT(int, fsync, (int fd), (fd))
AT(int, fdatasync, (int fd), (fd))
AT(int, ftruncate, (int fd, off_t len), (fd, len))
AT(int, ftruncate64, (int fd, off64_t len), (fd, len))
AT(int, rename, (const char *a, const char *b), (a, b))
AT(int, unlink, (const char *path), (path))
AT(int, unlinkat, (int fd, const char *path, int flags), (fd, path, flags))
AT(int, mkdir, (const char *path, mode_t mode), (path, mode))
AT(int, symlink, (const char *to, const char *path), (to, path))
AT(int, fchmod, (int fd, mode_t mode), (fd, mode))
AT(int, mkostemp, (char *path, int flags), (path, flags))
AT(int, mkostemp64, (char *path, int flags), (path, flags))

static int open_any(const char *name, const char *path, int flags, mode_t mode)
{
	int (*real)(const char *, int, ...) =
		(int (*)(const char *, int, ...))dlsym(RTLD_NEXT, name);

	if ((flags & (O_CREAT | O_TRUNC)) && is_now())
		die();
	return real(path, flags, mode);
}

#define OPEN(name)                                                             \
	int name(const char *path, int flags, ...)                             \
	{                                                                      \
		va_list ap;                                                    \
		mode_t mode;                                                   \
                                                                               \
		va_start(ap, flags);                                           \
		mode = flags & O_CREAT ? va_arg(ap, mode_t) : 0;               \
		va_end(ap);                                                    \
		return open_any(#name, path, flags, mode);                     \
	}

OPEN(open)
OPEN(open64)
