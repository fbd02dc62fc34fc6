/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The items of a crate as rustc prints them, held against those of the
 * source: they come in the same order, and between two that are in both
 * stands what a macro has written.
 */
#include "expand-int.h"

#include <stdlib.h>
#include <string.h>

/* One text, its tokens, and the items that are looked at. */
struct side {
	struct abi_tokens t;
	struct expand_items items;
};

#define NOWHERE ((size_t)-1)

static void side_release(struct side *s)
{
	expand_items_release(&s->items);
	abi_tokens_release(&s->t);
}

static enum expand_end side_read(struct side *s, const char *text)
{
	int r;

	*s = (struct side){.items = {.n = 0}};
	r = abi_lex(&s->t, text, strlen(text));
	if (r != 0)
		return r < 0 ? EXPAND_NO_MEMORY : EXPAND_UNREADABLE;
	return expand_items(&s->items, &s->t, 0, s->t.n, text) < 0
		       ? EXPAND_NO_MEMORY
		       : EXPAND_OK;
}

/* Go down into "mod @name { … }". */
static enum expand_end enter(struct side *s, const char *name)
{
	struct expand_items inner;
	size_t from, to;

	for (size_t i = 0; i < s->items.n; i++) {
		const struct expand_item *it = &s->items.v[i];

		if (strncmp(it->key, "mod ", 4) != 0 ||
		    strcmp(it->key + 4, name) != 0 ||
		    !expand_body(it, &s->t, &from, &to))
			continue;
		if (expand_items(&inner, &s->t, from, to,
				 s->t.v[from - 1].s + 1) < 0)
			return EXPAND_NO_MEMORY;
		expand_items_release(&s->items);
		s->items = inner;
		return EXPAND_OK;
	}
	return EXPAND_NONE;
}

/* ---- what is printed ---- */

/* `#[doc = r" Text"]` as it was written: "/// Text". */
static bool add_doc(struct buf *out, const char *line, size_t len)
{
	static const char *const heads[] = {"#[doc = r\"", "#[doc = r#\"",
					    "#[doc = \""};
	static const char *const tails[] = {"\"]", "\"#]", "\"]"};

	for (size_t i = 0; i < 3; i++) {
		size_t h = strlen(heads[i]), t = strlen(tails[i]);

		if (len < h + t || strncmp(line, heads[i], h) != 0 ||
		    strncmp(line + len - t, tails[i], t) != 0)
			continue;
		buf_adds(out, "///");
		buf_add(out, line + h, len - h - t);
		return true;
	}
	return false;
}

/* A comment that rustfmt has put wherever there was room. */
static bool is_stray(const char *line, size_t len)
{
	return len >= 2 && strncmp(line, "//", 2) == 0 &&
	       (len == 2 || (line[2] != '/' && line[2] != '!'));
}

/* @text, each line with @indent blanks less, and without what is stray. */
static void add_text(struct buf *out, const char *text, const char *end,
		     size_t indent)
{
	bool blank = true;

	while (text < end) {
		const char *nl = memchr(text, '\n', (size_t)(end - text));
		size_t len = (size_t)((nl ? nl : end) - text);
		size_t in = strspn(text, " ");
		const char *s = text + (in < len ? in : len);
		size_t n = len - (size_t)(s - text);

		text = nl ? nl + 1 : end;
		if (is_stray(s, n) || (n == 0 && blank))
			continue;
		blank = n == 0;
		if (n)
			buf_addf(out, "%*s",
				 (int)(in > indent ? in - indent : 0), "");
		if (!add_doc(out, s, n))
			buf_add(out, s, n);
		buf_addc(out, '\n');
	}
}

static size_t indent_of(const struct expand_item *it,
			const struct abi_tokens *t)
{
	const char *s = t->v[it->from].s;
	size_t n = 0;

	while (s - n > it->text && s[-(ptrdiff_t)n - 1] == ' ')
		n++;
	return n;
}

/* Is the last line "// in impl …"? */
static bool after_remark(const struct buf *out)
{
	const char *end = out->data + out->len - 1;
	const char *s = memrchr(out->data, '\n', (size_t)(end - out->data));

	return strncmp(s ? s + 1 : out->data, "// in ", 6) == 0;
}

static void add_item(struct buf *out, const struct expand_item *it,
		     const struct abi_tokens *t)
{
	bool lines = memchr(t->v[it->from].s, '\n',
			    (size_t)(it->end - t->v[it->from].s)) != NULL;

	if (out->len && out->data[out->len - 1] != '\n')
		buf_addc(out, '\n');
	if (out->len > 1 && lines && out->data[out->len - 2] != '\n' &&
	    !after_remark(out))
		buf_addc(out, '\n');
	add_text(out, it->text, it->end, indent_of(it, t));
}

/* ---- which part ---- */

static bool uses_macro(const struct abi_tokens *t, const struct expand_item *it,
		       const char *name)
{
	for (size_t i = it->from; i < it->to; i++) {
		const struct abi_token *k = &t->v[i];
		bool call = i + 1 < it->to && t->v[i + 1].kind == ABI_PUNCT &&
			    abi_is(&t->v[i + 1], "!");

		if (k->kind != ABI_IDENT || !abi_is_name(k, name))
			continue;
		/* As an attribute, or within one: derive(NAME). */
		if (call || i < it->head)
			return true;
		if (i >= 2 && t->v[i - 1].kind == ABI_OPEN &&
		    t->v[i - 1].s[0] == '[' && abi_is(&t->v[i - 2], "#"))
			return true;
	}
	return false;
}

/* Is @name a word of "impl Drop for Hello"? */
static bool has_word(const char *key, const char *name)
{
	size_t n = strlen(name);

	for (const char *s = key; (s = strstr(s, name)); s++) {
		bool starts = s == key || !(strchr("_", s[-1]) ||
					    (s[-1] >= 'a' && s[-1] <= 'z') ||
					    (s[-1] >= 'A' && s[-1] <= 'Z') ||
					    (s[-1] >= '0' && s[-1] <= '9'));

		if (starts && strcspn(s + n, " <>:!(){},;&") == 0)
			return true;
		if (starts && !s[n])
			return true;
	}
	return false;
}

static bool is_wanted(const struct side *s, size_t i,
		      const struct expand_part *part)
{
	const struct expand_item *it = &s->items.v[i];

	if (expand_is_prelude(it))
		return false;
	return part->macro ? uses_macro(&s->t, it, part->macro)
			   : strncmp(it->key, "use ", 4) != 0 &&
				     has_word(it->key, part->item);
}

/*
 * For each item of the source, where it is in what rustc printed. From the
 * end, for what an attribute adds comes behind the item that has it, and may
 * be called as one of the source's that follows ("impl Machine").
 */
static size_t *align(const struct side *src, const struct side *exp)
{
	size_t *at = calloc(src->items.n + 1, sizeof(*at));
	size_t next = exp->items.n;

	for (size_t i = src->items.n; at && i-- > 0;) {
		const char *key = src->items.v[i].key;

		at[i] = NOWHERE;
		if (key[0] == '!' || key[0] == '#' || !*key)
			continue;
		for (size_t k = next; k-- > 0;) {
			if (strcmp(exp->items.v[k].key, key) != 0)
				continue;
			at[i] = k;
			next = k;
			break;
		}
	}
	return at;
}

/* Is there a macro to write more than what stands there? */
static bool writes_more(const struct expand_item *it)
{
	return it->key[0] == '!' || it->head > it->from;
}

/* Does one of the items from @from to before @to add to what is printed? */
static bool any_writes_more(const struct side *src, size_t from, size_t to)
{
	for (; from < to; from++)
		if (writes_more(&src->items.v[from]))
			return true;
	return false;
}

/* From what rustc printed, all that comes of item @i of the source. */
static void add_range(struct buf *out, const struct side *src,
		      const struct side *exp, const size_t *at, size_t i)
{
	size_t from = 0, to = exp->items.n;
	size_t before = 0;

	for (size_t k = 0; k < i; k++)
		if (at[k] != NOWHERE) {
			from = at[k] + 1;
			before = k;
		}
	for (size_t k = src->items.n; k-- > i + 1;)
		if (at[k] != NOWHERE)
			to = at[k];
	if (at[i] != NOWHERE) {
		/* What stands before it is the one's before, if it can be. */
		if (any_writes_more(src, before, i))
			from = at[i];
		if (!writes_more(&src->items.v[i])) {
			from = at[i];
			to = from + 1;
		}
	}
	for (; from < to; from++)
		if (!expand_is_prelude(&exp->items.v[from]))
			add_item(out, &exp->items.v[from], &exp->t);
}

/* Functions of that name in what rustc printed, each with where it is. */
static enum expand_end add_nested(struct buf *out, const struct side *exp,
				  const char *name)
{
	enum expand_end end = EXPAND_NONE;

	for (size_t i = 0; i < exp->items.n; i++) {
		const struct expand_item *it = &exp->items.v[i];
		struct expand_items inner;
		size_t from, to;

		if (!expand_body(it, &exp->t, &from, &to) ||
		    (strncmp(it->key, "impl", 4) != 0 &&
		     strncmp(it->key, "mod ", 4) != 0 &&
		     strncmp(it->key, "trait ", 6) != 0))
			continue;
		if (expand_items(&inner, &exp->t, from, to,
				 exp->t.v[from - 1].s + 1) < 0)
			return EXPAND_NO_MEMORY;
		for (size_t k = 0; k < inner.n; k++) {
			if (!has_word(inner.v[k].key, name))
				continue;
			buf_addf(out, "%s// in %s\n", out->len ? "\n" : "",
				 it->key);
			add_item(out, &inner.v[k], &exp->t);
			end = EXPAND_OK;
		}
		expand_items_release(&inner);
	}
	return end;
}

static enum expand_end add_part(struct buf *out, const struct side *src,
				const struct side *exp,
				const struct expand_part *part)
{
	size_t *at = align(src, exp);
	enum expand_end end = at ? EXPAND_NONE : EXPAND_NO_MEMORY;

	for (size_t i = 0; at && i < src->items.n; i++) {
		if (!is_wanted(src, i, part))
			continue;
		if (end == EXPAND_OK)
			buf_addc(out, '\n');
		add_range(out, src, exp, at, i);
		end = EXPAND_OK;
	}
	free(at);
	if (end == EXPAND_NONE && part->item)
		end = add_nested(out, exp, part->item);
	return end;
}

enum expand_end expand_rust(struct buf *out, const char *source,
			    const char *expanded, const struct strv *modules,
			    const struct expand_part *part)
{
	struct side src = {.items = {.n = 0}}, exp = {.items = {.n = 0}};
	enum expand_end end = side_read(&exp, expanded);

	for (size_t i = 0; end == EXPAND_OK && i < modules->n; i++)
		end = enter(&exp, modules->v[i]);
	if (end == EXPAND_OK && (part->macro || part->item)) {
		end = side_read(&src, source);
		if (end == EXPAND_OK)
			end = add_part(out, &src, &exp, part);
	} else if (end == EXPAND_OK) {
		for (size_t i = 0; i < exp.items.n; i++)
			if (!expand_is_prelude(&exp.items.v[i]))
				add_item(out, &exp.items.v[i], &exp.t);
	}
	side_release(&src);
	side_release(&exp);
	return end;
}

bool expand_has_module(const char *source, const char *name)
{
	struct abi_tokens t = {.n = 0};
	bool found = false;

	if (abi_lex(&t, source, strlen(source)) == 0)
		for (size_t i = 0; i + 2 < t.n && !found; i++)
			found = abi_is(&t.v[i], "mod") &&
				abi_is_name(&t.v[i + 1], name) &&
				abi_is(&t.v[i + 2], ";");
	abi_tokens_release(&t);
	return found;
}
