/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What bash and zsh ask when Tab is pressed: see shell/completion/.
 * A word a line, with what it means behind a tab. It must
 * be quick and must never say anything else.
 */
#include "checker/buf.h"
#include "checker/err.h"
#include "cmd.h"
#include "complete.h"
#include "session.h"

#include <stdio.h>
#include <string.h>

static void tell(const struct session *s, int argc, const char *const *argv,
		 const char *word)
{
	const char *about = complete_about(s, argc, argv, word);

	printf("%s%s%s\n", word, about ? "\t" : "", about ? about : "");
}

/* Options of the program, which are no command's. */
static void tell_options(const char *word)
{
	static const char *const options[][2] = {
		{"--help", "what Kiln can do"},
		{"--version", "which Kiln this is"},
	};

	for (size_t i = 0; i < 2; i++)
		if (strncmp(options[i][0], word, strlen(word)) == 0)
			printf("%s\t%s\n", options[i][0], options[i][1]);
}

static int exec_complete(struct session *s, const struct cmd_args *a)
{
	int argc = a->npos ? (int)a->npos - 1 : 0;
	const char *word = a->npos ? a->pos[argc] : "";
	struct strv out = STRV_INIT;

	/* Without lessons there is still all that the commands know. */
	if (argc > 0)
		session_open(s, NULL);
	if (argc == 0 && word[0] == '-')
		tell_options(word);
	complete_words(&out, s, argc, a->pos, word);
	for (size_t i = 0; i < out.n; i++)
		tell(s, argc, a->pos, out.v[i]);
	strv_release(&out);
	return 0;
}

const struct cmd_entry cmd_complete_entry = {
	.name = "complete",
	.usage = "-- WORD...",
	.summary = "what the last word may become, for bash and zsh",
	.max_args = CMD_MAX_ARGS,
	.takes = CMD_TAKES_COMMAND,
	.hidden = true,
	.exec = exec_complete,
};
