/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text.h"
#include "fold.h"
#include "glyph.h"
#include "term.h"
#include "text-code.h"
#include "text-int.h"

#include <stdio.h>
#include <string.h>

enum {
	CODE_INDENT = 4,
	MAX_PREFIX = 48, /* columns that nesting may take */
};

static void block(struct md *m, cmark_node *n);

/* The bullet is spent: what follows is indented only. */
static void spend_first(struct md *m)
{
	memcpy(m->wrap.first, m->wrap.rest, sizeof(m->wrap.first));
}

static void trim_spaces(struct buf *b)
{
	while (b->len > 0 && b->data[b->len - 1] == ' ')
		b->data[--b->len] = '\0';
}

static void gap(struct md *m)
{
	if (!m->fresh && !m->tight && m->out->len > 0) {
		buf_adds(m->out, m->wrap.rest);
		trim_spaces(m->out);
		buf_addc(m->out, '\n');
	}
	m->fresh = false;
}

static void add_lines(struct md *m)
{
	wrap_text(m->out, &m->wrap, buf_str(&m->line));
	spend_first(m);
	buf_clear(&m->line);
}

/*
 * CommonMark has no tables: they come as a paragraph whose lines start with
 * a bar, and are readable if only the lines stay.
 */
static void paragraph(struct md *m, cmark_node *n)
{
	cmark_node *first = cmark_node_first_child(n);
	struct wrap w = m->wrap;

	gap(m);
	m->table = first && cmark_node_get_type(first) == CMARK_NODE_TEXT &&
		   text_literal(first)[0] == '|';
	text_inlines(m, n);
	if (m->table)
		m->wrap.width = 10000;
	m->table = false;
	add_lines(m);
	m->wrap.width = w.width;
}

static void heading(struct md *m, cmark_node *n)
{
	int level = cmark_node_get_heading_level(n);
	unsigned columns;

	gap(m);
	text_set_marks(m, MARK_BOLD);
	text_inlines(m, n);
	text_set_marks(m, 0);
	columns = glyph_columns(buf_str(&m->line), m->line.len);
	add_lines(m);
	if (m->t->color || level > 2)
		return;
	if (columns > m->t->width)
		columns = m->t->width;
	buf_adds(m->out, m->wrap.rest);
	for (unsigned i = 0; i < columns; i++)
		buf_addc(m->out, level == 1 ? '=' : '-');
	buf_addc(m->out, '\n');
}

/*
 * A line of code. Of a language that we know the words have colours; all
 * other code is of one. The style ends before the newline, or a pager would
 * keep it on.
 */
static void code_row(struct md *m, const struct code_lang *lang,
		     struct code_state *st, const char *s, size_t len)
{
	struct buf line = BUF_INIT, styled = BUF_INIT;

	text_verbatim(&line, s, len, CODE_INDENT);
	if (line.len)
		line.data[--line.len] = '\0';
	trim_spaces(&line);
	buf_adds(m->out, m->wrap.first);
	if (lang)
		code_line(&styled, m->t, lang, st, buf_str(&line), line.len);
	else if (line.len)
		buf_addf(&styled, "%s%s%s", term_on(m->t, TERM_CODE),
			 buf_str(&line), term_off(m->t));
	fold_line(m->out, m->t, m->wrap.rest, buf_str(&styled), styled.len);
	if (!line.len)
		trim_spaces(m->out);
	buf_addc(m->out, '\n');
	spend_first(m);
	buf_release(&styled);
	buf_release(&line);
}

static void code_block(struct md *m, cmark_node *n)
{
	const struct code_lang *lang =
		code_lang_by_word(cmark_node_get_fence_info(n));
	struct code_state st = {.comment = 0};
	const char *s = text_literal(n);

	gap(m);
	while (*s && buf_ok(m->out)) {
		size_t len = strcspn(s, "\n");

		code_row(m, lang, &st, s, len);
		s += len;
		if (*s)
			s++;
	}
}

static void html_block(struct md *m, cmark_node *n)
{
	if (text_is_comment(text_literal(n)))
		return;
	gap(m);
	text_add(m, text_literal(n));
	add_lines(m);
}

static void children(struct md *m, cmark_node *parent)
{
	cmark_node *n;

	if (m->depth >= MAX_DEPTH)
		return;
	m->depth++;
	for (n = cmark_node_first_child(parent); n; n = cmark_node_next(n))
		block(m, n);
	m->depth--;
}

/* Run the children with @first before their first line, @rest after. */
static void nested(struct md *m, cmark_node *n, const char *first,
		   const char *rest)
{
	struct wrap saved = m->wrap;
	size_t at = strlen(saved.rest);

	if (at < MAX_PREFIX) {
		snprintf(m->wrap.first, sizeof(m->wrap.first), "%.*s%s",
			 MAX_PREFIX, saved.first, first);
		snprintf(m->wrap.rest, sizeof(m->wrap.rest), "%.*s%s",
			 MAX_PREFIX, saved.rest, rest);
	}
	children(m, n);
	m->wrap = saved;
	spend_first(m);
}

static void item(struct md *m, cmark_node *n, bool bullet, int number)
{
	char first[24];
	char rest[24];

	if (bullet)
		snprintf(first, sizeof(first), "  - ");
	else
		snprintf(first, sizeof(first), " %2d. ", number);
	snprintf(rest, sizeof(rest), "%*s", (int)strlen(first), "");
	m->fresh = true;
	nested(m, n, first, rest);
	m->fresh = false;
}

static void list(struct md *m, cmark_node *n)
{
	bool bullet = cmark_node_get_list_type(n) == CMARK_BULLET_LIST;
	int number = cmark_node_get_list_start(n);
	bool was_tight = m->tight;
	cmark_node *it;

	for (it = cmark_node_first_child(n); it; it = cmark_node_next(it)) {
		gap(m);
		m->tight = cmark_node_get_list_tight(n);
		item(m, it, bullet, number++);
	}
	m->tight = was_tight;
}

static void rule(struct md *m)
{
	gap(m);
	buf_adds(m->out, m->wrap.first);
	for (unsigned i = 0; i < term_prose(m->t) / 2; i++)
		buf_addc(m->out, '-');
	buf_addc(m->out, '\n');
	spend_first(m);
}

static void block(struct md *m, cmark_node *n)
{
	switch (cmark_node_get_type(n)) {
	case CMARK_NODE_PARAGRAPH:
		paragraph(m, n);
		break;
	case CMARK_NODE_HEADING:
		heading(m, n);
		break;
	case CMARK_NODE_CODE_BLOCK:
		code_block(m, n);
		break;
	case CMARK_NODE_LIST:
		list(m, n);
		break;
	case CMARK_NODE_BLOCK_QUOTE:
		gap(m);
		m->fresh = true;
		nested(m, n, term_sign(m->t, "| ", "Quote: "),
		       term_sign(m->t, "| ", "  "));
		break;
	case CMARK_NODE_THEMATIC_BREAK:
		rule(m);
		break;
	case CMARK_NODE_HTML_BLOCK:
		html_block(m, n);
		break;
	default:
		break;
	}
}

int text_render(struct buf *out, const struct term *t, const char *markdown,
		size_t len)
{
	return text_render_in(out, t, "", "", markdown, len);
}

int text_render_in(struct buf *out, const struct term *t, const char *first,
		   const char *rest, const char *markdown, size_t len)
{
	struct md m = {.out = out, .t = t, .wrap = {.width = term_prose(t)}};
	cmark_node *doc;

	snprintf(m.wrap.first, sizeof(m.wrap.first), "%s", first);
	snprintf(m.wrap.rest, sizeof(m.wrap.rest), "%s", rest);
	doc = cmark_parse_document(markdown, len, CMARK_OPT_VALIDATE_UTF8);
	if (!doc)
		return -1;
	m.fresh = true;
	children(&m, doc);
	cmark_node_free(doc);
	buf_release(&m.line);
	return buf_ok(out) ? 0 : -1;
}
