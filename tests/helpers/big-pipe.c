/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Makes its pipe larger, fills it at once, and is gone. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

int main(void)
{
	static char block[1 << 20];

	fcntl(STDOUT_FILENO, F_SETPIPE_SZ, (int)sizeof(block));
	memset(block, 'x', sizeof(block));
	return write(STDOUT_FILENO, block, sizeof(block)) != sizeof(block);
}
