/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Fills the pipe of one stream and then of the other: a parent that reads
 * them one after the other never sees the end. Argument: KiB a stream.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void fill(int fd, char c, int kib)
{
	char block[1024];

	memset(block, c, sizeof(block));
	while (kib-- > 0)
		if (write(fd, block, sizeof(block)) != sizeof(block))
			_exit(1);
}

int main(int argc, char **argv)
{
	int kib = argc > 1 ? atoi(argv[1]) : 512;

	fill(STDERR_FILENO, 'e', kib);
	fill(STDOUT_FILENO, 'o', kib);
	return 0;
}
