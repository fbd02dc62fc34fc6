/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Ends with 6; its own child keeps the output open, and keeps writing. */
#include <unistd.h>

int main(void)
{
	if (fork() == 0) {
		setsid();
		while (write(STDOUT_FILENO, "again\n", 6) == 6)
			;
		_exit(0);
	}
	return 6;
}
