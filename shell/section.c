/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "section.h"
#include "checker/buf.h"

#include <ctype.h>
#include <string.h>

static size_t line_len(const char *p, const char *end)
{
	const char *nl = memchr(p, '\n', (size_t)(end - p));

	return nl ? (size_t)(nl - p) + 1 : (size_t)(end - p);
}

static size_t trim(const char *p, size_t n)
{
	while (n > 0 && isspace((unsigned char)p[n - 1]))
		n--;
	return n;
}

/* Backquotes or tildes that open a fence on this line, or 0. */
static size_t fence_len(const char *p, size_t n, char *kind)
{
	size_t indent = 0, run = 0;

	while (indent < n && indent < 4 && p[indent] == ' ')
		indent++;
	if (indent == 4 || indent == n ||
	    (p[indent] != '`' && p[indent] != '~'))
		return 0;
	*kind = p[indent];
	while (indent + run < n && p[indent + run] == *kind)
		run++;
	return run >= 3 ? run : 0;
}

/* A fence ends at one of its own kind, no shorter, with nothing after it. */
struct fence {
	size_t len; /* 0: not in one */
	char kind;
};

static void follow_fence(struct fence *f, const char *p, size_t n)
{
	char kind = 0;
	size_t run = fence_len(p, n, &kind);

	if (run == 0)
		return;
	if (f->len == 0) {
		*f = (struct fence){.len = run, .kind = kind};
		return;
	}
	n = trim(p, n);
	if (kind == f->kind && run >= f->len && n > 0 && p[n - 1] == kind)
		f->len = 0;
}

/* 1 for "# x", 2 for "## x", and so on; 0 for what is no heading. */
static size_t heading_level(const char *p, size_t n)
{
	size_t level = 0;

	while (level < n && level < 7 && p[level] == '#')
		level++;
	if (level == 0 || level == 7 || level == n)
		return 0;
	return p[level] == ' ' || p[level] == '\t' ? level : 0;
}

/* Length of the heading's text up to {#name}; the name goes to @id. */
static size_t split_anchor(const char *p, size_t n, const char **id,
			   size_t *idlen)
{
	size_t i;

	n = trim(p, n);
	*id = NULL;
	if (n < 4 || p[n - 1] != '}')
		return n;
	for (i = n - 1; i > 0 && p[i - 1] != '{'; i--)
		;
	if (i == 0 || p[i] != '#')
		return n;
	*id = p + i + 1;
	*idlen = n - i - 2;
	return trim(p, i - 1);
}

/* As mdBook does it: letters, digits, _ and - stay, spaces become -. */
static void anchor_name(char *out, size_t size, const char *p, size_t n)
{
	size_t o = 0;

	for (size_t i = 0; i < n && o + 1 < size; i++) {
		unsigned char c = (unsigned char)p[i];

		if (isspace(c))
			out[o++] = '-';
		else if (c >= 0x80 || isalnum(c) || c == '_' || c == '-')
			out[o++] = (char)tolower(c);
	}
	out[o] = '\0';
}

static void name_section(struct section *s)
{
	const char *p = s->text + 2, *id;
	size_t n = s->heading - 2, idlen = 0;

	while (n > 0 && isspace((unsigned char)*p)) {
		p++;
		n--;
	}
	n = split_anchor(p, n, &id, &idlen);
	if (id)
		anchor_name(s->name, sizeof(s->name), id, idlen);
	else
		anchor_name(s->name, sizeof(s->name), p, n);
}

bool section_next(struct section *s, const char *text, size_t len, size_t *at,
		  unsigned *line)
{
	const char *p = text + *at, *end = text + len;
	struct fence f = {0};
	bool first = *line == 0;

	if (p == end && !first)
		return false;
	*s = (struct section){.text = p, .line = first ? 1 : *line};
	if (!first)
		s->heading = line_len(p, end);
	*line = s->line;
	while (p < end) {
		size_t n = line_len(p, end);
		size_t level = f.len ? 0 : heading_level(p, n);

		/* Before the first section, a title belongs to the rest. */
		if (level == 2 || (level == 1 && !first))
			if (p != s->text || first)
				break;
		follow_fence(&f, p, n);
		p += n;
		(*line)++;
	}
	s->len = (size_t)(p - s->text);
	*at = (size_t)(p - text);
	if (s->heading && heading_level(s->text, s->heading) == 2)
		name_section(s);
	return true;
}

bool section_find(struct section *s, const char *text, size_t len,
		  const char *name)
{
	unsigned line = 0;
	size_t at = 0;

	while (section_next(s, text, len, &at, &line))
		/* A later "# Title" has no name either, but a heading. */
		if (strcmp(s->name, name) == 0 && (*name || !s->heading))
			return true;
	return false;
}

void section_print(const struct section *s, struct buf *out)
{
	const char *id;
	size_t n, idlen;

	n = split_anchor(s->text, s->heading, &id, &idlen);
	if (s->heading) {
		buf_add(out, s->text, n);
		buf_addc(out, '\n');
	}
	buf_add(out, s->text + s->heading, s->len - s->heading);
}
