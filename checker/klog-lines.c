/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "klog-lines.h"
#include "utf8.h"

#include <stdlib.h>
#include <string.h>

#define CHUNK ((size_t)256 << 10)

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "<6>", as printk's level shows in some saved logs. */
static size_t level(const char *s, size_t len)
{
	size_t i = 1;

	if (len < 3 || *s != '<')
		return 0;
	while (i < len && i < 4 && is_digit(s[i]))
		i++;
	return i > 1 && i < len && s[i] == '>' ? i + 1 : 0;
}

/* "[    1.234567]" */
static size_t stamp(const char *s, size_t len)
{
	size_t i = 1, dot;

	if (len < 10 || *s != '[')
		return 0;
	while (i < len && s[i] == ' ')
		i++;
	if (i == len || !is_digit(s[i]))
		return 0;
	while (i < len && is_digit(s[i]))
		i++;
	if (i == len || s[i] != '.')
		return 0;
	dot = i++;
	while (i < len && is_digit(s[i]))
		i++;
	return i == dot + 7 && i < len && s[i] == ']' ? i + 1 : 0;
}

/* "[  T42]" or "[   C0]", with CONFIG_PRINTK_CALLER. */
static size_t caller(const char *s, size_t len)
{
	size_t i = 1, digits;

	if (len < 4 || *s != '[')
		return 0;
	while (i < len && s[i] == ' ')
		i++;
	if (i == len || (s[i] != 'T' && s[i] != 'C'))
		return 0;
	digits = ++i;
	while (i < len && is_digit(s[i]))
		i++;
	return i > digits && i < len && s[i] == ']' ? i + 1 : 0;
}

size_t klog_prefix(const char *s, size_t len)
{
	size_t n = level(s, len);
	size_t brackets = n;

	n += stamp(s + n, len - n);
	n += caller(s + n, len - n);
	return n + (n > brackets && n < len && s[n] == ' ');
}

/* Any byte that is not printable ASCII, eight at a time. */
static bool is_dirty(const char *s, size_t len)
{
	const uint64_t ones = UINT64_MAX / 255;
	const uint64_t high = ones << 7;
	uint64_t v, x, bad = 0;

	for (; len >= sizeof(v); s += sizeof(v), len -= sizeof(v)) {
		memcpy(&v, s, sizeof(v));
		x = v ^ (0x7f * ones);
		bad |= v | ((v - 0x20 * ones) & ~v) | ((x - ones) & ~x);
	}
	if (bad & high)
		return true;
	for (; len > 0; s++, len--)
		if ((unsigned char)*s < 0x20 || (unsigned char)*s >= 0x7f)
			return true;
	return false;
}

/* Length of a terminal sequence that starts with the ESC at @s. */
static size_t escape(const char *s, size_t len)
{
	size_t i = 2;

	if (len < 2)
		return 1;
	if (s[1] == '[') {
		while (i < len && s[i] >= 0x20 && s[i] <= 0x3f)
			i++;
		return i < len ? i + 1 : i;
	}
	if (s[1] == ']') {
		while (i < len && s[i] != '\a' && s[i] != '\033')
			i++;
		return i < len && s[i] == '\a' ? i + 1 : i;
	}
	return s[1] >= 0x20 ? 2 : 1;
}

static void scrub(struct buf *out, const char *s, size_t len)
{
	size_t i = 0;

	buf_clear(out);
	while (i < len) {
		size_t run = i;

		while (i < len && ((unsigned char)s[i] >= 0x20 ||
				   s[i] == '\t') && s[i] != 0x7f)
			i++;
		utf8_add_clean(out, s + run, i - run);
		if (i < len)
			i += s[i] == '\033' ? escape(s + i, len - i) : 1;
	}
}

const char *klog_clean(const char *s, size_t *len, struct buf *scratch)
{
	size_t n;

	if (*len && s[*len - 1] == '\r')
		--*len;
	if (is_dirty(s, *len)) {
		scrub(scratch, s, *len);
		s = buf_str(scratch);
		*len = scratch->len;
	}
	n = klog_prefix(s, *len);
	*len -= n;
	return s + n;
}

static char *store_text(struct klog_store *st, const char *s, size_t len)
{
	char **chunks;
	char *p;

	if (len + 1 > st->room) {
		chunks = reallocarray(st->chunks, st->nchunks + 1,
				      sizeof(*chunks));
		if (!chunks)
			return NULL;
		st->chunks = chunks;
		p = malloc(CHUNK);
		if (!p)
			return NULL;
		chunks[st->nchunks++] = p;
		st->room = CHUNK;
	}
	p = st->chunks[st->nchunks - 1] + (CHUNK - st->room);
	memcpy(p, s, len);
	p[len] = '\0';
	st->room -= len + 1;
	return p;
}

static bool store_slot(struct klog_store *st)
{
	struct klog_kept *lines;
	size_t cap = st->cap ? 2 * st->cap : 256;

	if (st->n < st->cap)
		return true;
	lines = reallocarray(st->lines, cap, sizeof(*lines));
	if (!lines)
		return false;
	st->lines = lines;
	st->cap = cap;
	return true;
}

void klog_store_add(struct klog_store *st, const char *s, size_t len, int step,
		    unsigned round)
{
	size_t cost = len + 1 + sizeof(*st->lines);
	const char *text;

	if (st->full)
		return;
	if (cost > st->max - st->used || !store_slot(st) ||
	    !(text = store_text(st, s, len))) {
		st->full = true;
		return;
	}
	st->used += cost;
	st->lines[st->n++] = (struct klog_kept){
		.text = text,
		.len = (uint32_t)len,
		.step = step,
		.round = round,
	};
}

void klog_store_release(struct klog_store *st)
{
	for (size_t i = 0; i < st->nchunks; i++)
		free(st->chunks[i]);
	free(st->chunks);
	free(st->lines);
	*st = (struct klog_store){.lines = NULL};
}
