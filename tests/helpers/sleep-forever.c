/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Does nothing, for ever, but goes when asked to. */
#include <unistd.h>

int main(void)
{
	for (;;)
		pause();
}
