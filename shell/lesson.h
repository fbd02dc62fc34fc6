/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson: one lesson, read from its folder, as plain data.
 *
 * What the checker needs is in .spec; the rest is for the shell. The format
 * of lesson.lua is described in book/src/lesson-format.md; the files named
 * lua-*.c read it. A lesson owns all that it points to.
 */
#ifndef SHELL_LESSON_H
#define SHELL_LESSON_H

#include "checker/spec.h"
#include "checker/verdict.h"

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct err;

enum lesson_step_kind {
	LESSON_READ,	/* a section of the text */
	LESSON_PREDICT, /* a question, answered before anything runs */
	LESSON_EXPLORE, /* commands to try in a live guest */
	LESSON_WRITE,	/* edit, then check */
};

struct lesson_step {
	enum lesson_step_kind kind;
	char *name;    /* unique in the lesson */
	char *section; /* of the text, or NULL: the step has none */
	/* predict */
	char *question;
	struct strv choices;
	unsigned answer; /* which of .choices is right, from 0 */
	char *why;
	/*
	 * What a real run shows when a choice is right: a check for each of
	 * the choices that say so, with the choice's letter for its id. The
	 * run is that of folder try/NAME/ laid over the solution, by .plan or
	 * else by the lesson's; without a folder it is the learner's own next
	 * check. All else in .signs is empty.
	 */
	char *try;
	struct spec signs;
	/* explore */
	struct strv commands;
	char *notice; /* what to look for, or NULL */
	/* write; both filled in where the lesson leaves them out */
	struct strv files;
	struct strv checks;
};

struct lesson_hints {
	char *key; /* check id, compiler code, finding, verdict, or "start" */
	struct strv texts;
};

struct lesson_wrong {
	char *name;  /* its folder is wrong/NAME/ */
	char *check; /* the check that must reject it, or NULL: see .verdict */
	bool has_verdict;
	enum outcome verdict;
};

struct lesson {
	struct spec spec;
	char *track;	    /* folder of its track: "1-the-boundary" */
	unsigned minutes;   /* that it takes, about */
	unsigned solution_after; /* attempts until it may be seen */
	struct strv needs;  /* ids of lessons that come before */
	struct strv kernels; /* series that it was tested on: "7.3" */
	struct lesson_step *steps;
	size_t nsteps;
	struct lesson_hints *hints;
	size_t nhints;
	struct lesson_wrong *wrongs;
	size_t nwrongs;
	char *text_path; /* absolute path of text.md */
};

/*
 * Read the lesson in folder @dir and hold all that it says against what is
 * there. -1: @e is ERR_LESSON and names file and line, or ERR_ENV when the
 * machine is at fault; @out is then empty, and may be released or not.
 */
int lesson_load(struct lesson *out, const char *dir, struct err *e);
void lesson_release(struct lesson *l);

/*
 * The id and slug that the folder says: ".../1-the-boundary/02-rust-calls-c"
 * is "1.2" and "rust-calls-c". False when its name is not that of a lesson;
 * @slug points into @dir.
 */
bool lesson_place(const char *dir, unsigned *track, unsigned *number,
		  const char **slug);

/* The sign of choice @i of a predict step, or NULL. */
const struct check_spec *lesson_sign(const struct lesson_step *st, size_t i);
/* How a choice is named: 'a' and so on. */
#define lesson_letter(i) ((char)('a' + (i)))

/* The wrong answer of that name, or NULL. */
const struct lesson_wrong *lesson_wrong(const struct lesson *l,
					const char *name);

/* Number of hints for @key, and the @n-th of them from 0, or NULL. */
size_t lesson_nhints(const struct lesson *l, const char *key);
const char *lesson_hint(const struct lesson *l, const char *key, size_t n);

/*
 * Add section @name of the text to @out, as Markdown with its heading but
 * without the heading's {#name}. "" is what comes before the first section.
 * -1: there is none (ERR_LESSON), or the text cannot be read.
 */
int lesson_section(const struct lesson *l, const char *name, struct buf *out,
		   struct err *e);

/* At most so many bytes of lesson.lua, of text.md, and of a file given. */
#define LESSON_SCRIPT_MAX ((size_t)256 << 10)
#define LESSON_TEXT_MAX	  ((size_t)1 << 20)
#define LESSON_FILE_MAX	  ((size_t)1 << 20)

#endif
