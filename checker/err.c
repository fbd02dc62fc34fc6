/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "err.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int err_set(struct err *e, enum err_code code, int errnum, const char *what,
	    ...)
{
	va_list ap;
	size_t n;

	if (!e)
		return -1;
	memset(e, 0, sizeof(*e));
	e->code = code;
	e->errnum = errnum;
	va_start(ap, what);
	vsnprintf(e->what, sizeof(e->what), what, ap);
	va_end(ap);
	n = strlen(e->what);
	if (errnum)
		snprintf(e->what + n, sizeof(e->what) - n, ": %s",
			 strerror(errnum));
	return -1;
}

int err_where(struct err *e, const char *where, ...)
{
	va_list ap;

	if (!e)
		return -1;
	va_start(ap, where);
	vsnprintf(e->where, sizeof(e->where), where, ap);
	va_end(ap);
	return -1;
}

int err_next(struct err *e, const char *next, ...)
{
	va_list ap;

	if (!e)
		return -1;
	va_start(ap, next);
	vsnprintf(e->next, sizeof(e->next), next, ap);
	va_end(ap);
	return -1;
}

int err_exit_code(const struct err *e)
{
	switch (e->code) {
	case ERR_NONE:
		return 0;
	case ERR_USAGE:
		return 2;
	case ERR_LESSON:
		return 3;
	case ERR_ENV:
		return 4;
	case ERR_CANCELLED:
		return 130;
	}
	BUG("no such error code: %d", e->code);
}

void err_bug(const char *file, int line, const char *what, ...)
{
	va_list ap;

	fprintf(stderr, "kiln: bug at %s:%d: ", file, line);
	va_start(ap, what);
	vfprintf(stderr, what, ap);
	va_end(ap);
	fputc('\n', stderr);
	abort();
}
