/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "abi-found.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_FILES = 256, MAX_CFG = 512 };

/* Room for one more of *@n elements, zeroed; NULL: out of memory. */
static void *grow(void *array, size_t *n, size_t size)
{
	char *v;

	memcpy(&v, array, sizeof(v));
	v = realloc(v, (*n + 1) * size);
	if (!v)
		return NULL;
	memcpy(array, &v, sizeof(v));
	memset(v + *n * size, 0, size);
	return v + (*n)++ * size;
}

struct abi_source *abi_source_new(void)
{
	return calloc(1, sizeof(struct abi_source));
}

void abi_source_free(struct abi_source *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->nfiles; i++) {
		free(s->files[i].name);
		free(s->files[i].text);
		abi_tokens_release(&s->files[i].tokens);
	}
	for (size_t i = 0; i < s->nitems; i++)
		free(s->items[i].name);
	for (size_t i = 0; i < s->nfunctions; i++)
		free(s->functions[i].name);
	for (size_t i = 0; i < s->nblocks; i++)
		free(s->blocks[i].cfg);
	for (size_t i = 0; i < s->nexterns; i++) {
		free(s->externs[i].name);
		free(s->externs[i].symbol);
		free(s->externs[i].cfg);
	}
	free(s->files);
	free(s->items);
	free(s->functions);
	free(s->blocks);
	free(s->externs);
	free(s);
}

/* ---- attributes ---- */

/* Token @i, or one that is nothing. */
static const struct abi_token *at(const struct abi_tokens *t, size_t i)
{
	static const struct abi_token none = {.kind = ABI_PUNCT, .s = ""};

	return i < t->n ? &t->v[i] : &none;
}

/* The "#" of the attribute that ends before token @i; @i: there is none. */
static size_t attribute_before(const struct abi_tokens *t, size_t i)
{
	size_t open;

	if (i < 3 || !abi_is(&t->v[i - 1], "]"))
		return i;
	open = t->v[i - 1].match;
	return open > 0 && abi_is(&t->v[open - 1], "#") ? open - 1 : i;
}

/* Whether the attribute at "#" is called @name. */
static bool is_attribute(const struct abi_tokens *t, size_t hash,
			 const char *name)
{
	return abi_is(at(t, hash + 2), name);
}

/*
 * The #[cfg(...)] of the attributes that end before @i, as one line. False:
 * they cannot be repeated (a comment in them, cfg_attr), or there is no
 * memory.
 */
static bool cfg_before(const struct abi_tokens *t, size_t i, char **out)
{
	struct buf b = BUF_INIT;
	size_t hash;
	bool good = true;

	for (; (hash = attribute_before(t, i)) != i; i = hash) {
		size_t end = t->v[hash + 1].match;

		good &= !is_attribute(t, hash, "cfg_attr");
		if (!is_attribute(t, hash, "cfg"))
			continue;
		for (size_t k = hash; k <= end; k++) {
			buf_add(&b, t->v[k].s, t->v[k].len);
			buf_addc(&b, ' ');
		}
		/* A string may go over several lines. */
		good &= !memchr(buf_str(&b), '\n', b.len);
	}
	good &= b.len < MAX_CFG;
	*out = good ? strdup(buf_str(&b)) : NULL;
	buf_release(&b);
	return *out != NULL;
}

/* "x" of #[link_name = "x"]; NULL: there is none. *@odd: not a plain one. */
static const struct abi_token *link_name(const struct abi_tokens *t, size_t i,
					 bool *odd)
{
	size_t hash;

	for (; (hash = attribute_before(t, i)) != i; i = hash) {
		const struct abi_token *s = at(t, hash + 4);

		if (!is_attribute(t, hash, "link_name"))
			continue;
		*odd = s->kind != ABI_STRING || s->s[0] != '"' ||
		       memchr(s->s, '\\', s->len) ||
		       t->v[hash + 1].match != hash + 5;
		return s;
	}
	return NULL;
}

static bool repr_before(const struct abi_tokens *t, size_t i)
{
	size_t hash;

	for (; (hash = attribute_before(t, i)) != i; i = hash) {
		size_t end = t->v[hash + 1].match;

		if (!is_attribute(t, hash, "repr"))
			continue;
		for (size_t k = hash; k < end; k++)
			if (abi_is(&t->v[k], "C") ||
			    abi_is(&t->v[k], "transparent"))
				return true;
	}
	return false;
}

/* Where "pub(crate) unsafe extern "C"" and the like began before @i. */
static size_t qualifiers_before(const struct abi_tokens *t, size_t i)
{
	static const char *const words[] = {
		"pub", "unsafe", "safe", "extern", "const", "async", "default"};

	while (i > 0) {
		const struct abi_token *k = &t->v[i - 1];
		bool known = k->kind == ABI_STRING && i > 1 &&
			     abi_is(&t->v[i - 2], "extern");

		if (abi_is(k, ")") && k->match > 0 &&
		    abi_is(&t->v[k->match - 1], "pub")) {
			i = k->match;
			continue;
		}
		for (size_t w = 0; w < sizeof(words) / sizeof(*words); w++)
			known |= abi_is(k, words[w]);
		if (!known)
			break;
		i--;
	}
	return i;
}

static char *copy(const struct abi_token *t)
{
	return strndup(t->s, t->len);
}

/* ---- items ---- */

static int take_item(struct abi_source *s, const struct abi_file *f, size_t i)
{
	const struct abi_tokens *t = &f->tokens;
	struct abi_item *item = grow(&s->items, &s->nitems, sizeof(*item));
	size_t k = i + 2;

	if (!item)
		return -1;
	item->file = f->name;
	item->line = t->v[i].line;
	item->repr_c = repr_before(t, qualifiers_before(t, i));
	item->name = copy(&t->v[i + 1]);
	while (k < t->n && !abi_is(&t->v[k], "{") && !abi_is(&t->v[k], ";"))
		k = t->v[k].kind == ABI_OPEN ? t->v[k].match + 1 : k + 1;
	item->tokens = t->v;
	if (k < t->n && abi_is(&t->v[k], "{")) {
		item->body = k + 1;
		item->end = t->v[k].match;
	}
	return item->name ? 0 : -1;
}

static int take_function(struct abi_source *s, const struct abi_file *f,
			 size_t i)
{
	const struct abi_tokens *t = &f->tokens;
	struct abi_function *fn;

	fn = grow(&s->functions, &s->nfunctions, sizeof(*fn));
	if (!fn)
		return -1;
	fn->file = f->name;
	fn->name = copy(&t->v[i + 1]);
	for (size_t k = qualifiers_before(t, i); k < i; k++)
		fn->is_extern |= abi_is(&t->v[k], "extern");
	return fn->name ? 0 : -1;
}

/* One declaration, whose word "fn" or "static" is token @i. */
static int take_extern(struct abi_source *s, const struct abi_file *f, size_t i)
{
	const struct abi_tokens *t = &f->tokens;
	size_t from = qualifiers_before(t, i);
	size_t name = i + 1 + abi_is(at(t, i + 1), "mut");
	const struct abi_token *link, *id = at(t, name);
	struct abi_extern *x;
	bool odd = false;
	char *cfg;

	link = link_name(t, from, &odd);
	if (id->kind != ABI_IDENT || odd || !cfg_before(t, from, &cfg))
		return 0;
	x = grow(&s->externs, &s->nexterns, sizeof(*x));
	if (!x) {
		free(cfg);
		return -1;
	}
	x->cfg = cfg;
	x->file = f->name;
	x->line = id->line;
	x->variable = abi_is(&t->v[i], "static");
	x->block = s->nblocks - 1;
	x->name = copy(id);
	if (link)
		x->symbol = strndup(link->s + 1, link->len - 2);
	else
		x->symbol = strdup(
			x->name ? x->name + (strncmp(x->name, "r#", 2) == 0 ? 2
									    : 0)
				: "");
	return x->name && x->symbol ? 0 : -1;
}

static bool is_c_abi(const struct abi_token *t)
{
	return abi_is(t, "\"C\"") || abi_is(t, "\"C-unwind\"") ||
	       abi_is(t, "\"system\"");
}

/* The block that token @i, its "{", opens; "extern" is token @word. */
static int take_block(struct abi_source *s, size_t file, size_t word, size_t i)
{
	const struct abi_file *f = &s->files[file];
	const struct abi_tokens *t = &f->tokens;
	size_t end = t->v[i].match;
	struct abi_block *b;
	char *cfg;

	if (!cfg_before(t, qualifiers_before(t, word), &cfg))
		return 0;
	b = grow(&s->blocks, &s->nblocks, sizeof(*b));
	if (!b) {
		free(cfg);
		return -1;
	}
	b->file = file;
	b->end = t->v[end].s + 1;
	b->cfg = cfg;
	for (size_t k = i + 1; k < end; k++) {
		if (t->v[k].kind == ABI_OPEN)
			k = t->v[k].match;
		else if ((abi_is(&t->v[k], "fn") ||
			  abi_is(&t->v[k], "static")) &&
			 take_extern(s, f, k) < 0)
			return -1;
	}
	return 0;
}

/* The bracket of a macro's call or definition at token @i, or 0. */
static size_t macro_bracket(const struct abi_tokens *t, size_t i)
{
	size_t k = i + 2;

	if (t->v[i].kind != ABI_IDENT || !abi_is(at(t, i + 1), "!"))
		return 0;
	if (at(t, k)->kind == ABI_IDENT)
		k++;
	return at(t, k)->kind == ABI_OPEN ? k : 0;
}

static bool is_item_word(const struct abi_token *t)
{
	return abi_is(t, "struct") || abi_is(t, "union") || abi_is(t, "enum");
}

/* What stands at token @i; *@i is moved past what is not to be looked into. */
static int take(struct abi_source *s, size_t file, size_t *i)
{
	const struct abi_file *f = &s->files[file];
	const struct abi_tokens *t = &f->tokens;
	const struct abi_token *k = &t->v[*i];
	size_t macro = macro_bracket(t, *i), brace = *i + 1;
	bool named = at(t, *i + 1)->kind == ABI_IDENT;

	if (macro) {
		*i = t->v[macro].match;
		return 0;
	}
	if (abi_is(k, "#") && abi_is(at(t, *i + 1), "[")) {
		*i = t->v[*i + 1].match;
		return 0;
	}
	if (is_item_word(k) && named)
		return take_item(s, f, *i);
	if (abi_is(k, "fn") && named)
		return take_function(s, f, *i);
	if (!abi_is(k, "extern"))
		return 0;
	if (at(t, brace)->kind == ABI_STRING && !is_c_abi(at(t, brace)))
		return 0;
	brace += at(t, brace)->kind == ABI_STRING;
	if (!abi_is(at(t, brace), "{"))
		return 0;
	if (take_block(s, file, *i, brace) < 0)
		return -1;
	*i = t->v[brace].match;
	return 0;
}

int abi_source_add(struct abi_source *s, const char *name, const char *text,
		   size_t len)
{
	struct abi_file *f;
	int ret;

	if (s->nfiles >= MAX_FILES)
		return 0;
	f = grow(&s->files, &s->nfiles, sizeof(*f));
	if (!f)
		return -1;
	f->name = strdup(name);
	f->text = malloc(len + 1);
	f->len = len;
	if (!f->name || !f->text)
		return -1;
	memcpy(f->text, text, len);
	f->text[len] = '\0';
	ret = abi_lex(&f->tokens, f->text, len);
	if (ret != 0)
		return ret < 0 ? -1 : 0;
	for (size_t i = 0; i < f->tokens.n; i++)
		if (take(s, s->nfiles - 1, &i) < 0)
			return -1;
	return 0;
}
