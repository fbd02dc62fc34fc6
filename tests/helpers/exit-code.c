/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Ends with the status that its argument gives: 127, say. */
#include <stdlib.h>

int main(int argc, char **argv)
{
	return argc > 1 ? atoi(argv[1]) : 127;
}
