/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/err.h"
#include "checker/klog-json.h"
#include "cmd.h"
#include "session.h"

static int exec_klog(struct session *s, const struct cmd_args *a)
{
	struct err e = ERR_INIT;
	int r;

	if (a->npos == 0) {
		err_set(&e, ERR_USAGE, 0, "'klog' needs the name of a file");
		err_next(&e, "usage: klog FILE [--json]");
		return cmd_fail(&e);
	}
	r = klog_report(a->pos[0], cmd_has(a, "json"), stdout, &e);
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
