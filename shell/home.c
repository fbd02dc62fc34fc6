/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "home.h"
#include "checker/buf.h"

#include <stdlib.h>
#include <string.h>

void home_add(struct buf *out, const char *path)
{
	const char *home = getenv("HOME");
	size_t n = home ? strlen(home) : 0;

	while (n > 0 && home[n - 1] == '/')
		n--;
	if (n > 0 && strncmp(path, home, n) == 0 &&
	    (path[n] == '/' || !path[n])) {
		buf_addc(out, '~');
		path += n;
	}
	buf_adds(out, path);
}
