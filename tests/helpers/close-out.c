/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Closes its output, works on for a while, and ends with 3. */
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	close(STDOUT_FILENO);
	close(STDERR_FILENO);
	usleep((useconds_t)(argc > 1 ? atoi(argv[1]) : 100) * 1000);
	return 3;
}
