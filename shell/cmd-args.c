/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The words of a command line, for every command alike. */
#include "checker/err.h"
#include "cmd.h"
#include "suggest.h"

#include <string.h>

static size_t count_flags(const struct cmd_entry *c)
{
	size_t n = 0;

	while (c->flags && c->flags[n].name)
		n++;
	if (n > CMD_MAX_FLAGS)
		BUG("%s has more than %d flags", c->name, CMD_MAX_FLAGS);
	return n;
}

static int usage(const struct cmd_entry *c, struct err *e)
{
	if (!e->next[0])
		err_next(e, "usage: %s%s%s", c->name, *c->usage ? " " : "",
			 c->usage);
	return -1;
}

/* @word is quoted as it was typed, dashes and all. */
static int no_such_flag(const struct cmd_entry *c, const char *word,
			struct err *e)
{
	const char *name = word + strspn(word, "-");
	size_t len = strcspn(name, "=");
	const char *names[CMD_MAX_FLAGS + 1];
	size_t n = count_flags(c);
	const char *meant;
	char typed[64] = "";

	for (size_t i = 0; i < n; i++)
		names[i] = c->flags[i].name;
	strncat(typed, name, len < sizeof(typed) ? len : sizeof(typed) - 1);
	err_set(e, ERR_USAGE, 0, "'%s' knows no '%.*s%s'", c->name,
		(int)(name - word), word, typed);
	names[n] = NULL;
	meant = suggest(typed, names);
	if (meant)
		err_next(e, "did you mean '--%s'?", meant);
	return usage(c, e);
}

/* How many words of @argv a flag took; -1 on error. */
static int take_flag(struct cmd_args *a, const struct cmd_entry *c, int argc,
		     const char *const *argv, struct err *e)
{
	const char *word = argv[0] + 2;
	size_t len = strcspn(word, "=");
	size_t n = count_flags(c);
	size_t i = 0;

	while (i < n && (strncmp(c->flags[i].name, word, len) != 0 ||
			 c->flags[i].name[len]))
		i++;
	if (i == n)
		return no_such_flag(c, argv[0], e);
	if (!c->flags[i].arg) {
		a->value[i] = "";
		if (!word[len])
			return 1;
		err_set(e, ERR_USAGE, 0, "'--%s' takes no value",
			c->flags[i].name);
		return usage(c, e);
	}
	a->value[i] = word[len] ? word + len + 1 : argc > 1 ? argv[1] : "";
	if (*a->value[i])
		return word[len] ? 1 : 2;
	err_set(e, ERR_USAGE, 0, "'--%s' needs a value: %s", c->flags[i].name,
		c->flags[i].arg);
	return usage(c, e);
}

static int take_word(struct cmd_args *a, const struct cmd_entry *c,
		     const char *word, struct err *e)
{
	if (a->npos < c->max_args && a->npos < CMD_MAX_ARGS) {
		a->pos[a->npos++] = word;
		return 0;
	}
	if (c->max_args == 0)
		err_set(e, ERR_USAGE, 0, "'%s' takes no '%.60s'", c->name,
			word);
	else
		err_set(e, ERR_USAGE, 0, "'%.60s' is one too many for '%s'",
			word, c->name);
	return usage(c, e);
}

int cmd_parse(struct cmd_args *a, const struct cmd_entry *c, int argc,
	      const char *const *argv, struct err *e)
{
	bool flags = true;
	int i = 0;

	*a = (struct cmd_args){.flags = c->flags};
	while (i < argc) {
		int n = 1;

		if (flags && strcmp(argv[i], "--") == 0)
			flags = false;
		else if (flags && strncmp(argv[i], "--", 2) == 0)
			n = take_flag(a, c, argc - i, argv + i, e);
		else if (flags && argv[i][0] == '-' && argv[i][1])
			n = no_such_flag(c, argv[i], e);
		else if (take_word(a, c, argv[i], e) < 0)
			n = -1;
		if (n < 0)
			return -1;
		i += n;
	}
	return 0;
}

const char *cmd_value(const struct cmd_args *a, const char *flag)
{
	for (size_t i = 0; a->flags && a->flags[i].name; i++)
		if (strcmp(a->flags[i].name, flag) == 0)
			return a->value[i];
	BUG("no such flag: %s", flag);
}

bool cmd_has(const struct cmd_args *a, const char *flag)
{
	return cmd_value(a, flag) != NULL;
}

enum cmd_takes cmd_flag_takes(const struct cmd_flag *f)
{
	static const struct {
		const char *arg;
		enum cmd_takes takes;
	} known[] = {
		{"DIR", CMD_TAKES_DIR},
		{"FILE", CMD_TAKES_FILE},
		{"FORMAT", CMD_TAKES_FORMAT},
		{"LESSON", CMD_TAKES_LESSON},
		{"COMMAND", CMD_TAKES_COMMAND},
		{"FUNCTION", CMD_TAKES_FUNCTION},
		{"STEP", CMD_TAKES_STEP},
		{"SOURCE", CMD_TAKES_SOURCE},
		{"ITEM", CMD_TAKES_ITEM},
		{"MACRO", CMD_TAKES_MACRO},
	};

	for (size_t i = 0; f->arg && i < sizeof(known) / sizeof(*known); i++)
		if (strcmp(f->arg, known[i].arg) == 0)
			return known[i].takes;
	return CMD_TAKES_NOTHING;
}
