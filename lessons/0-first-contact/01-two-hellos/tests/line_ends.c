// SPDX-License-Identifier: GPL-2.0
/*
 * Does each line of hello_rs show as soon as it is printed? A line without a
 * newline waits in the kernel for the next one, whoever prints that; in the
 * log one sees no difference afterwards. So the log is read in between.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MODULE "hello_rs"

static int kmsg;

/* A whole line of the module comes within so many milliseconds. */
static int comes(int ms)
{
	struct pollfd p = { .fd = kmsg, .events = POLLIN };
	char record[8192];

	while (poll(&p, 1, ms) > 0) {
		ssize_t n = read(kmsg, record, sizeof(record) - 1);
		const char *text;

		if (n < 0)
			continue; /* EPIPE: some were too old; go on */
		record[n] = '\0';
		text = strchr(record, ';');
		if (text && !strncmp(text + 1, MODULE ": ", 10))
			return 1;
	}
	return 0;
}

/* NULL, or what is wrong with the line that was just printed. */
static const char *look(void)
{
	static const char next[] = "line_ends: this is the next line\n";

	if (comes(300))
		return NULL;
	if (write(kmsg, next, strlen(next)) > 0 && comes(300))
		return "the line came only when another one was printed "
		       "after it: it does not end in \\n";
	return "no line of " MODULE " came";
}

static const char *load(void)
{
	int fd = open("/work/" MODULE ".ko", O_RDONLY | O_CLOEXEC);

	if (fd < 0 || syscall(SYS_finit_module, fd, "", 0) < 0)
		return "the module cannot be loaded";
	close(fd);
	return look();
}

static const char *unload(void)
{
	if (syscall(SYS_delete_module, MODULE, O_NONBLOCK) < 0)
		return "there is nothing to unload";
	return look();
}

static void report(int number, const char *name, const char *why)
{
	if (why)
		printf("# %s: %s\n", name, why);
	printf("%sok %d - %s\n", why ? "not " : "", number, name);
}

int main(void)
{
	kmsg = open("/dev/kmsg", O_RDWR | O_NONBLOCK | O_CLOEXEC);
	if (kmsg < 0 || lseek(kmsg, 0, SEEK_END) < 0) {
		perror("/dev/kmsg");
		return 1;
	}
	printf("TAP version 13\n1..2\n");
	report(1, "insmod", load());
	report(2, "rmmod", unload());
	return 0;
}
