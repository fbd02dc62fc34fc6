/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "starter.h"
#include "names.h"
#include "checker/buf.h"
#include "checker/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum marker { MARK_NONE, MARK_BEGIN, MARK_STUB, MARK_END, MARK_BROKEN };
enum place { OUTSIDE, IN_SOLUTION, IN_STUB };

struct scan {
	struct buf *out;
	const struct starter_steps *steps; /* NULL: all regions alike */
	bool solved; /* what is wanted: the solution, or the starter */
	char step[80]; /* that the marker at hand names, or "" */
	const char *path, *sign;
	enum place place;
	unsigned line, begun; /* 1-based; where the region began */
};

static const char *comment_sign(const char *path)
{
	static const struct {
		const char *ext, *sign;
	} signs[] = {
		{".rs", "//"}, {".c", "//"}, {".h", "//"},
		{".S", "//"},  {".lua", "--"},
	};
	const char *dot = strrchr(path, '.');

	for (size_t i = 0; dot && i < sizeof(signs) / sizeof(signs[0]); i++)
		if (strcmp(dot, signs[i].ext) == 0)
			return signs[i].sign;
	return "#";
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static size_t indent_of(const char *p, size_t n)
{
	size_t i = 0;

	while (i < n && is_blank(p[i]))
		i++;
	return i;
}

/* What follows the comment's sign and one blank; NULL: no comment. */
static const char *comment_text(const char *p, size_t *n, const char *sign)
{
	size_t skip = indent_of(p, *n), len = strlen(sign);

	if (*n - skip < len || memcmp(p + skip, sign, len) != 0)
		return NULL;
	skip += len;
	if (skip < *n && (p[skip] == ' ' || p[skip] == '\t'))
		skip++;
	*n -= skip;
	return p + skip;
}

static bool text_is(const char *p, size_t n, const char *words)
{
	while (n > 0 && is_blank(p[n - 1]))
		n--;
	return n == strlen(words) && memcmp(p, words, n) == 0;
}

/* "BEGIN SOLUTION", or with the name of a step after it, into @step. */
static bool is_begin(const char *p, size_t n, char step[static 80])
{
	static const char words[] = "BEGIN SOLUTION";
	size_t len = sizeof(words) - 1;

	step[0] = '\0';
	while (n > 0 && is_blank(p[n - 1]))
		n--;
	if (n < len || memcmp(p, words, len) != 0)
		return false;
	if (n == len)
		return true;
	if (p[len] != ' ' || n - len > 79)
		return false;
	memcpy(step, p + len + 1, n - len - 1);
	step[n - len - 1] = '\0';
	return is_slug(step);
}

static enum marker marker_of(const char *p, size_t n, const char *sign,
			     char step[static 80])
{
	size_t len = n;
	const char *text = comment_text(p, &len, sign);

	if (text && is_begin(text, len, step))
		return MARK_BEGIN;
	if (text && text_is(text, len, "STUB"))
		return MARK_STUB;
	if (text && text_is(text, len, "END SOLUTION"))
		return MARK_END;
	if (memmem(p, n, "BEGIN SOLUTION", 14) ||
	    memmem(p, n, "END SOLUTION", 12))
		return MARK_BROKEN;
	return MARK_NONE;
}

__attribute__((format(printf, 3, 4))) static int
fail(const struct scan *s, struct err *e, const char *fmt, ...)
{
	char what[256];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	err_set(e, ERR_LESSON, 0, "%s", what);
	return err_where(e, "%s:%u", s->path, s->line);
}

/* Whether this region is wanted solved may depend on its step. */
static int begin_region(struct scan *s, struct err *e)
{
	const char *step = s->step[0] ? s->step : NULL;

	s->begun = s->line;
	if (!s->steps)
		return 0;
	if (step && !strv_has(s->steps->known, step))
		return fail(s, e, "the lesson has no write step '%s'", step);
	if (!step)
		step = s->steps->own;
	s->solved = step && strv_has(s->steps->solved, step);
	return 0;
}

static int on_marker(struct scan *s, enum marker m, struct err *e)
{
	if (m == MARK_BROKEN)
		return fail(s, e, "this looks like a marker and is none; one "
				  "stands alone on its line: %s BEGIN "
				  "SOLUTION, %s STUB, %s END SOLUTION",
			    s->sign, s->sign, s->sign);
	if (m == MARK_BEGIN && s->place != OUTSIDE)
		return fail(s, e, "BEGIN SOLUTION within the region that began "
				  "in line %u", s->begun);
	if (m != MARK_BEGIN && s->place == OUTSIDE)
		return fail(s, e, "%s without a BEGIN SOLUTION before it",
			    m == MARK_STUB ? "STUB" : "END SOLUTION");
	if (m == MARK_STUB && s->place == IN_STUB)
		return fail(s, e, "a second STUB in the region that began in "
				  "line %u", s->begun);
	if (m == MARK_BEGIN && begin_region(s, e) < 0)
		return -1;
	s->place = m == MARK_BEGIN ? IN_SOLUTION :
		   m == MARK_STUB  ? IN_STUB :
				     OUTSIDE;
	return 0;
}

/* Add a line of the stub, commented out one level less. */
static int on_stub(struct scan *s, const char *p, size_t n, struct err *e)
{
	size_t indent = indent_of(p, n), len = n;
	const char *text;

	if (indent == n) {
		buf_adds(s->out, s->solved ? "" : "\n");
		return 0;
	}
	text = comment_text(p, &len, s->sign);
	if (!text)
		return fail(s, e, "a line of a stub must be commented out "
				  "with %s", s->sign);
	if (s->solved)
		return 0;
	if (indent_of(text, len) < len)
		buf_add(s->out, p, indent);
	else if (len > 1) /* nothing but blanks */
		text += len - 1, len = 1;
	buf_add(s->out, text, len);
	return 0;
}

static int on_line(struct scan *s, const char *p, size_t n, struct err *e)
{
	enum marker m = marker_of(p, n, s->sign, s->step);

	if (m != MARK_NONE)
		return on_marker(s, m, e);
	if (s->place == IN_STUB)
		return on_stub(s, p, n, e);
	if (s->place == OUTSIDE || s->solved)
		buf_add(s->out, p, n);
	return 0;
}

static int convert(struct scan *s, const char *p, size_t len, struct err *e)
{
	const char *end = p + len;

	s->sign = comment_sign(s->path);
	while (p < end) {
		const char *nl = memchr(p, '\n', (size_t)(end - p));
		size_t n = nl ? (size_t)(nl - p) + 1 : (size_t)(end - p);

		s->line++;
		if (on_line(s, p, n, e) < 0)
			return -1;
		p += n;
	}
	if (s->place != OUTSIDE) {
		s->line = s->begun;
		return fail(s, e, "no END SOLUTION follows");
	}
	if (!buf_ok(s->out))
		return err_set(e, ERR_ENV, ENOMEM, "cannot read %s", s->path);
	return 0;
}

int starter_make(struct buf *out, const char *text, size_t len,
		 const char *path, struct err *e)
{
	struct scan s = {.out = out, .path = path};

	return convert(&s, text, len, e);
}

int solution_strip(struct buf *out, const char *text, size_t len,
		   const char *path, struct err *e)
{
	struct scan s = {.out = out, .path = path, .solved = true};

	return convert(&s, text, len, e);
}

int starter_solve(struct buf *out, const char *text, size_t len,
		  const char *path, const struct starter_steps *steps,
		  struct err *e)
{
	struct scan s = {.out = out, .path = path, .steps = steps};

	return convert(&s, text, len, e);
}
