/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "code-lex.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct lex {
	struct code_tokens *out;
	const char *p;
	unsigned line;
	bool fresh; /* nothing but blanks so far in this line */
};

void code_tokens_release(struct code_tokens *t)
{
	free(t->v);
	*t = (struct code_tokens){.v = NULL};
}

bool code_is(const struct code_tokens *t, size_t i, const char *s)
{
	return i < t->n && strlen(s) == t->v[i].len &&
	       memcmp(t->text + t->v[i].at, s, t->v[i].len) == 0;
}

bool code_is_any(const struct code_tokens *t, size_t i,
		 const char *const *words)
{
	for (; *words; words++)
		if (code_is(t, i, *words))
			return true;
	return false;
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* Move to @end, counting lines. */
static void move_to(struct lex *x, const char *end)
{
	for (; x->p < end; x->p++)
		x->line += *x->p == '\n';
}

static int add(struct lex *x, enum code_kind kind, const char *end)
{
	struct code_tokens *t = x->out;
	struct code_token *v = reallocarray(t->v, t->n + 1, sizeof(*v));

	if (!v)
		return -1;
	t->v = v;
	v[t->n++] = (struct code_token){
		.kind = kind,
		.at = (size_t)(x->p - t->text),
		.len = (size_t)(end - x->p),
		.line = x->line,
	};
	move_to(x, end);
	return 0;
}

/* ---- what is passed over ---- */

static const char *line_end(const char *p)
{
	return p + strcspn(p, "\n");
}

/* Rust's comments nest. */
static const char *comment_end(const char *p, bool nests)
{
	int depth = 0;

	while (*p) {
		if (p[0] == '/' && p[1] == '*' && (nests || depth == 0)) {
			depth++;
			p += 2;
		} else if (p[0] == '*' && p[1] == '/') {
			p += 2;
			if (--depth == 0)
				return p;
		} else {
			p++;
		}
	}
	return p;
}

/* "#define …", with the lines that a backslash continues it on. */
static const char *directive_end(const char *p)
{
	do
		p = line_end(p + (*p == '\n'));
	while (*p && p[-1] == '\\');
	return p;
}

/* "#[…]" or "#![…]", by its brackets. */
static const char *attribute_end(const char *p)
{
	int depth = 0;

	for (p++; *p; p++) {
		depth += *p == '[';
		if (*p == ']' && --depth == 0)
			return p + 1;
	}
	return p;
}

static const char *dull_end(const struct lex *x)
{
	const char *p = x->p;
	bool rust = x->out->rust;

	if (p[0] == '/' && p[1] == '/')
		return line_end(p);
	if (p[0] == '/' && p[1] == '*')
		return comment_end(p, rust);
	if (p[0] == '#' && rust &&
	    (p[1] == '[' || (p[1] == '!' && p[2] == '[')))
		return attribute_end(p);
	if (p[0] == '#' && !rust && x->fresh)
		return directive_end(p);
	return NULL;
}

/* ---- tokens ---- */

static const char *quoted_end(const char *p)
{
	char quote = *p++;

	while (*p && *p != quote)
		p += p[0] == '\\' && p[1] ? 2 : 1;
	return p + (*p != '\0');
}

/* r"…", r#"…"#, and with b or c before: its end, or NULL. */
static const char *raw_end(const char *p)
{
	char close[20];
	size_t n;

	if (*p == 'b' || *p == 'c')
		p++;
	if (*p++ != 'r')
		return NULL;
	n = strspn(p, "#");
	if (p[n] != '"' || n > 16)
		return NULL;
	close[0] = '"';
	memset(close + 1, '#', n);
	close[n + 1] = '\0';
	p = strstr(p + n + 1, close);
	return p ? p + n + 1 : NULL;
}

/* 'a' and '\n' are characters in Rust; 'a is a lifetime. */
static const char *tick_end(const char *p, bool rust)
{
	const char *q = p + 1;

	if (!rust || *q == '\\')
		return quoted_end(p);
	do
		q++;
	while (((unsigned char)*q & 0xc0) == 0x80);
	if (*q == '\'')
		return q + 1;
	for (q = p + 1; is_word(*q); q++)
		;
	return q;
}

static const char *string_end(const char *p, bool rust)
{
	const char *raw = rust ? raw_end(p) : NULL;

	if (raw)
		return raw;
	if (*p == '"')
		return quoted_end(p);
	if (*p == '\'')
		return tick_end(p, rust);
	if ((*p == 'b' || *p == 'c' || *p == 'L') && p[1] == '"')
		return quoted_end(p + 1);
	return NULL;
}

/* 12, 0x1f, 1_000u32, 1.5; "1..2" is a range, "0.field" is two. */
static const char *number_end(const char *p)
{
	while (is_word(*p) ||
	       (*p == '.' && isdigit((unsigned char)p[1]) && p[-1] != '.'))
		p++;
	return p;
}

static const char *op_end(const char *p)
{
	static const char *const ops[] = {
		"<<=", ">>=", "...", "..=", "->", "=>", "::", "==", "!=",
		"<=",  ">=",  "&&",  "||",  "<<", ">>", "+=", "-=", "*=",
		"/=",  "%=",  "&=",  "|=",  "^=", "++", "--", ".."};

	for (size_t i = 0; i < sizeof(ops) / sizeof(*ops); i++)
		if (strncmp(p, ops[i], strlen(ops[i])) == 0)
			return p + strlen(ops[i]);
	return p + 1;
}

static int take(struct lex *x)
{
	const char *end = dull_end(x);
	const char *p = x->p;

	if (end) {
		move_to(x, end);
		return 0;
	}
	x->fresh = false;
	end = string_end(p, x->out->rust);
	if (end)
		return add(x, CODE_STRING, end);
	if (isdigit((unsigned char)*p))
		return add(x, CODE_NUMBER, number_end(p));
	if (is_word(*p)) {
		for (end = p; is_word(*end); end++)
			;
		return add(x, CODE_WORD, end);
	}
	if (strchr("([{", *p))
		return add(x, CODE_OPEN, p + 1);
	if (strchr(")]}", *p))
		return add(x, CODE_CLOSE, p + 1);
	return add(x, CODE_OP, op_end(p));
}

static bool fits(char open, char close)
{
	return (open == '(' && close == ')') || (open == '[' && close == ']') ||
	       (open == '{' && close == '}');
}

/* Each bracket learns its partner; false: one has none. */
static bool pair_brackets(struct code_tokens *t)
{
	size_t open = t->n; /* the innermost; .match links to the next */

	for (size_t i = 0; i < t->n; i++) {
		struct code_token *c = &t->v[i];

		if (c->kind == CODE_OPEN) {
			c->match = open;
			open = i;
		} else if (c->kind == CODE_CLOSE) {
			size_t outer;

			if (open == t->n ||
			    !fits(t->text[t->v[open].at], t->text[c->at]))
				return false;
			outer = t->v[open].match;
			t->v[open].match = i;
			c->match = open;
			open = outer;
		}
	}
	return open == t->n;
}

int code_lex(struct code_tokens *out, const char *text, bool rust)
{
	struct lex x = {.out = out, .p = text, .line = 1, .fresh = true};

	*out = (struct code_tokens){.text = text, .rust = rust};
	while (*x.p) {
		if (isspace((unsigned char)*x.p)) {
			x.fresh = x.fresh || *x.p == '\n';
			move_to(&x, x.p + 1);
		} else if (take(&x) < 0) {
			code_tokens_release(out);
			return -1;
		}
	}
	if (pair_brackets(out))
		return 0;
	code_tokens_release(out);
	return 1;
}
