/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * /dev/lesson0, an adding machine. Every open of it has a total of its own,
 * which starts at 0. This header is for programs; the driver follows it.
 *
 * write(2) sets the total, read(2) gives it, both as one __s64 in the byte
 * order of the machine. A write of any other length, and a read into less
 * room, fail with EINVAL.
 *
 * A number that cannot be read from the caller's memory, or written to it,
 * makes every operation fail with EFAULT. An ioctl that is not one of these
 * three, in number, direction or size, fails with ENOTTY.
 */
#ifndef LESSON0_H
#define LESSON0_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define LESSON0_MAGIC	0xbb

/* Set the total to the number pointed to. */
#define LESSON0_SET	_IOW(LESSON0_MAGIC, 1, __s64)

/* Store the total in the number pointed to. */
#define LESSON0_GET	_IOR(LESSON0_MAGIC, 2, __s64)

/*
 * Add the number pointed to, and store the new total in its place. If the
 * sum does not fit, fail with EOVERFLOW and change nothing. If the number can
 * be read but the new total cannot be stored there, fail with EFAULT; the
 * addition stands.
 */
#define LESSON0_ADD	_IOWR(LESSON0_MAGIC, 3, __s64)

#endif
