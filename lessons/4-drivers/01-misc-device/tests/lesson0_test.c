// SPDX-License-Identifier: GPL-2.0
/*
 * Drives /dev/lesson0 from user space and reports in KTAP. A case returns
 * NULL, or what was wrong.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lesson0.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/* As any address above the user half: the kernel's own memory. */
#define KERNEL_ADDRESS ((void *)0xffff888000100000UL)

static char why[256];

__attribute__((format(printf, 1, 2))) static const char *
wrong(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(why, sizeof(why), fmt, ap);
	va_end(ap);
	return why;
}

static const char *error_name(int err)
{
	switch (err) {
	case 0: return "no error";
	case EFAULT: return "EFAULT";
	case EINVAL: return "EINVAL";
	case ENOTTY: return "ENOTTY";
	case EOVERFLOW: return "EOVERFLOW";
	default: return strerror(err);
	}
}

/* The errno that a system call which returned @ret left, or 0. */
static int failure(long ret)
{
	return ret < 0 ? errno : 0;
}

/* NULL if the call that returned @ret failed with @err. */
static const char *expect_error(const char *what, long ret, int err)
{
	int got = failure(ret);

	if (got == err)
		return NULL;
	return wrong("%s: expected %s, got %s", what, error_name(err),
		     error_name(got));
}

static const char *expect_total(int fd, __s64 want)
{
	__s64 got = want + 1;

	if (ioctl(fd, LESSON0_GET, &got) != 0)
		return wrong("GET failed: %s", error_name(errno));
	if (got != want)
		return wrong("the total is %lld, expected %lld",
			     (long long)got, (long long)want);
	return NULL;
}

static const char *set_total(int fd, __s64 total)
{
	return expect_error("SET", ioctl(fd, LESSON0_SET, &total), 0);
}

static const char *starts_at_zero(int fd)
{
	return expect_total(fd, 0);
}

static const char *set_then_get(int fd)
{
	static const __s64 totals[] = { 42, -1, INT64_MAX, INT64_MIN, 0 };

	for (size_t i = 0; i < ARRAY_SIZE(totals); i++) {
		const char *e = set_total(fd, totals[i]);

		if (!e)
			e = expect_total(fd, totals[i]);
		if (e)
			return e;
	}
	return NULL;
}

static const char *add_gives_the_sum(int fd)
{
	static const struct { __s64 number, sum; } adds[] = {
		{ 40, 40 }, { 2, 42 }, { -50, -8 }, { 0, -8 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(adds); i++) {
		__s64 n = adds[i].number;
		const char *e = expect_error("ADD", ioctl(fd, LESSON0_ADD, &n),
					     0);

		if (!e && n != adds[i].sum)
			e = wrong("ADD stored %lld, expected the sum %lld",
				  (long long)n, (long long)adds[i].sum);
		if (!e)
			e = expect_total(fd, adds[i].sum);
		if (e)
			return e;
	}
	return NULL;
}

static const char *sum_too_large(int fd, __s64 total, __s64 number)
{
	const char *e = set_total(fd, total);
	__s64 n = number;

	if (!e)
		e = expect_error("ADD that does not fit",
				 ioctl(fd, LESSON0_ADD, &n), EOVERFLOW);
	if (!e && n != number)
		e = wrong("ADD failed, and yet stored %lld", (long long)n);
	if (!e)
		e = expect_total(fd, total);
	return e;
}

static const char *add_overflow(int fd)
{
	const char *e = sum_too_large(fd, INT64_MAX, 1);

	if (!e)
		e = sum_too_large(fd, INT64_MIN, -1);
	if (!e)
		e = sum_too_large(fd, INT64_MIN, INT64_MIN);
	return e;
}

static const char *unknown_commands(int fd)
{
	static const struct { const char *what; unsigned long cmd; } cmds[] = {
		{ "number 99", _IO(LESSON0_MAGIC, 99) },
		{ "another magic", _IOW(LESSON0_MAGIC + 1, 1, __s64) },
		{ "SET of four bytes", _IOW(LESSON0_MAGIC, 1, __s32) },
		{ "SET in the direction of GET",
		  _IOR(LESSON0_MAGIC, 1, __s64) },
	};
	const char *e = set_total(fd, 7);

	for (size_t i = 0; !e && i < ARRAY_SIZE(cmds); i++) {
		__s64 n = 1;

		e = expect_error(cmds[i].what, ioctl(fd, cmds[i].cmd, &n),
				 ENOTTY);
	}
	return e ? e : expect_total(fd, 7);
}

/* A page that may be used, followed by one that may not. */
static char *page_before_hole(void)
{
	size_t page = sysconf(_SC_PAGESIZE);
	char *p = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED || munmap(p + page, page) != 0)
		return NULL;
	return p + page;
}

static const char *bad_pointer(int fd, const char *what, void *p)
{
	static const struct { const char *name; unsigned long cmd; } cmds[] = {
		{ "SET", LESSON0_SET },
		{ "GET", LESSON0_GET },
		{ "ADD", LESSON0_ADD },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cmds); i++) {
		char call[64];
		const char *e;

		snprintf(call, sizeof(call), "%s with %s", cmds[i].name, what);
		e = expect_error(call, ioctl(fd, cmds[i].cmd, p), EFAULT);
		if (e)
			return e;
	}
	return NULL;
}

static const char *bad_pointers(int fd)
{
	char *hole = page_before_hole();
	const char *e = set_total(fd, 5);

	if (!hole)
		return wrong("no memory for the test");
	if (!e)
		e = bad_pointer(fd, "NULL", NULL);
	if (!e)
		e = bad_pointer(fd, "an address of the kernel", KERNEL_ADDRESS);
	if (!e)
		e = bad_pointer(fd, "an address that is not mapped", hole);
	if (!e)
		e = bad_pointer(fd, "half a number", hole - 4);
	return e ? e : expect_total(fd, 5);
}

static const char *read_only_memory(int fd)
{
	static const __s64 one = 1; /* the linker puts it in .rodata */
	const char *e = set_total(fd, 5);
	__s64 total = 0;

	if (!e)
		e = expect_error("GET into read-only memory",
				 ioctl(fd, LESSON0_GET, &one), EFAULT);
	if (!e)
		e = expect_error("ADD in read-only memory",
				 ioctl(fd, LESSON0_ADD, &one), EFAULT);
	if (!e)
		e = expect_error("GET after that",
				 ioctl(fd, LESSON0_GET, &total), 0);
	if (!e && total != 6)
		e = wrong("after 5, and an ADD of 1 that could not store its "
			  "answer, the total is %lld, expected 6",
			  (long long)total);
	return e;
}

static const char *write_then_read(int fd)
{
	static const __s64 totals[] = { 1234567890123, -7 };

	for (size_t i = 0; i < ARRAY_SIZE(totals); i++) {
		__s64 t = totals[i], got[2] = { 0, 99 };
		long n = write(fd, &t, sizeof(t));
		const char *e;

		if (n != sizeof(t))
			return wrong("write returned %ld (%s), expected 8", n,
				     error_name(failure(n)));
		e = expect_total(fd, t);
		if (e)
			return e;
		n = read(fd, got, sizeof(got)); /* more room than needed */
		if (n != sizeof(t))
			return wrong("read returned %ld (%s), expected 8", n,
				     error_name(failure(n)));
		if (got[0] != t || got[1] != 99)
			return wrong("read gave %lld, expected %lld",
				     (long long)got[0], (long long)t);
	}
	return NULL;
}

static const char *wrong_lengths(int fd)
{
	char bytes[16] = { 0 };
	/* What refuses all lengths does not know which are wrong. */
	const char *e = expect_error("write of 8 bytes",
				     write(fd, bytes, 8), 0);

	if (!e)
		e = expect_error("read into 8 bytes", read(fd, bytes, 8), 0);
	if (!e)
		e = set_total(fd, 3);
	if (!e)
		e = expect_error("write of 7 bytes", write(fd, bytes, 7),
				 EINVAL);
	if (!e)
		e = expect_error("write of 9 bytes", write(fd, bytes, 9),
				 EINVAL);
	if (!e)
		e = expect_error("read into 7 bytes", read(fd, bytes, 7),
				 EINVAL);
	return e ? e : expect_total(fd, 3);
}

static const char *torn_buffers(int fd)
{
	char *hole = page_before_hole();
	const char *e = set_total(fd, 3);

	if (!hole)
		return wrong("no memory for the test");
	if (!e)
		e = expect_error("write from memory that ends after 4 bytes",
				 write(fd, hole - 4, 8), EFAULT);
	if (!e)
		e = expect_total(fd, 3);
	if (!e)
		e = expect_error("read into memory that ends after 4 bytes",
				 read(fd, hole - 4, 8), EFAULT);
	if (!e)
		e = expect_error("write from no memory at all",
				 write(fd, hole, 8), EFAULT);
	return e ? e : expect_total(fd, 3);
}

static const char *each_open_its_own(int fd)
{
	int other = open("/dev/lesson0", O_RDWR);
	const char *e = set_total(fd, 11);

	if (other < 0)
		return wrong("second open: %s", strerror(errno));
	if (!e)
		e = expect_total(other, 0);
	if (!e)
		e = set_total(other, 22);
	if (!e)
		e = expect_total(fd, 11);
	close(other);
	return e;
}

static const struct {
	const char *name;
	const char *(*run)(int fd);
} cases[] = {
	{ "starts_at_zero", starts_at_zero },
	{ "set_then_get", set_then_get },
	{ "add_gives_the_sum", add_gives_the_sum },
	{ "add_overflow", add_overflow },
	{ "unknown_commands", unknown_commands },
	{ "bad_pointers", bad_pointers },
	{ "read_only_memory", read_only_memory },
	{ "write_then_read", write_then_read },
	{ "wrong_lengths", wrong_lengths },
	{ "torn_buffers", torn_buffers },
	{ "each_open_its_own", each_open_its_own },
};

int main(void)
{
	int failed = 0;

	printf("KTAP version 1\n1..%zu\n", ARRAY_SIZE(cases));
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		int fd = open("/dev/lesson0", O_RDWR);
		const char *e = fd < 0 ? wrong("open: %s", strerror(errno)) :
					 cases[i].run(fd);

		if (e)
			printf("# %s\n", e);
		printf("%s %zu %s\n", e ? "not ok" : "ok", i + 1,
		       cases[i].name);
		fflush(stdout);
		failed += e != NULL;
		if (fd >= 0)
			close(fd);
	}
	return failed ? 1 : 0;
}
