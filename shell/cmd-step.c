/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/err.h"
#include "cmd.h"
#include "session.h"
#include "steps.h"

static int step(struct session *s, const struct cmd_args *a, struct err *e)
{
	const struct catalogue_entry *c = session_find(s, NULL, e);
	struct steps g;
	size_t i;
	int r = 0;

	if (!c || steps_open(&g, s, c, e) < 0)
		return -1;
	/* What Enter does next is to be true of the one that is shown. */
	if (!a->npos && !cmd_has(a, "list") && !g.begun)
		steps_go(&g, g.at, NULL);
	if (cmd_has(a, "list"))
		steps_list(&g);
	else if (a->npos && (steps_find(&g, a->pos[0], &i, e) < 0 ||
			     steps_go(&g, i, e) < 0))
		r = -1;
	else
		r = steps_show(&g, e);
	steps_close(&g);
	return r;
}

static int exec_step(struct session *s, const struct cmd_args *a)
{
	struct err e = ERR_INIT;

	if (session_open(s, &e) < 0 || step(s, a, &e) < 0)
		return cmd_fail(&e);
	return 0;
}

static const struct cmd_flag flags[] = {
	{"list", NULL, "all steps, with what is done"},
	{NULL, NULL, NULL},
};

const struct cmd_entry cmd_step_entry = {
	.name = "step",
	.usage = "[N | NAME]",
	.summary = "show the step that you are at, or go to another",
	.about = "A lesson is a sequence of steps: read, predict what the "
		 "kernel will say, explore a guest, write. At the prompt, "
		 "Enter on an empty line goes on to the next one; 'next' does "
		 "so everywhere. A lesson that was left is taken up at the "
		 "same step.",
	.flags = flags,
	.max_args = 1,
	.takes = CMD_TAKES_STEP,
	.exec = exec_step,
};
