/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Stops itself with a signal that cannot be caught. */
#include <signal.h>
#include <stdio.h>

int main(void)
{
	puts("stopping");
	fflush(stdout);
	raise(SIGSTOP);
	return 0;
}
