/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the preprocessor leaves is one long line. Here it is broken behind
 * braces and semicolons, and where it is too long still, between words.
 */
#include "expand-int.h"

#include <ctype.h>
#include <string.h>

enum {
	STEP = 8, /* columns of a brace */
	DEEPEST = 64, /* brackets within each other */
	LEAST = 24, /* columns of a line, however far it is indented */
};

struct layout {
	struct buf *out;
	struct buf line; /* what is to be the next one */
	unsigned indent, width, depth;
	char open[DEEPEST];
	unsigned nopen;
};

/* The length of the string or character that starts here. */
static size_t quoted(const char *s)
{
	size_t n = 1;

	while (s[n] && s[n] != *s)
		n += s[n] == '\\' && s[n + 1] ? 2 : 1;
	return s[n] ? n + 1 : n;
}

static void start_line(struct layout *l, unsigned columns)
{
	for (; columns >= STEP; columns -= STEP)
		buf_addc(l->out, '\t');
	buf_addf(l->out, "%*s", (int)columns, "");
}

/*
 * The last blank within @room that is in no string; else the first one behind
 * it; 0: there is none.
 */
static size_t break_at(const char *s, size_t room)
{
	size_t at = 0;

	for (size_t i = 0; s[i];) {
		if (s[i] == ' ' && (i <= room || !at))
			at = i;
		if (i > room && at)
			break;
		i += s[i] == '"' || s[i] == '\'' ? quoted(s + i) : 1;
	}
	return at;
}

static void end_line(struct layout *l)
{
	unsigned columns = l->indent + l->depth * STEP;
	const char *s = buf_str(&l->line);

	s += strspn(s, " ");
	/* What macros that end in one leave of a second one. */
	if (strcmp(s, ";") == 0)
		s++;
	while (*s) {
		size_t room =
			l->width > columns + LEAST ? l->width - columns : LEAST;
		size_t n = strlen(s);
		size_t at = n > room ? break_at(s, room) : 0;

		start_line(l, columns);
		buf_add(l->out, s, at ? at : n);
		while (l->out->len && l->out->data[l->out->len - 1] == ' ')
			l->out->data[--l->out->len] = '\0';
		buf_addc(l->out, '\n');
		s += at ? at : n;
		s += strspn(s, " ");
		if (columns == l->indent + l->depth * STEP)
			columns += STEP / 2;
	}
	buf_clear(&l->line);
}

static void push(struct layout *l, char c)
{
	if (l->nopen < DEEPEST)
		l->open[l->nopen] = c;
	l->nopen++;
}

static void pop(struct layout *l)
{
	if (l->nopen)
		l->nopen--;
}

/* The semicolons of for (;;) end no line. */
static bool in_parentheses(const struct layout *l)
{
	return l->nopen && l->nopen <= DEEPEST && l->open[l->nopen - 1] != '{';
}

static void put(struct layout *l, char c)
{
	bool blank = c == ' ' || c == '\t' || c == '\n';

	if (!blank)
		buf_addc(&l->line, c);
	else if (l->line.len && l->line.data[l->line.len - 1] != ' ')
		buf_addc(&l->line, ' ');
}

/* "} else", "} while" and "};" go on; anything else is a line of its own. */
static bool goes_on(const char *s)
{
	s += strspn(s, " ");
	return strncmp(s, "else", 4) == 0 || strncmp(s, "while", 5) == 0 ||
	       !(*s == '_' || *s == '*' || isalpha((unsigned char)*s));
}

static void take(struct layout *l, const char *at)
{
	char c = *at;

	switch (c) {
	case '(':
	case '[':
		push(l, c);
		break;
	case ')':
	case ']':
		pop(l);
		break;
	case '{':
		put(l, c);
		end_line(l);
		push(l, c);
		l->depth++;
		return;
	case '}':
		end_line(l);
		pop(l);
		l->depth -= l->depth > 0;
		put(l, c);
		if (!goes_on(at + 1))
			end_line(l);
		return;
	}
	put(l, c);
	if (c == ';' && !in_parentheses(l))
		end_line(l);
}

static unsigned columns_of(const char *code)
{
	unsigned n = 0;

	for (; *code; code++)
		n += *code != ' ' || code[1] != ' ';
	return n;
}

void expand_layout(struct buf *out, const char *code, unsigned indent,
		   unsigned width)
{
	struct layout l = {.out = out, .indent = indent, .width = width};
	/* A line that fits stays one, but for its blanks. */
	bool fits = indent + columns_of(code) <= width;

	while (*code) {
		size_t n = *code == '"' || *code == '\'' ? quoted(code) : 0;

		if (n)
			buf_add(&l.line, code, n);
		else if (fits)
			put(&l, *code);
		else
			take(&l, code);
		code += n ? n : 1;
	}
	end_line(&l);
	buf_release(&l.line);
}
