/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Mutants of more than one token: what is left out, swapped or negated. */
#include "mutant.h"
#include "checker/buf.h"
#include "code-lex.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Text from token @from to the end of token @to. */
static char *between(const struct code_tokens *t, size_t from, size_t to)
{
	return strndup(t->text + t->v[from].at,
		       t->v[to].at + t->v[to].len - t->v[from].at);
}

static bool starts_statement(const struct code_tokens *t, size_t i)
{
	return i > 0 &&
	       (code_is(t, i - 1, ";") || code_is(t, i - 1, "{") ||
		code_is(t, i - 1, "}") || (!t->rust && code_is(t, i - 1, ":")));
}

/* The ';' that ends the statement at @i, or .n. */
static size_t statement_end(const struct code_tokens *t, size_t i)
{
	for (; i < t->n; i++) {
		if (t->v[i].kind == CODE_OPEN)
			i = t->v[i].match;
		else if (t->v[i].kind == CODE_CLOSE)
			return t->n;
		else if (code_is(t, i, ";"))
			return i;
	}
	return t->n;
}

/* ---- statements left out ---- */

static bool begins_otherwise(const struct code_tokens *t, size_t i)
{
	static const char *const words[] = {
		"let",	       "return",   "if",       "else",	 "for",
		"while",       "do",	   "switch",   "case",	 "default",
		"goto",	       "break",	   "use",      "fn",	 "pub",
		"impl",	       "struct",   "enum",     "const",	 "static",
		"type",	       "mod",	   "extern",   "unsafe", "match",
		"loop",	       "continue", "trait",    "union",	 "typedef",
		"module",      "int",	   "unsigned", "char",	 "long",
		"void",	       "u8",	   "u16",      "u32",	 "u64",
		"size_t",      "ssize_t",  "bool",     "__s64",	 "__u64",
		"macro_rules", NULL};

	return code_is_any(t, i, words);
}

/* What gives back: a word in the name of the function that is called. */
static const char *kind_of_call(const char *statement)
{
	static const char *const back[] = {
		"unlock",  "put",  "free",	 "drop",       "release",
		"destroy", "del_", "unregister", "deregister", "exit"};

	for (size_t i = 0; i < sizeof(back) / sizeof(*back); i++) {
		const char *at = strstr(statement, back[i]);

		if (at && at < statement + strcspn(statement, "("))
			return "not given back";
	}
	return "a statement left out";
}

/* A call or an assignment; a declaration would take its name away. */
static void drop_statement(struct mutants *m, const struct code_tokens *t,
			   size_t i)
{
	bool call = false, assigns = false;
	size_t end = statement_end(t, i);
	char *text;

	if (end == t->n || !starts_statement(t, i) || begins_otherwise(t, i))
		return;
	/* Two words in a row are a type and a name. */
	if (t->v[i].kind == CODE_WORD && i + 1 < t->n &&
	    (t->v[i + 1].kind == CODE_WORD || code_is(t, i + 1, "::")) &&
	    !t->rust)
		return;
	for (size_t k = i; k < end; k++) {
		if (code_is(t, k, "("))
			call = true;
		if (code_is(t, k, "=") || code_is(t, k, "+=") ||
		    code_is(t, k, "-=") || code_is(t, k, "++"))
			assigns = true;
		if (t->v[k].kind == CODE_OPEN)
			k = t->v[k].match;
	}
	if (!call && !assigns)
		return;
	text = between(t, i, end);
	mutant_add(m, t, i, end, t->rust ? "" : ";",
		   assigns ? "an assignment left out"
			   : kind_of_call(text ? text : ""));
	free(text);
}

/*
 * `unsafe { kref_put(p) };` and the like, which is what much glue consists of;
 * as the last expression too, for one of type () is left out as well.
 */
static void drop_unsafe(struct mutants *m, const struct code_tokens *t,
			size_t i)
{
	size_t open = i + 1, close;
	char *text;

	if (!starts_statement(t, i) || !code_is(t, open, "{"))
		return;
	close = t->v[open].match;
	/* What goes on with its value needs one. */
	if (close <= open + 1 || code_is(t, close + 1, ".") ||
	    code_is(t, close + 1, "?"))
		return;
	text = between(t, open + 1, close - 1);
	mutant_add(m, t, i, close + code_is(t, close + 1, ";"), "",
		   kind_of_call(text ? text : ""));
	free(text);
}

/* ---- conditions ---- */

/* Does the block or statement from @from to @to leave the function? */
static bool leaves(const struct code_tokens *t, size_t from, size_t to)
{
	static const char *const words[] = {"return", "goto", "Err", NULL};

	for (size_t i = from; i <= to; i++)
		if (code_is_any(t, i, words))
			return true;
	return false;
}

static void negate(struct mutants *m, const struct code_tokens *t, size_t from,
		   size_t to)
{
	char *cond = between(t, from, to), *put = NULL;

	if (cond && asprintf(&put, "!(%s)", cond) < 0)
		put = NULL;
	if (put)
		mutant_add(m, t, from, to, put, "a condition negated");
	else
		m->failed = true;
	free(cond);
	free(put);
}

/* `if (…) return …;` or a block that leaves, without an else. */
static void change_if_c(struct mutants *m, const struct code_tokens *t,
			size_t i)
{
	size_t open = i + 1, close, end;

	if (!code_is(t, open, "("))
		return;
	close = t->v[open].match;
	if (close > open + 1)
		negate(m, t, open + 1, close - 1);
	end = code_is(t, close + 1, "{") ? t->v[close + 1].match
					 : statement_end(t, close + 1);
	if (end < t->n && !code_is(t, end + 1, "else") &&
	    !code_is(t, i - 1, "else") && leaves(t, close + 1, end))
		mutant_add(m, t, i, end, ";", "an error not looked at");
}

static void change_if_rust(struct mutants *m, const struct code_tokens *t,
			   size_t i)
{
	size_t open = i + 1;

	if (code_is(t, open, "let"))
		return;
	while (open < t->n && !code_is(t, open, "{") && !code_is(t, open, "=>"))
		open = t->v[open].kind == CODE_OPEN ? t->v[open].match + 1
						    : open + 1;
	if (open >= t->n || open == i + 1)
		return;
	negate(m, t, i + 1, open - 1);
	/* A match's guard has no block of its own. */
	if (code_is(t, open, "{") && starts_statement(t, i) &&
	    !code_is(t, t->v[open].match + 1, "else") &&
	    leaves(t, open, t->v[open].match))
		mutant_add(m, t, i, t->v[open].match, "",
			   "an error not looked at");
}

/* ---- arguments and fields ---- */

/* The last token of the element that begins at @i, before a ',' or @end. */
static size_t element_end(const struct code_tokens *t, size_t i, size_t end)
{
	for (; i < end; i++) {
		if (t->v[i].kind == CODE_OPEN)
			i = t->v[i].match;
		else if (code_is(t, i, ","))
			return i - 1;
	}
	return end - 1;
}

/* Where the value begins: behind `.name =`, `name:`; a plain one is whole. */
static size_t value_start(const struct code_tokens *t, size_t from, size_t to)
{
	for (size_t i = from; i < to && i <= from + 2; i++)
		if (code_is(t, i, ":") || code_is(t, i, "="))
			return i + 1;
	return from;
}

static void swap(struct mutants *m, const struct code_tokens *t, size_t a,
		 size_t a_end, size_t b, size_t b_end, const char *what)
{
	char *x = between(t, a, a_end), *y = between(t, b, b_end);
	size_t mid = t->v[a_end].at + t->v[a_end].len;
	char *put = NULL;

	if (!x || !y)
		m->failed = true;
	else if (strcmp(x, y) != 0 &&
		 asprintf(&put, "%s%.*s%s", y, (int)(t->v[b].at - mid),
			  t->text + mid, x) >= 0) {
		mutant_add(m, t, a, b_end, put, what);
		free(put);
	}
	free(x);
	free(y);
}

/* Neighbours in a list of arguments, or of fields with their values. */
static void swap_elements(struct mutants *m, const struct code_tokens *t,
			  size_t open)
{
	size_t close = t->v[open].match, a = open + 1;
	bool call = code_is(t, open, "(");

	while (a < close) {
		size_t a_end = element_end(t, a, close), b = a_end + 2;
		size_t b_end, av, bv;

		if (b >= close)
			return;
		b_end = element_end(t, b, close);
		av = call ? a : value_start(t, a, a_end);
		bv = call ? b : value_start(t, b, b_end);
		if (call ? t->v[a].kind != CODE_STRING &&
				    t->v[b].kind != CODE_STRING
			 : av != a && bv != b)
			swap(m, t, av, a_end, bv, b_end,
			     call ? "arguments swapped" : "fields swapped");
		a = b;
	}
}

static bool is_call(const struct code_tokens *t, size_t open)
{
	static const char *const no[] = {"if",	   "for",    "while",
					 "switch", "return", "sizeof",
					 "match",  "in",     NULL};

	if (open < 2 || !code_is(t, open, "("))
		return false;
	if (code_is(t, open - 1, "!")) /* a macro of Rust's */
		return t->v[open - 2].kind == CODE_WORD;
	/* `fn f(` and `int f(` declare it. */
	return t->v[open - 1].kind == CODE_WORD &&
	       !code_is_any(t, open - 1, no) && !code_is(t, open - 2, "fn") &&
	       (t->rust || t->v[open - 2].kind != CODE_WORD ||
		code_is(t, open - 2, "return"));
}

void mutant_statements(struct mutants *m, const struct code_tokens *t)
{
	for (size_t i = 0; i < t->n; i++) {
		if (code_is(t, i, "if") && t->rust)
			change_if_rust(m, t, i);
		else if (code_is(t, i, "if"))
			change_if_c(m, t, i);
		else if (code_is(t, i, "unsafe") && t->rust)
			drop_unsafe(m, t, i);
		else if (t->v[i].kind == CODE_WORD || code_is(t, i, "*"))
			drop_statement(m, t, i);
		if (t->v[i].kind == CODE_OPEN &&
		    (is_call(t, i) || code_is(t, i, "{")))
			swap_elements(m, t, i);
	}
}
