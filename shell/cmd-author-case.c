/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * author case: one run of a proof, in a process of its own. 'author test'
 * and 'author mutate' start it; it prints one line of JSON for them.
 */
#include "checker/err.h"
#include "checker/proc.h"
#include "cmd-author.h"
#include "cmd.h"
#include "lesson.h"
#include "proof-answer.h"
#include "proof.h"

#include <string.h>

static int run_case(const struct lesson *l, const struct proof_plan *p,
		    const char *name, const char *folder, struct err *e)
{
	const struct proof_case other = {.kind = PROOF_FOLDER};
	const struct proof_case *c = folder ? &other : proof_plan_find(p, name);
	struct proof_answer a;
	int cancel_fd, ret;

	if (!c)
		return err_set(e, ERR_USAGE, 0, "there is no case '%.60s'",
			       name);
	cancel_fd = cancel_begin(e);
	if (cancel_fd < 0)
		return -1;
	ret = proof_run(&a, l, c, folder, cancel_fd, e);
	cancel_end();
	if (ret < 0)
		return -1;
	if (proof_answer_write(&a, stdout) < 0)
		ret = err_set(e, ERR_ENV, 0, "cannot write the answer");
	proof_answer_release(&a);
	return ret;
}

static int exec_case(struct session *s, const struct cmd_args *a)
{
	struct err e = ERR_INIT;
	struct proof_plan p = {.v = NULL};
	struct lesson l;
	int ret;

	(void)s;
	if (a->npos < 2) {
		err_set(&e, ERR_USAGE, 0, "a lesson's folder and a case");
		return cmd_fail(&e);
	}
	ret = lesson_load(&l, a->pos[0], &e);
	if (ret == 0) {
		ret = proof_plan_make(&p, &l, &e);
		if (ret == 0)
			ret = run_case(&l, &p, a->pos[1], cmd_value(a, "dir"),
				       &e);
		proof_plan_release(&p);
		lesson_release(&l);
	}
	if (ret == 0)
		return 0;
	proof_answer_write_error(&e, stdout);
	return err_exit_code(&e);
}

static const struct cmd_flag flags[] = {
	{"dir", "DIR", "check the files in DIR instead"},
	{NULL, NULL, NULL},
};

const struct cmd_entry cmd_author_case_entry = {
	.name = "author case",
	.usage = "LESSON-FOLDER CASE",
	.summary = "one run of 'author test', which starts it",
	.flags = flags,
	.max_args = 2,
	.takes = CMD_TAKES_FILE,
	.hidden = true,
	.exec = exec_case,
};
