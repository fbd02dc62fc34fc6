/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cmd-help.h"
#include "checker/buf.h"
#include "checker/err.h"
#include "cmd.h"
#include "session.h"

#include <stdio.h>

int cmd_help_show(struct session *s, const struct cmd_entry *c)
{
	const struct term *t = &s->term;

	term_say(t, "%s%s%s%s%s\n\n", term_on(t, TERM_BOLD), c->name,
		 *c->usage ? " " : "", c->usage, term_off(t));
	term_para(t, 2, c->summary);
	if (c->about) {
		term_say(t, "\n");
		term_para(t, 2, c->about);
	}
	if (c->flags && c->flags[0].name)
		term_say(t, "\n");
	for (size_t i = 0; c->flags && c->flags[i].name; i++) {
		const struct cmd_flag *f = &c->flags[i];
		char name[64];

		snprintf(name, sizeof(name), "--%s%s%s", f->name,
			 f->arg ? " " : "", f->arg ? f->arg : "");
		term_say(t, "  %-18s %s\n", name, f->help);
	}
	if (c->alias)
		term_say(t, "\n  Short: %s\n", c->alias);
	return 0;
}

int cmd_help_all(struct session *s)
{
	const struct term *t = &s->term;

	if (!s->interactive)
		term_say(t, "usage: kiln [COMMAND [ARGUMENTS]]\n\n"
			    "Without a command, Kiln opens its shell, which "
			    "knows the same commands.\n\n");
	for (size_t i = 0; cmd_table[i]; i++)
		if (!cmd_table[i]->hidden)
			term_say(t, "  %s%-8s%s  %s\n", term_on(t, TERM_BOLD),
				 cmd_table[i]->name, term_off(t),
				 cmd_table[i]->summary);
	term_say(t, "\n'help COMMAND' tells more about one.\n");
	if (!s->interactive)
		term_say(t, "\nExit codes: 0 passed, 1 not passed, 2 wrong "
			    "usage, 3 the lesson is at\nfault, 4 the machine "
			    "is, 130 interrupted.\n");
	return 0;
}

static int exec_help(struct session *s, const struct cmd_args *a)
{
	const struct cmd_entry *c;
	const char *meant;
	struct err e;

	if (a->npos == 0)
		return cmd_help_all(s);
	c = cmd_find(a->pos[0]);
	if (c)
		return cmd_help_show(s, c);
	err_set(&e, ERR_USAGE, 0, "there is no command '%.60s'", a->pos[0]);
	meant = cmd_guess(a->pos[0]);
	if (meant)
		err_next(&e, "did you mean '%s'?", meant);
	return cmd_fail(&e);
}

const struct cmd_entry cmd_help_entry = {
	.name = "help",
	.alias = "?",
	.usage = "[COMMAND]",
	.summary = "list the commands, or explain one",
	.max_args = 1,
	.takes = CMD_TAKES_COMMAND,
	.exec = exec_help,
};
