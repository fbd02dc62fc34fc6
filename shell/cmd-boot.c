/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "boot.h"
#include "checker/err.h"
#include "cmd.h"
#include "session.h"

static int exec_boot(struct session *s, const struct cmd_args *a)
{
	const struct boot_opts o = {
		.dir = cmd_value(a, "dir"),
		.anyway = cmd_has(a, "anyway"),
	};
	const struct catalogue_entry *c;
	struct err e = ERR_INIT;
	int r = -1;

	if (session_open(s, &e) < 0)
		return cmd_fail(&e);
	c = session_find(s, a->pos[0], &e);
	if (c)
		r = boot_guest(s, c, &o, &e);
	return r < 0 ? cmd_fail(&e) : r;
}

static const struct cmd_flag flags[] = {
	{"anyway", NULL, "even if the work does not build: without it"},
	{"dir", "DIR", "build the files in DIR instead of your own"},
	{NULL, NULL, NULL},
};

const struct cmd_entry cmd_boot_entry = {
	.name = "boot",
	.usage = "[LESSON]",
	.summary = "a shell in the guest, with your modules at hand",
	.about = "Builds your work and opens a guest that has the modules and "
		 "the lesson's test programs in /lesson. Its log comes to the "
		 "screen as it is written. Ctrl-] leaves, and so do 'exit' "
		 "and 'poweroff' in the guest; what the kernel reported in "
		 "the meantime is explained then. Nothing is graded or "
		 "recorded, and the next guest is a fresh one.\n\n"
		 "Without a terminal, commands for the guest's shell are read "
		 "from standard input to its end, and run: echo 'insmod "
		 "hello.ko' | kiln boot. They have a minute; the exit code is "
		 "0 if the last of them succeeded.",
	.flags = flags,
	.max_args = 1,
	.takes = CMD_TAKES_LESSON,
	.exec = exec_boot,
};
