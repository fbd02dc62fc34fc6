/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is said of two structs that do not agree. */
#include "abi-layout.h"
#include "abi-source.h"

#include <stdlib.h>

static unsigned field_line(const struct layout *l, const char *name)
{
	return l->source && name ? abi_item_field(l->source, name) : 0;
}

static void add_c_place(struct buf *b, const struct layout *l, unsigned line)
{
	abi_add_place(b, " in ", l->c->file, line ? line : l->c->line);
}

static void add_r_place(struct buf *b, struct layout *l, const char *name)
{
	unsigned line = field_line(l, name);

	if (!l->source) {
		buf_adds(b, " in Rust");
		return;
	}
	l->line = line ? line : l->source->line;
	abi_add_place(b, " in ", l->source->file, l->line);
}

static void add_field(struct buf *b, const char *name)
{
	buf_addf(b, "field `%s`", name ? name : "(without a name)");
}

void layout_clash_type(struct layout *l, const struct item *c,
		       const struct item *r, bool why)
{
	struct buf *b = &l->clash;

	l->why = why ? l->x->why : NULL;
	add_field(b, c->name ? c->name : r->name);
	buf_adds(b, " is ");
	abi_add_name(b, c->type);
	add_c_place(b, l, c->line);
	buf_adds(b, ", ");
	abi_add_name(b, r->type);
	add_r_place(b, l, r->name);
	abi_add_advice(b, c->type, r->type);
}

void layout_clash_missing(struct layout *l, const struct item *c)
{
	add_field(&l->clash, c->name);
	add_c_place(&l->clash, l, c->line);
	buf_adds(&l->clash, " is missing");
	add_r_place(&l->clash, l, NULL);
}

void layout_clash_extra(struct layout *l, const struct item *r)
{
	add_field(&l->clash, r->name);
	add_r_place(&l->clash, l, r->name);
	buf_adds(&l->clash, " is not");
	add_c_place(&l->clash, l, 0);
}

const char *layout_cause_of(struct layout *l)
{
	if (l->source ? !l->source->repr_c : !abi_is_c_layout(l->r))
		return "#[repr(C)] is missing";
	if (abi_is_packed(l->c) && !abi_is_packed(l->r))
		return "C's is packed: write #[repr(C, packed)]";
	if (abi_is_packed(l->r) && !abi_is_packed(l->c))
		return "Rust's is packed, C's is not";
	return NULL;
}

static bool same_order(struct abi_type *c, struct abi_type *r)
{
	size_t at = 0;

	for (size_t i = 0; i < c->nmembers; i++)
		for (size_t j = 0; j < r->nmembers; j++) {
			if (!abi_same_field(c->members[i].name,
					    r->members[j].name))
				continue;
			if (j < at)
				return false;
			at = j;
		}
	return true;
}

void layout_clash_offset(struct layout *l, const struct item *c,
			 const struct item *r)
{
	const char *cause = layout_cause_of(l);

	if (!cause && !same_order(l->c, l->r))
		cause = "the fields stand in another order";
	add_field(&l->clash, c->name);
	buf_addf(&l->clash, " is at offset %llu",
		 (unsigned long long)c->offset);
	add_c_place(&l->clash, l, c->line);
	buf_addf(&l->clash, ", %llu", (unsigned long long)r->offset);
	add_r_place(&l->clash, l, r->name);
	if (cause)
		buf_addf(&l->clash, ": %s", cause);
}

void layout_clash_size(struct layout *l)
{
	const char *cause = layout_cause_of(l);

	buf_addf(&l->clash, "it has %llu bytes",
		 (unsigned long long)l->c->size);
	add_c_place(&l->clash, l, 0);
	buf_addf(&l->clash, ", %llu", (unsigned long long)l->r->size);
	add_r_place(&l->clash, l, NULL);
	if (l->c->align > l->r->align)
		buf_addf(&l->clash, ": write #[repr(C, align(%llu))]",
			 (unsigned long long)l->c->align);
	else if (cause)
		buf_addf(&l->clash, ": %s", cause);
}

void layout_clash_align(struct layout *l, uint64_t c, uint64_t r)
{
	buf_addf(&l->clash, "it is aligned to %llu bytes",
		 (unsigned long long)c);
	add_c_place(&l->clash, l, 0);
	buf_addf(&l->clash, ", to %llu", (unsigned long long)r);
	add_r_place(&l->clash, l, NULL);
	if (r < c)
		buf_addf(&l->clash, ": write #[repr(C, align(%llu))]",
			 (unsigned long long)c);
}

static void add_rows(struct buf *b, struct abi_type *t, const char *whose)
{
	struct items all = {.n = 0};

	buf_addf(b, "%s\n", whose);
	layout_items(&all, t, 0);
	for (size_t i = 0; i < all.n && i < 16; i++) {
		buf_addf(b, "  %4llu  ", (unsigned long long)all.v[i].offset);
		buf_addf(b, "%-16s ", all.v[i].name ? all.v[i].name : "-");
		abi_add_name(b, all.v[i].type);
		buf_addc(b, '\n');
	}
	if (all.n > 16)
		buf_adds(b, "  ...\n");
	buf_addf(b, "  %4llu  bytes in all\n", (unsigned long long)t->size);
	free(all.v);
}

void layout_tell(struct layout *l)
{
	struct buf message = BUF_INIT, body = BUF_INIT;
	const char *file = l->source ? l->source->file : l->c->file;

	abi_add_name(&message, l->c->name ? l->c : l->r);
	buf_addf(&message, ": %s", buf_str(&l->clash));
	add_rows(&body, l->c, "C, offset and field:");
	add_rows(&body, l->r, "Rust:");
	buf_addf(&body, "%s\n",
		 l->why ? l->why
			: "Each side reads and writes other bytes of the same "
			  "memory. With #[repr(C)] Rust lays the fields out in "
			  "their order, as C does; without it, as it sees "
			  "fit.");
	abi_report(l->x, file, l->source ? l->line : l->c->line, &message,
		   &body);
}
