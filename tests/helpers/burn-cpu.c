/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Its child uses CPU time for ever; it waits for that. With an argument
 * both end after that many milliseconds of it.
 */
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long used_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

int main(int argc, char **argv)
{
	long end = argc > 1 ? atol(argv[1]) : -1;

	if (fork() == 0) {
		while (end < 0 || used_ms() < end)
			;
		_exit(0);
	}
	while (wait(NULL) > 0)
		;
	return 0;
}
