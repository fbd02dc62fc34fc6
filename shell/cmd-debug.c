/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "boot.h"
#include "checker/err.h"
#include "cmd.h"
#include "session.h"

static int exec_debug(struct session *s, const struct cmd_args *a)
{
	const struct boot_opts o = {
		.dir = cmd_value(a, "dir"),
		.breaks = cmd_value(a, "break"),
		.batch = cmd_value(a, "batch"),
	};
	const struct catalogue_entry *c;
	struct err e = ERR_INIT;
	int r = -1;

	if (session_open(s, &e) < 0)
		return cmd_fail(&e);
	c = session_find(s, a->pos[0], &e);
	if (c)
		r = boot_debug(s, c, &o, &e);
	return r < 0 ? cmd_fail(&e) : r;
}

static const struct cmd_flag flags[] = {
	{"break", "WHERE",
	 "stop at FUNCTION or FILE:LINE instead; or several, "
	 "with commas"},
	{"batch", "FILE", "take gdb's commands from FILE, and leave"},
	{"dir", "DIR", "build the files in DIR instead of your own"},
	{NULL, NULL, NULL},
};

const struct cmd_entry cmd_debug_entry = {
	.name = "debug",
	.usage = "[LESSON]",
	.summary = "gdb on the guest's kernel, stopped in your module's init",
	.about = "Builds your work and loads it in a guest under gdb, which "
		 "knows the kernel's functions, lines and types, and your "
		 "modules with all they have. It stops in init of the first "
		 "module of yours, or at its first test if it has no init, "
		 "before the first line has run. As the guest goes on, the "
		 "lesson's plan is carried out step by step, so that "
		 "breakpoints in exit functions and handlers are reached as "
		 "well.\n\n"
		 "'log' shows what the kernel has said since the guest "
		 "came up, 'lx-lsmod' and 'lx-ps' its modules and tasks; "
		 "Ctrl-C stops the guest; 'quit' ends gdb "
		 "and the guest. Nothing is graded or recorded.\n\n"
		 "Without a terminal gdb's commands are read from standard "
		 "input: echo 'bt' | kiln debug.",
	.flags = flags,
	.max_args = 1,
	.takes = CMD_TAKES_LESSON,
	.exec = exec_debug,
};
