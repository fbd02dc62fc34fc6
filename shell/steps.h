/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * steps: a lesson as a guided session.
 *
 * The step at work is remembered in the progress, and so is what was done,
 * so that a lesson that was left is taken up where it was. A step is done:
 * read, when the learner goes on; predict, when it was answered and the
 * kernel has said its word; explore, after a visit to the guest or when the
 * learner goes on; write, when its checks hold. Nobody is held at a step:
 * any of them can be gone to.
 */
#ifndef SHELL_STEPS_H
#define SHELL_STEPS_H

#include "checker/buf.h"
#include "lesson.h"

#include <stdbool.h>

struct catalogue_entry;
struct err;
struct putting;
struct session;
struct verdict;

struct steps {
	struct session *s;
	const struct catalogue_entry *c;
	struct lesson l;
	size_t at; /* the step at work */
	bool begun; /* it has been gone to; otherwise it is the first */
	bool passed; /* the lesson is */
	struct strv done; /* names */
};

/* The lesson @c as far as it has come. -1: broken, or no progress. */
int steps_open(struct steps *g, struct session *s,
	       const struct catalogue_entry *c, struct err *e);
void steps_close(struct steps *g);

const struct lesson_step *steps_at(const struct steps *g);
bool steps_is_done(const struct steps *g, size_t i);
/* Whether any step from the one at work on is still to be done. */
bool steps_left(const struct steps *g);
/* "write", "read", …: what a step of this kind is called. */
const char *steps_kind(enum lesson_step_kind k);

/* Which one @name means, a number from 1 on or a name. -1: ERR_USAGE. */
int steps_find(const struct steps *g, const char *name, size_t *i,
	       struct err *e);
/* Record that it is at work; that it is done. */
int steps_go(struct steps *g, size_t i, struct err *e);
int steps_mark(struct steps *g, size_t i, struct err *e);
/*
 * The starter was laid down again: what is to be written is not done, and if
 * that had been gone past, the first of it is at work. What was read or
 * predicted stays so.
 */
int steps_unwrite(struct steps *g, struct err *e);

/* ---- on the screen, in steps-show.c ---- */

/* The step at work: its head, its text, and what to do next. */
int steps_show(struct steps *g, struct err *e);
/* Only the last line of that. */
void steps_say_next(struct steps *g);
/* All of them, with what is done. */
void steps_list(struct steps *g);

/* ---- going on, in steps-go.c ---- */

/*
 * What Enter does: go on to the next step, or do what this one is for, or
 * say what it waits for. With @skip a guest is not opened on the way.
 */
int steps_forward(struct steps *g, bool skip, struct err *e);

/*
 * A line typed at the prompt that is no command: an empty one goes on, the
 * letter of a choice answers the question at work, also where it is a
 * command's short name ("c"), unless a check came after the question. False:
 * it is neither.
 */
bool steps_line(struct session *s, const char *line, int *code);
/* How many choices the question at work has; 0: none waits for an answer. */
unsigned steps_asks(struct session *s);

/*
 * Take @name, whose steps before it are given as done, with the files of
 * those that are written laid down solved in @dir. What is overwritten is put
 * away first, by @p: see version.h. The caller tells it, and releases it.
 */
int steps_start_at(struct steps *g, const char *name, const char *dir,
		   struct putting *p, struct err *e);

/* ---- predict, in predict.c ---- */

/* Answer the question at work with choice @i, and show what the kernel says. */
int steps_predict(struct steps *g, unsigned i, struct err *e);
/* Hold an answered question against the kernel once more. */
int steps_predict_again(struct steps *g, struct err *e);
/* 1: the answer that was given is in *@i; 0: none was. */
int steps_predicted(const struct steps *g, size_t step, unsigned *i,
		    struct err *e);

/* ---- around a check, in steps-check.c ---- */

/*
 * Add the ids of the checks that belong to write steps after the one at work,
 * and to none up to it: what they say is not for now. But what the kernel has
 * found fault with is: with a finding in @v, checks on findings are not added.
 */
void steps_later_checks(struct session *s, const struct catalogue_entry *c,
			const struct lesson *l, const struct verdict *v,
			struct strv *ids);
/*
 * After a check of the learner's own work: mark the write steps that are
 * done; a failure is told.
 */
void steps_record(struct session *s, const struct catalogue_entry *c,
		  const struct verdict *v);
/*
 * After that: tell what the log says to the predictions that waited for it,
 * and what the step at work still wants. True: what to do next was said.
 */
bool steps_checked(struct session *s, const struct catalogue_entry *c,
		   const struct verdict *v);

#endif
