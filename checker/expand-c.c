/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A file of C with its macros expanded, and without its headers. The
 * preprocessor's line markers say which of its output belongs to which line
 * of the file: GNU cpp manual, "Preprocessor Output".
 */
#include "expand-int.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { LINES_MAX = 100000, TAB = 8 };

struct line {
	const char *s; /* of the source, without its newline */
	size_t len;
	struct buf code; /* of it, without comments and blanks */
	struct buf became; /* what the preprocessor made of it */
	bool directive;
};

struct lines {
	struct line *v;
	size_t n;
};

static void lines_release(struct lines *l)
{
	for (size_t i = 0; i < l->n; i++) {
		buf_release(&l->v[i].code);
		buf_release(&l->v[i].became);
	}
	free(l->v);
}

static size_t quoted(const char *s, const char *end)
{
	size_t n = 1;

	while (s + n < end && s[n] != *s)
		n += s[n] == '\\' && s + n + 1 < end ? 2 : 1;
	return s + n < end ? n + 1 : n;
}

static bool in_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* One character, apart from the word before it if @apart. */
static void add_char(struct buf *out, char c, bool apart)
{
	if (apart && out->len && in_word(c) && in_word(out->data[out->len - 1]))
		buf_addc(out, ' ');
	buf_addc(out, c);
}

/*
 * Add @s without comments, and without blanks but those that part words.
 * @comment: whether one is open, before and after.
 */
static void add_code(struct buf *out, const char *s, const char *end,
		     bool *comment)
{
	bool apart = true;

	while (s < end) {
		bool was_apart = apart;
		size_t n = 1;

		apart = true;
		if (*comment) {
			if (end - s >= 2 && strncmp(s, "*/", 2) == 0) {
				*comment = false;
				n = 2;
			}
		} else if (end - s >= 2 && strncmp(s, "/*", 2) == 0) {
			*comment = true;
			n = 2;
		} else if (end - s >= 2 && strncmp(s, "//", 2) == 0) {
			return;
		} else if (*s == '"' || *s == '\'') {
			n = quoted(s, end);
			buf_add(out, s, n);
		} else if (!isspace((unsigned char)*s)) {
			add_char(out, *s, was_apart);
			apart = false;
		}
		s += n;
	}
}

static int read_source(struct lines *l, const char *source)
{
	bool comment = false, continued = false;
	size_t n = 1;

	for (const char *s = source; *s; s++)
		n += *s == '\n';
	l->v = n < LINES_MAX ? calloc(n, sizeof(*l->v)) : NULL;
	if (!l->v)
		return -1;
	while (*source) {
		struct line *v = &l->v[l->n++];
		bool open = comment;

		v->s = source;
		v->len = strcspn(source, "\n");
		add_code(&v->code, source, source + v->len, &comment);
		v->directive = continued ||
			       (!open && v->code.len && v->code.data[0] == '#');
		continued = v->directive && v->len && v->s[v->len - 1] == '\\';
		source += v->len;
		source += *source == '\n';
	}
	return 0;
}

/* `# 12 "file"` */
static bool read_marker(const char *s, unsigned long *line, const char **file,
			size_t *len)
{
	char *end;

	if (s[0] != '#' || s[1] != ' ' || !isdigit((unsigned char)s[2]))
		return false;
	*line = strtoul(s + 2, &end, 10);
	if (strncmp(end, " \"", 2) != 0)
		return false;
	*file = end + 2;
	*len = strcspn(*file, "\"\n");
	return true;
}

/* "./x.c" and "/kiln/work/./x.c" are x.c. */
static bool is_file(const char *file, size_t len, const char *name)
{
	size_t n = strlen(name);

	return len >= n && strncmp(file + len - n, name, n) == 0 &&
	       (len == n || file[len - n - 1] == '/') &&
	       (len == n || strncmp(file, "/kiln/src/", 10) != 0);
}

static void deal_out(struct lines *l, const char *text, const char *name)
{
	unsigned long at = 0; /* 0: in another file */

	while (*text) {
		size_t n = strcspn(text, "\n");
		unsigned long line;
		const char *file;
		size_t len;

		if (read_marker(text, &line, &file, &len)) {
			at = is_file(file, len, name) ? line : 0;
		} else if (at) {
			if (at <= l->n) {
				struct buf *b = &l->v[at - 1].became;

				buf_adds(b, b->len ? " " : "");
				buf_add(b, text, n);
			}
			at++;
		}
		text += n;
		text += text[0] == '\n';
	}
}

static bool is_changed(const struct line *v)
{
	struct buf b = BUF_INIT;
	bool comment = false, same;

	if (v->directive)
		return false;
	add_code(&b, buf_str(&v->became), buf_str(&v->became) + v->became.len,
		 &comment);
	same = strcmp(buf_str(&b), buf_str(&v->code)) == 0;
	buf_release(&b);
	return !same;
}

static unsigned indent_of(const struct line *v)
{
	unsigned n = 0;

	for (size_t i = 0; i < v->len && isspace((unsigned char)v->s[i]); i++)
		n += v->s[i] == '\t' ? TAB - n % TAB : 1;
	return n;
}

static void add_line(struct buf *out, const struct line *v, unsigned width)
{
	if (is_changed(v)) {
		expand_layout(out, buf_str(&v->became), indent_of(v), width);
		return;
	}
	buf_add(out, v->s, v->len);
	buf_addc(out, '\n');
}

/* ---- a part of it ---- */

static bool has_name(const struct line *v, const char *name)
{
	const char *code = buf_str(&v->code), *end = code + v->code.len;
	size_t n = strlen(name);

	for (const char *s = code; s < end;) {
		if (*s == '"' || *s == '\'') {
			s += quoted(s, end);
		} else if (in_word(*s)) {
			size_t len = 0;

			while (in_word(s[len]))
				len++;
			if (len == n && strncmp(s, name, n) == 0)
				return true;
			s += len;
		} else {
			s++;
		}
	}
	return false;
}

static void add_remark(struct buf *out, const char *name, const struct lines *l,
		       size_t i)
{
	const struct line *v = &l->v[i];
	size_t in = 0;

	while (in < v->len && isspace((unsigned char)v->s[in]))
		in++;
	buf_addf(out, "// %s:%zu: %.*s\n", name, i + 1, (int)(v->len - in),
		 v->s + in);
}

/* Each line with that macro, with its number, and what it became. */
static enum expand_end add_macro(struct buf *out, const struct lines *l,
				 const char *name, const char *macro,
				 unsigned width)
{
	size_t shown = l->n; /* the line that was shown last */

	for (size_t i = 0; i < l->n; i++) {
		size_t at = i;

		if (l->v[i].directive || !has_name(&l->v[i], macro))
			continue;
		/* All of a call is where it begins. */
		while (at > 0 && !l->v[at].became.len)
			at--;
		if (at == shown || !is_changed(&l->v[at]))
			continue;
		buf_adds(out, shown < l->n ? "\n" : "");
		add_remark(out, name, l, at);
		add_line(out, &l->v[at], width);
		shown = at;
	}
	return shown < l->n ? EXPAND_OK : EXPAND_NONE;
}

/* From the line where the function begins to the one of its last brace. */
static bool find_function(const char *source, const char *name, size_t *from,
			  size_t *to)
{
	struct abi_tokens t = {.n = 0};
	bool found = false;

	/* Of C's tokens, too, this knows what is needed. */
	if (abi_lex(&t, source, strlen(source)) != 0)
		t.n = 0;
	for (size_t i = 0; i + 1 < t.n && !found; i++) {
		size_t body, first = i;

		if (t.v[i].kind == ABI_OPEN && t.v[i].s[0] == '{') {
			i = t.v[i].match;
			continue;
		}
		if (!abi_is(&t.v[i], name) || t.v[i + 1].kind != ABI_OPEN)
			continue;
		body = t.v[i + 1].match + 1;
		found = body < t.n && t.v[body].kind == ABI_OPEN &&
			t.v[body].s[0] == '{';
		if (!found)
			continue;
		while (first > 0 && !abi_is(&t.v[first - 1], ";") &&
		       !abi_is(&t.v[first - 1], "}") &&
		       t.v[first - 1].kind == ABI_IDENT)
			first--;
		*from = t.v[first].line;
		*to = t.v[t.v[body].match].line;
	}
	abi_tokens_release(&t);
	return found;
}

enum expand_end expand_c(struct buf *out, const char *name, const char *source,
			 const char *preprocessed, unsigned width,
			 const struct expand_part *part)
{
	struct lines l = {.n = 0};
	size_t from = 1, to = LINES_MAX;
	enum expand_end end = EXPAND_OK;

	if (read_source(&l, source) < 0)
		return EXPAND_NO_MEMORY;
	deal_out(&l, preprocessed, name);
	if (part->macro)
		end = add_macro(out, &l, name, part->macro, width);
	else if (part->item && !find_function(source, part->item, &from, &to))
		end = EXPAND_NONE;
	else
		for (size_t i = from; i <= to && i <= l.n; i++)
			add_line(out, &l.v[i - 1], width);
	lines_release(&l);
	return end;
}
