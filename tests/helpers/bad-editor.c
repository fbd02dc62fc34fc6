/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An editor that leaves the terminal raw. It prints whether it had the
 * foreground. With "stop" it first stops itself, as ^Z in vi does, and
 * says when it goes on; with "wait" it waits for a line.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct termios t;
	char line[64];

	printf("foreground=%d\n", tcgetpgrp(0) == getpgrp());
	fflush(stdout);
	if (argc > 1 && strcmp(argv[1], "wait") == 0 &&
	    !fgets(line, sizeof(line), stdin))
		return 1;
	if (tcgetattr(0, &t) == 0) {
		cfmakeraw(&t);
		tcsetattr(0, TCSANOW, &t);
	}
	if (argc > 1 && strcmp(argv[1], "stop") == 0) {
		raise(SIGTSTP);
		tcgetattr(0, &t);
		printf("again foreground=%d raw=%d\r\n",
		       tcgetpgrp(0) == getpgrp(), !(t.c_lflag & ICANON));
		fflush(stdout);
	}
	return 0;
}
