/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd: the commands, as a table.
 *
 * A file a command, cmd-NAME.c, each ending in one `const struct cmd_entry`;
 * cmd.c lists them all. The same entries serve `kiln COMMAND …` and the
 * prompt. To add a command: write the file, declare the entry below, and add
 * it to the table in cmd.c.
 */
#ifndef SHELL_CMD_H
#define SHELL_CMD_H

#include <stdbool.h>
#include <stddef.h>

struct err;
struct session;

enum { CMD_MAX_FLAGS = 16, CMD_MAX_ARGS = 16 };

/*
 * What a flag takes is told by the word that stands for it, in help as for
 * completion (cmd_flag_takes): DIR, FILE, FORMAT, LESSON, COMMAND, STEP,
 * FUNCTION, SOURCE, ITEM, MACRO, or "this|that"; N and any other word is completed by
 * nothing.
 */
struct cmd_flag {
	const char *name; /* "json": given as --json */
	const char *arg; /* what it takes: "N"; NULL: nothing */
	const char *help;
};

/* What arguments, and the values of flags, are: for completion. */
enum cmd_takes {
	CMD_TAKES_NOTHING,
	CMD_TAKES_LESSON,
	CMD_TAKES_COMMAND,
	CMD_TAKES_FILE,
	CMD_TAKES_CODE, /* of a compiler, or a kind of finding */
	CMD_TAKES_TEXT, /* like _WORK, or a section */
	CMD_TAKES_STEP, /* a step of the current lesson */
	CMD_TAKES_WORK, /* a file of the lesson or the kernel; or a lesson */
	CMD_TAKES_SERVER, /* "rust" or "c" */
	CMD_TAKES_VERSION, /* a lesson, a number of 'history', a file */
	CMD_TAKES_FUNCTION, /* of the current lesson; or a lesson */
	CMD_TAKES_SOURCE, /* a file of the current lesson; or a lesson */
	CMD_TAKES_DIR,
	CMD_TAKES_FORMAT, /* of a verdict */
	CMD_TAKES_ITEM, /* a function or a type of the current lesson */
	CMD_TAKES_MACRO, /* that is used there */
};

struct cmd_args {
	const char *pos[CMD_MAX_ARGS]; /* what is no flag; borrowed */
	size_t npos;
	/* By index in .flags of the entry: NULL, "" or what was given. */
	const char *value[CMD_MAX_FLAGS];
	const struct cmd_flag *flags;
};

struct cmd_entry {
	const char *name;
	const char *alias; /* one short name more, or NULL: watch's key too */
	const char *other; /* and another, that help does not name; or NULL */
	const char *usage; /* what comes after the name: "[LESSON]" */
	const char *summary; /* one line, no full stop */
	const char *about; /* paragraphs for `help NAME`, or NULL */
	const struct cmd_flag *flags; /* ends in an empty one; or NULL */
	const char *const *words; /* it may begin with; ends in NULL; or NULL */
	size_t max_args;
	enum cmd_takes takes;
	bool hidden; /* not in the list of `help` */
	/*
	 * What the first word chooses from, or NULL: their names are
	 * "author test", and so on. Then .exec is for no or another word.
	 */
	const struct cmd_entry *const *subs;
	/* Returns an exit code of the contract. Prints its own errors. */
	int (*exec)(struct session *s, const struct cmd_args *a);
};

extern const struct cmd_entry cmd_asm_entry;
extern const struct cmd_entry cmd_author_entry;
extern const struct cmd_entry cmd_boot_entry;
extern const struct cmd_entry cmd_check_entry;
extern const struct cmd_entry cmd_complete_entry;
extern const struct cmd_entry cmd_debug_entry;
extern const struct cmd_entry cmd_diff_entry;
extern const struct cmd_entry cmd_doctor_entry;
extern const struct cmd_entry cmd_edit_entry;
extern const struct cmd_entry cmd_expand_entry;
extern const struct cmd_entry cmd_explain_entry;
extern const struct cmd_entry cmd_help_entry;
extern const struct cmd_entry cmd_hint_entry;
extern const struct cmd_entry cmd_history_entry;
extern const struct cmd_entry cmd_klog_entry;
extern const struct cmd_entry cmd_list_entry;
extern const struct cmd_entry cmd_log_entry;
extern const struct cmd_entry cmd_lsp_entry;
extern const struct cmd_entry cmd_manual_entry;
extern const struct cmd_entry cmd_next_entry;
extern const struct cmd_entry cmd_predict_entry;
extern const struct cmd_entry cmd_quit_entry;
extern const struct cmd_entry cmd_replay_entry;
extern const struct cmd_entry cmd_reset_entry;
extern const struct cmd_entry cmd_restore_entry;
extern const struct cmd_entry cmd_setup_entry;
extern const struct cmd_entry cmd_show_entry;
extern const struct cmd_entry cmd_solution_entry;
extern const struct cmd_entry cmd_start_entry;
extern const struct cmd_entry cmd_status_entry;
extern const struct cmd_entry cmd_step_entry;
extern const struct cmd_entry cmd_watch_entry;

/* In the order that `help` lists them; ends in NULL. */
extern const struct cmd_entry *const cmd_table[];

/* By name or alias; NULL when there is none. */
const struct cmd_entry *cmd_find(const char *name);
/* That of @c's .subs which @word chooses, or NULL. */
const struct cmd_entry *cmd_find_sub(const struct cmd_entry *c,
				     const char *word);
/* "test" of "author test"; of all others the name. */
const char *cmd_last_name(const struct cmd_entry *c);
/* What may have been meant, or NULL. */
const char *cmd_guess(const char *name);

/*
 * Take @argc words after the name apart: --flag, --flag=VALUE, --flag
 * VALUE, "--" before words that start with a dash. -1: ERR_USAGE. "--help"
 * is not handled here.
 */
int cmd_parse(struct cmd_args *a, const struct cmd_entry *c, int argc,
	      const char *const *argv, struct err *e);
/* By the name of its .arg; CMD_TAKES_NOTHING where that says nothing. */
enum cmd_takes cmd_flag_takes(const struct cmd_flag *f);

/* Whether --@flag was given; its value, or NULL. A wrong name is a bug. */
bool cmd_has(const struct cmd_args *a, const char *flag);
const char *cmd_value(const struct cmd_args *a, const char *flag);

/* argv[0] is the command. Returns its exit code. */
int cmd_run(struct session *s, int argc, const char *const *argv);

/* Show @e and return its exit code: the last line of a failing command. */
int cmd_fail(const struct err *e);

#endif
