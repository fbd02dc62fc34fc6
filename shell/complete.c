/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "complete.h"
#include "checker/buf.h"
#include "checker/finding.h"
#include "cmd.h"
#include "complete-int.h"
#include "explain-keys.h"
#include "format.h"
#include "session.h"
#include "topic.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void commands(struct strv *out, const char *word)
{
	for (size_t i = 0; cmd_table[i]; i++)
		if (!cmd_table[i]->hidden)
			offer(out, cmd_table[i]->name, word);
}

static void subs(struct strv *out, const struct cmd_entry *c, const char *word)
{
	for (size_t i = 0; c->subs[i]; i++)
		if (!c->subs[i]->hidden)
			offer(out, cmd_last_name(c->subs[i]), word);
}

static void flags(struct strv *out, const struct cmd_entry *c, const char *word)
{
	char flag[64];

	for (size_t i = 0; c->flags && c->flags[i].name; i++) {
		snprintf(flag, sizeof(flag), "--%s", c->flags[i].name);
		offer(out, flag, word);
	}
	/* Every command has it, but only who looks for it wants to see it. */
	if (strncmp(word, "--h", 3) == 0)
		offer(out, "--help", word);
}

static void formats(struct strv *out, const char *word)
{
	for (size_t i = 0; format_name(i); i++)
		offer(out, format_name(i), word);
}

/* What is known of the line: the words before the one at the cursor. */
struct before {
	struct session *s;
	const struct cmd_entry *c;
	int argc;
	const char *const *argv;
};

/* A lesson that one of the words names, or NULL. */
static const struct catalogue_entry *named_lesson(const struct before *b)
{
	const struct catalogue_entry *found = NULL;

	for (int i = 1; b->s->is_open && i < b->argc; i++) {
		const struct catalogue_entry *c =
			catalogue_find(&b->s->lessons, b->argv[i], NULL);

		found = c ? c : found;
	}
	return found;
}

/* Those of the last check; of the kinds of finding only one that was begun. */
static void codes(struct strv *out, struct session *s, const char *word)
{
	struct strv keys = STRV_INIT;

	explain_keys(&keys, s);
	for (size_t i = 0; i < keys.n; i++)
		offer(out, keys.v[i], word);
	for (int k = 0; *word && k < FINDING_NKINDS; k++)
		offer(out, finding_name((enum finding_kind)k), word);
	strv_release(&keys);
}

static void arguments(struct strv *out, const struct before *b,
		      enum cmd_takes takes, const char *word)
{
	struct session *s = b->s;

	switch (takes) {
	case CMD_TAKES_NOTHING:
		break;
	case CMD_TAKES_LESSON:
		offer_lessons(out, s, word);
		break;
	case CMD_TAKES_COMMAND:
		commands(out, word);
		for (size_t i = 0; topics[i].name; i++)
			offer(out, topics[i].name, word);
		break;
	case CMD_TAKES_FILE:
		offer_files(out, word, false);
		break;
	case CMD_TAKES_DIR:
		offer_files(out, word, true);
		break;
	case CMD_TAKES_FORMAT:
		formats(out, word);
		break;
	case CMD_TAKES_CODE:
		codes(out, s, word);
		break;
	case CMD_TAKES_STEP:
		offer_steps(out, s, named_lesson(b), word);
		break;
	case CMD_TAKES_TEXT:
		offer_texts(out, s, word);
		offer_lessons(out, s, word);
		offer_tree(out, s, word);
		break;
	case CMD_TAKES_FUNCTION:
		offer_names(out, s, SOURCE_FUNCTIONS, word);
		offer_lessons(out, s, word);
		break;
	case CMD_TAKES_SOURCE:
		offer_sources(out, s, word);
		offer_lessons(out, s, word);
		break;
	case CMD_TAKES_ITEM:
		offer_names(out, s, SOURCE_ITEMS, word);
		break;
	case CMD_TAKES_MACRO:
		offer_names(out, s, SOURCE_MACROS, word);
		break;
	case CMD_TAKES_WORK:
		offer_work(out, s, word);
		offer_lessons(out, s, word);
		offer_tree(out, s, word);
		break;
	case CMD_TAKES_SERVER:
		offer(out, "rust", word);
		offer(out, "c", word);
		break;
	case CMD_TAKES_VERSION:
		offer_versions(out, s, word);
		offer_lessons(out, s, word);
		break;
	}
}

static void value_of(struct strv *out, const struct before *b,
		     const struct cmd_flag *f, const char *word)
{
	if (strchr(f->arg, '|'))
		offer_choices(out, f->arg, word);
	else
		arguments(out, b, cmd_flag_takes(f), word);
}

/* The flag "--NAME" of @len bytes that takes a value, or NULL. */
static const struct cmd_flag *find_flag(const struct cmd_entry *c,
					const char *word, size_t len)
{
	if (len < 3 || strncmp(word, "--", 2) != 0)
		return NULL;
	for (size_t i = 0; c->flags && c->flags[i].name; i++)
		if (c->flags[i].arg && strlen(c->flags[i].name) == len - 2 &&
		    strncmp(c->flags[i].name, word + 2, len - 2) == 0)
			return &c->flags[i];
	return NULL;
}

/* "--format=js" may become "--format=json". False: it is no such word. */
static bool joined(struct strv *out, const struct before *b, const char *word)
{
	size_t len = strcspn(word, "=");
	const struct cmd_flag *f =
		word[len] ? find_flag(b->c, word, len) : NULL;
	struct strv values = STRV_INIT;

	if (!f)
		return false;
	value_of(&values, b, f, word + len + 1);
	for (size_t i = 0; i < values.n; i++)
		strv_addf(out, "%.*s=%s", (int)len, word, values.v[i]);
	strv_release(&values);
	return true;
}

/* "test [LESSON]": what the first word must be, where that is fixed. */
static bool verb(struct strv *out, const struct cmd_entry *c, const char *word)
{
	size_t n = strspn(c->usage, "abcdefghijklmnopqrstuvwxyz|-");
	char verbs[128];

	if (n == 0)
		return false;
	snprintf(verbs, sizeof(verbs), "%.*s", (int)n, c->usage);
	offer_choices(out, verbs, word);
	return true;
}

static void after_command(struct strv *out, const struct before *b,
			  const char *word)
{
	const char *last = b->argv[b->argc - 1];
	const struct cmd_flag *f = find_flag(b->c, last, strlen(last));
	const char *const *words = b->argc == 1 ? b->c->words : NULL;
	bool no_flags = false;

	for (int i = 1; i < b->argc; i++)
		no_flags = no_flags || strcmp(b->argv[i], "--") == 0;
	if (no_flags)
		arguments(out, b, b->c->takes, word);
	else if (b->argc > 1 && f)
		value_of(out, b, f, word);
	else if (word[0] == '-' && !joined(out, b, word))
		flags(out, b->c, word);
	else if (word[0] != '-' && (b->argc > 1 || !verb(out, b->c, word)))
		arguments(out, b, b->c->takes, word);
	for (; words && *words; words++)
		offer(out, *words, word);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void complete_words(struct strv *out, struct session *s, int argc,
		    const char *const *argv, const char *word)
{
	struct before b = {
		.s = s,
		.c = argc > 0 ? cmd_find(argv[0]) : NULL,
		.argc = argc,
		.argv = argv,
	};
	const struct cmd_entry *sub =
		b.c && argc > 1 ? cmd_find_sub(b.c, argv[1]) : NULL;

	if (sub) {
		b.c = sub;
		b.argc--;
		b.argv++;
	}
	if (argc == 0)
		commands(out, word);
	else if (b.c && b.c->subs && argc == 1)
		subs(out, b.c, word);
	else if (b.c)
		after_command(out, &b, word);
	if (out->n > 1)
		qsort(out->v, out->n, sizeof(*out->v), by_name);
}

size_t complete_common(const struct strv *words)
{
	size_t n = words->n ? strlen(words->v[0]) : 0;

	for (size_t i = 1; i < words->n; i++) {
		size_t j = 0;

		while (j < n && words->v[i][j] == words->v[0][j])
			j++;
		n = j;
	}
	return n;
}

const char *complete_about(const struct session *s, int argc,
			   const char *const *argv, const char *word)
{
	const struct cmd_entry *c = cmd_find(argc > 0 ? argv[0] : word);

	if (argc == 0)
		return c ? c->summary : NULL;
	for (size_t i = 0;
	     c && strncmp(word, "--", 2) == 0 && c->flags && c->flags[i].name;
	     i++)
		if (strcmp(c->flags[i].name, word + 2) == 0)
			return c->flags[i].help;
	for (size_t i = 0; s->is_open && i < s->lessons.n; i++)
		if (strcmp(s->lessons.v[i].id, word) == 0 ||
		    strcmp(s->lessons.v[i].slug, word) == 0)
			return s->lessons.v[i].title;
	c = c && c->takes == CMD_TAKES_COMMAND ? cmd_find(word) : NULL;
	return c ? c->summary : NULL;
}
