/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Its last line has no end. */
#include <stdio.h>

int main(void)
{
	fputs("first\nlast", stdout);
	return 0;
}
