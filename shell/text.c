/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text.h"
#include "checker/buf.h"
#include "term.h"
#include "glyph.h"
#include "wrap.h"

#include <cmark.h>
#include <stdbool.h>
#include <string.h>

enum {
	MAX_DEPTH = 32, /* of nested blocks or inlines; deeper is left out */
	CODE_INDENT = 4,
	MAX_PREFIX = 48, /* columns that nesting may take */
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

static void block(struct md *m, cmark_node *n);

/* ---- inlines ---- */

static void set_marks(struct md *m, unsigned marks)
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

static const char *literal(cmark_node *n)
{
	const char *s = cmark_node_get_literal(n);

	return s ? s : "";
}

static void add_text(struct md *m, const char *s)
{
	glyph_clean(&m->line, s, strlen(s));
}

static void inlines(struct md *m, cmark_node *parent);

static void marked(struct md *m, cmark_node *n, enum mark mark,
		   const char *plain)
{
	unsigned before = m->marks;

	set_marks(m, before | mark);
	if (!m->t->color)
		buf_adds(&m->line, plain);
	if (mark == MARK_CODE)
		add_text(m, literal(n));
	else
		inlines(m, n);
	if (!m->t->color)
		buf_adds(&m->line, plain);
	set_marks(m, before);
}

/* A link into the book or to a heading says nothing on a terminal. */
static void add_link(struct md *m, cmark_node *n)
{
	const char *url = cmark_node_get_url(n);
	cmark_node *text = cmark_node_first_child(n);
	bool bare;

	bare = text && strcmp(literal(text), url ? url : "") == 0;
	/* "::<core::ffi::c_int>" is no address, whatever it looks like. */
	if (bare && !strstr(url, "://")) {
		buf_addc(&m->line, '<');
		add_text(m, url);
		buf_addc(&m->line, '>');
		return;
	}
	inlines(m, n);
	if (!url || bare || !strstr(url, "://"))
		return;
	buf_adds(&m->line, " (");
	add_text(m, url);
	buf_adds(&m->line, ")");
}

/*
 * What looks like HTML is nearly always Rust here, "Result<isize>", and is
 * told as it stands. Comments are for the book.
 */
static bool is_comment(const char *s)
{
	return strncmp(s, "<!--", 4) == 0;
}

static void add_html(struct md *m, const char *s)
{
	if (!is_comment(s))
		add_text(m, s);
}

static void inline_node(struct md *m, cmark_node *n)
{
	switch (cmark_node_get_type(n)) {
	case CMARK_NODE_TEXT:
		add_text(m, literal(n));
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
		inlines(m, n);
		break;
	case CMARK_NODE_HTML_INLINE:
		add_html(m, literal(n));
		break;
	default:
		break;
	}
}

static void inlines(struct md *m, cmark_node *parent)
{
	cmark_node *n;

	if (m->depth >= MAX_DEPTH)
		return;
	m->depth++;
	for (n = cmark_node_first_child(parent); n; n = cmark_node_next(n))
		inline_node(m, n);
	m->depth--;
}

/* ---- blocks ---- */

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
		   literal(first)[0] == '|';
	inlines(m, n);
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
	set_marks(m, MARK_BOLD);
	inlines(m, n);
	set_marks(m, 0);
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

static void code_line(struct md *m, const char *s, size_t len)
{
	buf_adds(m->out, m->wrap.first);
	buf_adds(m->out, term_on(m->t, TERM_CODE));
	text_verbatim(m->out, s, len, CODE_INDENT);
	/* The style ends before the newline, or a pager would keep it on. */
	m->out->data[--m->out->len] = '\0';
	trim_spaces(m->out);
	buf_adds(m->out, term_off(m->t));
	buf_addc(m->out, '\n');
	spend_first(m);
}

static void code_block(struct md *m, cmark_node *n)
{
	const char *s = literal(n);

	gap(m);
	while (*s && buf_ok(m->out)) {
		size_t len = strcspn(s, "\n");

		code_line(m, s, len);
		s += len;
		if (*s)
			s++;
	}
}

static void html_block(struct md *m, cmark_node *n)
{
	if (is_comment(literal(n)))
		return;
	gap(m);
	add_text(m, literal(n));
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
	for (unsigned i = 0; i < m->t->width / 2; i++)
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
		nested(m, n, "| ", "| ");
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
	struct md m = {.out = out, .t = t, .wrap = {.width = t->width}};
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
