/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "names.h"

#include <ctype.h>
#include <string.h>

bool is_slug(const char *s)
{
	if (!islower((unsigned char)*s) && !isdigit((unsigned char)*s))
		return false;
	for (; *s; s++) {
		if (*s == '-' && (s[1] == '-' || s[1] == '\0'))
			return false;
		if (*s != '-' && !islower((unsigned char)*s) &&
		    !isdigit((unsigned char)*s))
			return false;
	}
	return true;
}

bool is_safe_path(const char *s)
{
	bool start = true;

	if (strlen(s) > 200)
		return false;
	for (; *s; s++) {
		if (start && (*s == '.' || *s == '-' || *s == '/'))
			return false;
		if (*s != '/' && !isalnum((unsigned char)*s) &&
		    !strchr("._+-", *s))
			return false;
		start = *s == '/';
	}
	return !start;
}
