/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * visit: from a folder of files to a person in a guest that has them.
 *
 * The way begins as that of a check does (check.h): stage, lint, build. Then
 * the warm guest is resumed, and instead of a plan there is a shell at its
 * console. Nothing is graded; what the kernel reported meanwhile is told.
 */
#ifndef CHECKER_VISIT_H
#define CHECKER_VISIT_H

#include "check.h"
#include "guest-visit.h"

struct err;

/* The files in the guest, for who wants to show them. */
struct visit_place {
	const struct strv *modules; /* "hello.ko", the learner's */
	const struct strv *programs; /* the lesson's tests */
};

struct visit_request {
	struct check_request check; /* .spec, .dir, .cancel_fd, .watch */
	bool anyway; /* go there without modules that do not build */
	const char *script; /* commands to be run; NULL: somebody types */
	size_t script_len;
	struct strv breaks; /* of visit_debug(): where to stop instead */
	bool color; /* likewise */
	struct visit_line line;
	/*
	 * Called when all is ready, and once it is over: between them the
	 * line is in use. NULL: not called.
	 */
	int (*enter)(void *arg, const struct visit_place *p, struct err *e);
	void (*leave)(void *arg);
	void *arg;
};

struct visit_result {
	bool built;
	bool entered;
	enum visit_end end;
	int status; /* the shell's, after VISIT_DONE */
	struct verdict v; /* what the build said; what the kernel reported */
	char *tail; /* the last lines of the log, of a guest that ended */
};

/*
 * 0: @out says what became of it; without .entered the work does not build,
 * and @out->v says why. -1: @e. @out is the caller's to release either way.
 */
int visit_boot(struct visit_result *out, const struct visit_request *r,
	       struct err *e);

/*
 * The same with a debugger in the place of the shell: gdb, with symbols and
 * the learner's lines, stopped in the init function of the first module of
 * the plan that is the learner's. The rest of the plan follows as gdb lets
 * the guest run. Without .breaks that is the breakpoint; .script are
 * commands for gdb. .modules of the place has that module alone.
 */
int visit_debug(struct visit_result *out, const struct visit_request *r,
		struct err *e);
void visit_release(struct visit_result *r);

#endif
