/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "abi-lex.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define TOKENS_MAX 400000
#define NESTED_MAX 256

struct lexer {
	const char *at, *end;
	unsigned line;
	struct abi_tokens *out;
	size_t room;
	size_t open[NESTED_MAX]; /* brackets that wait for their partner */
	size_t nopen;
	bool failed; /* out of memory */
};

static bool starts_name(char c)
{
	return isalpha((unsigned char)c) || c == '_' || (c & 0x80);
}

static bool in_name(char c)
{
	return starts_name(c) || isdigit((unsigned char)c);
}

static char peek(const struct lexer *l, size_t n)
{
	return (size_t)(l->end - l->at) > n ? l->at[n] : '\0';
}

static void skip(struct lexer *l, size_t n)
{
	for (; n > 0 && l->at < l->end; n--)
		l->line += *l->at++ == '\n';
}

/* Past one comment; they nest. False: there is none here, or no end. */
static bool skip_comment(struct lexer *l)
{
	unsigned depth = 0;

	if (peek(l, 0) != '/' || (peek(l, 1) != '/' && peek(l, 1) != '*'))
		return false;
	if (peek(l, 1) == '/') {
		while (l->at < l->end && *l->at != '\n')
			l->at++;
		return true;
	}
	do {
		if (peek(l, 0) == '/' && peek(l, 1) == '*') {
			depth++;
			skip(l, 2);
		} else if (peek(l, 0) == '*' && peek(l, 1) == '/') {
			depth--;
			skip(l, 2);
		} else {
			skip(l, 1);
		}
	} while (depth && l->at < l->end);
	return true;
}

/* The length of a string with @hashes after @before bytes; 0: no end. */
static size_t raw_length(const struct lexer *l, size_t before, size_t hashes)
{
	for (size_t i = before + hashes + 1; l->at + i < l->end; i++) {
		size_t n = 0;

		if (l->at[i] != '"')
			continue;
		while (n < hashes && peek(l, i + 1 + n) == '#')
			n++;
		if (n == hashes)
			return i + 1 + hashes;
	}
	return 0;
}

static size_t quoted_length(const struct lexer *l, size_t before, char quote)
{
	for (size_t i = before + 1; l->at + i < l->end; i++) {
		if (l->at[i] == '\\')
			i++;
		else if (l->at[i] == quote)
			return i + 1;
	}
	return 0;
}

/* "", b"", c"", r"", br#""#, cr""; *@n is 0 when it does not end. */
static bool is_string(const struct lexer *l, size_t *n)
{
	size_t i = 0, hashes = 0;
	bool raw;

	if (peek(l, i) == 'b' || peek(l, i) == 'c')
		i++;
	raw = peek(l, i) == 'r';
	i += raw;
	while (raw && peek(l, i + hashes) == '#')
		hashes++;
	if (peek(l, i + hashes) != '"')
		return false;
	*n = raw ? raw_length(l, i, hashes) : quoted_length(l, i, '"');
	return true;
}

/* 'a' and '\n' are characters, 'a and '_ are lifetimes. */
static enum abi_token_kind quote_kind(const struct lexer *l, size_t *n)
{
	size_t i = 1;

	if (starts_name(peek(l, 1))) {
		while (in_name(peek(l, i)))
			i++;
		/* A name of one letter between quotes is a character. */
		if (peek(l, i) != '\'') {
			*n = i;
			return ABI_LIFETIME;
		}
	}
	*n = quoted_length(l, 0, '\'');
	return ABI_LITERAL;
}

static struct abi_token *add(struct lexer *l, enum abi_token_kind kind,
			     size_t len)
{
	struct abi_tokens *t = l->out;

	if (t->n == l->room) {
		size_t room = l->room ? 2 * l->room : 1024;
		struct abi_token *v = realloc(t->v, room * sizeof(*v));

		if (!v) {
			l->failed = true;
			return NULL;
		}
		t->v = v;
		l->room = room;
	}
	t->v[t->n] = (struct abi_token){kind, l->at, len, l->line, 0};
	skip(l, len);
	return &t->v[t->n++];
}

static bool fits(char open, char close)
{
	return (open == '(' && close == ')') || (open == '[' && close == ']') ||
	       (open == '{' && close == '}');
}

static bool add_bracket(struct lexer *l, bool open)
{
	struct abi_token *t = add(l, open ? ABI_OPEN : ABI_CLOSE, 1);
	size_t at, from;

	if (!t)
		return false;
	at = l->out->n - 1;
	if (open && l->nopen < NESTED_MAX) {
		l->open[l->nopen++] = at;
		return true;
	}
	if (open || l->nopen == 0)
		return false;
	from = l->open[--l->nopen];
	l->out->v[from].match = at;
	l->out->v[at].match = from;
	return fits(*l->out->v[from].s, *t->s);
}

static size_t name_length(const struct lexer *l)
{
	size_t n = peek(l, 0) == 'r' && peek(l, 1) == '#' ? 2 : 0;

	while (in_name(peek(l, n)))
		n++;
	return n;
}

static bool lex_one(struct lexer *l)
{
	char c = peek(l, 0);
	enum abi_token_kind kind;
	size_t n = 0;

	if (is_string(l, &n))
		return n && add(l, ABI_STRING, n);
	if (c == 'b' && peek(l, 1) == '\'') {
		n = quoted_length(l, 1, '\'');
		return n && add(l, ABI_LITERAL, n);
	}
	if (starts_name(c))
		return add(l, ABI_IDENT, name_length(l));
	if (c == '\'') {
		kind = quote_kind(l, &n);
		return n && add(l, kind, n);
	}
	if (isdigit((unsigned char)c)) {
		while (in_name(peek(l, n)))
			n++;
		return add(l, ABI_LITERAL, n);
	}
	if (strchr("([{", c) || strchr(")]}", c))
		return add_bracket(l, strchr("([{", c) != NULL);
	return add(l, ABI_PUNCT, 1);
}

int abi_lex(struct abi_tokens *out, const char *text, size_t len)
{
	struct lexer l = {.at = text, .end = text + len, .line = 1, .out = out};

	*out = (struct abi_tokens){.n = 0};
	/* A NUL is no Rust, and would be taken for the end. */
	if (memchr(text, '\0', len))
		return 1;
	for (;;) {
		while (l.at < l.end && isspace((unsigned char)*l.at))
			skip(&l, 1);
		if (skip_comment(&l))
			continue;
		if (l.at >= l.end)
			break;
		if (out->n >= TOKENS_MAX || !lex_one(&l)) {
			abi_tokens_release(out);
			return l.failed ? -1 : 1;
		}
	}
	if (l.nopen == 0)
		return 0;
	abi_tokens_release(out);
	return 1;
}

void abi_tokens_release(struct abi_tokens *t)
{
	free(t->v);
	*t = (struct abi_tokens){.n = 0};
}

bool abi_is(const struct abi_token *t, const char *s)
{
	return strlen(s) == t->len && memcmp(t->s, s, t->len) == 0;
}

bool abi_is_name(const struct abi_token *t, const char *s)
{
	size_t raw = t->len > 2 && memcmp(t->s, "r#", 2) == 0 ? 2 : 0;

	return strlen(s) == t->len - raw &&
	       memcmp(t->s + raw, s, t->len - raw) == 0;
}
