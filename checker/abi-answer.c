/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was found in Rust's source, and its copy with probes. */
#include "abi-found.h"

#include <string.h>

size_t abi_source_nexterns(const struct abi_source *s)
{
	return s->nexterns;
}

const struct abi_extern *abi_source_extern(const struct abi_source *s, size_t i)
{
	return &s->externs[i];
}

const struct abi_item *abi_source_item(const struct abi_source *s,
				       const char *name)
{
	const struct abi_item *found = NULL;
	size_t n = strcspn(name, "<");

	for (size_t i = 0; i < s->nitems; i++) {
		if (strncmp(s->items[i].name, name, n) != 0 ||
		    s->items[i].name[n])
			continue;
		if (found)
			return NULL;
		found = &s->items[i];
	}
	return found;
}

unsigned abi_item_field(const struct abi_item *item, const char *name)
{
	const struct abi_token *t = item->tokens;

	for (size_t k = item->body; k < item->end; k++) {
		if (t[k].kind == ABI_OPEN) {
			k = t[k].match;
			continue;
		}
		if (t[k].kind == ABI_IDENT && abi_is_name(&t[k], name) &&
		    abi_is(&t[k + 1], ":") && !abi_is(&t[k + 2], ":"))
			return t[k].line;
	}
	return 0;
}

bool abi_source_lacks_extern(const struct abi_source *s, const char *file,
			     const char *name)
{
	const struct abi_function *found = NULL;

	for (size_t i = 0; i < s->nfunctions; i++) {
		if (strcmp(s->functions[i].name, name) != 0 ||
		    strcmp(s->functions[i].file, file) != 0)
			continue;
		if (found)
			return false; /* which one? */
		found = &s->functions[i];
	}
	return found && !found->is_extern;
}

const char *abi_source_function(const struct abi_source *s, const char *name)
{
	const char *found = NULL;

	for (size_t i = 0; i < s->nfunctions; i++) {
		if (strcmp(s->functions[i].name, name) != 0 ||
		    !s->functions[i].is_extern)
			continue;
		if (found)
			return NULL;
		found = s->functions[i].file;
	}
	return found;
}

/* ---- probes ---- */

/*
 * An item of its own for each, so that the attributes of the declaration can
 * be its. black_box() keeps the variable for the debugger, and for us.
 */
static void add_probes(const struct abi_source *s, size_t block,
		       const bool *wanted, struct buf *out)
{
	for (size_t i = 0; i < s->nexterns; i++) {
		const struct abi_extern *x = &s->externs[i];

		if (x->block != block || !wanted[i])
			continue;
		buf_addf(out,
			 " %s%sconst _: () = { #[used] static KILN_ABI: fn() "
			 "= kiln_abi; fn kiln_abi() { let kiln_abi_%zu = %s%s; "
			 "::core::hint::black_box(&kiln_abi_%zu); } };",
			 s->blocks[block].cfg, x->cfg, i,
			 x->variable ? "&raw const " : "", x->name, i);
	}
}

void abi_source_probe(const struct abi_source *s, const char *name,
		      const bool *wanted, struct buf *out)
{
	const struct abi_file *f = NULL;
	const char *from;

	for (size_t i = 0; i < s->nfiles && !f; i++)
		if (strcmp(s->files[i].name, name) == 0)
			f = &s->files[i];
	if (!f)
		return;
	from = f->text;
	/* Blocks are in the order of their ends. */
	for (size_t b = 0; b < s->nblocks; b++) {
		if (s->blocks[b].file != (size_t)(f - s->files))
			continue;
		buf_add(out, from, (size_t)(s->blocks[b].end - from));
		from = s->blocks[b].end;
		add_probes(s, b, wanted, out);
	}
	buf_add(out, from, (size_t)(f->text + f->len - from));
}
