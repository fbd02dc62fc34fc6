/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Leaves a process behind in a session of its own, which a signal to the
 * group does not reach. With an argument, lives on itself as well.
 */
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static void escape(int ready)
{
	setsid();
	signal(SIGTERM, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	if (write(ready, "", 1) != 1)
		_exit(1);
	for (;;)
		pause();
}

int main(int argc, char **argv)
{
	int ready[2];
	char c;

	(void)argv;
	if (pipe(ready) < 0)
		return 1;
	if (fork() == 0)
		escape(ready[1]);
	if (read(ready[0], &c, 1) != 1)
		return 1;
	puts("escaped");
	fflush(stdout);
	while (argc > 1)
		pause();
	return 0;
}
