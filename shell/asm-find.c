/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which function is meant, and which one belongs to it. */
#include "asm.h"
#include "checker/buf.h"
#include "checker/mcode.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { FORM_MAX = 256 };

/* ---- by name ---- */

const char *asm_last_part(const char *name)
{
	const char *end = name;

	for (const char *s = name; (s = strstr(s, "::")); s += 2)
		end = s + 2;
	return end;
}

/* "FILE:NAME" taken apart; without a file *@len is 0. */
static const char *split(const char *name, size_t *len)
{
	const char *colon = strchr(name, ':');

	*len = 0;
	if (!colon || colon[1] == ':' || !colon[1])
		return name;
	*len = (size_t)(colon - name);
	return colon + 1;
}

static bool is_in(const struct mcode_function *f, const char *file, size_t len)
{
	return len == 0 ||
	       (f->file && strlen(f->file) == len &&
		strncmp(f->file, file, len) == 0) ||
	       (strlen(f->object) == len && strncmp(f->object, file, len) == 0);
}

static bool is_exact(const struct mcode_function *f, const char *name)
{
	return strcmp(f->name, name) == 0 || strcmp(f->symbol, name) == 0 ||
	       strv_has(&f->aliases, name);
}

/* "init" and "Store::init" end "store_rs::Store::init". */
static bool ends(const char *path, const char *name)
{
	size_t n = strlen(path), m = strlen(name);

	return n == m ? strcmp(path, name) == 0
		      : n > m + 2 && strcmp(path + n - m, name) == 0 &&
				strncmp(path + n - m - 2, "::", 2) == 0;
}

static void collect(struct asm_found *out, const struct mcode *c,
		    const char *name, bool whole)
{
	size_t len;
	const char *rest = split(name, &len);

	out->n = 0;
	for (size_t i = 0; i < c->nfunctions && out->n < ASM_MOST; i++) {
		const struct mcode_function *f = &c->functions[i];

		if (is_in(f, name, len) &&
		    (whole ? is_exact(f, rest) : ends(f->name, rest)))
			out->v[out->n++] = f;
	}
}

void asm_find(struct asm_found *out, const struct mcode *c, const char *name)
{
	collect(out, c, name, true);
	if (out->n == 0)
		collect(out, c, name, false);
}

const struct mcode_inline *asm_find_inline(const struct mcode *c,
					   const char *name)
{
	size_t len;
	const char *rest = split(name, &len);

	for (size_t i = 0; i < c->ninlines; i++) {
		const struct mcode_inline *in = &c->inlines[i];

		if (len && (strlen(in->file) != len ||
			    strncmp(in->file, name, len) != 0))
			continue;
		if (ends(in->name, rest) && mcode_is_gone(c, in))
			return in;
	}
	return NULL;
}

void asm_add_name(struct buf *out, const struct mcode *c,
		  const struct mcode_function *f)
{
	struct asm_found found;

	asm_find(&found, c, asm_last_part(f->name));
	if (found.n == 1) {
		buf_adds(out, asm_last_part(f->name));
		return;
	}
	asm_find(&found, c, f->name);
	if (found.n > 1)
		buf_addf(out, "%s:", f->file ? f->file : f->object);
	buf_adds(out, f->name);
}

/* ---- the other language's ---- */

static bool is_language(const char *s, size_t n)
{
	return (n == 1 && s[0] == 'c') ||
	       (n == 2 && strncmp(s, "rs", 2) == 0) ||
	       (n == 4 && strncmp(s, "rust", 4) == 0);
}

/* "rust_sum", "sum_c" and "Sum" are all "sum". */
static void form_of(char out[FORM_MAX], const char *name)
{
	size_t n = 0;

	while (*name) {
		size_t len = strcspn(name, "_:");

		if (!is_language(name, len))
			for (size_t i = 0; i < len && n + 1 < FORM_MAX; i++)
				out[n++] =
					(char)tolower((unsigned char)name[i]);
		name += len;
		name += strspn(name, "_:");
	}
	out[n] = '\0';
}

/* The last two parts: the type, or the module, and the function. */
static const char *last_parts(const char *name)
{
	const char *last = asm_last_part(name);
	const char *s = last > name ? last - 2 : name;

	while (s > name && strncmp(s - 1, "::", 2) != 0 &&
	       !(s - name >= 2 && strncmp(s - 2, "::", 2) == 0))
		s--;
	return s;
}

static bool belongs(const char *c_name, const char *rust_name)
{
	char a[FORM_MAX], b[FORM_MAX];

	form_of(a, c_name);
	form_of(b, asm_last_part(rust_name));
	if (*a && strcmp(a, b) == 0)
		return true;
	form_of(b, last_parts(rust_name));
	return *a && strcmp(a, b) == 0;
}

/* How well they go together; 0: not at all. */
static unsigned fit(const struct mcode_function *f,
		    const struct mcode_function *g)
{
	if (f->rust == g->rust || !g->own)
		return 0;
	if (f->rust ? belongs(g->name, f->name) : belongs(f->name, g->name))
		return 2;
	/* init_module, which module_init() and module! both make. */
	return is_exact(f, g->symbol) || is_exact(g, f->symbol) ? 1 : 0;
}

const struct mcode_function *asm_partner(const struct mcode *c,
					 const struct mcode_function *f)
{
	const struct mcode_function *best = NULL;
	unsigned most = 0, times = 0;

	for (size_t i = 0; i < c->nfunctions; i++) {
		unsigned n = fit(f, &c->functions[i]);

		if (n == 0 || n < most)
			continue;
		times = n > most ? 1 : times + 1;
		most = n;
		best = &c->functions[i];
	}
	return times == 1 ? best : NULL;
}

const struct mcode_inline *asm_partner_inline(const struct mcode *c,
					      const struct mcode_function *f)
{
	for (size_t i = 0; i < c->ninlines; i++) {
		const struct mcode_inline *in = &c->inlines[i];

		if (in->rust != f->rust && in->into.n && mcode_is_gone(c, in) &&
		    (f->rust ? belongs(in->name, f->name)
			     : belongs(f->name, in->name)))
			return in;
	}
	return NULL;
}
