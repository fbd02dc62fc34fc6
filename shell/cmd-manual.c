/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The man page, in mdoc(7): a template with the commands put in as `help`
 * knows them, so that the two cannot say different things. Only `make` asks
 * for it.
 */
#include "checker/buf.h"
#include "checker/err.h"
#include "cmd.h"
#include "session.h"
#include "wrap.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEMPLATE_MAX ((size_t)1 << 20)

enum { LINE = 78 }; /* columns of the template */

/* One sentence; no line of it may be taken for a request. */
static void add_sentence(struct buf *out, const char *s, size_t len)
{
	struct wrap w = {.width = LINE};
	struct buf lines = BUF_INIT;
	char *copy = strndup(s, len);

	if (copy)
		wrap_text(&lines, &w, copy);
	for (size_t i = 0; i < lines.len; i++) {
		char c = lines.data[i];

		if ((c == '.' || c == '\'') &&
		    (i == 0 || lines.data[i - 1] == '\n'))
			buf_adds(out, "\\&");
		if (c == '\\')
			buf_adds(out, "\\e");
		else
			buf_addc(out, c);
	}
	buf_release(&lines);
	free(copy);
}

/* "one. Two" are two sentences, "e.g. that" is none. */
static bool ends_sentence(const char *s)
{
	return strchr(".?!", *s) && s[1] == ' ' &&
	       (isupper((unsigned char)s[2]) || s[2] == '\'' || s[2] == '-');
}

/* Paragraphs; mdoc wants each sentence to begin a line. */
static void add_text(struct buf *out, const char *s)
{
	const char *from = s;

	for (; *s; s++) {
		bool para = strncmp(s, "\n\n", 2) == 0;

		if (!para && !ends_sentence(s))
			continue;
		add_sentence(out, from, (size_t)(s - from) + !para);
		if (para)
			buf_adds(out, ".Pp\n");
		s++;
		from = s + 1;
	}
	add_sentence(out, from, strlen(from));
}

/* "[LESSON] [SECTION | FILE]" as macros. */
static void add_usage(struct buf *out, const char *s)
{
	while (*s) {
		size_t n = strcspn(s, " []|");
		bool value = isupper((unsigned char)*s);

		switch (*s) {
		case ' ':
			n = 1;
			break;
		case '[':
			buf_adds(out, " Oo");
			n = 1;
			break;
		case ']':
			buf_adds(out, " Oc");
			n = 1;
			break;
		case '|':
			buf_adds(out, " |");
			n = 1;
			break;
		case '-':
			buf_addf(out, " Fl %.*s", (int)n - 1, s + 1);
			break;
		default:
			buf_addf(out, " %s %.*s", value ? "Ar" : "Cm", (int)n,
				 s);
		}
		s += n;
	}
}

static void add_flags(struct buf *out, const struct cmd_entry *c)
{
	if (!c->flags || !c->flags[0].name)
		return;
	buf_adds(out, ".Bl -tag -width Ds\n");
	for (size_t i = 0; c->flags[i].name; i++) {
		buf_addf(out, ".It Fl -%s", c->flags[i].name);
		if (c->flags[i].arg)
			buf_addf(out, " Ar %s", c->flags[i].arg);
		buf_addc(out, '\n');
		add_text(out, c->flags[i].help);
	}
	buf_adds(out, ".El\n");
}

static void add_summary(struct buf *out, const char *summary)
{
	struct buf b = BUF_INIT;

	buf_addf(&b, "%c%s.", toupper((unsigned char)*summary), summary + 1);
	add_text(out, buf_str(&b));
	buf_release(&b);
}

static void add_command(struct buf *out, const struct cmd_entry *c)
{
	buf_addf(out, ".It Ic %s", c->name);
	add_usage(out, c->usage);
	buf_addc(out, '\n');
	add_summary(out, c->summary);
	if (c->alias)
		buf_addf(out, "Its short name is\n.Ic \\&%s .\n", c->alias);
	if (c->about) {
		buf_adds(out, ".Pp\n");
		add_text(out, c->about);
	}
	add_flags(out, c);
}

static void add_commands(struct buf *out)
{
	buf_adds(out, ".Bl -tag -width Ds\n");
	for (size_t i = 0; cmd_table[i]; i++)
		if (!cmd_table[i]->hidden)
			add_command(out, cmd_table[i]);
	buf_adds(out, ".El\n");
}

/* A line that is @COMMANDS@ or @VERSION@ stands for what we know. */
static void fill_in(struct buf *out, const char *s)
{
	while (*s) {
		size_t n = strcspn(s, "\n");

		if (n == 10 && strncmp(s, "@COMMANDS@", n) == 0) {
			add_commands(out);
		} else if (n == 10 && strncmp(s, ".Os @KILN@", n) == 0) {
			buf_addf(out, ".Os Kiln %s\n", KILN_VERSION);
		} else {
			buf_add(out, s, n);
			buf_addc(out, '\n');
		}
		s += n;
		s += *s == '\n';
	}
}

static int exec_manual(struct session *s, const struct cmd_args *a)
{
	struct buf template = BUF_INIT, out = BUF_INIT;
	struct err e = ERR_INIT;
	int r = 0;

	if (a->npos == 0)
		r = err_set(&e, ERR_USAGE, 0, "no template was named");
	if (r == 0)
		r = buf_read_file(&template, a->pos[0], TEMPLATE_MAX, &e);
	if (r == 0) {
		fill_in(&out, buf_str(&template));
		fwrite(buf_str(&out), 1, out.len, stdout);
	}
	buf_release(&template);
	buf_release(&out);
	return r < 0 ? cmd_fail(&e) : 0;
}

const struct cmd_entry cmd_manual_entry = {
	.name = "manual",
	.usage = "FILE",
	.summary = "the man page of which FILE is the template",
	.max_args = 1,
	.takes = CMD_TAKES_FILE,
	.hidden = true,
	.exec = exec_manual,
};
