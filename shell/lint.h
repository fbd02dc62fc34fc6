/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lint: what is wrong with a lesson that can be seen without a guest.
 *
 * Each lint-*.c looks at one side of a lesson and adds what it finds. That
 * something is wrong with the lesson is a finding; -1 is for the machine's
 * faults and for Ctrl-C. Nothing here shows anything.
 */
#ifndef SHELL_LINT_H
#define SHELL_LINT_H

#include <stdbool.h>
#include <stddef.h>

struct catalogue;
struct catalogue_entry;
struct err;
struct kbuild_result;
struct lesson;
struct lint_box;
struct proc_result;
struct store;

enum lint_level {
	LINT_ERROR, /* the lesson is not to be given out so */
	LINT_WARNING, /* it may be meant */
};

struct lint_finding {
	enum lint_level level;
	char *file; /* below the lesson's folder, "text.md" */
	unsigned line; /* 0: the file as a whole */
	char *what; /* what was found, and what is allowed */
};

struct lint {
	const struct store *store;
	const struct catalogue *lessons; /* all there are */
	const struct catalogue_entry *entry;
	const struct lesson *l;
	int cancel_fd; /* -1: none */
	/* Called with what takes long; may be NULL. */
	void (*detail)(void *arg, const char *what);
	void *arg;
	struct lint_finding *v;
	size_t n;
	bool failed; /* out of memory */
};

void lint_release(struct lint *t);

__attribute__((format(printf, 5, 6))) void
lint_add(struct lint *t, enum lint_level level, const char *file, unsigned line,
	 const char *fmt, ...);
/* At field @field of lesson.lua, or in the table @parent of it. */
__attribute__((format(printf, 5, 6))) void
lint_field(struct lint *t, enum lint_level level, const char *parent,
	   const char *field, const char *fmt, ...);
void lint_detail(struct lint *t, const char *what);
/* By file and line; what is said twice is one. */
void lint_sort(struct lint *t);
size_t lint_count(const struct lint *t, enum lint_level level);

/* Its number, its needs, its kernel. */
int lint_place(struct lint *t, struct err *e);
/* What stands in its folder. */
int lint_files(struct lint *t, struct err *e);
/* lint-markers.c: BEGIN SOLUTION and so on; what is wrong hinders builds. */
int lint_markers(struct lint *t, struct err *e);
/* Sections, length, links, and paths of the kernel. */
int lint_text(struct lint *t, struct err *e);
/* Hints, as far as the lesson alone tells. */
int lint_hints(struct lint *t, struct err *e);
/* The solution, as the kernel's own tools see it. */
int lint_solution(struct lint *t, struct lint_box *box, struct err *e);
/* What compilers say of the wrong answers, against the hints. */
int lint_codes(struct lint *t, struct lint_box *box, struct err *e);
/* The listings of the text. */
int lint_listings(struct lint *t, struct lint_box *box, struct err *e);

/* All of them, those that build something only with @build. */
int lint_all(struct lint *t, bool build, struct err *e);

/* ---- the place where things are built ---- */

/* A folder of a run, and what builds in it need. */
int lint_box_open(struct lint_box **out, struct lint *t, struct err *e);
void lint_box_close(struct lint_box *box);
/* A new folder in it, NAME; the path is the box's until the next call. */
const char *lint_box_dir(struct lint_box *box, const char *name, struct err *e);
/* Build the modules in that folder. */
int lint_box_build(struct lint_box *box, const char *dir,
		   struct kbuild_result *r, struct err *e);
/* Run our shell @lines in it; @r is the caller's to release. */
int lint_box_run(struct lint_box *box, const char *dir, const char *lines,
		 struct proc_result *r, struct err *e);

#endif
