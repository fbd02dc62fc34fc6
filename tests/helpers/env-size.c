/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prints how many strings and how many bytes its environment has. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(void)
{
	size_t n = 0, bytes = 0;

	for (char **s = environ; *s; s++, n++)
		bytes += strlen(*s) + 1;
	printf("%zu %zu\n", n, bytes);
	return 0;
}
