// SPDX-License-Identifier: GPL-2.0
/*
 * For the question of the lesson: asks the driver to answer GET at an address
 * of the kernel's, that of the driver's own guard.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>

#include "lesson0.h"

int main(void)
{
	FILE *f = fopen("/sys/module/lesson0/parameters/guard_at", "r");
	int fd = open("/dev/lesson0", O_RDWR);
	unsigned long at = 0;
	__s64 number = 42;

	if (!f || fscanf(f, "%lu", &at) != 1 || fd < 0) {
		perror("kernel_address");
		return 1;
	}
	if (ioctl(fd, LESSON0_SET, &number) < 0) {
		perror("SET");
		return 1;
	}
	if (ioctl(fd, LESSON0_GET, at) < 0)
		printf("GET: %s\n", errno == EFAULT ? "EFAULT" : strerror(errno));
	else
		printf("GET: no error\n");
	return 0;
}
