/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "abi-die.h"

#include <dwarf.h>
#include <stdlib.h>
#include <string.h>

struct walk {
	struct abi_pool *p;
	bool rust;
	unsigned depth;
	/* Looking for probes rather than for symbols. */
	int (*found)(void *arg, unsigned long n, struct abi_type *t);
	void *arg;
};

static int no_debuginfo(Dwfl_Module *m, void **user, const char *name,
			Dwarf_Addr base, const char *file, const char *link,
			GElf_Word crc, char **out)
{
	return -1; /* beside the object there is none, and no server knows */
}

static const Dwfl_Callbacks callbacks = {
	.find_debuginfo = no_debuginfo,
	.section_address = dwfl_offline_section_address,
};

struct abi_pool *abi_pool_new(void)
{
	return calloc(1, sizeof(struct abi_pool));
}

void abi_pool_free(struct abi_pool *p)
{
	if (!p)
		return;
	abi_nodes_release(p);
	for (size_t i = 0; i < p->nobjects; i++)
		dwfl_end(p->objects[i]);
	free(p->objects);
	free(p->symbols);
	free(p->kernels);
	free(p);
}

size_t abi_pool_n(const struct abi_pool *p)
{
	return p->nsymbols;
}

const struct abi_symbol *abi_pool_symbol(const struct abi_pool *p, size_t i)
{
	return &p->symbols[i];
}

const struct abi_symbol *abi_pool_definition(const struct abi_pool *p,
					     const char *name)
{
	for (size_t i = 0; i < p->nsymbols; i++)
		if (!p->symbols[i].declared &&
		    strcmp(p->symbols[i].name, name) == 0)
			return &p->symbols[i];
	return NULL;
}

/* ---- symbols ---- */

static bool flag(Dwarf_Die *die, unsigned name)
{
	Dwarf_Attribute at;
	bool set = false;

	return dwarf_attr_integrate(die, name, &at) &&
	       dwarf_formflag(&at, &set) == 0 && set;
}

static const char *linkage_name(Dwarf_Die *die)
{
	Dwarf_Attribute at;
	const char *name = NULL;

	if (dwarf_attr_integrate(die, DW_AT_linkage_name, &at))
		name = dwarf_formstring(&at);
	return name ? name : dwarf_diename(die);
}

struct abi_symbol *abi_symbol_add(struct abi_pool *p)
{
	struct abi_symbol *v;

	if (p->nsymbols >= ABI_SYMBOLS_MAX)
		return NULL;
	v = realloc(p->symbols, (p->nsymbols + 1) * sizeof(*v));
	if (!v) {
		p->failed = true;
		return NULL;
	}
	p->symbols = v;
	v += p->nsymbols++;
	*v = (struct abi_symbol){.name = NULL};
	return v;
}

static void take_symbol(struct walk *w, Dwarf_Die *die, bool variable)
{
	const char *name = linkage_name(die);
	Dwarf_Attribute at;
	struct abi_symbol *s;

	/* Rust's own functions have names that no C knows. */
	if (!name || strncmp(name, "_R", 2) == 0 ||
	    strncmp(name, "_ZN", 3) == 0 || !flag(die, DW_AT_external))
		return;
	s = abi_symbol_add(w->p);
	if (!s)
		return;
	s->name = name;
	s->rust = w->rust;
	s->variable = variable;
	s->declared = dwarf_attr(die, DW_AT_declaration, &at);
	s->type = variable ? abi_read_type_of(w->p, die)
			   : abi_read_function(w->p, die);
	s->file = abi_read_file(die);
	s->line = abi_read_line(die);
}

/* An instance of what was inlined says nothing that its origin does not. */
static bool is_instance(Dwarf_Die *die)
{
	Dwarf_Attribute at;

	return dwarf_attr(die, DW_AT_abstract_origin, &at);
}

static void take_probe(struct walk *w, Dwarf_Die *die)
{
	const char *name = dwarf_diename(die);
	char *end;
	unsigned long n;

	if (!name || strncmp(name, "kiln_abi_", 9) != 0)
		return;
	n = strtoul(name + 9, &end, 10);
	if (name[9] && !*end &&
	    w->found(w->arg, n, abi_read_type_of(w->p, die)) < 0)
		w->p->failed = true;
}

/* ---- the tree ---- */

static void walk(struct walk *w, Dwarf_Die *parent);

static void descend(struct walk *w, Dwarf_Die *die)
{
	if (w->depth >= ABI_DEPTH_MAX)
		return;
	w->depth++;
	walk(w, die);
	w->depth--;
}

/* clang puts all that others can see at the top; rustc into namespaces. */
static void visit(struct walk *w, Dwarf_Die *die)
{
	bool top = w->depth == 0;

	switch (dwarf_tag(die)) {
	case DW_TAG_subprogram:
		if (!w->found && !is_instance(die))
			take_symbol(w, die, false);
		if (w->rust)
			descend(w, die);
		break;
	case DW_TAG_variable:
		if (w->found)
			take_probe(w, die);
		else if (top || w->rust)
			take_symbol(w, die, true);
		break;
	case DW_TAG_lexical_block:
		if (w->found)
			descend(w, die);
		break;
	case DW_TAG_namespace:
	case DW_TAG_structure_type:
		if (w->rust)
			descend(w, die);
		break;
	}
}

static void walk(struct walk *w, Dwarf_Die *parent)
{
	Dwarf_Die c;

	if (dwarf_child(parent, &c) != 0)
		return;
	do {
		visit(w, &c);
	} while (abi_next(w->p, &c));
}

/* ---- objects ---- */

static bool is_kernels(Dwarf_Die *die)
{
	const char *name = dwarf_diename(die);

	return dwarf_tag(die) == DW_TAG_namespace && name &&
	       (strcmp(name, "bindings") == 0 || strcmp(name, "uapi") == 0);
}

static const char *end_of(Dwarf_Die *cu)
{
	Dwarf_Off at = dwarf_dieoffset(cu), next;
	size_t header;

	if (dwarf_next_unit(dwarf_cu_getdwarf(cu->cu), at - dwarf_cuoffset(cu),
			    &next, &header, NULL, NULL, NULL, NULL, NULL,
			    NULL) != 0)
		return cu->addr;
	return (const char *)cu->addr + (next - at);
}

/* Types of the kernel's bindings are recognized by where they stand. */
static void note_kernels(struct abi_pool *p, Dwarf_Die *cu)
{
	struct abi_range *v;
	Dwarf_Die c, next;

	if (dwarf_child(cu, &c) != 0)
		return;
	do {
		if (!is_kernels(&c))
			continue;
		v = realloc(p->kernels, (p->nkernels + 1) * sizeof(*v));
		if (!v) {
			p->failed = true;
			return;
		}
		p->kernels = v;
		v += p->nkernels++;
		v->begin = c.addr;
		v->end = dwarf_siblingof(&c, &next) == 0 ? next.addr
							 : end_of(cu);
	} while (abi_next(p, &c));
}

static Dwfl_Module *open_object(struct abi_pool *p, const char *path)
{
	Dwfl_Module *m;
	Dwfl **v;

	if (p->nobjects >= ABI_OBJECTS_MAX)
		return NULL;
	v = realloc(p->objects, (p->nobjects + 1) * sizeof(Dwfl *));
	if (v)
		p->objects = v;
	if (!v || !(v[p->nobjects] = dwfl_begin(&callbacks))) {
		p->failed = true;
		return NULL;
	}
	p->nobjects++;
	m = dwfl_report_offline(v[p->nobjects - 1], path, path, -1);
	dwfl_report_end(v[p->nobjects - 1], NULL, NULL);
	return m;
}

static int read_object(struct walk *w, const char *path)
{
	Dwfl_Module *m = open_object(w->p, path);
	Dwarf_Addr bias;
	Dwarf *dw = m ? dwfl_module_getdwarf(m, &bias) : NULL;
	Dwarf_CU *cu = NULL;
	Dwarf_Die die;

	while (dw && !w->p->failed &&
	       dwarf_get_units(dw, cu, &cu, NULL, NULL, &die, NULL) == 0) {
		w->rust = dwarf_srclang(&die) == DW_LANG_Rust;
		if (w->rust)
			note_kernels(w->p, &die);
		walk(w, &die);
	}
	if (dw && !w->found)
		abi_table_read(w->p, m, dw);
	return w->p->failed ? -1 : 0;
}

int abi_pool_read(struct abi_pool *p, const char *path)
{
	struct walk w = {.p = p};

	return read_object(&w, path);
}

int abi_pool_probes(struct abi_pool *p, const char *path,
		    int (*found)(void *arg, unsigned long n,
				 struct abi_type *t),
		    void *arg)
{
	struct walk w = {.p = p, .found = found, .arg = arg};

	return read_object(&w, path);
}
