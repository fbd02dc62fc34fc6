/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Types from DWARF. rustc's differ from clang's: pointers have names, arms of
 * an enum are a variant part, and () is a base type of no bytes.
 */
#include "abi-die.h"
#include "sandbox.h"

#include <dwarf.h>
#include <stdlib.h>
#include <string.h>

static bool has_flag(Dwarf_Die *die, unsigned name)
{
	bool set = false;
	Dwarf_Attribute at;

	return dwarf_attr(die, name, &at) && dwarf_formflag(&at, &set) == 0 &&
	       set;
}

static bool is_rust(Dwarf_Die *die)
{
	Dwarf_Die cu;

	return dwarf_diecu(die, &cu, NULL, NULL) &&
	       dwarf_srclang(&cu) == DW_LANG_Rust;
}

/* dwarf_decl_file() takes file 0, which is one since DWARF 5, for none. */
static const char *decl_file(Dwarf_Die *die)
{
	Dwarf_Attribute at;
	Dwarf_Half version;
	Dwarf_Files *files;
	Dwarf_Word i;
	Dwarf_Die cu;
	size_t n;

	if (!dwarf_attr_integrate(die, DW_AT_decl_file, &at) ||
	    dwarf_formudata(&at, &i) != 0 ||
	    !dwarf_diecu(die, &cu, NULL, NULL) ||
	    dwarf_cu_info(cu.cu, &version, NULL, NULL, NULL, NULL, NULL,
			  NULL) != 0 ||
	    (i == 0 && version < 5) ||
	    dwarf_getsrcfiles(&cu, &files, &n) != 0 || i >= n)
		return NULL;
	return dwarf_filesrc(files, i, NULL, NULL);
}

const char *abi_read_file(Dwarf_Die *die)
{
	const char *f = decl_file(die);

	if (!f)
		return NULL;
	if (strncmp(f, SANDBOX_STAGE "/", strlen(SANDBOX_STAGE "/")) == 0)
		f += strlen(SANDBOX_STAGE "/");
	while (strncmp(f, "./", 2) == 0)
		f += 2;
	return f;
}

unsigned abi_read_line(Dwarf_Die *die)
{
	int line = 0;

	return dwarf_decl_line(die, &line) == 0 && line > 0 ? (unsigned)line
							    : 0;
}

static bool is_kernels(const struct abi_pool *p, const Dwarf_Die *die)
{
	const char *at = die->addr;

	for (size_t i = 0; i < p->nkernels; i++)
		if (at >= p->kernels[i].begin && at < p->kernels[i].end)
			return true;
	return false;
}

static void read_base(struct abi_type *t, Dwarf_Die *die)
{
	switch (abi_number(die, DW_AT_encoding)) {
	case DW_ATE_boolean:
		t->kind = ABI_BOOL;
		break;
	case DW_ATE_float:
		t->kind = ABI_FLOAT;
		break;
	case DW_ATE_UTF:
		t->kind = t->rust ? ABI_CHAR : ABI_INT;
		break;
	case DW_ATE_signed:
	case DW_ATE_signed_char:
		t->kind = ABI_INT;
		t->is_signed = true;
		break;
	case DW_ATE_unsigned:
	case DW_ATE_unsigned_char:
		t->kind = ABI_INT;
		break;
	default:
		t->kind = ABI_UNKNOWN;
	}
	if (t->size == 0)
		t->kind = ABI_VOID;
	t->never = t->rust && t->name && strcmp(t->name, "!") == 0;
	t->plain_char = !t->rust && t->name && strcmp(t->name, "char") == 0;
}

static void read_pointer(struct abi_pool *p, struct abi_type *t, Dwarf_Die *die)
{
	const char *fn = t->rust && t->name ? strstr(t->name, "fn(") : NULL;
	const char *c = fn ? strstr(t->name, "extern \"") : NULL;

	t->size = 8;
	t->align = 8;
	t->to = abi_read_type_of(p, die);
	if (abi_real(t->to)->kind != ABI_FUNCTION || !fn)
		return;
	t->rust_abi = !c || c > fn;
	t->variadic = strstr(fn, ", ...)") || strstr(fn, "(...)");
}

static uint64_t count_of(Dwarf_Die *range)
{
	Dwarf_Attribute at;
	Dwarf_Word n;

	if (dwarf_attr(range, DW_AT_upper_bound, &at) &&
	    dwarf_formudata(&at, &n) == 0 && n < INT64_MAX)
		return n + 1;
	return abi_number(range, DW_AT_count);
}

/* int a[2][3] is one entry with two ranges: an array of arrays. */
static void read_array(struct abi_pool *p, struct abi_type *t, Dwarf_Die *die)
{
	struct abi_type *of = abi_read_type_of(p, die);
	uint64_t counts[8];
	size_t n = 0;
	Dwarf_Die c;

	if (dwarf_child(die, &c) == 0)
		do {
			if (dwarf_tag(&c) == DW_TAG_subrange_type && n < 8)
				counts[n++] = count_of(&c);
		} while (abi_next(p, &c));
	for (; n > 1; n--) {
		struct abi_type *inner = abi_node_add(p, NULL, ABI_ARRAY);

		if (!inner)
			break;
		inner->open = true;
		inner->rust = t->rust;
		inner->to = of;
		inner->count = counts[n - 1];
		if (__builtin_mul_overflow(inner->count, abi_real(of)->size,
					   &inner->size))
			inner->size = 0;
		of = inner;
	}
	t->to = of;
	t->count = n ? counts[0] : 0;
	if (__builtin_mul_overflow(t->count, abi_real(of)->size, &t->size))
		t->size = 0;
}

static bool has_variants(struct abi_pool *p, Dwarf_Die *die)
{
	Dwarf_Die c;

	if (dwarf_child(die, &c) != 0)
		return false;
	do {
		if (dwarf_tag(&c) == DW_TAG_variant_part)
			return true;
	} while (abi_next(p, &c));
	return false;
}

static void read_aggregate(struct abi_pool *p, struct abi_type *t,
			   Dwarf_Die *die)
{
	t->incomplete = has_flag(die, DW_AT_declaration);
	t->align = abi_number(die, DW_AT_alignment);
	t->kernels = t->rust && is_kernels(p, die);
	if (t->rust) {
		/* Also enum Opaque {}. */
		t->incomplete = t->size == 0;
		if (t->kind == ABI_STRUCT && has_variants(p, die))
			t->kind = ABI_VARIANTS;
		if (t->name && strcmp(t->name, "c_void") == 0)
			t->kind = ABI_VOID;
	}
	t->file = abi_node_keep(p, abi_read_file(die));
	t->line = abi_read_line(die);
}

static void read_alias(struct abi_pool *p, struct abi_type *t, Dwarf_Die *die)
{
	t->to = abi_read_type_of(p, die);
	t->qualifier = dwarf_tag(die) != DW_TAG_typedef;
	if (dwarf_tag(die) == DW_TAG_const_type)
		t->name = abi_node_keep(p, "const");
	else if (dwarf_tag(die) == DW_TAG_volatile_type)
		t->name = abi_node_keep(p, "volatile");
}

static void read_prototype(struct abi_pool *p, struct abi_type *t,
			   Dwarf_Die *die)
{
	Dwarf_Attribute at;

	t->to = abi_read_type_of(p, die);
	/* rustc leaves out the return type of one that does not return. */
	t->never = has_flag(die, DW_AT_noreturn);
	t->unprototyped =
		!t->rust && !dwarf_attr_integrate(die, DW_AT_prototyped, &at);
}

static enum abi_kind kind_of(Dwarf_Die *die)
{
	switch (dwarf_tag(die)) {
	case DW_TAG_base_type:
		return ABI_INT;
	case DW_TAG_enumeration_type:
		return ABI_ENUM;
	case DW_TAG_pointer_type:
		return ABI_POINTER;
	case DW_TAG_subroutine_type:
	case DW_TAG_subprogram:
		return ABI_FUNCTION;
	case DW_TAG_array_type:
		return ABI_ARRAY;
	case DW_TAG_structure_type:
		return ABI_STRUCT;
	case DW_TAG_union_type:
		return ABI_UNION;
	case DW_TAG_typedef:
	case DW_TAG_const_type:
	case DW_TAG_volatile_type:
	case DW_TAG_restrict_type:
	case DW_TAG_atomic_type:
		return ABI_ALIAS;
	default:
		return ABI_UNKNOWN;
	}
}

static void fill(struct abi_pool *p, struct abi_type *t, Dwarf_Die *die)
{
	switch (dwarf_tag(die)) {
	case DW_TAG_base_type:
		read_base(t, die);
		break;
	case DW_TAG_pointer_type:
		read_pointer(p, t, die);
		break;
	case DW_TAG_array_type:
		read_array(p, t, die);
		break;
	case DW_TAG_enumeration_type:
	case DW_TAG_structure_type:
	case DW_TAG_union_type:
		read_aggregate(p, t, die);
		break;
	case DW_TAG_subroutine_type:
	case DW_TAG_subprogram:
		read_prototype(p, t, die);
		break;
	default:
		if (t->kind == ABI_ALIAS)
			read_alias(p, t, die);
	}
}

struct abi_type *abi_read_type(struct abi_pool *p, Dwarf_Die *die)
{
	struct abi_node *n;
	struct abi_type *t;

	if (!die)
		return &abi_void;
	n = abi_node_find(p, die);
	if (n)
		return &n->t;
	if (p->depth > ABI_DEPTH_MAX)
		return &abi_nothing;
	t = abi_node_add(p, die, kind_of(die));
	if (!t)
		return &abi_nothing;
	t->rust = is_rust(die);
	t->name = abi_node_keep(p, dwarf_diename(die));
	t->size = abi_number(die, DW_AT_byte_size);
	/* What it leads to may lead back: it is in the table by now. */
	t->open = t->kind != ABI_STRUCT && t->kind != ABI_UNION &&
		  t->kind != ABI_FUNCTION;
	p->depth++;
	fill(p, t, die);
	p->depth--;
	return t;
}

struct abi_type *abi_read_type_of(struct abi_pool *p, Dwarf_Die *die)
{
	Dwarf_Attribute at;
	Dwarf_Die type;

	if (!dwarf_attr_integrate(die, DW_AT_type, &at))
		return &abi_void;
	if (!dwarf_formref_die(&at, &type))
		return &abi_nothing;
	return abi_read_type(p, &type);
}

/*
 * What was inlined somewhere has an abstract entry with the parameters as
 * they are written; its instances may have lost some.
 */
struct abi_type *abi_read_function(struct abi_pool *p, Dwarf_Die *die)
{
	Dwarf_Attribute at;
	Dwarf_Die origin;

	if (dwarf_attr(die, DW_AT_abstract_origin, &at) &&
	    dwarf_formref_die(&at, &origin))
		die = &origin;
	return abi_read_type(p, die);
}
