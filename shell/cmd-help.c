/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cmd-help.h"
#include "checker/buf.h"
#include "checker/err.h"
#include "cmd.h"
#include "page.h"
#include "session.h"
#include "suggest.h"
#include "topic.h"
#include "wrap.h"

#include <stdio.h>
#include <string.h>

enum {
	SUMMARY = 13, /* column where what a command does is said */
	FLAG = 22,
	GROUP = 22, /* and where the names of a group stand, if only those */
	AROUND = 5, /* lines around the groups: what was typed, the end */
	AROUND_ALONE = 10, /* and of `kiln help`, with its usage */
};

static void add_para(struct buf *b, const struct term *t, unsigned indent,
		     const char *text)
{
	struct wrap w = {.width = term_prose(t)};

	wrap_indent(&w, indent);
	wrap_text(b, &w, text);
}

static void add_flags(struct buf *b, const struct term *t,
		      const struct cmd_flag *f)
{
	char name[64];

	if (f && f->name)
		buf_addc(b, '\n');
	for (; f && f->name; f++) {
		snprintf(name, sizeof(name), "--%s%s%s", f->name,
			 f->arg ? " " : "", f->arg ? f->arg : "");
		term_item_add(b, t, name, FLAG, f->help);
	}
}

static void add_subs(struct buf *b, const struct term *t,
		     const struct cmd_entry *const *subs)
{
	if (subs)
		buf_addc(b, '\n');
	for (; subs && *subs; subs++)
		if (!(*subs)->hidden)
			term_item_add(b, t, (*subs)->name, FLAG,
				      (*subs)->summary);
}

static int show(struct session *s, struct buf *b)
{
	page_show(&s->term, buf_str(b), b->len);
	buf_release(b);
	return 0;
}

int cmd_help_show(struct session *s, const struct cmd_entry *c)
{
	const struct term *t = &s->term;
	struct buf b = BUF_INIT;

	buf_addf(&b, "%s%s%s%s%s\n\n", term_on(t, TERM_BOLD), c->name,
		 *c->usage ? " " : "", c->usage, term_off(t));
	add_para(&b, t, 2, c->summary);
	if (c->about) {
		buf_addc(&b, '\n');
		add_para(&b, t, 2, c->about);
	}
	add_subs(&b, t, c->subs);
	add_flags(&b, t, c->flags);
	if (c->alias)
		buf_addf(&b, "\n  Short: %s\n", c->alias);
	return show(s, &b);
}

/* ---- the groups ---- */

static void add_command(struct buf *b, const struct term *t,
			const struct cmd_entry *c)
{
	char label[64];

	snprintf(label, sizeof(label), "%s%s%s", term_on(t, TERM_BOLD), c->name,
		 term_off(t));
	term_item_add(b, t, label, SUMMARY, c->summary);
}

/* What no group names, so that no command is forgotten. */
static void add_more(struct buf *b, const struct term *t, const char *head)
{
	bool first = true;

	for (size_t i = 0; cmd_table[i]; i++) {
		if (cmd_table[i]->hidden || topic_has(cmd_table[i]->name))
			continue;
		if (first)
			buf_adds(b, head);
		first = false;
		add_command(b, t, cmd_table[i]);
	}
}

static void add_whole(struct buf *b, const struct term *t,
		      const struct topic *g)
{
	size_t had = b->len;

	for (size_t i = 0; g->commands[i]; i++) {
		const struct cmd_entry *c = cmd_find(g->commands[i]);

		if (!c || c->hidden)
			continue;
		if (b->len == had)
			buf_addf(b, "%s\n", g->title);
		add_command(b, t, c);
	}
}

/* "  Your work     check, hint, log" */
static void add_names(struct buf *b, const struct term *t,
		      const struct topic *g)
{
	struct buf names = BUF_INIT;

	for (size_t i = 0; g->commands[i]; i++) {
		const struct cmd_entry *c = cmd_find(g->commands[i]);

		if (c && !c->hidden)
			buf_addf(&names, "%s%s", names.len ? ", " : "",
				 c->name);
	}
	if (names.len)
		term_item_add(b, t, g->title, GROUP, buf_str(&names));
	buf_release(&names);
}

/*
 * The first @whole of the groups with what each command does, @apart by an
 * empty line: the others, in a block of their own, as well.
 */
static void add_groups(struct buf *b, const struct term *t, size_t whole,
		       bool apart)
{
	size_t i = 0;

	for (; topics[i].commands; i++) {
		if (apart && i && i <= whole)
			buf_addc(b, '\n');
		if (i < whole)
			add_whole(b, t, &topics[i]);
		else
			add_names(b, t, &topics[i]);
	}
	add_more(b, t, whole < i ? "" : apart ? "\nMore\n" : "More\n");
}

static size_t lines_of(const struct buf *b)
{
	size_t n = 0;

	for (size_t i = 0; i < b->len; i++)
		n += buf_str(b)[i] == '\n';
	return n;
}

/* As much as the screen holds; where there is none, everything. */
static void show_groups(struct session *s)
{
	const struct term *t = &s->term;
	unsigned around = s->interactive ? AROUND : AROUND_ALONE;
	struct buf b = BUF_INIT;
	bool apart = true;
	size_t whole = 0;

	while (topics[whole].commands)
		whole++;
	for (;; apart = !apart) {
		buf_clear(&b);
		add_groups(&b, t, whole, apart);
		if (!t->tty || !t->height ||
		    lines_of(&b) + around <= t->height ||
		    (whole == 0 && !apart))
			break;
		whole -= !apart;
	}
	term_write(t, buf_str(&b), b.len);
	buf_release(&b);
}

int cmd_help_all(struct session *s)
{
	const struct term *t = &s->term;

	if (!s->interactive)
		term_para(t, 0,
			  "usage: kiln [--plain] [COMMAND [ARGUMENTS]], or "
			  "kiln --version\n"
			  "Without a command, Kiln opens its shell, which "
			  "knows the same commands.");
	if (!s->interactive)
		term_say(t, "\n");
	show_groups(s);
	term_say(t, "\n");
	term_para(t, 0,
		  "'help COMMAND' tells more about one; so do 'help "
		  "lessons', 'work', 'machine', 'kiln', 'logs'; 'help "
		  "keys'; 'help environment'.");
	if (!s->interactive)
		term_para(t, 0,
			  "\nExit codes: 0 passed, 1 not passed, 2 wrong "
			  "usage, 3 the lesson is at fault, 4 the "
			  "machine is, 130 interrupted.");
	return 0;
}

static int show_topic(struct session *s, const struct topic *g)
{
	const struct term *t = &s->term;
	struct buf b = BUF_INIT;

	if (g->commands) {
		add_whole(&b, t, g);
		return show(s, &b);
	}
	buf_addf(&b, "%s%s%s\n\n", term_on(t, TERM_BOLD), g->title,
		 term_off(t));
	for (const struct topic_line *l = g->lines; l->label; l++)
		term_item_add(&b, t, l->label, FLAG, l->text);
	if (g->after) {
		buf_addc(&b, '\n');
		add_para(&b, t, 0, g->after);
	}
	return show(s, &b);
}

/* A command, or a topic. */
static const char *guess(const char *name)
{
	const char *names[64];
	const char *meant = cmd_guess(name);
	size_t n = 0;

	for (; topics[n].name && n < 63; n++)
		names[n] = topics[n].name;
	names[n] = NULL;
	return meant ? meant : suggest(name, names);
}

static int exec_help(struct session *s, const struct cmd_args *a)
{
	const struct topic *g;
	const struct cmd_entry *c;
	const char *meant;
	struct err e;

	if (a->npos == 0)
		return cmd_help_all(s);
	c = cmd_find(a->pos[0]);
	if (c && a->npos > 1 && cmd_find_sub(c, a->pos[1]))
		c = cmd_find_sub(c, a->pos[1]);
	if (c)
		return cmd_help_show(s, c);
	g = topic_find(a->pos[0]);
	if (g)
		return show_topic(s, g);
	err_set(&e, ERR_USAGE, 0, "there is no command and no topic '%.60s'",
		a->pos[0]);
	meant = guess(a->pos[0]);
	if (meant)
		err_next(&e, "did you mean '%s'?", meant);
	else
		err_next(&e, "'help' lists them");
	return cmd_fail(&e);
}

const struct cmd_entry cmd_help_entry = {
	.name = "help",
	.alias = "?",
	.usage = "[COMMAND | TOPIC]",
	.summary = "list the commands, or explain one",
	.max_args = 2,
	.takes = CMD_TAKES_COMMAND,
	.exec = exec_help,
};
