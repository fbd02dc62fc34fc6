/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "diag-parse.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

struct span span_of(const char *s)
{
	return (struct span){s, strlen(s)};
}

struct span span_from(struct span s, size_t at)
{
	return (struct span){s.s + at, s.len - at};
}

struct span span_trim(struct span s)
{
	while (s.len > 0 && isspace((unsigned char)s.s[0]))
		s = span_from(s, 1);
	while (s.len > 0 && isspace((unsigned char)s.s[s.len - 1]))
		s.len--;
	return s;
}

bool span_starts(struct span s, const char *prefix)
{
	size_t n = strlen(prefix);

	return s.len >= n && memcmp(s.s, prefix, n) == 0;
}

bool span_ends(struct span s, const char *suffix)
{
	size_t n = strlen(suffix);

	return s.len >= n && memcmp(s.s + s.len - n, suffix, n) == 0;
}

size_t span_find(struct span s, const char *what)
{
	const char *p = s.len ? memmem(s.s, s.len, what, strlen(what)) : NULL;

	return p ? (size_t)(p - s.s) : SIZE_MAX;
}

bool span_line(struct span *rest, struct span *line)
{
	const char *nl;

	if (rest->len == 0)
		return false;
	nl = memchr(rest->s, '\n', rest->len);
	line->s = rest->s;
	line->len = nl ? (size_t)(nl - rest->s) : rest->len;
	*rest = span_from(*rest, line->len + (nl ? 1 : 0));
	return true;
}

/* Take ":123" off the end of @s. */
static bool take_number(struct span *s, unsigned *n)
{
	size_t at = s->len, digits;
	unsigned v = 0;

	while (at > 0 && isdigit((unsigned char)s->s[at - 1]))
		at--;
	digits = s->len - at;
	if (digits == 0 || digits > 9 || at < 2 || s->s[at - 1] != ':')
		return false;
	for (size_t i = at; i < s->len; i++)
		v = v * 10 + (unsigned)(s->s[i] - '0');
	*n = v;
	s->len = at - 1;
	return true;
}

struct span place_parse(struct span s, unsigned *line, unsigned *col)
{
	unsigned last = 0, before = 0;

	*line = *col = 0;
	s = span_trim(s);
	/* "<inline asm>:2:19" is the one place with a space in it. */
	if ((memchr(s.s, ' ', s.len) && !span_starts(s, "<inline asm>:")) ||
	    memchr(s.s, '|', s.len))
		return (struct span){s.s, 0};
	if (!take_number(&s, &last))
		return s;
	if (!take_number(&s, &before)) {
		*line = last;
		return s;
	}
	*line = before;
	*col = last;
	return s;
}

bool place_is_ours(struct span path)
{
	return path.len > 0 && path.s[0] != '/' && path.s[0] != '<' &&
	       !span_starts(path, "../");
}

/* "error[E0308]: …", "warning: …" at the left margin. */
static bool head_rustc(struct head *h, struct span line)
{
	static const char *const words[] = {"error", "warning", "note"};
	struct span rest;
	size_t colon, i;

	for (i = 0; i < 3 && !span_starts(line, words[i]); i++)
		;
	if (i == 3)
		return false;
	rest = span_from(line, strlen(words[i]));
	if (span_starts(rest, "[")) {
		colon = span_find(rest, "]: ");
		if (colon == SIZE_MAX)
			return false;
		h->code = (struct span){rest.s + 1, colon - 1};
		rest = span_from(rest, colon + 1);
	}
	if (!span_starts(rest, ": "))
		return false;
	h->message = span_from(rest, 2);
	h->level = (enum diag_level)i;
	h->tool = DIAG_RUSTC;
	return true;
}

/* The counts at the end: "aborting due to 2 previous errors", … */
static bool is_summary(struct span message)
{
	return span_starts(message, "aborting due to") ||
	       span_ends(message, "warning emitted") ||
	       span_ends(message, "warnings emitted") ||
	       span_starts(message, "too many errors emitted");
}

static bool is_makefile(struct span path)
{
	const char *slash = memrchr(path.s, '/', path.len);
	struct span base = path;

	if (slash)
		base = span_from(path, (size_t)(slash + 1 - path.s));
	return span_starts(base, "Makefile") || span_starts(base, "Kbuild");
}

/* Take "[-Werror,-Wfoo]" off the end of a message. */
static void take_flag(struct head *h)
{
	struct span m = h->message;
	const char *open = memrchr(m.s, '[', m.len);
	struct span flag;

	if (!open || !span_ends(m, "]"))
		return;
	flag = (struct span){open + 1, (size_t)(m.s + m.len - open) - 2};
	if (span_starts(flag, "-Werror,"))
		flag = span_from(flag, strlen("-Werror,"));
	if (!span_starts(flag, "-W"))
		return;
	h->code = flag;
	h->message = span_trim((struct span){m.s, (size_t)(open - m.s)});
}

static const struct {
	const char *word;
	enum diag_level level;
} clang_words[] = {
	{": error: ", DIAG_ERROR},     {": fatal error: ", DIAG_ERROR},
	{": warning: ", DIAG_WARNING}, {": note: ", DIAG_NOTE},
	{": remark: ", DIAG_NOTE},
};

/* Split "WHERE: LEVEL: MESSAGE" at the first level. */
static bool split_level(struct head *h, struct span line, struct span *where)
{
	size_t best = SIZE_MAX;

	for (size_t i = 0; i < sizeof(clang_words) / sizeof(*clang_words);
	     i++) {
		size_t at = span_find(line, clang_words[i].word);

		if (at >= best)
			continue;
		best = at;
		h->level = clang_words[i].level;
		h->message = span_from(line, at + strlen(clang_words[i].word));
	}
	if (best == SIZE_MAX)
		return false;
	*where = (struct span){line.s, best};
	return true;
}

/* clang, and the tools that speak as it does: its driver, objtool, make. */
static bool head_clang(struct head *h, struct span line)
{
	struct span where, path;

	if (!split_level(h, line, &where))
		return false;
	path = place_parse(where, &h->line, &h->col);
	if (path.len == 0)
		return false;
	h->tool = DIAG_CLANG;
	if (span_starts(h->message, "objtool: ")) {
		h->tool = DIAG_LINKER;
	} else if (path.len == where.len) {
		path.len = 0; /* no line: the driver, or not a report */
		if (!span_starts(where, "clang"))
			return false;
	} else if (is_makefile(path)) {
		h->tool = DIAG_MAKE;
	}
	if (path.len > 0 && path.s[0] != '<')
		h->file = path;
	take_flag(h);
	return true;
}

/*
 * "ERROR: modpost: x.ko: symbol 'f' undefined!", and as it was before 7.x,
 * "ERROR: modpost: "f" [x.ko] undefined!".
 */
static bool head_modpost(struct head *h, struct span line)
{
	struct span m;
	size_t at, end;

	if (span_starts(line, "ERROR: modpost: "))
		h->level = DIAG_ERROR;
	else if (span_starts(line, "WARNING: modpost: "))
		h->level = DIAG_WARNING;
	else
		return false;
	h->tool = DIAG_MODPOST;
	m = span_from(line, span_find(line, "modpost: ") + 9);
	at = span_find(m, ": ");
	h->message = m;
	if (at != SIZE_MAX && !memchr(m.s, ' ', at)) {
		h->file = (struct span){m.s, at};
		h->message = span_from(m, at + 2);
		return true;
	}
	at = span_find(m, " [");
	end = at == SIZE_MAX ? at : span_find(span_from(m, at), "]");
	if (end != SIZE_MAX)
		h->file = (struct span){m.s + at + 2, end - 2};
	return true;
}

static bool head_linker(struct head *h, struct span line)
{
	if (!span_starts(line, "ld.lld: "))
		return false;
	line = span_from(line, strlen("ld.lld: "));
	if (span_starts(line, "error: "))
		h->level = DIAG_ERROR;
	else if (span_starts(line, "warning: "))
		h->level = DIAG_WARNING;
	else
		return false;
	h->tool = DIAG_LINKER;
	h->message = span_from(line, span_find(line, ": ") + 2);
	return true;
}

/* "make[3]: *** MESSAGE", "Makefile:2: *** MESSAGE.  Stop." */
static bool head_make(struct head *h, struct span line)
{
	size_t at = span_find(line, ": *** ");
	struct span where, m;

	if (at == SIZE_MAX)
		return false;
	where = (struct span){line.s, at};
	m = span_from(line, at + strlen(": *** "));
	if (span_ends(m, ".  Stop."))
		m.len -= strlen(".  Stop.");
	h->tool = DIAG_MAKE;
	h->level = DIAG_ERROR;
	h->message = m;
	h->fallback = span_starts(m, "[");
	if (span_starts(where, "make[") ||
	    (span_starts(where, "make") && where.len == strlen("make")))
		return !span_starts(m, "Deleting ") &&
		       !span_starts(m, "Waiting for");
	h->file = place_parse(where, &h->line, &h->col);
	return h->line > 0;
}

bool head_parse(struct head *h, struct span line)
{
	static bool (*const forms[])(struct head *, struct span) = {
		head_modpost, head_linker, head_make, head_rustc, head_clang,
	};

	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		memset(h, 0, sizeof(*h));
		if (forms[i](h, line))
			return !is_summary(h->message);
	}
	return false;
}

bool head_is_clang_note(const struct head *h)
{
	return h->tool == DIAG_CLANG && h->level == DIAG_NOTE;
}
