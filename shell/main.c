/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * kiln: `kiln COMMAND …` runs one command, `kiln` alone opens the shell.
 * Exit codes are a contract: see cmd-help.c.
 */
#include "checker/err.h"
#include "cmd-help.h"
#include "cmd.h"
#include "prompt.h"
#include "session.h"
#include "welcome.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A file that we open must never take the place of a closed stdout. */
static void fill_std_fds(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDWR);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

/*
 * What could not be written must not look like success; but that a reader
 * went away (`kiln list | head -1`) is nobody's business.
 */
static int close_stdout(int code)
{
	bool failed = ferror(stdout);

	if (fflush(stdout) != 0)
		failed = true;
	if (!failed || errno == EPIPE)
		return code;
	term_warn("cannot write the output: %s", strerror(errno));
	return 4;
}

static int open_shell(struct session *s)
{
	struct err e = ERR_INIT;

	if (session_open(s, &e) < 0)
		return cmd_fail(&e);
	s->interactive = s->term.keys;
	if (s->no_progress.code)
		term_error(&s->no_progress);
	if (s->interactive)
		welcome(s);
	return prompt_run(s);
}

static int version(void)
{
	printf("kiln %s\n", KILN_VERSION);
	return 0;
}

static int unknown_option(const char *word)
{
	struct err e;

	err_set(&e, ERR_USAGE, 0, "there is no option '%.60s'", word);
	err_next(&e, "'kiln --help' tells what there is");
	return cmd_fail(&e);
}

/* Before anything is shown; it stands before the command. */
static void take_plain(int *argc, char **argv)
{
	if (*argc < 2 || strcmp(argv[1], "--plain") != 0)
		return;
	term_ask_plain();
	memmove(argv + 1, argv + 2, (size_t)(*argc - 1) * sizeof(*argv));
	--*argc;
}

static int run(struct session *s, int argc, const char *const *argv)
{
	if (argc < 2)
		return open_shell(s);
	if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0)
		return version();
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
		return cmd_help_all(s);
	if (argv[1][0] == '-')
		return unknown_option(argv[1]);
	return cmd_run(s, argc - 1, argv + 1);
}

int main(int argc, char **argv)
{
	struct session s;
	int code;

	fill_std_fds();
	setlocale(LC_ALL, "");
	/* Numbers are data here, never 1,5 for 1.5. */
	setlocale(LC_NUMERIC, "C");
	term_guard();
	take_plain(&argc, argv);
	session_init(&s);
	code = run(&s, argc, (const char *const *)argv);
	session_release(&s);
	return close_stdout(code);
}
