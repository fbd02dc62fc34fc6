/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * text-code: source text in colours: C, Rust, make, sh.
 *
 * A tokenizer of our own, of comments, strings, numbers, words and attributes,
 * because nothing fits: of Debian 12's libraries source-highlight is C++ on
 * Boost, t3highlight knows no Rust, and tree-sitter comes without grammars.
 * It only colours: no byte of the text is added, lost or moved, whatever the
 * text is, and where there is no colour nothing happens at all.
 */
#ifndef SHELL_TEXT_CODE_H
#define SHELL_TEXT_CODE_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct code_lang;
struct term;

/* What a line leaves to the next one; all zeroes at the start of a text. */
struct code_state {
	unsigned comment; /* depth of block comments */
	char quote; /* of the string that is open, or 0 */
	bool raw; /* it is Rust's r#"…"#, with that many signs */
	unsigned hashes;
};

/*
 * By the word behind a fence ("rust", "c,ignore") or by a file's name; NULL:
 * none that we know.
 */
const struct code_lang *code_lang_by_word(const char *word);
const struct code_lang *code_lang_by_file(const char *name);

/*
 * Add a line of @lang, which may be NULL, without its newline and fit for the terminal already (see
 * text_verbatim()), in colours.
 */
void code_line(struct buf *out, const struct term *t,
	       const struct code_lang *lang, struct code_state *st,
	       const char *s, size_t len);

/* A whole file so, tabs of eight, long lines broken; @lang may be NULL. */
void code_text(struct buf *out, const struct term *t,
	       const struct code_lang *lang, const char *s, size_t len);

#endif
