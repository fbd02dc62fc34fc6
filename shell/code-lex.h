/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * code-lex: C and Rust as tokens, as far as mutate has to know them: where
 * words, operators, brackets and literals are, and which brackets belong
 * together. Comments, C's preprocessor lines and Rust's attributes are left
 * out. Pure.
 */
#ifndef SHELL_CODE_LEX_H
#define SHELL_CODE_LEX_H

#include <stdbool.h>
#include <stddef.h>

enum code_kind {
	CODE_WORD,
	CODE_NUMBER,
	CODE_STRING, /* of all kinds; characters too */
	CODE_OPEN, /* ( [ { */
	CODE_CLOSE,
	CODE_OP, /* the longest operator: "<<=", "->", "?" */
};

struct code_token {
	enum code_kind kind;
	size_t at, len; /* in the text */
	unsigned line; /* 1-based */
	size_t match; /* of a bracket: its partner's index */
};

struct code_tokens {
	const char *text; /* the caller's */
	bool rust;
	struct code_token *v;
	size_t n;
};

/* 0; 1: its brackets do not match; -1: out of memory. Empty then. */
int code_lex(struct code_tokens *out, const char *text, bool rust);
void code_tokens_release(struct code_tokens *t);

/* Is token @i there, and spelt @s? */
bool code_is(const struct code_tokens *t, size_t i, const char *s);
bool code_is_any(const struct code_tokens *t, size_t i,
		 const char *const *words);

#endif
