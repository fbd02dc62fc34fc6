/* SPDX-License-Identifier: GPL-2.0-or-later */
/* text.md: its sections, its length, what it points to. */
#include "checker/buf.h"
#include "checker/err.h"
#include "checker/store.h"
#include "lesson.h"
#include "lint.h"
#include "section.h"

#include <cmark.h>
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FEW_WORDS = 300, MOST_WORDS = 1200 };

#define TEXT "text.md"

/* ---- sections ---- */

static bool has_step(const struct lesson *l, const char *section)
{
	for (size_t i = 0; i < l->nsteps; i++)
		if (l->steps[i].section &&
		    strcmp(l->steps[i].section, section) == 0)
			return true;
	return false;
}

static void look_at_sections(struct lint *t, const struct buf *text)
{
	unsigned line = 0;
	struct section s;
	size_t at = 0;

	while (section_next(&s, buf_str(text), text->len, &at, &line))
		if (*s.name && !has_step(t->l, s.name))
			lint_add(t, LINT_ERROR, TEXT, s.line,
				 "no step shows the section \"%s\"", s.name);
	for (size_t i = 0; i < t->l->nsteps; i++)
		if (!t->l->steps[i].section)
			lint_field(t, LINT_WARNING, NULL, "steps",
				   "the step \"%s\" shows no section",
				   t->l->steps[i].name);
}

/* ---- links ---- */

static bool exists(const char *fmt, const char *dir, const char *path, int len)
{
	char full[8400];
	struct stat st;

	snprintf(full, sizeof(full), fmt, dir, len, path);
	return stat(full, &st) == 0;
}

static bool in_lesson(const struct lint *t, const char *path, int len)
{
	return exists("%s/%.*s", t->l->spec.dir, path, len) ||
	       exists("%s/solution/%.*s", t->l->spec.dir, path, len) ||
	       exists("%s/tests/%.*s", t->l->spec.dir, path, len);
}

/* As people write it: from the top, or as an #include or a crate has it. */
static bool in_kernel(const struct lint *t, const char *path, int len)
{
	const char *dir = t->store->linux_dir;

	return exists("%s/src/%.*s", dir, path, len) ||
	       exists("%s/src/include/%.*s", dir, path, len) ||
	       exists("%s/src/include/uapi/%.*s", dir, path, len) ||
	       exists("%s/src/arch/x86/include/%.*s", dir, path, len) ||
	       exists("%s/src/rust/%.*s", dir, path, len) ||
	       exists("%s/build/%.*s", dir, path, len);
}

static void look_at_section_link(struct lint *t, const char *name,
				 const char *text, size_t len, unsigned line)
{
	struct section s;

	if (!section_find(&s, text, len, name))
		lint_add(t, LINT_ERROR, TEXT, line,
			 "a link to #%s, and there is no such section", name);
}

/* The form alone: nothing is fetched. */
static void look_at_web(struct lint *t, const char *url, unsigned line)
{
	static const char host_chars[] = "abcdefghijklmnopqrstuvwxyz"
					 "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
					 "0123456789.-";
	const char *host = url + strlen("https://");
	size_t n;

	if (strncmp(url, "https://", strlen("https://")) != 0) {
		lint_add(t, LINT_ERROR, TEXT, line,
			 "the link %s; allowed are https://, #SECTION and "
			 "files of the lesson or the kernel",
			 url);
		return;
	}
	n = strspn(host, host_chars);
	if (!memchr(host, '.', n) || (host[n] && host[n] != '/') ||
	    host[0] == '.' || strpbrk(url, " \t<>\"\\^`{|}"))
		lint_add(t, LINT_ERROR, TEXT, line,
			 "%s is not the form of a link", url);
}

static void look_at_link(struct lint *t, const char *url, const char *text,
			 size_t len, unsigned line)
{
	int n = (int)strcspn(url, "#");

	if (url[0] == '#')
		look_at_section_link(t, url + 1, text, len, line);
	else if (strchr(url, ':'))
		look_at_web(t, url, line);
	else if (!in_lesson(t, url, n) && !in_kernel(t, url, n))
		lint_add(t, LINT_ERROR, TEXT, line,
			 "a link to %s, which is no file of the lesson or "
			 "the kernel",
			 url);
}

/* ---- paths ---- */

/* Does it end as files of the kernel do? A folder ends in '/'. */
static bool is_file_name(const char *s, size_t n)
{
	static const char *const ends[] = {
		".c",	     ".h",	 ".rs",	    ".rst",  ".S",    ".txt",
		".py",	     ".sh",	 ".pl",	    ".toml", ".yaml", ".lds",
		"/Makefile", "/Kconfig", "/Kbuild", "/"};

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		size_t m = strlen(ends[i]);

		if (n > m && memcmp(s + n - m, ends[i], m) == 0)
			return true;
	}
	return false;
}

static bool is_below(const char *s, size_t n, const char *dir)
{
	size_t len = strlen(dir);

	return n >= len && memcmp(s, dir, len) == 0 &&
	       (n == len || s[len] == '/');
}

/* What the shell shows as the learner's own: see tree_put_work(). */
static void look_at_home(struct lint *t, const char *s, size_t n, unsigned line)
{
	char mine[300];

	snprintf(mine, sizeof(mine), "~/kiln/%s", t->l->spec.slug);
	if (!is_below(s, n, "~/kiln/linux") && !is_below(s, n, mine) &&
	    !(n <= strlen("~/kiln/") && is_below(s, n, "~/kiln")))
		lint_add(t, LINT_ERROR, TEXT, line,
			 "%.*s: a learner has ~/kiln/linux and %s", (int)n, s,
			 mine);
}

/* `path/file.c`, `path/file.c:12`, `path/`: a place in a tree of sources. */
static void look_at_word(struct lint *t, const char *s, size_t n, unsigned line)
{
	const char *colon = memchr(s, ':', n);

	if (colon && isdigit((unsigned char)colon[1]))
		n = (size_t)(colon - s);
	if (!memchr(s, '/', n) || !is_file_name(s, n))
		return;
	for (size_t i = 0; i < n; i++)
		if (!isalnum((unsigned char)s[i]) && !strchr("_+./-", s[i]))
			return;
	/* A place in the guest or the home is not in a tree of sources. */
	if (s[0] == '/' || s[0] == '.' || s[0] == '-')
		return;
	if (!in_lesson(t, s, (int)n) && !in_kernel(t, s, (int)n))
		lint_add(t, LINT_ERROR, TEXT, line,
			 "there is no %.*s, in the kernel or the lesson",
			 (int)n, s);
}

static void look_at_code(struct lint *t, const char *s, unsigned line)
{
	while (*s) {
		size_t n = strcspn(s, " \t\n");

		if (n > 1 && s[0] == '~' && s[1] == '/')
			look_at_home(t, s, n, line);
		else if (n && store_has_linux(t->store))
			look_at_word(t, s, n, line);
		s += n + (s[n] != '\0');
	}
}

/* ---- all of it ---- */

static size_t count_words(const char *s)
{
	size_t n = 0;

	while (*s) {
		size_t len = strcspn(s, " \t\n");
		bool word = false;

		/* A comma behind something in backquotes is none. */
		for (size_t i = 0; i < len; i++)
			word = word || isalnum((unsigned char)s[i]);
		n += word;
		s += len + (s[len] != '\0');
	}
	return n;
}

static unsigned line_of(cmark_node *node)
{
	int line = 0;

	for (; node && line <= 0; node = cmark_node_parent(node))
		line = cmark_node_get_start_line(node);
	return line > 0 ? (unsigned)line : 0;
}

/* Words of prose; what stands in listings is not read as such. */
static size_t look_at_node(struct lint *t, cmark_node *node,
			   const struct buf *text)
{
	const char *s = cmark_node_get_literal(node);

	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_TEXT:
		return count_words(s);
	case CMARK_NODE_CODE:
		look_at_code(t, s, line_of(node));
		return count_words(s);
	case CMARK_NODE_LINK:
	case CMARK_NODE_IMAGE:
		look_at_link(t, cmark_node_get_url(node), buf_str(text),
			     text->len, line_of(node));
		return 0;
	default:
		return 0;
	}
}

static int look_at_nodes(struct lint *t, const struct buf *text, struct err *e)
{
	cmark_node *doc = cmark_parse_document(buf_str(text), text->len,
					       CMARK_OPT_DEFAULT);
	cmark_iter *it = doc ? cmark_iter_new(doc) : NULL;
	cmark_event_type ev;
	size_t words = 0;

	if (!it)
		return err_set(e, ERR_ENV, ENOMEM, "cannot read the text");
	while ((ev = cmark_iter_next(it)) != CMARK_EVENT_DONE)
		if (ev == CMARK_EVENT_ENTER)
			words += look_at_node(t, cmark_iter_get_node(it), text);
	if (words < FEW_WORDS || words > MOST_WORDS)
		lint_add(t, LINT_ERROR, TEXT, 0,
			 "%zu words without the listings; allowed are %d to "
			 "%d",
			 words, FEW_WORDS, MOST_WORDS);
	cmark_iter_free(it);
	cmark_node_free(doc);
	return 0;
}

int lint_text(struct lint *t, struct err *e)
{
	struct buf text = BUF_INIT;
	int ret = buf_read_file(&text, t->l->text_path, LESSON_TEXT_MAX, e);

	if (ret == 0) {
		look_at_sections(t, &text);
		ret = look_at_nodes(t, &text, e);
	}
	buf_release(&text);
	return ret;
}
