/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Ends with 5; its own child keeps the output open, and keeps still. */
#include <stdio.h>
#include <unistd.h>

int main(void)
{
	puts("before");
	fflush(stdout);
	if (fork() == 0)
		for (;;)
			pause();
	return 5;
}
