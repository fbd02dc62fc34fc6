/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/buf.h"
#include "checker/err.h"
#include "checker/klog-json.h"
#include "cmd.h"
#include "glyph.h"
#include "session.h"
#include "term.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Its words, line by line, each indented as it is, fit for the terminal. */
static void say(const struct term *t, const char *s)
{
	while (*s) {
		size_t n = strcspn(s, "\n");
		size_t indent = strspn(s, " ");
		struct buf line = BUF_INIT;

		glyph_clean(&line, s + indent, n - indent);
		if (t->tty && n)
			term_para(t, (unsigned)indent, buf_str(&line));
		else
			term_say(t, "%*s%s\n", (int)indent, "", buf_str(&line));
		buf_release(&line);
		s += n + (s[n] == '\n');
	}
}

static int tell(const struct term *t, const char *path, struct err *e)
{
	char *text = NULL;
	size_t len;
	FILE *f = open_memstream(&text, &len);
	int r;

	if (!f)
		return err_set(e, ERR_ENV, ENOMEM, "cannot show the log");
	r = klog_report(path, false, f, e);
	if (fclose(f) != 0 && r >= 0)
		r = err_set(e, ERR_ENV, ENOMEM, "cannot show the log");
	if (r >= 0)
		say(t, text);
	free(text);
	return r;
}

static int exec_klog(struct session *s, const struct cmd_args *a)
{
	struct err e = ERR_INIT;
	int r;

	if (a->npos == 0) {
		err_set(&e, ERR_USAGE, 0, "'klog' needs the name of a file");
		err_next(&e, "usage: klog FILE [--json]");
		return cmd_fail(&e);
	}
	r = cmd_has(a, "json") ? klog_report(a->pos[0], true, stdout, &e)
			       : tell(&s->term, a->pos[0], &e);
	return r < 0 ? cmd_fail(&e) : r;
}

static const struct cmd_flag flags[] = {
	{"json", NULL, "print one JSON object"},
	{NULL, NULL, NULL},
};

const struct cmd_entry cmd_klog_entry = {
	.name = "klog",
	.usage = "FILE",
	.summary = "judge a saved kernel log: its tests, and what went wrong",
	.about = "Exit code 0 when all tests in it passed or were skipped and "
		 "the kernel reported nothing, 1 otherwise.",
	.flags = flags,
	.max_args = 1,
	.takes = CMD_TAKES_FILE,
	.exec = exec_klog,
};
