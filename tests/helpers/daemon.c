/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A classic daemon: two forks, a session of its own, no descriptors. */
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static void linger(int ready)
{
	signal(SIGTERM, SIG_IGN);
	if (chdir("/") < 0 || write(ready, "", 1) != 1)
		_exit(1);
	for (int fd = 0; fd < 64; fd++)
		close(fd);
	for (;;)
		pause();
}

int main(void)
{
	int ready[2];
	char c;

	if (pipe(ready) < 0)
		return 1;
	if (fork() == 0) {
		setsid();
		if (fork() == 0)
			linger(ready[1]);
		_exit(0);
	}
	if (read(ready[0], &c, 1) != 1)
		return 1;
	puts("daemon is up");
	return 0;
}
