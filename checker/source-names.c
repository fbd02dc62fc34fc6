/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "source-names.h"
#include "abi-lex.h"
#include "buf.h"

#include <stdio.h>
#include <string.h>

enum { NAME_MAX_LEN = 128 };

static bool is_open(const struct abi_tokens *t, size_t i, char c)
{
	return i < t->n && t->v[i].kind == ABI_OPEN && t->v[i].s[0] == c;
}

static int add(struct strv *out, const struct abi_token *t)
{
	char name[NAME_MAX_LEN];

	if (t->kind != ABI_IDENT || t->len >= sizeof(name))
		return 0;
	snprintf(name, sizeof(name), "%.*s", (int)t->len, t->s);
	return strv_has(out, name) ? 0 : strv_add(out, name);
}

static bool defines(const struct abi_token *t, enum source_names which)
{
	return abi_is(t, "fn") || (which == SOURCE_ITEMS &&
				   (abi_is(t, "struct") || abi_is(t, "enum") ||
				    abi_is(t, "trait") || abi_is(t, "mod")));
}

static int of_rust(struct strv *out, const struct abi_tokens *t, size_t i,
		   enum source_names which)
{
	const struct abi_token *k = &t->v[i];

	if (which != SOURCE_MACROS)
		return i + 1 < t->n && defines(k, which) ? add(out, k + 1) : 0;
	/* "pr_info!(…)", but not "a != b". */
	if (i + 2 < t->n && abi_is(k + 1, "!") && k[2].kind == ABI_OPEN)
		return add(out, k);
	if (i >= 2 && is_open(t, i - 1, '[') && abi_is(k - 2, "#"))
		return add(out, k);
	return 0;
}

/* "name(…) {" defines one; each other "name(…)" may be a macro. */
static int of_c(struct strv *out, const struct abi_tokens *t, size_t i,
		enum source_names which)
{
	static const char *const words[] = {"if",     "for",	"while",
					    "switch", "sizeof", "return"};
	bool function;

	if (!is_open(t, i + 1, '('))
		return 0;
	for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++)
		if (abi_is(&t->v[i], words[k]))
			return 0;
	function = is_open(t, t->v[i + 1].match + 1, '{');
	return function == (which != SOURCE_MACROS) ? add(out, &t->v[i]) : 0;
}

int source_names(struct strv *out, const char *text, bool rust,
		 enum source_names which)
{
	struct abi_tokens t = {.n = 0};
	int r = abi_lex(&t, text, strlen(text));

	/* Half a file, or none of either language, has no names. */
	r = r < 0 ? -1 : 0;
	for (size_t i = 0; r == 0 && i < t.n; i++)
		if (t.v[i].kind == ABI_IDENT)
			r = rust ? of_rust(out, &t, i, which)
				 : of_c(out, &t, i, which);
	abi_tokens_release(&t);
	return r;
}
