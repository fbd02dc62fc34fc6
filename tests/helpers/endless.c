/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `yes`: prints as fast as it can, for ever. */
#include <stdio.h>

int main(void)
{
	while (puts("y") >= 0)
		;
	return 1;
}
