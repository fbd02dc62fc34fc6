/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What in a source of C could keep clang's warnings from being heard. */
#include "lints.h"
#include "buf.h"

#include <ctype.h>
#include <string.h>

/*
 * Add the line at @p, with the lines that a '\' joins to it, without comments
 * and blanks; where the next one begins. @comment: one is open. Strings are
 * taken apart too little to be fooled by: "//" in one hides the rest of it.
 */
static const char *take_line(struct buf *out, const char *p, bool *comment,
			     unsigned *lines)
{
	bool slashes = false;

	for (; *p; p++) {
		if (p[0] == '\\' && p[1] == '\n') {
			p++;
			++*lines;
		} else if (*p == '\n') {
			++*lines;
			return p + 1;
		} else if (*comment) {
			if (p[0] == '*' && p[1] == '/') {
				*comment = false;
				p++;
			}
		} else if (!slashes && p[0] == '/' && p[1] == '*') {
			*comment = true;
			p++;
		} else if (p[0] == '/' && p[1] == '/') {
			slashes = true;
		} else if (!slashes && !isspace((unsigned char)*p)) {
			buf_addc(out, *p);
		}
	}
	return p;
}

static bool silences(const char *s)
{
	if (strstr(s, "_Pragma") || strstr(s, "__pragma") ||
	    strstr(s, "__diag"))
		return true;
	if (*s == '#')
		s++;
	else if (s[0] == '%' && s[1] == ':')
		s += 2;
	else
		return false;
	if (isdigit((unsigned char)*s) || strncmp(s, "line", 4) == 0)
		return true;
	return strncmp(s, "pragma", 6) == 0 &&
	       (strstr(s, "diagnostic") || strstr(s, "system_header"));
}

unsigned lints_silences(const char *source, unsigned from)
{
	struct buf line = BUF_INIT;
	bool comment = false, found = false;
	unsigned at = 1, next = 1;

	while (*source && !found) {
		at = next;
		buf_clear(&line);
		source = take_line(&line, source, &comment, &next);
		found = at >= from && silences(buf_str(&line));
	}
	buf_release(&line);
	return found ? at : 0;
}
