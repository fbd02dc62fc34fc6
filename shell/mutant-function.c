/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Mutants of whole functions: one that does nothing, and gives back what
 * looks as if all were well. In glue there is little else to change.
 */
#include "mutant.h"
#include "code-lex.h"

#include <string.h>

static const char what[] = "a function that does nothing";

/* The body between the braces at @open and its partner. */
static void empty(struct mutants *m, const struct code_tokens *t, size_t open,
		  const char *put)
{
	if (t->v[open].match > open + 1)
		mutant_add(m, t, open + 1, t->v[open].match - 1, put, what);
}

/* ---- Rust ---- */

static bool is_integer(const struct code_tokens *t, size_t i)
{
	static const char *const words[] = {
		"u8",	  "u16",    "u32",     "u64",	  "usize",  "i8",
		"i16",	  "i32",    "i64",     "isize",	  "c_char", "c_int",
		"c_uint", "c_long", "c_ulong", "c_short", NULL};

	return code_is_any(t, i, words);
}

/* By the type that stands from @from up to @open, which is none for `()`. */
static void empty_rust(struct mutants *m, const struct code_tokens *t,
		       size_t from, size_t open)
{
	size_t n = open - from;

	if (n == 0) {
		empty(m, t, open, "");
	} else if (n == 1 && is_integer(t, from)) {
		empty(m, t, open, "0");
	} else if (n == 1 && code_is(t, from, "bool")) {
		empty(m, t, open, "true");
		empty(m, t, open, "false");
	} else if (n == 1 && code_is(t, from, "Result")) {
		empty(m, t, open, "Ok(())");
	} else if (n == 4 && code_is(t, from, "Result") &&
		   is_integer(t, from + 2)) {
		empty(m, t, open, "Ok(0)");
	} else if (code_is(t, from, "Option")) {
		empty(m, t, open, "None");
	} else if (code_is(t, from, "*")) {
		empty(m, t, open,
		      code_is(t, from + 1, "mut") ? "core::ptr::null_mut()"
						  : "core::ptr::null()");
	}
}

static void change_rust(struct mutants *m, const struct code_tokens *t,
			size_t i)
{
	size_t at = i + 2, from, to;

	while (at < t->n && !code_is(t, at, "(") && !code_is(t, at, "{"))
		at++;
	if (at >= t->n || !code_is(t, at, "("))
		return;
	at = from = to = t->v[at].match + 1;
	if (code_is(t, at, "->"))
		at = from = at + 1;
	while (at < t->n && !code_is(t, at, "{") && !code_is(t, at, ";") &&
	       !code_is(t, at, "where"))
		at = t->v[at].kind == CODE_OPEN ? t->v[at].match + 1 : at + 1;
	to = at;
	while (at < t->n && !code_is(t, at, "{") && !code_is(t, at, ";"))
		at++;
	if (at >= t->n || !code_is(t, at, "{"))
		return;
	if (to == at) /* else a `where` stands between */
		empty_rust(m, t, from, at);
}

/* ---- C ---- */

/* The function whose body is at @open, at the top of the file. */
static void change_c(struct mutants *m, const struct code_tokens *t,
		     size_t open)
{
	size_t name, i;
	bool is_void = false;

	if (open < 3 || !code_is(t, open - 1, ")"))
		return;
	name = t->v[open - 1].match;
	if (name < 2 || t->v[name - 1].kind != CODE_WORD)
		return;
	i = --name;
	while (i > 0 && !code_is(t, i - 1, ";") && !code_is(t, i - 1, "}")) {
		i--;
		is_void |= code_is(t, i, "void");
		if (code_is(t, i, "struct") && !code_is(t, name - 1, "*"))
			return;
	}
	empty(m, t, open,
	      code_is(t, name - 1, "*") ? "return NULL;"
	      : is_void			? ""
					: "return 0;");
}

void mutant_functions(struct mutants *m, const struct code_tokens *t)
{
	for (size_t i = 0; i < t->n; i++) {
		if (t->rust && code_is(t, i, "fn")) {
			change_rust(m, t, i);
		} else if (!t->rust && code_is(t, i, "{")) {
			change_c(m, t, i);
			i = t->v[i].match;
		}
	}
}
