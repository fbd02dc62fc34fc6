/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rust's items: where each begins and ends, and what it is called. */
#include "expand-int.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static bool is_punct(const struct abi_tokens *t, size_t i, const char *s)
{
	return i < t->n && t->v[i].kind == ABI_PUNCT && abi_is(&t->v[i], s);
}

static bool is_ident(const struct abi_tokens *t, size_t i, const char *s)
{
	return i < t->n && t->v[i].kind == ABI_IDENT && abi_is(&t->v[i], s);
}

static bool opens(const struct abi_tokens *t, size_t i, char c)
{
	return i < t->n && t->v[i].kind == ABI_OPEN && t->v[i].s[0] == c;
}

/* Past "#[…]" and "#![…]", as many as there are. */
static size_t skip_attributes(const struct abi_tokens *t, size_t i, size_t to)
{
	while (i < to && is_punct(t, i, "#")) {
		size_t open = i + 1;

		if (!opens(t, open, '['))
			break;
		i = t->v[open].match + 1;
	}
	return i;
}

/* Past "pub", "pub(crate)". */
static size_t skip_visibility(const struct abi_tokens *t, size_t i)
{
	if (!is_ident(t, i, "pub"))
		return i;
	return opens(t, i + 1, '(') ? t->v[i + 1].match + 1 : i + 1;
}

/* "const X", "use a::{b}", "type T": these end at a semicolon alone. */
static bool ends_at_semicolon(const struct abi_tokens *t, size_t i)
{
	if (is_ident(t, i, "const"))
		return !is_ident(t, i + 1, "fn") &&
		       !is_ident(t, i + 1, "unsafe") &&
		       !is_ident(t, i + 1, "extern");
	return is_ident(t, i, "static") || is_ident(t, i, "use") ||
	       is_ident(t, i, "type") ||
	       (is_ident(t, i, "extern") && is_ident(t, i + 1, "crate"));
}

/* Behind the item whose first token after its attributes is @i. */
static size_t end_of(const struct abi_tokens *t, size_t i, size_t to)
{
	bool semicolon = ends_at_semicolon(t, skip_visibility(t, i));

	for (; i < to; i++) {
		if (is_punct(t, i, ";"))
			return i + 1;
		if (t->v[i].kind != ABI_OPEN)
			continue;
		if (opens(t, i, '{') && !semicolon)
			return t->v[i].match + 1;
		i = t->v[i].match;
	}
	return to;
}

static void add_token(struct buf *b, const struct abi_token *t)
{
	char before = b->len ? b->data[b->len - 1] : ' ';
	bool word = isalnum((unsigned char)t->s[0]) || t->s[0] == '_' ||
		    t->s[0] == '\'';

	if (word &&
	    (isalnum((unsigned char)before) || before == '_' || before == '>'))
		buf_addc(b, ' ');
	buf_add(b, t->s, t->len);
}

/* All that a header says, but for commas, which rustfmt moves. */
static void add_header(struct buf *b, const struct abi_tokens *t, size_t i,
		       size_t to)
{
	for (; i < to; i++) {
		if (opens(t, i, '{') && !is_ident(t, i, "use"))
			break;
		if (is_ident(t, i, "where") || is_punct(t, i, ";"))
			break;
		if (!is_punct(t, i, ","))
			add_token(b, &t->v[i]);
	}
}

static void add_use(struct buf *b, const struct abi_tokens *t, size_t i,
		    size_t to)
{
	for (; i < to && !is_punct(t, i, ";"); i++)
		if (!is_punct(t, i, ","))
			add_token(b, &t->v[i]);
}

static const char *const named[] = {"fn",  "struct", "enum",   "union", "trait",
				    "mod", "const",  "static", "type",	NULL};

/* "fn init" of "pub unsafe extern "C" fn init(": the word and the name. */
static bool add_named(struct buf *b, const struct abi_tokens *t, size_t i,
		      size_t to)
{
	for (; i + 1 < to && t->v[i].kind != ABI_OPEN; i++) {
		for (size_t k = 0; named[k]; k++) {
			size_t name = i + 1;

			if (!is_ident(t, i, named[k]))
				continue;
			name += is_ident(t, name, "mut");
			if (name >= to || t->v[name].kind != ABI_IDENT ||
			    is_ident(t, name, "fn") ||
			    is_ident(t, name, "unsafe") ||
			    is_ident(t, name, "extern"))
				continue;
			buf_addf(b, "%s ", named[k]);
			buf_add(b, t->v[name].s, t->v[name].len);
			return true;
		}
	}
	return false;
}

static char *key_of(const struct abi_tokens *t, size_t i, size_t to)
{
	struct buf b = BUF_INIT;

	i = skip_visibility(t, i);
	if (is_ident(t, i, "use") || is_ident(t, i, "extern")) {
		if (is_ident(t, i, "use") || is_ident(t, i + 1, "crate"))
			add_use(&b, t, i, to);
		else if (!add_named(&b, t, i, to))
			add_header(&b, t, i, to);
	} else if (is_ident(t, i, "impl") ||
		   (is_ident(t, i, "unsafe") && is_ident(t, i + 1, "impl"))) {
		add_header(&b, t, i, to);
	} else if (!add_named(&b, t, i, to)) {
		/* "module! { … }", "kernel::module! { … }" */
		for (size_t k = i; k + 1 < to; k++)
			if (t->v[k].kind == ABI_IDENT &&
			    is_punct(t, k + 1, "!")) {
				buf_addc(&b, '!');
				buf_add(&b, t->v[k].s, t->v[k].len);
				break;
			}
	}
	buf_adds(&b, "");
	return buf_steal(&b);
}

static const char *token_end(const struct abi_token *t)
{
	return t->s + t->len;
}

int expand_items(struct expand_items *out, const struct abi_tokens *t,
		 size_t from, size_t to, const char *text)
{
	*out = (struct expand_items){.n = 0};
	for (size_t i = from; i < to;) {
		struct expand_item it = {.from = i, .text = text};
		struct expand_item *v;

		if (is_punct(t, i, "#") && is_punct(t, i + 1, "!") &&
		    opens(t, i + 2, '[')) {
			it.head = i;
			it.to = t->v[i + 2].match + 1;
			it.key = strdup("#!");
		} else {
			it.head = skip_attributes(t, i, to);
			it.to = end_of(t, it.head, to);
			it.key = key_of(t, it.head, it.to);
		}
		v = realloc(out->v, (out->n + 1) * sizeof(*v));
		if (!v || !it.key) {
			out->v = v ? v : out->v;
			free(it.key);
			expand_items_release(out);
			return -1;
		}
		it.end = token_end(&t->v[it.to - 1]);
		text = it.end;
		out->v = v;
		out->v[out->n++] = it;
		i = it.to;
	}
	return 0;
}

void expand_items_release(struct expand_items *it)
{
	for (size_t i = 0; i < it->n; i++)
		free(it->v[i].key);
	free(it->v);
	*it = (struct expand_items){.n = 0};
}

bool expand_is_prelude(const struct expand_item *it)
{
	return strcmp(it->key, "#!") == 0 ||
	       strncmp(it->key, "use core::prelude::", 19) == 0 ||
	       strncmp(it->key, "extern crate core", 17) == 0 ||
	       strncmp(it->key, "extern crate compiler", 21) == 0;
}

bool expand_body(const struct expand_item *it, const struct abi_tokens *t,
		 size_t *from, size_t *to)
{
	size_t last = it->to - 1;

	if (it->key[0] == '!' || t->v[last].kind != ABI_CLOSE ||
	    t->v[last].s[0] != '}')
		return false;
	*from = t->v[last].match + 1;
	*to = last;
	return true;
}
