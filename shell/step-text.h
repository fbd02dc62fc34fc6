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
 * Add the question of a predict step and its choices, and, once the lesson is
 * @passed, the answer and why; or the commands of an explore step and what to
 * notice. Other steps ask nothing.
 */
void step_text(struct buf *out, const struct term *t,
	       const struct lesson_step *st, bool passed);

#endif
