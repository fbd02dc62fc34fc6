/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Draws a random number as programs do, and leaves it in the log. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>

int main(void)
{
	unsigned long long n;
	FILE *log = fopen("/dev/kmsg", "w");

	if (!log || getrandom(&n, sizeof(n), 0) != sizeof(n))
		return EXIT_FAILURE;
	fprintf(log, "draw: user %016llx\n", n);
	return fclose(log) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
