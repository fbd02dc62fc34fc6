// SPDX-License-Identifier: GPL-2.0
#include <fcntl.h>
#include <stdio.h>
#include <sys/ioctl.h>

int main(void)
{
	int fd = open("/dev/work", O_RDWR);
	int right = fd >= 0 && ioctl(fd, 1, 21ul) == 42;
	int nothing = fd >= 0 && ioctl(fd, 1, 0ul) == 0;

	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("TAP version 13\n1..2\n");
	printf("%s 1 - doubles\n", right ? "ok" : "not ok");
	printf("%s 2 - nothing\n", nothing ? "ok" : "not ok");
	return !right || !nothing;
}
