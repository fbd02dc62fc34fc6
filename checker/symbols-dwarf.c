/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "buf.h"
#include "demangle.h"
#include "sandbox.h"
#include "symbols-int.h"
#include "utf8.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BACK_MAX  64 /* bytes to look back for a line */
#define DEPTH_MAX 64 /* of DIEs within each other */

/* clang writes no .debug_aranges: ask each unit. */
static Dwarf_Die *find_unit(Dwfl_Module *mod, GElf_Addr address,
			    Dwarf_Addr *bias)
{
	Dwarf_Die *cu = NULL;

	while ((cu = dwfl_module_nextcu(mod, cu, bias)))
		if (dwarf_haspc(cu, address - *bias) > 0)
			return cu;
	return NULL;
}

/* Code that belongs to no line (0) has that of what stands before it. */
static Dwarf_Line *find_line(Dwarf_Die *cu, Dwarf_Addr pc)
{
	for (unsigned back = 0; back <= BACK_MAX && back <= pc; back++) {
		Dwarf_Line *l = dwarf_getsrc_die(cu, pc - back);
		int number;

		if (!l)
			return NULL;
		if (dwarf_lineno(l, &number) == 0 && number > 0)
			return l;
	}
	return NULL;
}

/* "/kiln/work/./ring.c" is ring.c. */
static bool is_ours(const struct symbols *s, const char **path)
{
	static const char stage[] = SANDBOX_STAGE "/";
	const char *p = *path;

	if (strncmp(p, stage, sizeof(stage) - 1) == 0)
		p += sizeof(stage) - 1;
	while (strncmp(p, "./", 2) == 0)
		p += 2;
	*path = p;
	return strv_has(s->files, p);
}

static void clean_copy(char *to, size_t cap, const char *s)
{
	struct buf b = BUF_INIT;

	utf8_add_clean(&b, s, strlen(s));
	snprintf(to, cap, "%.*s", (int)utf8_cut(buf_str(&b), b.len, cap - 1),
		 buf_str(&b));
	buf_release(&b);
}

static void name_function(char *to, size_t cap, Dwarf_Die *die)
{
	Dwarf_Attribute attr;
	const char *name;

	if (dwarf_attr_integrate(die, DW_AT_linkage_name, &attr) &&
	    (name = dwarf_formstring(&attr)) &&
	    demangle_rust(to, cap, name, strlen(name)))
		return;
	name = dwarf_diename(die);
	clean_copy(to, cap, name ? name : "");
}

struct chain {
	struct symbols *s;
	struct place *out;
	size_t n;
};

static void add(struct chain *c, const char *file, int line, Dwarf_Die *in)
{
	struct place *p = &c->out[c->n];

	if (!file || line <= 0 || c->n == PLACES_MAX || !is_ours(c->s, &file))
		return;
	clean_copy(p->file, sizeof(p->file), file);
	p->line = (unsigned)line;
	name_function(p->function, sizeof(p->function), in);
	c->n++;
}

/* The functions around an address, outermost first. */
struct nest {
	Dwarf_Addr pc;
	Dwarf_Die functions[DEPTH_MAX];
	int n;
};

static bool is_container(int tag)
{
	switch (tag) {
	case DW_TAG_namespace:
	case DW_TAG_module:
	case DW_TAG_structure_type:
	case DW_TAG_union_type:
	case DW_TAG_enumeration_type:
		return true;
	}
	return false;
}

/* Does this DIE, or one within it, have the address? */
static bool look_into(struct nest *t, Dwarf_Die *die, int depth);

static bool look_at(struct nest *t, Dwarf_Die *die, int depth)
{
	int tag = dwarf_tag(die);

	if (is_container(tag))
		return look_into(t, die, depth + 1);
	if (tag != DW_TAG_subprogram && tag != DW_TAG_inlined_subroutine &&
	    tag != DW_TAG_lexical_block)
		return false;
	if (dwarf_haspc(die, t->pc) <= 0)
		return false;
	if (tag != DW_TAG_lexical_block)
		t->functions[t->n++] = *die;
	look_into(t, die, depth + 1);
	return true;
}

/*
 * dwarf_getscopes() does the like, but not below a namespace, where all of
 * Rust's functions are.
 */
static bool look_into(struct nest *t, Dwarf_Die *die, int depth)
{
	Dwarf_Die child;

	if (depth == DEPTH_MAX || dwarf_child(die, &child) != 0)
		return false;
	do {
		if (look_at(t, &child, depth))
			return true;
	} while (dwarf_siblingof(&child, &child) == 0);
	return false;
}

static int number_of(Dwarf_Die *die, unsigned name)
{
	Dwarf_Attribute attr;
	Dwarf_Word word;

	if (dwarf_formudata(dwarf_attr(die, name, &attr), &word) != 0 ||
	    word > 10000000)
		return -1;
	return (int)word;
}

static const char *file_of_call(Dwarf_Die *cu, Dwarf_Die *inlined)
{
	int number = number_of(inlined, DW_AT_call_file);
	Dwarf_Files *files;
	size_t n;

	if (number < 0 || dwarf_getsrcfiles(cu, &files, &n) != 0)
		return NULL;
	return dwarf_filesrc(files, (size_t)number, NULL, NULL);
}

/*
 * From the line itself outwards: where each function was inlined is a line
 * in the one around it.
 */
static void walk(struct chain *c, Dwarf_Die *cu, Dwarf_Line *line,
		 struct nest *t)
{
	const char *file = dwarf_linesrc(line, NULL, NULL);
	int number = 0;

	dwarf_lineno(line, &number);
	while (t->n > 0) {
		Dwarf_Die *in = &t->functions[--t->n];

		add(c, file, number, in);
		if (dwarf_tag(in) == DW_TAG_subprogram)
			return;
		file = file_of_call(cu, in);
		number = number_of(in, DW_AT_call_line);
	}
}

size_t dwarf_places(struct symbols *s, struct module *m,
		    struct place out[PLACES_MAX], GElf_Addr address)
{
	struct chain c = {.s = s, .out = out};
	struct nest t = {.n = 0};
	Dwarf_Line *line;
	Dwarf_Addr bias;
	Dwarf_Die *cu;

	cu = find_unit(m->mod, address, &bias);
	if (!cu)
		return 0;
	t.pc = address - bias;
	line = find_line(cu, t.pc);
	if (!line)
		return 0;
	look_into(&t, cu, 0);
	walk(&c, cu, line, &t);
	return c.n;
}
