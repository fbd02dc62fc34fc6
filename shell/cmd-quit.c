/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cmd.h"
#include "session.h"

static int exec_quit(struct session *s, const struct cmd_args *a)
{
	s->leave = true;
	return 0;
}

const struct cmd_entry cmd_quit_entry = {
	.name = "quit",
	.alias = "exit",
	.usage = "",
	.summary = "leave Kiln; Ctrl-D does as well",
	.exec = exec_quit,
};
