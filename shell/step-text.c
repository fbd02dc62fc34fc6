/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "step-text.h"
#include "checker/buf.h"
#include "fold.h"
#include "glyph.h"
#include "lesson.h"
#include "term.h"
#include "text.h"

#include <stdio.h>
#include <string.h>

/* Markdown behind a word in bold: "Predict: ". */
static void lead_in(struct buf *out, const struct term *t, const char *word,
		    const char *md)
{
	struct buf b = BUF_INIT;

	if (word)
		buf_addf(&b, "**%s:** ", word);
	buf_adds(&b, md);
	buf_adds(out, "\n");
	text_render(out, t, buf_str(&b), b.len);
	buf_release(&b);
}

void step_choice(struct buf *out, const struct term *t, const char *before,
		 const struct lesson_step *st, unsigned i)
{
	const char *s = st->choices.v[i];
	char first[40], rest[40];

	snprintf(first, sizeof(first), "%s%c) ", before, lesson_letter(i));
	snprintf(rest, sizeof(rest), "%*s", (int)strlen(first), "");
	text_render_in(out, t, first, rest, s, strlen(s));
}

void step_why(struct buf *out, const struct term *t,
	      const struct lesson_step *st, bool lead)
{
	struct buf b = BUF_INIT;

	if (lead)
		buf_addf(&b, "%c. ", lesson_letter(st->answer));
	buf_adds(&b, st->why);
	lead_in(out, t, lead ? "Answer" : NULL, buf_str(&b));
	buf_release(&b);
}

static void predict(struct buf *out, const struct term *t,
		    const struct lesson_step *st, bool answered, bool lead)
{
	lead_in(out, t, lead ? "Predict" : NULL, st->question);
	buf_adds(out, "\n");
	for (unsigned i = 0; i < st->choices.n; i++)
		step_choice(out, t, "  ", st, i);
	if (answered)
		step_why(out, t, st, true);
	else if (lead)
		buf_addf(out, "\nIt is answered at its step: 'step %s'.\n",
			 st->name);
}

static void explore(struct buf *out, const struct term *t,
		    const struct lesson_step *st, bool lead)
{
	lead_in(out, t, lead ? "Explore" : NULL,
		"Try these in a guest of your own:");
	buf_adds(out, "\n");
	for (size_t i = 0; i < st->commands.n; i++) {
		struct buf line = BUF_INIT;

		buf_addf(&line, "    %s", term_on(t, TERM_CODE));
		glyph_clean(&line, st->commands.v[i],
			    strlen(st->commands.v[i]));
		buf_adds(&line, term_off(t));
		fold_line(out, t, "", buf_str(&line), line.len);
		buf_addc(out, '\n');
		buf_release(&line);
	}
	if (st->notice)
		lead_in(out, t, "Notice", st->notice);
}

void step_text(struct buf *out, const struct term *t,
	       const struct lesson_step *st, bool answered, bool lead)
{
	if (st->kind == LESSON_PREDICT)
		predict(out, t, st, answered, lead);
	else if (st->kind == LESSON_EXPLORE)
		explore(out, t, st, lead);
}
