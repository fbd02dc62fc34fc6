/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "listing.h"
#include "checker/buf.h"

#include <string.h>

/* ---- what its fence says ---- */

static bool begins(const char *s, const char *word)
{
	return strncmp(s, word, strlen(word)) == 0;
}

/* Is @word all that stands before a blank or the end? */
static bool is_word(const char *s, const char *word)
{
	size_t n = strlen(word);

	return begins(s, word) && (s[n] == '\0' || s[n] == ' ');
}

static const char *skip_blanks(const char *s)
{
	return s + strspn(s, " ,");
}

struct listing_info listing_info(const char *fence)
{
	struct listing_info r = {.arg = ""};
	const char *s = fence;

	r.lang = is_word(s, "c") || begins(s, "c,")	    ? LISTING_C
		 : is_word(s, "rust") || begins(s, "rust,") ? LISTING_RUST
							    : LISTING_OTHER;
	if (r.lang == LISTING_OTHER)
		return r;
	s = skip_blanks(s + strcspn(s, " ,"));
	if (!*s)
		return r;
	r.mark = LISTING_UNKNOWN;
	r.arg = s;
	if (is_word(s, "build")) {
		r.mark = LISTING_BUILD;
	} else if (begins(s, "from=")) {
		r.mark = LISTING_FROM;
		r.arg = s + strlen("from=");
	} else if (begins(s, "fragment:") || is_word(s, "fragment")) {
		r.mark = LISTING_FRAGMENT;
		s += strlen("fragment");
		r.arg = skip_blanks(s + (*s == ':'));
	}
	return r;
}

/* ---- as a module ---- */

/* "module! {", "module_platform_driver! {", "kernel::module_…! {" */
static bool has_module_macro(const char *code)
{
	for (const char *p = code; (p = strstr(p, "module")); p++) {
		size_t n = strspn(p, "abcdefghijklmnopqrstuvwxyz_");

		if (p[n] == '!' &&
		    begins(p + n + 1 + strspn(p + n + 1, " "), "{"))
			return true;
	}
	return false;
}

bool listing_is_module(const char *code, enum listing_lang lang)
{
	return lang == LISTING_RUST ? has_module_macro(code)
				    : strstr(code, "MODULE_LICENSE") != NULL;
}

static const char rust_before[] =
	"// SPDX-License-Identifier: GPL-2.0\n"
	"#![allow(dead_code, unused_imports, unused_variables)]\n"
	"use kernel::prelude::*;\n"
	"fn kiln_listing() -> Result {\n";
static const char rust_after[] =
	"\n    Ok(())\n}\n\nmodule! {\n    type: KilnListing,\n    name: "
	"\"kiln_listing\",\n"
	"    authors: [\"Kiln\"],\n    description: \"A listing\",\n"
	"    license: \"GPL\",\n}\n\nstruct KilnListing;\n\n"
	"impl kernel::Module for KilnListing {\n"
	"    fn init(_module: &'static ThisModule) -> Result<Self> {\n"
	"        Ok(KilnListing)\n    }\n}\n";
static const char c_before[] =
	"// SPDX-License-Identifier: GPL-2.0\n#include <linux/init.h>\n"
	"#include <linux/module.h>\n#include <linux/slab.h>\n";
static const char c_after[] =
	"\nMODULE_DESCRIPTION(\"A listing\");\nMODULE_LICENSE(\"GPL\");\n";

static unsigned count_lines(const char *s)
{
	unsigned n = 0;

	for (; (s = strchr(s, '\n')); s++)
		n++;
	return n;
}

unsigned listing_wrap(struct buf *out, const char *code, enum listing_lang lang)
{
	bool rust = lang == LISTING_RUST;
	const char *before = rust ? rust_before : c_before;

	if (listing_is_module(code, lang)) {
		buf_adds(out, code);
		return 0;
	}
	buf_adds(out, before);
	buf_adds(out, code);
	buf_adds(out, rust ? rust_after : c_after);
	return count_lines(before);
}

/* ---- in a file ---- */

struct line {
	const char *s;
	size_t n;
};

/* The next line that is not blank, without the blanks around it. */
static bool next_line(struct line *l, const char **p)
{
	while (**p) {
		size_t n = strcspn(*p, "\n");
		size_t skip = strspn(*p, " \t");

		l->s = *p + skip;
		l->n = skip < n ? n - skip : 0;
		*p += n + ((*p)[n] == '\n');
		while (l->n && strchr(" \t\r", l->s[l->n - 1]))
			l->n--;
		if (l->n)
			return true;
	}
	return false;
}

/* "...", "// ...", "/ * ... * /" and the like: dots and comment signs. */
static bool is_gap(struct line l)
{
	static const char ellipsis[] = "\xe2\x80\xa6"; /* U+2026 */
	bool dots = false;

	for (size_t i = 0; i < l.n; i++) {
		if (l.n - i >= 3 && (memcmp(l.s + i, "...", 3) == 0 ||
				     memcmp(l.s + i, ellipsis, 3) == 0)) {
			dots = true;
			i += 2;
		} else if (!strchr("/* ", l.s[i])) {
			return false;
		}
	}
	return dots;
}

static bool same(struct line code, struct line file)
{
	if (code.n > file.n || memcmp(code.s, file.s, code.n) != 0)
		return false;
	return code.n == file.n ||
	       (file.n - code.n == 2 &&
		memcmp(file.s + code.n, " {", 2) == 0) ||
	       (file.n - code.n == 1 && file.s[code.n] == ';');
}

/*
 * Does the piece of @code up to its next gap begin at @file? Then *@code and
 * *@file move behind it.
 */
static bool piece_at(const char **code, const char **file)
{
	const char *c = *code, *f = *file;
	struct line want, is;

	while (next_line(&want, &c) && !is_gap(want))
		if (!next_line(&is, &f) || !same(want, is))
			return false;
	*code = c;
	*file = f;
	return true;
}

/* Likewise at any later line. */
static bool find_piece(const char **code, const char **file)
{
	const char *at = *file;
	struct line l;

	do {
		const char *from = at;

		if (piece_at(code, &from)) {
			*file = from;
			return true;
		}
	} while (next_line(&l, &at));
	return false;
}

bool listing_stands_in(const char *code, const char *file)
{
	struct line l;
	const char *p = code;

	while (next_line(&l, &p)) {
		if (!find_piece(&code, &file))
			return false;
		p = code;
	}
	return true;
}
