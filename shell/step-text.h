/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * step-text: what a step asks of the learner, beyond its section of the text.
 */
#ifndef SHELL_STEP_TEXT_H
#define SHELL_STEP_TEXT_H

#include <stdbool.h>

struct buf;
struct lesson_step;
struct term;

/*
 * Add the question of a predict step and its choices, and, once it is
 * @answered, the answer and why; or the commands of an explore step and what
 * to notice. Other steps ask nothing. Without @lead no word in front says
 * what kind of step it is.
 */
void step_text(struct buf *out, const struct term *t,
	       const struct lesson_step *st, bool answered, bool lead);

/* Why the answer is what it is; with @lead behind "Answer: b." */
void step_why(struct buf *out, const struct term *t,
	      const struct lesson_step *st, bool lead);

/* Choice @i on lines of its own, behind @before: "You said ". */
void step_choice(struct buf *out, const struct term *t, const char *before,
		 const struct lesson_step *st, unsigned i);

#endif
