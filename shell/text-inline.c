/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stands within a line of Markdown: words, code, links, styles. */
#include "text-int.h"
#include "glyph.h"
#include "term.h"

#include <string.h>

void text_set_marks(struct md *m, unsigned marks)
{
	if (m->t->color && marks != m->marks && !marks)
		buf_adds(&m->line, "\033[0m");
	else if (m->t->color && marks != m->marks)
		buf_addf(&m->line, "\033[0%s%s%sm",
			 marks & MARK_BOLD ? ";1" : "",
			 marks & MARK_EMPH ? ";4" : "",
			 marks & MARK_CODE ? ";36" : "");
	m->marks = marks;
}

const char *text_literal(cmark_node *n)
{
	const char *s = cmark_node_get_literal(n);

	return s ? s : "";
}

void text_add(struct md *m, const char *s)
{
	glyph_clean(&m->line, s, strlen(s));
}

/*
 * Code in a line: its spaces are such that no line is broken there, if it can
 * be helped. Broken, it does not read as code, and is copied with a newline.
 */
static void add_code(struct md *m, const char *s)
{
	struct buf b = BUF_INIT;

	for (; *s; s++)
		if (*s == ' ')
			buf_adds(&b, WRAP_GLUE);
		else
			buf_addc(&b, *s);
	text_add(m, buf_str(&b));
	buf_release(&b);
}

static void marked(struct md *m, cmark_node *n, enum mark mark,
		   const char *plain)
{
	unsigned before = m->marks;

	text_set_marks(m, before | mark);
	if (!m->t->color)
		buf_adds(&m->line, plain);
	if (mark == MARK_CODE)
		add_code(m, text_literal(n));
	else
		text_inlines(m, n);
	if (!m->t->color)
		buf_adds(&m->line, plain);
	text_set_marks(m, before);
}

/* A link into the book or to a heading says nothing on a terminal. */
static void add_link(struct md *m, cmark_node *n)
{
	const char *url = cmark_node_get_url(n);
	cmark_node *text = cmark_node_first_child(n);
	bool bare;

	bare = text && strcmp(text_literal(text), url ? url : "") == 0;
	/* "::<core::ffi::c_int>" is no address, whatever it looks like. */
	if (bare && !strstr(url, "://")) {
		buf_addc(&m->line, '<');
		text_add(m, url);
		buf_addc(&m->line, '>');
		return;
	}
	text_inlines(m, n);
	if (!url || bare || !strstr(url, "://"))
		return;
	buf_adds(&m->line, " (");
	text_add(m, url);
	buf_adds(&m->line, ")");
}

/*
 * What looks like HTML is nearly always Rust here, "Result<isize>", and is
 * told as it stands. Comments are for the book.
 */
bool text_is_comment(const char *s)
{
	return strncmp(s, "<!--", 4) == 0;
}

static void add_html(struct md *m, const char *s)
{
	if (!text_is_comment(s))
		text_add(m, s);
}

static void inline_node(struct md *m, cmark_node *n)
{
	switch (cmark_node_get_type(n)) {
	case CMARK_NODE_TEXT:
		text_add(m, text_literal(n));
		break;
	case CMARK_NODE_SOFTBREAK:
		buf_addc(&m->line, m->table ? '\n' : ' ');
		break;
	case CMARK_NODE_LINEBREAK:
		buf_addc(&m->line, '\n');
		break;
	case CMARK_NODE_CODE:
		marked(m, n, MARK_CODE, "`");
		break;
	case CMARK_NODE_EMPH:
		marked(m, n, MARK_EMPH, "*");
		break;
	case CMARK_NODE_STRONG:
		marked(m, n, MARK_BOLD, "");
		break;
	case CMARK_NODE_LINK:
		add_link(m, n);
		break;
	case CMARK_NODE_IMAGE:
		text_inlines(m, n);
		break;
	case CMARK_NODE_HTML_INLINE:
		add_html(m, text_literal(n));
		break;
	default:
		break;
	}
}

void text_inlines(struct md *m, cmark_node *parent)
{
	cmark_node *n;

	if (m->depth >= MAX_DEPTH)
		return;
	m->depth++;
	for (n = cmark_node_first_child(parent); n; n = cmark_node_next(n))
		inline_node(m, n);
	m->depth--;
}
