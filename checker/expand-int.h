/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of expand share; for them alone. */
#ifndef CHECKER_EXPAND_INT_H
#define CHECKER_EXPAND_INT_H

#include "abi-lex.h"
#include "buf.h"
#include "expand.h"

/* An item of Rust: tokens from .from on, its attributes before .head. */
struct expand_item {
	size_t from, head, to; /* .to: behind the last one */
	const char *text, *end; /* with the comments before it */
	/* "fn init", "impl Drop for Hello", "!module" for a macro's call */
	char *key;
};

struct expand_items {
	struct expand_item *v;
	size_t n;
};

/* The items between two tokens. -1: out of memory. */
int expand_items(struct expand_items *out, const struct abi_tokens *t,
		 size_t from, size_t to, const char *text);
void expand_items_release(struct expand_items *it);

/* Is it an inner attribute, or what rustc puts in front of every crate? */
bool expand_is_prelude(const struct expand_item *it);
/* Of an item with a body: its tokens. False: it has none. */
bool expand_body(const struct expand_item *it, const struct abi_tokens *t,
		 size_t *from, size_t *to);

/* expand-layout.c: C on one line, broken to be read. */
void expand_layout(struct buf *out, const char *code, unsigned indent,
		   unsigned width);

#endif
