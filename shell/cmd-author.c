/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/err.h"
#include "checker/proc.h"
#include "cmd.h"
#include "lesson.h"
#include "proof.h"
#include "session.h"

#include <stdio.h>
#include <string.h>

static const struct {
	const char *before, *after;
} words[] = {
	[PROOF_SOLUTION] = {"", " passes"},
	[PROOF_STARTER] = {"", " does not pass"},
	[PROOF_WRONG] = {"wrong answer ", " is rejected by "},
	[PROOF_STEP] = {"step ", " solved, its checks hold"},
	[PROOF_TRY] = {"experiment ", " shows the answer alone"},
};

/* One line of TAP, so that `prove` can run it; and a person can read it. */
static void show_case(const struct lesson *l, size_t i,
		      const struct proof_case *c)
{
	const struct lesson_wrong *w =
		c->kind == PROOF_WRONG ? &l->wrongs[i - 2] : NULL;
	const char *by = w && w->check ? w->check
			 : w	       ? outcome_name(w->verdict)
				       : "";

	printf("%s %zu - %s %s%s%s%s\n", c->holds ? "ok" : "not ok", i + 1,
	       l->spec.id, words[c->kind].before, c->name,
	       words[c->kind].after, by);
	printf("# %s, %ld ms\n", outcome_name(c->verdict.outcome), c->ms);
	if (!c->holds)
		printf("# %s\n", c->why);
	fflush(stdout);
}

static int prove(const struct lesson *l, int cancel_fd, struct err *e)
{
	size_t n = proof_count(l);
	int code = 0;

	if (proof_look(l, e) < 0)
		return -1;

	printf("1..%zu\n", n);
	fflush(stdout);
	for (size_t i = 0; i < n; i++) {
		struct proof_case c;

		if (proof_run(&c, l, i, cancel_fd, e) < 0)
			return -1;
		show_case(l, i, &c);
		if (!c.holds)
			code = 1;
		proof_case_release(&c);
	}
	return code;
}

static int author_test(struct session *s, const char *name)
{
	const struct catalogue_entry *entry;
	struct err e = ERR_INIT;
	struct lesson l;
	int cancel_fd, code;

	if (session_open(s, &e) < 0)
		return cmd_fail(&e);
	entry = session_find(s, name, &e);
	if (!entry || session_load(s, &l, entry, &e) < 0)
		return cmd_fail(&e);
	cancel_fd = cancel_begin(&e);
	code = cancel_fd < 0 ? -1 : prove(&l, cancel_fd, &e);
	if (cancel_fd >= 0)
		cancel_end();
	lesson_release(&l);
	return code < 0 ? cmd_fail(&e) : code;
}

static int exec_author(struct session *s, const struct cmd_args *a)
{
	struct err e = ERR_INIT;

	if (a->npos >= 1 && strcmp(a->pos[0], "test") == 0)
		return author_test(s, a->npos > 1 ? a->pos[1] : NULL);
	err_set(&e, ERR_USAGE, 0, "'author' knows no '%s'",
		a->npos ? a->pos[0] : "");
	err_next(&e, "usage: author test [LESSON]");
	return cmd_fail(&e);
}

const struct cmd_entry cmd_author_entry = {
	.name = "author",
	.usage = "test [LESSON]",
	.summary = "for who writes lessons: prove one in the real guest",
	.about = "'author test' checks that the solution passes, that the "
		 "starter does not, that each wrong answer is rejected by "
		 "the check that it names, that the solution up to a write "
		 "step fulfils the checks of that step, and that each "
		 "experiment shows what the right answer says and nothing "
		 "that a wrong one does. It prints TAP.",
	.max_args = 2,
	.takes = CMD_TAKES_LESSON,
	.exec = exec_author,
};
