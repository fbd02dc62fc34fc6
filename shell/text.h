/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * text: Markdown (CommonMark, by cmark) as lines for a terminal.
 *
 * Headings, lists, quotes, code, links; wrapped to the terminal's width.
 * Tables are not wrapped; code is broken with a sign, see fold.h. Without
 * colour the marks of inline code and of headings stay, so that nothing is
 * told by colour alone. What looks like HTML is shown as it stands, for it is
 * Rust's generics; comments are left out. The text is not trusted: control characters in it
 * never reach the terminal.
 */
#ifndef SHELL_TEXT_H
#define SHELL_TEXT_H

#include <stddef.h>

struct buf;
struct term;

/* Add the rendered text to @out. -1 only when out of memory. */
int text_render(struct buf *out, const struct term *t, const char *markdown,
		size_t len);

/* Likewise, with @first before the first line and @rest before the others. */
int text_render_in(struct buf *out, const struct term *t, const char *first,
		   const char *rest, const char *markdown, size_t len);

/* A file as it is, made fit for the terminal, tabs of eight. */
void text_verbatim(struct buf *out, const char *s, size_t len, unsigned indent);

/*
 * One line of a picture (a log, a compiler's), without its newline, fit for
 * the terminal: tabs of eight, and on a terminal cut with an ellipsis where
 * it would not fit beside the @used columns before it, for the terminal would
 * break it in the middle of a word. Elsewhere never cut.
 */
void text_line(struct buf *out, const struct term *t, unsigned used,
	       const char *s, size_t len);
/* Each line of @s so, behind @prefix. */
void text_lines(struct buf *out, const struct term *t, const char *prefix,
		const char *s, size_t len);

/*
 * How many bytes of @s to put into a line of @columns: all, or up to a space
 * in the latter part of it, or as many as fit; at least one.
 */
size_t text_piece(const char *s, size_t len, unsigned columns);
/*
 * One line with its newline, likewise, but broken rather than cut: what does
 * not fit goes on in the next line, behind @prefix as well and further in
 * than the line began. How many lines it became.
 */
unsigned text_fold(struct buf *out, const struct term *t, const char *prefix,
		   const char *s, size_t len);

#endif
