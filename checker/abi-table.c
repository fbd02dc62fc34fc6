/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tables of functions: struct file_operations and its like, in C, with
 * functions of Rust's in them. No prototype is left of a function that is
 * not called; but the linker is told where its address goes, and what stands
 * there has a type.
 */
#include "abi-die.h"

#include <dwarf.h>
#include <stdlib.h>

enum { MAX_VARIABLES = 4096 };

struct variable {
	Dwarf_Die die;
	struct abi_type *type;
	uint64_t begin, end;
};

struct variables {
	struct variable *v;
	size_t n;
};

/* Where @die is; 0: nowhere, or not at one place. */
static uint64_t address_of(Dwarf_Die *die)
{
	Dwarf_Attribute at, addr;
	Dwarf_Op *ops;
	size_t n;
	Dwarf_Addr a;

	if (!dwarf_attr(die, DW_AT_location, &at) ||
	    dwarf_getlocation(&at, &ops, &n) != 0 || n != 1)
		return 0;
	if (ops[0].atom == DW_OP_addr)
		return ops[0].number;
	if (ops[0].atom != DW_OP_addrx ||
	    dwarf_getlocation_attr(&at, &ops[0], &addr) != 0 ||
	    dwarf_formaddr(&addr, &a) != 0)
		return 0;
	return a;
}

static void take_variable(struct abi_pool *p, struct variables *all,
			  Dwarf_Die *die)
{
	uint64_t begin = address_of(die);
	struct variable *v;

	if (!begin || all->n >= MAX_VARIABLES)
		return;
	v = realloc(all->v, (all->n + 1) * sizeof(*v));
	if (!v) {
		p->failed = true;
		return;
	}
	all->v = v;
	v += all->n++;
	v->die = *die;
	v->type = abi_real(abi_read_type_of(p, die));
	v->begin = begin;
	v->end = begin + v->type->size;
}

static void read_variables(struct abi_pool *p, struct variables *all, Dwarf *dw)
{
	Dwarf_CU *cu = NULL;
	Dwarf_Die top, c;

	while (dwarf_get_units(dw, cu, &cu, NULL, NULL, &top, NULL) == 0) {
		if (dwarf_srclang(&top) == DW_LANG_Rust ||
		    dwarf_child(&top, &c) != 0)
			continue;
		do {
			if (dwarf_tag(&c) == DW_TAG_variable)
				take_variable(p, all, &c);
		} while (abi_next(p, &c));
	}
}

static struct abi_type *member_at(struct abi_type *t, uint64_t *offset)
{
	abi_open(t);
	for (size_t i = 0; i < t->nmembers; i++) {
		const struct abi_member *m = &t->members[i];
		struct abi_type *of = abi_real(m->type);

		if (*offset < m->offset || *offset - m->offset >= of->size)
			continue;
		*offset -= m->offset;
		return of;
	}
	return NULL;
}

/* The function that what stands @offset bytes into @t points to, or NULL. */
static struct abi_type *function_at(struct abi_type *t, uint64_t offset)
{
	for (int i = 0; t && i < ABI_DEPTH_MAX; i++) {
		if (t->kind == ABI_STRUCT) {
			t = member_at(t, &offset);
		} else if (t->kind == ABI_ARRAY) {
			t = abi_real(t->to);
			offset = t->size ? offset % t->size : 0;
		} else if (t->kind == ABI_POINTER && offset == 0) {
			t = abi_real(t->to);
			return t->kind == ABI_FUNCTION ? t : NULL;
		} else {
			return NULL;
		}
	}
	return NULL;
}

/* The address of @name goes to @addr: that is as good as a prototype. */
static void take_entry(struct abi_pool *p, const struct variables *all,
		       const char *name, uint64_t addr)
{
	for (size_t i = 0; i < all->n; i++) {
		struct variable *v = &all->v[i];
		struct abi_type *f;
		struct abi_symbol *s;

		if (addr < v->begin || addr >= v->end)
			continue;
		f = function_at(v->type, addr - v->begin);
		s = f ? abi_symbol_add(p) : NULL;
		if (s)
			*s = (struct abi_symbol){
				.name = name,
				.type = f,
				.file = abi_read_file(&v->die),
				.line = abi_read_line(&v->die),
				.declared = true,
			};
		return;
	}
}

/* The name of symbol @i when it is defined elsewhere, or NULL. */
static const char *wanted_name(Elf *elf, Elf_Data *symbols, size_t strings,
			       size_t i)
{
	GElf_Sym sym;

	if (!gelf_getsym(symbols, (int)i, &sym) || sym.st_shndx != SHN_UNDEF)
		return NULL;
	return elf_strptr(elf, strings, sym.st_name);
}

static void read_relocations(struct abi_pool *p, const struct variables *all,
			     Elf *elf, Elf_Scn *scn, uint64_t base)
{
	Elf_Data *data = elf_getdata(scn, NULL), *symbols;
	GElf_Shdr rela, table;
	Elf_Scn *to;

	if (!data || !gelf_getshdr(scn, &rela) || !rela.sh_entsize)
		return;
	to = elf_getscn(elf, rela.sh_link);
	symbols = to ? elf_getdata(to, NULL) : NULL;
	if (!symbols || !gelf_getshdr(to, &table))
		return;
	for (size_t i = 0; i < rela.sh_size / rela.sh_entsize; i++) {
		const char *name;
		GElf_Rela r;

		if (!gelf_getrela(data, (int)i, &r))
			break;
		name = wanted_name(elf, symbols, table.sh_link,
				   GELF_R_SYM(r.r_info));
		if (name && *name)
			take_entry(p, all, name, base + r.r_offset);
	}
}

void abi_table_read(struct abi_pool *p, Dwfl_Module *m, Dwarf *dw)
{
	struct variables all = {.n = 0};
	GElf_Shdr rela, to;
	GElf_Addr bias;
	Elf *elf = dwfl_module_getelf(m, &bias);
	Elf_Scn *scn = NULL;

	if (!elf)
		return;
	read_variables(p, &all, dw);
	while (all.n && (scn = elf_nextscn(elf, scn))) {
		Elf_Scn *target;

		if (!gelf_getshdr(scn, &rela) || rela.sh_type != SHT_RELA)
			continue;
		target = elf_getscn(elf, rela.sh_info);
		if (target && gelf_getshdr(target, &to) &&
		    (to.sh_flags & SHF_ALLOC) && !(to.sh_flags & SHF_EXECINSTR))
			read_relocations(p, &all, elf, scn, to.sh_addr);
	}
	free(all.v);
}
