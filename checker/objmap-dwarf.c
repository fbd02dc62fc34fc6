/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines, functions and what was inlined, told as text. */
#include "objmap-int.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <string.h>

#define DEPTH_MAX 64 /* of DIEs within each other */

struct teller {
	struct buf *out;
	Dwfl_Module *mod;
	Dwarf_Addr bias;
	bool rust;
	size_t n;
};

/* libdwfl lays sections out one behind the other; back to the section. */
static bool locate(const struct teller *t, Dwarf_Addr address,
		   unsigned *section, unsigned long *offset)
{
	Dwarf_Addr a = address + t->bias;
	GElf_Word index = 0;
	int i = dwfl_module_relocate_address(t->mod, &a);

	if (i < 0 || !dwfl_module_relocation_info(t->mod, (unsigned)i, &index))
		return false;
	*section = index;
	*offset = (unsigned long)a;
	return true;
}

static void tell_lines(struct teller *t, Dwarf_Die *cu)
{
	Dwarf_Lines *lines;
	size_t n;

	if (dwarf_getsrclines(cu, &lines, &n) != 0)
		return;
	for (size_t i = 0; i < n && i < OBJMAP_MAX; i++) {
		Dwarf_Line *l = dwarf_onesrcline(lines, i);
		unsigned long offset;
		unsigned section;
		const char *file;
		Dwarf_Addr at;
		int line;

		if (dwarf_lineaddr(l, &at) != 0 ||
		    dwarf_lineno(l, &line) != 0 ||
		    !locate(t, at, &section, &offset))
			continue;
		file = dwarf_linesrc(l, NULL, NULL);
		buf_addf(t->out, "L\t%x\t%lx\t%x\t", section, offset,
			 (unsigned)line);
		objmap_add_text(t->out, line > 0 && file ? file : "");
		buf_addc(t->out, '\n');
	}
}

/* libdw takes number 0 for none, but in DWARF 5 that is the unit's own. */
static const char *file_of(Dwarf_Die *die)
{
	const char *name = dwarf_decl_file(die);
	Dwarf_Attribute attr;
	Dwarf_Files *files;
	Dwarf_Word number;
	Dwarf_Die cu;
	size_t n;

	if (name ||
	    dwarf_formudata(dwarf_attr_integrate(die, DW_AT_decl_file, &attr),
			    &number) != 0 ||
	    number != 0 || !dwarf_diecu(die, &cu, NULL, NULL) ||
	    dwarf_getsrcfiles(&cu, &files, &n) != 0)
		return name;
	return dwarf_filesrc(files, 0, NULL, NULL);
}

static void tell_function(struct teller *t, char kind, Dwarf_Die *die,
			  Dwarf_Addr start)
{
	const char *name = dwarf_diename(die);
	const char *file = file_of(die);
	const char *linkage = NULL;
	unsigned long offset;
	unsigned section;
	Dwarf_Attribute attr;
	int line = 0;

	if (!name || t->n++ >= OBJMAP_MAX ||
	    !locate(t, start, &section, &offset))
		return;
	dwarf_decl_line(die, &line);
	if (dwarf_attr_integrate(die, DW_AT_linkage_name, &attr))
		linkage = dwarf_formstring(&attr);
	buf_addf(t->out, "%c\t%x\t%lx\t%x\t%x\t", kind, section, offset,
		 line > 0 ? (unsigned)line : 0, t->rust);
	objmap_add_text(t->out, name);
	buf_addc(t->out, '\t');
	objmap_add_text(t->out, linkage ? linkage : "");
	buf_addc(t->out, '\t');
	objmap_add_text(t->out, file ? file : "");
	buf_addc(t->out, '\n');
}

/* @around: where the function that has this code starts, or NULL. */
static void look_into(struct teller *t, Dwarf_Die *die,
		      const Dwarf_Addr *around, int depth)
{
	Dwarf_Die child;
	Dwarf_Addr low;

	if (depth == DEPTH_MAX || dwarf_child(die, &child) != 0)
		return;
	do {
		const Dwarf_Addr *in = around;

		switch (dwarf_tag(&child)) {
		case DW_TAG_subprogram:
			in = dwarf_lowpc(&child, &low) == 0 ? &low : NULL;
			if (in)
				tell_function(t, 'F', &child, low);
			break;
		case DW_TAG_inlined_subroutine:
			if (in)
				tell_function(t, 'I', &child, *in);
			break;
		case DW_TAG_lexical_block:
		case DW_TAG_namespace:
		case DW_TAG_module:
		case DW_TAG_structure_type:
		case DW_TAG_union_type:
		case DW_TAG_enumeration_type:
			break;
		default:
			continue;
		}
		look_into(t, &child, in, depth + 1);
	} while (dwarf_siblingof(&child, &child) == 0);
}

static bool is_rust(Dwarf_Die *cu)
{
	Dwarf_Attribute attr;
	Dwarf_Word lang;

	return dwarf_formudata(dwarf_attr(cu, DW_AT_language, &attr), &lang) ==
		       0 &&
	       lang == DW_LANG_Rust;
}

/* DWARF that is not in the object itself is nowhere. */
static int no_debuginfo(Dwfl_Module *mod, void **data, const char *name,
			Dwarf_Addr base, const char *file, const char *link,
			GElf_Word crc, char **path)
{
	return -1;
}

void objmap_dwarf(struct buf *out, const char *path)
{
	static const Dwfl_Callbacks callbacks = {
		.find_debuginfo = no_debuginfo,
		.section_address = dwfl_offline_section_address,
	};
	struct teller t = {.out = out};
	Dwfl *dwfl = dwfl_begin(&callbacks);
	Dwarf_Die *cu = NULL;

	if (!dwfl)
		return;
	dwfl_report_begin(dwfl);
	t.mod = dwfl_report_offline(dwfl, "object", path, -1);
	dwfl_report_end(dwfl, NULL, NULL);
	while (t.mod && (cu = dwfl_module_nextcu(t.mod, cu, &t.bias))) {
		t.rust = is_rust(cu);
		tell_lines(&t, cu);
		look_into(&t, cu, NULL, 0);
	}
	dwfl_end(dwfl);
}
