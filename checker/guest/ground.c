/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What must be so before anything is asked of us. */
#include "agent.h"

void ground_mount(void)
{
	static const struct {
		const char *what, *where;
	} mounts[] = {
		{"devtmpfs", "/dev"},
		{"proc", "/proc"},
		{"sysfs", "/sys"},
		{"tmpfs", "/tmp"},
		{"debugfs", "/sys/kernel/debug"},
		{"configfs", "/sys/kernel/config"},
		{"tmpfs", "/work"},
	};

	for (unsigned i = 0; i < sizeof(mounts) / sizeof(mounts[0]); i++) {
		mkdir(mounts[i].where, 0755);
		mount(mounts[i].what, mounts[i].where, mounts[i].what, 0, 0);
	}
	chdir("/work");
}

/*
 * A resumed guest would draw the same random numbers every time. The kernel
 * takes fresh ones by RNDADDENTROPY and uses them after RNDRESEEDCRNG.
 */
void ground_reseed(const unsigned char entropy[KILN_ENTROPY_LEN])
{
	struct {
		int bits, bytes;
		unsigned char data[KILN_ENTROPY_LEN];
	} pool = {.bits = KILN_ENTROPY_LEN * 8, .bytes = KILN_ENTROPY_LEN};
	int fd = open("/dev/urandom", O_RDWR);

	if (fd < 0)
		return;
	memcpy(pool.data, entropy, sizeof(pool.data));
	ioctl(fd, _IOW('R', 0x03, int[2]), &pool);
	ioctl(fd, _IO('R', 0x07), 0);
	close(fd);
}

/*
 * The kernel was booted with a filter that no built-in suite passes, for
 * some of those run for minutes; the suites of modules are to run.
 */
void ground_suites(void)
{
	int fd = open("/sys/module/kunit/parameters/filter_glob", O_WRONLY);

	if (fd < 0)
		return;
	write(fd, "*", 1);
	close(fd);
}
