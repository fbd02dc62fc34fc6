/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Ignores the polite signals: only KILL ends it. */
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
	signal(SIGTERM, SIG_IGN);
	signal(SIGINT, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	puts("ready");
	fflush(stdout);
	for (;;)
		pause();
}
