/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "glyph.h"
#include "checker/buf.h"

#include <stdbool.h>
#include <string.h>
#include <wchar.h>

/* The least code point that n following bytes may spell. */
static const long least[] = {0, 0x80, 0x800, 0x10000};

long glyph_next(const char **p, const char *end)
{
	const unsigned char *s = (const unsigned char *)*p;
	size_t left = (size_t)(end - *p);
	unsigned more = 0;
	long c = s[0];

	*p += 1;
	if (c < 0x80)
		return c;
	if (c >= 0xc2 && c < 0xe0)
		more = 1, c &= 0x1f;
	else if (c >= 0xe0 && c < 0xf0)
		more = 2, c &= 0x0f;
	else if (c >= 0xf0 && c < 0xf5)
		more = 3, c &= 0x07;
	if (!more || left <= more)
		return -1;
	for (unsigned i = 1; i <= more; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return -1;
		c = c << 6 | (s[i] & 0x3f);
	}
	if (c < least[more] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		return -1;
	*p += more;
	return c;
}

/* Past "\033[1;31m", when that is what stands at @p. */
static const char *skip_style(const char *p, const char *end)
{
	const char *q = p + 2;

	if (end - p < 3 || p[0] != '\033' || p[1] != '[')
		return p;
	while (q < end && ((*q >= '0' && *q <= '9') || *q == ';'))
		q++;
	return q < end && *q == 'm' ? q + 1 : p;
}

static unsigned columns_of(long c)
{
	int n;

	if (c < 0 || c == '\t')
		return 1;
	n = wcwidth((wchar_t)c);
	return n < 0 ? c >= 0x80 : (unsigned)n;
}

unsigned glyph_columns(const char *s, size_t len)
{
	const char *end = s + len;
	unsigned n = 0;

	while (s < end) {
		const char *q = skip_style(s, end);

		if (q != s)
			s = q;
		else
			n += columns_of(glyph_next(&s, end));
	}
	return n;
}

size_t glyph_fit(const char *s, size_t len, unsigned columns)
{
	const char *end = s + len;
	const char *p = s;
	unsigned n = 0;

	while (p < end) {
		const char *q = skip_style(p, end);

		if (q == p) {
			n += columns_of(glyph_next(&q, end));
			if (n > columns)
				break;
		}
		p = q;
	}
	return (size_t)(p - s);
}

void glyph_style(char *style, size_t size, const char *s, size_t len)
{
	const char *end = s + len;

	for (; (s = memchr(s, '\033', (size_t)(end - s))); s++) {
		size_t n = (size_t)(skip_style(s, end) - s);

		if (n == 4 && memcmp(s, "\033[0m", n) == 0) {
			style[0] = '\0';
		} else if (n > 0 && n < size) {
			memcpy(style, s, n);
			style[n] = '\0';
		}
	}
}

/* Invisible marks that reorder text could make code read as it is not. */
static bool harmful(long c)
{
	return c < 0 || (c < 0x20 && c != '\n' && c != '\t') ||
	       (c >= 0x7f && c < 0xa0) || (c >= 0x200b && c <= 0x200f) ||
	       (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) ||
	       c == 0xfeff;
}

void glyph_clean(struct buf *out, const char *s, size_t len)
{
	const char *end = s + len;

	while (s < end) {
		const char *at = s;

		if (harmful(glyph_next(&s, end)))
			buf_addc(out, '?');
		else
			buf_add(out, at, (size_t)(s - at));
	}
}

static const struct {
	long c;
	const char *ascii;
} spelling[] = {
	{0x00a0, " "},	{0x00a7, "section "}, {0x00b5, "u"},   {0x00b7, "."},
	{0x00d7, "x"},	{0x2010, "-"},	      {0x2011, "-"},   {0x2012, "-"},
	{0x2013, "-"},	{0x2014, "--"},	      {0x2018, "'"},   {0x2019, "'"},
	{0x201c, "\""}, {0x201d, "\""},	      {0x2022, "*"},   {0x2026, "..."},
	{0x2190, "<-"}, {0x2192, "->"},	      {0x2194, "<->"}, {0x21d2, "=>"},
	{0x2212, "-"},	{0x2248, "~"},	      {0x2260, "!="},  {0x2264, "<="},
	{0x2265, ">="}, {0x2500, "-"},	      {0x2502, "|"},   {0x250c, "+"},
	{0x2510, "+"},	{0x2514, "+"},	      {0x2518, "+"},   {0x251c, "+"},
	{0x2524, "+"},	{0x252c, "+"},	      {0x2534, "+"},   {0x253c, "+"},
	{0x2588, "#"},	{0x2591, "."},	      {0x2713, "+"},   {0x2714, "+"},
	{0x2717, "x"},	{0x2718, "x"},
};

static const char *spell(long c)
{
	for (size_t i = 0; i < sizeof(spelling) / sizeof(*spelling); i++)
		if (spelling[i].c == c)
			return spelling[i].ascii;
	return "?";
}

void glyph_to_ascii(struct buf *out, const char *s, size_t len)
{
	const char *end = s + len;

	while (s < end) {
		const char *at = s;
		long c = glyph_next(&s, end);

		if (c >= 0 && c < 0x80)
			buf_add(out, at, 1);
		else
			buf_adds(out, spell(c));
	}
}
