/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cmd.h"
#include "checker/err.h"
#include "cmd-help.h"
#include "suggest.h"
#include "term.h"

#include <string.h>

const struct cmd_entry *const cmd_table[] = {
	&cmd_list_entry,
	&cmd_next_entry,
	&cmd_start_entry,
	&cmd_step_entry,
	&cmd_predict_entry,
	&cmd_show_entry,
	&cmd_edit_entry,
	&cmd_check_entry,
	&cmd_watch_entry,
	&cmd_hint_entry,
	&cmd_explain_entry,
	&cmd_log_entry,
	&cmd_boot_entry,
	&cmd_debug_entry,
	&cmd_asm_entry,
	&cmd_expand_entry,
	&cmd_status_entry,
	&cmd_history_entry,
	&cmd_diff_entry,
	&cmd_restore_entry,
	&cmd_solution_entry,
	&cmd_reset_entry,
	&cmd_setup_entry,
	&cmd_doctor_entry,
	&cmd_lsp_entry,
	&cmd_klog_entry,
	&cmd_replay_entry,
	&cmd_author_entry,
	&cmd_help_entry,
	&cmd_quit_entry,
	&cmd_complete_entry,
	&cmd_manual_entry,
	NULL,
};

const struct cmd_entry *cmd_find(const char *name)
{
	for (size_t i = 0; cmd_table[i]; i++) {
		const struct cmd_entry *c = cmd_table[i];

		if (strcmp(c->name, name) == 0 ||
		    (c->alias && strcmp(c->alias, name) == 0) ||
		    (c->other && strcmp(c->other, name) == 0))
			return c;
	}
	return NULL;
}

const char *cmd_last_name(const struct cmd_entry *c)
{
	const char *blank = strrchr(c->name, ' ');

	return blank ? blank + 1 : c->name;
}

const struct cmd_entry *cmd_find_sub(const struct cmd_entry *c,
				     const char *word)
{
	for (size_t i = 0; c->subs && c->subs[i]; i++)
		if (strcmp(cmd_last_name(c->subs[i]), word) == 0)
			return c->subs[i];
	return NULL;
}

const char *cmd_guess(const char *name)
{
	const char *names[sizeof(cmd_table) / sizeof(*cmd_table)];
	size_t len = strlen(name);
	size_t n = 0;

	for (; cmd_table[n]; n++) {
		names[n] = cmd_table[n]->name;
		if (len >= 2 && strncmp(name, names[n], len) == 0)
			return names[n];
	}
	names[n] = NULL;
	/* Of what is this long, none of ours is a misspelling. */
	return len <= 16 ? suggest(name, names) : NULL;
}

int cmd_fail(const struct err *e)
{
	/* Whoever pressed Ctrl-C knows it. */
	if (e->code != ERR_CANCELLED)
		term_error(e);
	return err_exit_code(e);
}

static int unknown(const char *name)
{
	const char *meant = cmd_guess(name);
	struct err e;

	if (*name)
		err_set(&e, ERR_USAGE, 0, "there is no command '%.60s'", name);
	else
		err_set(&e, ERR_USAGE, 0,
			"the command is missing: what was given for it is "
			"empty");
	if (*name && meant)
		err_next(&e, "did you mean '%s'?", meant);
	else
		err_next(&e, "'help' lists the commands");
	return cmd_fail(&e);
}

static bool asks_for_help(int argc, const char *const *argv)
{
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--") == 0)
			return false;
		if (strcmp(argv[i], "--help") == 0 ||
		    strcmp(argv[i], "-h") == 0)
			return true;
	}
	return false;
}

int cmd_run(struct session *s, int argc, const char *const *argv)
{
	const struct cmd_entry *c = cmd_find(argv[0]);
	const struct cmd_entry *sub;
	struct cmd_args a;
	struct err e = ERR_INIT;

	if (!c)
		return unknown(argv[0]);
	sub = argc > 1 ? cmd_find_sub(c, argv[1]) : NULL;
	if (sub) {
		c = sub;
		argc--;
		argv++;
	}
	if (asks_for_help(argc, argv))
		return cmd_help_show(s, c);
	if (cmd_parse(&a, c, argc - 1, argv + 1, &e) < 0)
		return cmd_fail(&e);
	return c->exec(s, &a);
}
