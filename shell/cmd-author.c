/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cmd-author.h"
#include "checker/err.h"
#include "cmd.h"
#include "suggest.h"

static const struct cmd_entry *const subs[] = {
	&cmd_author_new_entry,
	&cmd_author_test_entry,
	&cmd_author_lint_entry,
	&cmd_author_mutate_entry,
	&cmd_author_case_entry,
	NULL,
};

/* Its first word is none of them, or there is none. */
static int exec_author(struct session *s, const struct cmd_args *a)
{
	const char *names[sizeof(subs) / sizeof(*subs)];
	const char *meant = NULL;
	struct err e = ERR_INIT;

	if (a->npos == 0 || !*a->pos[0])
		return cmd_run(s, 2, (const char *const[]){"help", "author"});
	for (size_t i = 0; i < sizeof(subs) / sizeof(*subs); i++)
		names[i] = subs[i] ? cmd_last_name(subs[i]) : NULL;
	meant = suggest(a->pos[0], names);
	err_set(&e, ERR_USAGE, 0, "'author' knows no '%.60s'", a->pos[0]);
	if (meant)
		err_next(&e, "did you mean 'author %s'?", meant);
	else
		err_next(&e, "'help author' tells what there is");
	return cmd_fail(&e);
}

const struct cmd_entry cmd_author_entry = {
	.name = "author",
	.usage = "WHAT [LESSON...]",
	.summary = "for who writes lessons: make, lint, prove, mutate",
	.about = "'help author test' and so on tell more about each:",
	.max_args = CMD_MAX_ARGS,
	.takes = CMD_TAKES_LESSON,
	.subs = subs,
	.exec = exec_author,
};
