/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * glyph: text as columns on a screen, and text that cannot be trusted.
 *
 * Pure: no terminal, no locale but wcwidth(3)'s tables. Terminal styles
 * ("\033[…m") are passed over when columns are counted.
 */
#ifndef SHELL_GLYPH_H
#define SHELL_GLYPH_H

#include <stddef.h>

struct buf;

/*
 * The code point at *@p, which moves past it; -1 for a byte that is not
 * UTF-8, which is passed over alone. @p must be before @end.
 */
long glyph_next(const char **p, const char *end);

/* Columns that @len bytes take up; a tab counts as one. */
unsigned glyph_columns(const char *s, size_t len);

/*
 * Bytes of @s, at most @len, that fit in @columns. Never cuts a character
 * in two.
 */
size_t glyph_fit(const char *s, size_t len, unsigned columns);

/*
 * The style that is on behind @s, put into @style, when @style was on before
 * it; "" is none.
 */
void glyph_style(char *style, size_t size, const char *s, size_t len);

/*
 * Add text that came from a guest, a compiler or a file: what could move the
 * cursor, change colours or is not UTF-8 becomes '?'; newlines and tabs
 * stay.
 */
void glyph_clean(struct buf *out, const char *s, size_t len);

/* Add @s with all that is not ASCII spelled in ASCII, or as '?'. */
void glyph_to_ascii(struct buf *out, const char *s, size_t len);

#endif
