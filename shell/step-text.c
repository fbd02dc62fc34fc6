/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "step-text.h"
#include "checker/buf.h"
#include "lesson.h"
#include "term.h"
#include "text.h"

#include <stdio.h>
#include <string.h>

/* Markdown behind a word in bold: "Predict: ". */
static void lead(struct buf *out, const struct term *t, const char *word,
		 const char *md)
{
	struct buf b = BUF_INIT;

	buf_addf(&b, "**%s:** %s", word, md);
	buf_adds(out, "\n");
	text_render(out, t, buf_str(&b), b.len);
	buf_release(&b);
}

static char letter(unsigned i)
{
	return (char)('a' + i);
}

static void choices(struct buf *out, const struct term *t,
		    const struct lesson_step *st)
{
	buf_adds(out, "\n");
	for (unsigned i = 0; i < st->choices.n; i++) {
		const char *s = st->choices.v[i];
		char first[8];

		snprintf(first, sizeof(first), "  %c) ", letter(i));
		text_render_in(out, t, first, "     ", s, strlen(s));
	}
}

static void predict(struct buf *out, const struct term *t,
		    const struct lesson_step *st, bool passed)
{
	struct buf b = BUF_INIT;

	lead(out, t, "Predict", st->question);
	choices(out, t, st);
	if (passed) {
		buf_addf(&b, "%c. %s", letter(st->answer), st->why);
		lead(out, t, "Answer", buf_str(&b));
	} else {
		buf_adds(out, "\nThe answer stands here once you have "
			      "passed.\n");
	}
	buf_release(&b);
}

static void explore(struct buf *out, const struct term *t,
		    const struct lesson_step *st)
{
	lead(out, t, "Explore", "try these in the guest");
	buf_adds(out, "\n");
	for (size_t i = 0; i < st->commands.n; i++)
		text_verbatim(out, st->commands.v[i],
			      strlen(st->commands.v[i]), 4);
	if (st->notice)
		lead(out, t, "Notice", st->notice);
}

void step_text(struct buf *out, const struct term *t,
	       const struct lesson_step *st, bool passed)
{
	if (st->kind == LESSON_PREDICT)
		predict(out, t, st, passed);
	else if (st->kind == LESSON_EXPLORE)
		explore(out, t, st);
}
