/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of text share: text.c has the blocks, text-inline.c lines. */
#ifndef SHELL_TEXT_INT_H
#define SHELL_TEXT_INT_H

#include "checker/buf.h"
#include "wrap.h"

#include <cmark.h>
#include <stdbool.h>

struct term;

enum {
	MAX_DEPTH = 32, /* of nested blocks or inlines; deeper is left out */
};

enum mark {
	MARK_BOLD = 1,
	MARK_EMPH = 2,
	MARK_CODE = 4,
};

struct md {
	struct buf *out;
	const struct term *t;
	struct buf line; /* of the paragraph under way */
	struct wrap wrap;
	unsigned marks;
	unsigned depth;
	bool fresh; /* no blank line is wanted before the next block */
	bool tight; /* in a list whose items stand without blank lines */
	bool table; /* soft breaks in this paragraph are real */
};

/* A node's text, never NULL; text that is not trusted into the line. */
const char *text_literal(cmark_node *n);
void text_add(struct md *m, const char *s);
/* All that stands in @parent, in the style that is on. */
void text_inlines(struct md *m, cmark_node *parent);
/* Switch styles for what follows; 0: none. */
void text_set_marks(struct md *m, unsigned marks);
/* Whether it is a comment of HTML, for the book alone. */
bool text_is_comment(const char *s);

#endif
