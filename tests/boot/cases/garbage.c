// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Prints what is no text: control codes, escapes, broken UTF-8. */
static int bad_init(void)
{
	ready();
	pr_info("bad: \x1b[2J\x1b]0;owned\x07\n");
	pr_info("bad: \xff\xfe\xc0\x80 \x01\x02\r\x08\n");
	return 0;
}
