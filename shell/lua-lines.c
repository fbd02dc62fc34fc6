/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lua knows the line of a call but not that of a table's field; so the line
 * of a field is looked up in the source. It is for messages only: a script
 * that builds its tables in another way gets the line of `lesson {` instead.
 */
#include "lua-lesson.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

struct scan {
	const char *p, *end;
	int line;
};

/* At "[[" or "[==[": the number of = signs; else -1. */
static int long_bracket(const struct scan *s)
{
	const char *p = s->p;
	int n = 0;

	if (p >= s->end || *p++ != '[')
		return -1;
	for (; p < s->end && *p == '='; p++)
		n++;
	return p < s->end && *p == '[' ? n : -1;
}

static void skip_long(struct scan *s, int level)
{
	s->p += level + 2;
	for (; s->p < s->end; s->p++) {
		const char *q = s->p + 1;
		int n = 0;

		if (*s->p == '\n')
			s->line++;
		if (*s->p != ']')
			continue;
		for (; q < s->end && *q == '='; q++)
			n++;
		if (n == level && q < s->end && *q == ']') {
			s->p = q + 1;
			return;
		}
	}
}

static void skip_quoted(struct scan *s)
{
	char quote = *s->p++;

	while (s->p < s->end && *s->p != quote && *s->p != '\n')
		s->p += *s->p == '\\' && s->p + 1 < s->end && s->p[1] != '\n'
				? 2
				: 1;
	if (s->p < s->end && *s->p == quote)
		s->p++;
}

static void skip_comment(struct scan *s)
{
	int level;

	s->p += 2;
	level = long_bracket(s);
	if (level >= 0) {
		skip_long(s, level);
		return;
	}
	while (s->p < s->end && *s->p != '\n')
		s->p++;
}

/* Past a blank, a comment or a long string; false when there is none. */
static bool skip_dull(struct scan *s)
{
	int level;

	if (isspace((unsigned char)*s->p)) {
		s->line += *s->p++ == '\n';
		return true;
	}
	if (*s->p == '-' && s->p + 1 < s->end && s->p[1] == '-') {
		skip_comment(s);
		return true;
	}
	level = long_bracket(s);
	if (level >= 0)
		skip_long(s, level);
	return level >= 0;
}

/* A name, or what stands between quotes; NULL and one byte on otherwise. */
static const char *next_word(struct scan *s, size_t *len)
{
	const char *start = s->p;

	if (*start == '"' || *start == '\'') {
		skip_quoted(s);
		*len = (size_t)(s->p - start) - 1;
		*len -= *len > 0 && s->p[-1] == *start;
		return start + 1;
	}
	while (s->p < s->end && (isalnum((unsigned char)*s->p) || *s->p == '_'))
		s->p++;
	*len = (size_t)(s->p - start);
	if (*len > 0)
		return start;
	s->p++;
	return NULL;
}

/* What follows is "=", or "] =" after a quoted key, and not "==". */
static bool is_set(const struct scan *s)
{
	struct scan t = *s;

	while (t.p < t.end && (isspace((unsigned char)*t.p) || *t.p == ']'))
		t.p++;
	return t.p < t.end && *t.p == '=' &&
	       !(t.p + 1 < t.end && t.p[1] == '=');
}

static bool word_is(const char *word, size_t len, const char *name)
{
	return strlen(name) == len && memcmp(word, name, len) == 0;
}

int lua_item_line(const char *text, size_t len, int from, const char *field)
{
	struct scan s = {.p = text, .end = text + len, .line = 1};
	int depth = 0;

	while (s.p < s.end && (depth > 0 || s.line <= from + 1)) {
		const char *word, *at = s.p;
		int line = s.line;
		size_t n;

		if (skip_dull(&s))
			continue;
		word = next_word(&s, &n);
		if (line < from)
			continue;
		if (!word) {
			depth += (*at == '{') - (*at == '}');
			if (depth <= 0 && *at == '}')
				return 0;
			continue;
		}
		if (depth == 1 && is_set(&s) && word_is(word, n, field))
			return line;
	}
	return 0;
}

int lua_field_line(const char *text, size_t len, const char *parent,
		   const char *field)
{
	struct scan s = {.p = text, .end = text + len, .line = 1};
	int depth = 0, inside = -1;
	bool begun = false;

	while (s.p < s.end) {
		const char *word, *at = s.p;
		int line = s.line;
		size_t n;

		if (skip_dull(&s))
			continue;
		word = next_word(&s, &n);
		if (!word) {
			depth += (*at == '{') - (*at == '}');
			continue;
		}
		/* Helpers before `lesson {` may have tables of their own. */
		if (depth == 0 && word_is(word, n, "lesson"))
			begun = true;
		if (!begun || !is_set(&s))
			continue;
		if (parent && depth == 1)
			inside = word_is(word, n, parent) ? 2 : -1;
		else if (depth == (parent ? inside : 1) &&
			 word_is(word, n, field))
			return line;
	}
	return 0;
}
