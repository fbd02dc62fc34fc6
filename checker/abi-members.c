/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What types consist of, read when somebody asks. */
#include "abi-die.h"

#include <dwarf.h>
#include <stdlib.h>

bool abi_next(struct abi_pool *p, Dwarf_Die *die)
{
	return p->steps++ < ABI_STEPS_MAX && dwarf_siblingof(die, die) == 0;
}

uint64_t abi_number(Dwarf_Die *die, unsigned name)
{
	Dwarf_Attribute at;
	Dwarf_Word n;

	if (!dwarf_attr_integrate(die, name, &at) ||
	    dwarf_formudata(&at, &n) != 0)
		return 0;
	return n;
}

static struct abi_member *add_member(struct abi_type *t)
{
	struct abi_node *n = t->node;
	struct abi_member *v;

	if (t->nmembers >= ABI_MEMBERS_MAX)
		return NULL;
	v = realloc(t->members, (t->nmembers + 1) * sizeof(*v));
	if (!v) {
		n->pool->failed = true;
		return NULL;
	}
	t->members = v;
	v += t->nmembers++;
	*v = (struct abi_member){.name = NULL};
	return v;
}

static void read_member(struct abi_type *t, Dwarf_Die *die)
{
	struct abi_node *n = t->node;
	struct abi_member *m = add_member(t);
	uint64_t bit = abi_number(die, DW_AT_data_bit_offset);
	if (!m)
		return;
	m->name = abi_node_keep(n->pool, dwarf_diename(die));
	m->type = abi_read_type_of(n->pool, die);
	m->bits = abi_number(die, DW_AT_bit_size);
	m->bit = bit % 8;
	m->offset =
		m->bits ? bit / 8 : abi_number(die, DW_AT_data_member_location);
	if (!t->rust)
		m->align = abi_number(die, DW_AT_alignment);
	m->line = abi_read_line(die);
}

/* Each arm of an enum is a member, and what it holds a struct. */
static void read_variants(struct abi_type *t, Dwarf_Die *part)
{
	struct abi_node *n = t->node;
	Dwarf_Die v, m;

	if (dwarf_child(part, &v) != 0)
		return;
	do {
		if (dwarf_tag(&v) == DW_TAG_variant && dwarf_child(&v, &m) == 0)
			read_member(t, &m);
	} while (abi_next(n->pool, &v));
}

static void read_parameters(struct abi_type *t, Dwarf_Die *die)
{
	struct abi_node *n = t->node;
	Dwarf_Die c;

	if (dwarf_child(die, &c) != 0)
		return;
	do {
		if (dwarf_tag(&c) == DW_TAG_formal_parameter)
			read_member(t, &c);
		else if (dwarf_tag(&c) == DW_TAG_unspecified_parameters)
			t->variadic = true;
	} while (abi_next(n->pool, &c));
}

void abi_open(struct abi_type *t)
{
	struct abi_node *n = t->node;
	Dwarf_Die c;

	if (t->open)
		return;
	t->open = true;
	if (t->kind == ABI_FUNCTION) {
		read_parameters(t, &n->die);
		return;
	}
	if (dwarf_child(&n->die, &c) != 0)
		return;
	do {
		if (dwarf_tag(&c) == DW_TAG_member)
			read_member(t, &c);
		else if (dwarf_tag(&c) == DW_TAG_variant_part)
			read_variants(t, &c);
	} while (abi_next(n->pool, &c));
}
