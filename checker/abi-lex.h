/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * abi-lex: Rust's source as tokens, as far as one has to know them to find
 * where an item begins and ends: The Rust Reference, "Lexical structure".
 */
#ifndef CHECKER_ABI_LEX_H
#define CHECKER_ABI_LEX_H

#include <stdbool.h>
#include <stddef.h>

enum abi_token_kind {
	ABI_IDENT, /* keywords too; r#type with its prefix */
	ABI_LITERAL, /* numbers, characters */
	ABI_STRING, /* of all kinds */
	ABI_LIFETIME,
	ABI_OPEN, /* ( [ { */
	ABI_CLOSE,
	ABI_PUNCT, /* one character */
};

struct abi_token {
	enum abi_token_kind kind;
	const char *s; /* in the text */
	size_t len;
	unsigned line; /* 1-based */
	size_t match; /* of a bracket: the index of its partner */
};

struct abi_tokens {
	struct abi_token *v;
	size_t n;
};

/*
 * 0; 1: that is no Rust (something is not closed), or too much of it; -1:
 * out of memory. @text stays the caller's and must outlive the tokens.
 */
int abi_lex(struct abi_tokens *out, const char *text, size_t len);
void abi_tokens_release(struct abi_tokens *t);

bool abi_is(const struct abi_token *t, const char *s);
/* r#type is the name "type". */
bool abi_is_name(const struct abi_token *t, const char *s);

#endif
