/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "utf8.h"
#include "buf.h"

#include <stdbool.h>
#include <stdint.h>

#define REPLACEMENT "\xef\xbf\xbd"

/* The smallest code point that needs a sequence of this length. */
static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};

static size_t sequence_len(unsigned char c)
{
	if (c < 0x80)
		return 1;
	if (c >= 0xc2 && c <= 0xdf)
		return 2;
	if (c >= 0xe0 && c <= 0xef)
		return 3;
	if (c >= 0xf0 && c <= 0xf4)
		return 4;
	return 0;
}

/* Decode one code point; 0 if it is not valid, else its length. */
static size_t decode(const char *s, size_t len, uint32_t *cp)
{
	size_t n = sequence_len((unsigned char)s[0]);

	if (n == 0 || n > len)
		return 0;
	*cp = n == 1 ? (unsigned char)s[0]
		     : (unsigned char)s[0] & (0xffu >> (n + 1));
	for (size_t i = 1; i < n; i++) {
		if (((unsigned char)s[i] & 0xc0) != 0x80)
			return 0;
		*cp = *cp << 6 | ((unsigned char)s[i] & 0x3f);
	}
	if (*cp < least[n] || *cp > 0x10ffff ||
	    (*cp >= 0xd800 && *cp <= 0xdfff) || *cp == 0xfffe || *cp == 0xffff)
		return 0;
	return n;
}

/* C0, DEL and C1: terminals obey these. */
static bool is_control(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7f && cp <= 0x9f);
}

void utf8_add_clean(struct buf *b, const char *s, size_t len)
{
	for (size_t i = 0; i < len;) {
		size_t run = i, n = 0;
		uint32_t cp = 0;

		while (i < len) {
			n = decode(s + i, len - i, &cp);
			if (n == 0 ||
			    (is_control(cp) && cp != '\n' && cp != '\t'))
				break;
			i += n;
		}
		buf_add(b, s + run, i - run);
		if (i == len)
			break;
		if (n == 0 || cp != '\r')
			buf_adds(b, REPLACEMENT);
		i += n ? n : 1;
	}
}

size_t utf8_cut(const char *s, size_t len, size_t max)
{
	if (len <= max)
		return len;
	while (max > 0 && ((unsigned char)s[max] & 0xc0) == 0x80)
		max--;
	return max;
}
