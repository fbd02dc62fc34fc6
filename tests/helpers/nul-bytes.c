/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prints bytes that are no text. */
#include <stdio.h>

int main(void)
{
	fwrite("a\0b\0\0c\xff", 1, 7, stdout);
	return 0;
}
