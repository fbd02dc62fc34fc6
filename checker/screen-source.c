/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "err.h"
#include "screen.h"

#include <ctype.h>
#include <string.h>

#define SOURCE_MAX ((size_t)16 << 20)

/*
 * Attributes and flags leave nothing in the object by which a function that
 * is not watched could be told from one that needs no watching.
 */
static const struct {
	const char *word;
	bool whole; /* of an identifier, or any part of it */
} words[] = {
	{"no_sanitize", false},
	{"disable_sanitizer_instrumentation", false},
	{"__no_kasan_or_inline", true},
	{"noinstr", true},
	{"_SANITIZE", false}, /* KASAN_SANITIZE := n, in a Makefile */
	{"fno-sanitize", false},
	{"CFLAGS_REMOVE", false},
	{"ccflags-remove", false},
	{"RUSTFLAGS_REMOVE", false},
	{"rustflags-remove", false},
};

static bool in_identifier(char c)
{
	return c == '_' || isalnum((unsigned char)c);
}

static const char *find(const char *text, const char *word, bool whole)
{
	size_t len = strlen(word);
	const char *p = text;

	while ((p = strstr(p, word))) {
		if (!whole || ((p == text || !in_identifier(p[-1])) &&
			       !in_identifier(p[len])))
			return p;
		p += len;
	}
	return NULL;
}

int screen_source(const char *path, const char *name, struct buf *why,
		  struct err *e)
{
	struct buf b = BUF_INIT;
	const char *hit = NULL;
	size_t line = 1, i;

	if (buf_read_file(&b, path, SOURCE_MAX, e) < 0)
		return -1;
	for (i = 0; !hit && i < sizeof(words) / sizeof(words[0]); i++)
		hit = find(buf_str(&b), words[i].word, words[i].whole);
	for (const char *p = b.data; hit && p < hit; p++)
		line += *p == '\n';
	if (hit)
		buf_addf(why,
			 "%s:%zu switches the kernel's checks of its own "
			 "code off (%s): not for a lesson's work",
			 name, line, words[i - 1].word);
	buf_release(&b);
	return hit ? 1 : 0;
}
