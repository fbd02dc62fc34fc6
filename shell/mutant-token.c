/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Mutants of one token: an operator, a number, a name, a `?`. */
#include "mutant.h"
#include "code-lex.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- operators ---- */

struct change {
	const char *from, *to, *what;
	/* Only between blanks: `<` may open generics, `*` a pointer. */
	bool spaced;
};

static const struct change changes[] = {
	{"==", "!=", "a comparison turned round", false},
	{"!=", "==", "a comparison turned round", false},
	{"<", "<=", "off by one", true},
	{"<=", "<", "off by one", true},
	{">", ">=", "off by one", true},
	{">=", ">", "off by one", true},
	{"+", "-", "another operator", true},
	{"-", "+", "another operator", true},
	{"*", "/", "another operator", true},
	{"/", "*", "another operator", true},
	{"%", "/", "another operator", true},
	{"&", "|", "another operator", true},
	{"|", "&", "another operator", true},
	{"^", "|", "another operator", true},
	{"<<", ">>", "another operator", true},
	{">>", "<<", "another operator", true},
	{"&&", "||", "another operator", true},
	{"||", "&&", "another operator", true},
	{"+=", "-=", "another operator", true},
	{"-=", "+=", "another operator", true},
	{"|=", "&=", "another operator", true},
	{"&=", "|=", "another operator", true},
	{"++", "--", "another operator", false},
	{"--", "++", "another operator", false},
	{"true", "false", "true for false", false},
	{"false", "true", "false for true", false},
};

static bool is_spaced(const struct code_tokens *t, size_t i)
{
	const char *s = t->text;
	const struct code_token *c = &t->v[i];

	return c->at > 0 && strchr(" \t\n", s[c->at - 1]) &&
	       strchr(" \t\n", s[c->at + c->len]);
}

static void change_operator(struct mutants *m, const struct code_tokens *t,
			    size_t i)
{
	for (size_t k = 0; k < sizeof(changes) / sizeof(*changes); k++)
		if (code_is(t, i, changes[k].from) &&
		    (!changes[k].spaced || is_spaced(t, i)))
			mutant_add(m, t, i, i, changes[k].to, changes[k].what);
}

/* ---- numbers ---- */

static void change_number(struct mutants *m, const struct code_tokens *t,
			  size_t i)
{
	const struct code_token *c = &t->v[i];
	char text[64], put[64], *end;
	unsigned long n;

	if (c->len >= sizeof(text) - 1)
		return;
	memcpy(text, t->text + c->at, c->len);
	text[c->len] = '\0';
	if (strpbrk(text, "._"))
		return;
	errno = 0;
	n = strtoul(text, &end, 0);
	if (errno || n == (unsigned long)-1)
		return;
	/* What follows is a suffix: u32, UL. */
	snprintf(put, sizeof(put), text[1] == 'x' ? "0x%lx%s" : "%lu%s", n + 1,
		 end);
	mutant_add(m, t, i, i, put, "off by one");
}

/* ---- errors ---- */

static bool is_errno(const struct code_tokens *t, size_t i)
{
	for (int n = 1; n < 134; n++) {
		const char *name = strerrorname_np(n);

		if (name && code_is(t, i, name))
			return true;
	}
	return code_is(t, i, "ENOTSUPP") || code_is(t, i, "EPROBE_DEFER");
}

static void change_errno(struct mutants *m, const struct code_tokens *t,
			 size_t i)
{
	/* One that an import names is not given back. */
	if (!is_errno(t, i) || code_is(t, i + 1, "as"))
		return;
	mutant_add(m, t, i, i, code_is(t, i, "EIO") ? "EINVAL" : "EIO",
		   "another error");
}

/* The first token of the statement that @i stands in. */
static size_t statement_start(const struct code_tokens *t, size_t i)
{
	while (i > 0) {
		const struct code_token *c = &t->v[i - 1];

		if (c->kind == CODE_CLOSE && !code_is(t, i - 1, "}"))
			i = c->match;
		else if (code_is(t, i - 1, ";") || code_is(t, i - 1, "{") ||
			 code_is(t, i - 1, "}") || c->kind == CODE_OPEN)
			break;
		else
			i--;
	}
	return i;
}

/* `f()?;` becomes `let _ = f();`, and every `?` an unwrap(). */
static void change_question(struct mutants *m, const struct code_tokens *t,
			    size_t i)
{
	size_t start = statement_start(t, i);
	const struct code_token *s = &t->v[start];
	char put[512];

	mutant_add(m, t, i, i, ".unwrap()", "an error unwrapped");
	if (!code_is(t, i + 1, ";") || code_is(t, start, "let") ||
	    code_is(t, start, "return") || t->v[i].at - s->at > 400)
		return;
	for (size_t k = start; k < i; k++)
		if (code_is(t, k, "="))
			return;
	snprintf(put, sizeof(put), "let _ = %.*s", (int)(t->v[i].at - s->at),
		 t->text + s->at);
	mutant_add(m, t, start, i, put, "an error ignored");
}

/* ---- fields ---- */

/* The name behind a `.` or `->` that no call follows: not `x.f()`, `x.0`. */
static bool is_field(const struct code_tokens *t, size_t i)
{
	return i > 1 && t->v[i].kind == CODE_WORD &&
	       (code_is(t, i - 1, ".") ||
		(!t->rust && code_is(t, i - 1, "->"))) &&
	       (t->v[i - 2].kind == CODE_WORD ||
		t->v[i - 2].kind == CODE_CLOSE) &&
	       !code_is(t, i + 1, "(") && !code_is(t, i + 1, "::");
}

static bool same_word(const struct code_tokens *t, size_t a, size_t b)
{
	return t->v[a].len == t->v[b].len &&
	       memcmp(t->text + t->v[a].at, t->text + t->v[b].at,
		      t->v[a].len) == 0;
}

/* The next field, round the file, that has another name; or @i: none has. */
static size_t other_field(const struct code_tokens *t, size_t i)
{
	for (size_t n = 1; n < t->n; n++) {
		size_t k = (i + n) % t->n;

		if (is_field(t, k) && !same_word(t, i, k))
			return k;
	}
	return i;
}

static void change_field(struct mutants *m, const struct code_tokens *t,
			 size_t i)
{
	size_t k = is_field(t, i) ? other_field(t, i) : i;
	char put[64];

	if (k == i || t->v[k].len >= sizeof(put))
		return;
	snprintf(put, sizeof(put), "%.*s", (int)t->v[k].len,
		 t->text + t->v[k].at);
	mutant_add(m, t, i, i, put, "another field");
}

void mutant_tokens(struct mutants *m, const struct code_tokens *t)
{
	for (size_t i = 0; i < t->n; i++) {
		switch (t->v[i].kind) {
		case CODE_OP:
			if (t->rust && code_is(t, i, "?"))
				change_question(m, t, i);
			else
				change_operator(m, t, i);
			break;
		case CODE_NUMBER:
			/* Not the name of a field, `self.0`. */
			if (i == 0 || !code_is(t, i - 1, "."))
				change_number(m, t, i);
			break;
		case CODE_WORD:
			change_operator(m, t, i);
			change_errno(m, t, i);
			change_field(m, t, i);
			break;
		default:
			break;
		}
	}
}
