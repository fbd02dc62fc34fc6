/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What boot and debug share; for them alone. */
#ifndef SHELL_BOOT_INT_H
#define SHELL_BOOT_INT_H

#include "boot.h"
#include "checker/buf.h"
#include "checker/visit.h"
#include "lesson.h"
#include "raw.h"
#include "session.h"

struct boot {
	struct session *s;
	const struct catalogue_entry *c;
	const struct boot_opts *o;
	struct lesson l;
	bool loaded;
	char *dir;
	struct raw raw;
	struct live *live;
	struct buf script; /* commands to be run, where nobody types */
	bool asks; /* somebody types */
	struct visit_request req;
	struct visit_result res;
};

/* Lesson, folder, and all of .req that the two have in common. */
int boot_prepare(struct boot *b, struct err *e);
void boot_release(struct boot *b);

/* All of stdin, up to a bound, into .script. */
int boot_read_stdin(struct boot *b, struct err *e);

/*
 * Run @visit with .req, with Ctrl-C and the stages' lines as in a check.
 * Whether the terminal is raw at the end or not, it is as it was then.
 */
int boot_run(struct boot *b,
	     int (*visit)(struct visit_result *, const struct visit_request *,
			  struct err *),
	     struct err *e);

/* What the build has against the work. @name: of the command. */
void boot_show_build(struct boot *b, const char *name);
/* What the kernel reported while we were there. */
void boot_show_findings(struct boot *b);

#endif
