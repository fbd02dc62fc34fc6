/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/err.h"
#include "cmd.h"
#include "session.h"
#include "steps.h"

#include <ctype.h>

static int answer(struct steps *g, const char *word, struct err *e)
{
	int letter = tolower((unsigned char)word[0]);

	if (word[1] || letter < 'a' || letter > 'z') {
		err_set(e, ERR_USAGE, 0, "'%.20s' is no choice", word);
		return err_next(e, "a choice is a letter: 'predict b'");
	}
	return steps_predict(g, (unsigned)(letter - 'a'), e);
}

static int predict(struct session *s, const struct cmd_args *a, struct err *e)
{
	const struct catalogue_entry *c = session_find(s, NULL, e);
	struct steps g;
	int r;

	if (!c || steps_open(&g, s, c, e) < 0)
		return -1;
	if (a->npos)
		r = answer(&g, a->pos[0], e);
	else if (cmd_has(a, "try") || steps_at(&g)->kind != LESSON_PREDICT)
		r = steps_predict_again(&g, e);
	else
		r = steps_show(&g, e);
	steps_close(&g);
	return r;
}

static int exec_predict(struct session *s, const struct cmd_args *a)
{
	struct err e = ERR_INIT;

	if (session_open(s, &e) < 0 || predict(s, a, &e) < 0)
		return cmd_fail(&e);
	return 0;
}

static const struct cmd_flag flags[] = {
	{"try", NULL, "run the experiment of an answered question again"},
	{NULL, NULL, NULL},
};

const struct cmd_entry cmd_predict_entry = {
	.name = "predict",
	.usage = "[LETTER]",
	.summary = "answer the question of the step that you are at",
	.about = "At the prompt the letter alone does. Your first answer is "
		 "kept. Then Kiln tries it in the real kernel, where the "
		 "lesson has an experiment, shows the lines of the log that "
		 "decide, and says why.",
	.flags = flags,
	.max_args = 1,
	.takes = CMD_TAKES_NOTHING,
	.exec = exec_predict,
};
