/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * format: in which form a command gives a verdict to other programs, and
 * where: --format, --json and --output.
 */
#ifndef SHELL_FORMAT_H
#define SHELL_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

struct cmd_args;
struct err;
struct verdict;

enum format {
	FORMAT_TEXT, /* for people, on the terminal */
	FORMAT_JSON,
	FORMAT_TAP,
	FORMAT_JUNIT,
	FORMAT_GRADESCOPE,
};

struct format_choice {
	enum format format;
	const char *path; /* where it goes; NULL: stdout. Borrowed */
};

/* What the flags "format", "json" and "output" of @a say together. */
int format_choose(struct format_choice *f, const struct cmd_args *a,
		  struct err *e);

/* Their names, in order; NULL behind the last one. */
const char *format_name(size_t i);

/* Standard output belongs to the format: nothing else may be printed. */
bool format_is_quiet(const struct format_choice *f);

/*
 * Make sure that .path can be written, and remove what it holds: a result of
 * another run must not be taken for one of this.
 */
int format_prepare(const struct format_choice *f, struct err *e);

/*
 * Write @v, to .path at once and whole, or to stdout. Nothing for
 * FORMAT_TEXT, which is report.h's.
 */
int format_write(const struct format_choice *f, const struct verdict *v,
		 struct err *e);

#endif
