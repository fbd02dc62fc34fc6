/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prints for ever, and TERM does not stop it. */
#include <signal.h>
#include <stdio.h>

int main(void)
{
	signal(SIGTERM, SIG_IGN);
	while (puts("y") >= 0)
		;
	return 1;
}
