/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "needle.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define SPECIAL ".[]()*+?{}^$|\\"
#define REPEATS "*+?"
/*
 * regcomp() copies what '+' repeats, so that each level within another
 * doubles it.
 */
#define NESTED_MAX 3
#define GROUPS_MAX 32
/* CPU time of all matches; and after which what they have cached is freed. */
#define SPEND_US  1000000
#define FORGET_US 20000

/* ---- is it one? ---- */

struct scan {
	const char *p;
	char *why;
	size_t size;
	unsigned depth;
	unsigned inner[GROUPS_MAX]; /* repetitions within repetitions, by group */
};

static bool refuse(struct scan *s, const char *what)
{
	snprintf(s->why, s->size, "%s", what);
	return false;
}

/* From behind the '[' to behind the ']'; the end of the text if there is none. */
static const char *skip_bracket(const char *p)
{
	p += *p == '^';
	p += *p == ']';
	while (*p && *p != ']') {
		if (*p == '[' && p[1] && strchr(":.=", p[1])) {
			const char end[] = {p[1], ']', '\0'};
			const char *close = strstr(p + 2, end);

			p = close ? close + 2 : p + strlen(p);
		} else {
			p++;
		}
	}
	return p + (*p == ']');
}

static bool escape_ok(struct scan *s)
{
	if (s->p[0] >= '1' && s->p[0] <= '9')
		return refuse(s, "back-references, such as \\1, are not "
				 "allowed");
	if (!s->p[0] || !strchr(SPECIAL "/", s->p[0]))
		return refuse(s, "a \\ may stand only before one of " SPECIAL
				 "; for a class write [0-9], [[:space:]] and "
				 "so on");
	s->p++;
	return true;
}

/* What follows an atom with @nested repetitions in it. */
static bool repeat_ok(struct scan *s, unsigned nested)
{
	if (*s->p && strchr(REPEATS, *s->p)) {
		s->p++;
		nested++;
		if (*s->p && strchr(REPEATS, *s->p))
			return refuse(s, "only one of * + ? is allowed behind "
					 "a thing");
	}
	if (*s->p == '{')
		return refuse(s, "counts, {n}, are not allowed; write it out, "
				 "[0-9][0-9], or \\{ for the sign itself");
	if (nested > NESTED_MAX)
		return refuse(s, "repetitions of repetitions are allowed three "
				 "deep");
	if (nested > s->inner[s->depth])
		s->inner[s->depth] = nested;
	return true;
}

static bool atom_ok(struct scan *s)
{
	char c = *s->p++;

	switch (c) {
	case '(':
		if (++s->depth == GROUPS_MAX)
			return refuse(s, "there are too many ( in it");
		s->inner[s->depth] = 0;
		return true;
	case ')':
		if (s->depth == 0)
			return refuse(s, "a ) without its (");
		s->depth--;
		return repeat_ok(s, s->inner[s->depth + 1]);
	case '[':
		s->p = skip_bracket(s->p);
		return repeat_ok(s, 0);
	case '\\':
		return escape_ok(s) && repeat_ok(s, 0);
	case '*':
	case '+':
	case '?':
	case '{':
		return refuse(s, "there is nothing before a * + ? or { that it "
				 "could repeat");
	case '|':
	case '^':
		return true;
	}
	return repeat_ok(s, 0);
}

static int compile(regex_t *re, const char *pattern)
{
	locale_t c = newlocale(LC_ALL_MASK, "C", (locale_t)0), old;
	int r;

	if (!c)
		return REG_ESPACE;
	old = uselocale(c);
	r = regcomp(re, pattern, REG_EXTENDED | REG_NOSUB);
	uselocale(old);
	freelocale(c);
	return r;
}

bool needle_pattern_ok(const char *pattern, char *why, size_t size)
{
	struct scan s = {.p = pattern, .why = why, .size = size};
	regex_t re;
	bool empty;
	int r;

	if (strlen(pattern) > NEEDLE_PATTERN) {
		snprintf(why, size, "it has %zu bytes, at most %d are allowed",
			 strlen(pattern), NEEDLE_PATTERN);
		return false;
	}
	while (*s.p)
		if (!atom_ok(&s))
			return false;
	r = compile(&re, pattern);
	if (r != 0) {
		regerror(r, &re, why, size);
		return false;
	}
	empty = regexec(&re, "", 0, NULL, 0) == 0;
	regfree(&re);
	return !empty || refuse(&s, "it fits an empty line, and so says "
				    "nothing");
}

/* ---- to look for it ---- */

int needle_init(struct needle *n, const char *text, bool is_pattern)
{
	char why[100];

	*n = (struct needle){
		.text = text, .len = strlen(text), .is_pattern = is_pattern};
	if (!is_pattern)
		return 0;
	if (!needle_pattern_ok(text, why, sizeof(why)) ||
	    compile(&n->re, text) != 0)
		return -1;
	n->compiled = true;
	return 0;
}

void needle_release(struct needle *n)
{
	if (n->compiled)
		regfree(&n->re);
	*n = (struct needle){.text = NULL};
}

bool needle_is_spent(const struct needle *n)
{
	return n->spent_us > SPEND_US;
}

static uint64_t cpu_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

/* The C library keeps each state of a match until the pattern is freed. */
static void forget(struct needle *n)
{
	regfree(&n->re);
	n->compiled = compile(&n->re, n->text) == 0;
	n->since_us = 0;
}

static bool matches(struct needle *n, const char *line, size_t len)
{
	size_t most = len < NEEDLE_LINE ? len : NEEDLE_LINE;
	regmatch_t m = {.rm_so = 0, .rm_eo = (regoff_t)most};
	uint64_t began = cpu_us(), us;
	bool found;

	if (!n->compiled || needle_is_spent(n))
		return false;
	found = regexec(&n->re, line, 1, &m,
			REG_STARTEND | (most < len ? REG_NOTEOL : 0)) == 0;
	us = cpu_us() - began;
	n->spent_us += us;
	n->since_us += us;
	if (n->since_us > FORGET_US)
		forget(n);
	return found;
}

bool needle_in(struct needle *n, const char *line, size_t len)
{
	return n->is_pattern ? matches(n, line, len)
			     : memmem(line, len, n->text, n->len) != NULL;
}

/* ---- what stands for itself ---- */

void needle_plain(struct buf *out, const char *text, bool is_pattern)
{
	const char *best = text;
	size_t most = 0;

	if (!is_pattern) {
		buf_adds(out, text);
		return;
	}
	while (*text) {
		size_t n = strcspn(text, SPECIAL);

		/* The last one may be there any number of times. */
		if (n && text[n] && strchr(REPEATS, text[n]))
			n--;
		if (n > most) {
			best = text;
			most = n;
		}
		text += n;
		text += strcspn(text, SPECIAL);
		if (*text == '[')
			text = skip_bracket(text + 1);
		else if (*text == '\\' && text[1])
			text += 2;
		else
			text += *text != '\0';
	}
	buf_add(out, best, most);
}
