/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Never stays the same process: forks and exits, again and again, so that
 * a process id is old news as soon as it is read. Ends by itself after some
 * seconds, for the day when nobody catches it.
 */
#include <stdio.h>
#include <time.h>
#include <unistd.h>

int main(void)
{
	time_t end = time(NULL) + 8;

	if (fork() > 0)
		return 0;
	setsid();
	while (time(NULL) < end) {
		struct timespec ms = {.tv_nsec = 1000000};

		if (fork() > 0)
			_exit(0);
		nanosleep(&ms, NULL);
	}
	return 0;
}
