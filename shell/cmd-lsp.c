/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/err.h"
#include "checker/server.h"
#include "checker/store.h"
#include "cmd.h"
#include "editors.h"
#include "session.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int no_such_server(const char *name, struct err *e)
{
	err_set(e, ERR_USAGE, 0, "there is no language server for '%.40s'",
		name);
	return err_next(e, "'lsp rust' is rust-analyzer, 'lsp c' is clangd");
}

/* A server is talked to by a pipe or a socket; a file has no answer in it. */
static bool is_talked_to(void)
{
	struct stat st;

	return fstat(STDIN_FILENO, &st) == 0 &&
	       (S_ISFIFO(st.st_mode) || S_ISSOCK(st.st_mode));
}

/* A person at a terminal would wait for an answer that never comes. */
static int not_for_people(struct err *e)
{
	err_set(e, ERR_USAGE, 0,
		"a language server talks to an editor, not "
		"to a person");
	return err_next(e, "'edit' opens an editor that finds it; "
			   ".kiln/EDITORS.md in the lesson's folder tells how "
			   "to set up others");
}

static bool is_below(const char *path, const char *dir)
{
	size_t n = strlen(dir);

	return strncmp(path, dir, n) == 0 && (path[n] == '/' || !path[n]);
}

/* Where the editor runs it, if that is in the learner's work. */
static char *working_dir(const struct store *st)
{
	char *cwd = getcwd(NULL, 0);
	char *real = realpath(st->work, NULL);

	if (cwd && (is_below(cwd, st->work) || (real && is_below(cwd, real)))) {
		free(real);
		return cwd;
	}
	free(real);
	free(cwd);
	return NULL;
}

/* The lesson that it is run in, or the one at work. */
static char *commands_dir(const struct session *s, const char *cwd)
{
	char *dir;

	if (cwd && editors_has_commands(cwd))
		return strdup(cwd);
	dir = s->current ? session_work_dir(s, s->current) : NULL;
	if (dir && editors_has_commands(dir))
		return dir;
	free(dir);
	return NULL;
}

static int serve(struct session *s, const struct cmd_args *a, enum server which,
		 struct err *e)
{
	char *cwd = working_dir(&s->store);
	char *commands = commands_dir(s, cwd);
	const struct server_opts o = {
		.store = &s->store,
		.which = which,
		.commands = commands,
		.chdir = cwd,
	};
	int r;

	/* What is typed at the editor's terminal is for the editor. */
	signal(SIGINT, SIG_IGN);
	r = server_serve(&o, a->pos + 1, a->npos - 1, e);
	free(commands);
	free(cwd);
	return r;
}

static int lsp(struct session *s, const struct cmd_args *a, struct err *e)
{
	enum server which;

	which = a->npos ? server_by_name(a->pos[0]) : SERVER_N;
	if (a->npos && which == SERVER_N)
		return no_such_server(a->pos[0], e);
	if (!a->npos || s->interactive || (a->npos == 1 && !is_talked_to()))
		return not_for_people(e);
	if (session_open(s, e) < 0)
		return -1;
	if (!store_has_toolroot(&s->store) || !store_has_linux(&s->store)) {
		err_set(e, ERR_ENV, 0,
			"the tools or the kernel have not been "
			"made yet");
		return err_next(e, "run 'kiln setup'");
	}
	return serve(s, a, which, e);
}

static int exec_lsp(struct session *s, const struct cmd_args *a)
{
	struct err e = ERR_INIT;

	int r = lsp(s, a, &e);

	return r < 0 ? cmd_fail(&e) : r;
}

const struct cmd_entry cmd_lsp_entry = {
	.name = "lsp",
	.usage = "rust|c [-- WORD...]",
	.summary = "rust-analyzer or clangd, for an editor to talk to",
	.about = "Runs the language server of Kiln's tools on standard input "
		 "and output, shut in: it sees your work, the kernel and the "
		 "tools, reads only, and has no network. It is for the "
		 "settings of an editor: its command is 'kiln lsp rust' or "
		 "'kiln lsp c'. Words after '--' are given to the server.\n\n"
		 "'edit' needs no settings for it. In each lesson's folder "
		 ".kiln/EDITORS.md tells how to set up editors, and "
		 ".kiln/rust-analyzer and .kiln/clangd are programs that do "
		 "the same as this.",
	.max_args = CMD_MAX_ARGS,
	.takes = CMD_TAKES_SERVER,
	.exec = exec_lsp,
};
