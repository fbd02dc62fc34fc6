/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Modules are laid out as kernel/module/main.c does: sections with code in
 * their order, those of .init in pages of their own.
 */
#include "symbols-int.h"

#include <stdbool.h>
#include <string.h>

#define PAGE	       4096
#define SECTIONS_MAX   64 /* with code, of all modules */
#define CANDIDATES_MAX 32 /* of one address */

struct code {
	struct module *module;
	size_t index; /* of the section */
	bool init;
	GElf_Addr start; /* from the begin of the region */
	GElf_Addr laid; /* where libdwfl has it */
	const unsigned char *bytes;
	size_t size;
};

/* An address might be that of @offset there. */
struct candidate {
	const struct code *code;
	size_t offset;
	uint64_t base; /* where the region must have been */
};

struct search {
	struct code code[SECTIONS_MAX];
	size_t ncode;
	const char *callee;
};

static bool is_code(const GElf_Shdr *sh)
{
	const GElf_Xword want = SHF_ALLOC | SHF_EXECINSTR;

	return sh->sh_type == SHT_PROGBITS && (sh->sh_flags & want) == want;
}

static void add_code(struct search *s, struct module *m, Elf_Scn *scn,
		     const GElf_Shdr *sh, const char *name, GElf_Addr next[2],
		     GElf_Addr bias)
{
	Elf_Data *data = elf_rawdata(scn, NULL);
	bool init = strncmp(name, ".init", 5) == 0;
	GElf_Addr align = sh->sh_addralign ? sh->sh_addralign : 1;
	GElf_Addr start = (next[init] + align - 1) / align * align;

	if (!data || !data->d_buf || s->ncode == SECTIONS_MAX)
		return;
	next[init] = start + data->d_size;
	s->code[s->ncode++] = (struct code){
		.module = m,
		.index = elf_ndxscn(scn),
		.init = init,
		.start = start,
		.laid = sh->sh_addr + bias,
		.bytes = data->d_buf,
		.size = data->d_size,
	};
}

static void add_module(struct search *s, struct module *m)
{
	GElf_Addr next[2] = {0, 0};
	Elf_Scn *scn = NULL;
	GElf_Addr bias;
	Elf *elf = m->mod ? dwfl_module_getelf(m->mod, &bias) : NULL;
	size_t names;

	if (!elf || elf_getshdrstrndx(elf, &names) != 0)
		return;
	while ((scn = elf_nextscn(elf, scn))) {
		GElf_Shdr sh;
		const char *name;

		if (!gelf_getshdr(scn, &sh) || !is_code(&sh))
			continue;
		name = elf_strptr(elf, names, sh.sh_name);
		add_code(s, m, scn, &sh, name ? name : "", next, bias);
	}
}

/* Is what ends at @offset a call, of 5 bytes or through a register? */
static bool follows_call(const struct code *c, size_t offset)
{
	const unsigned char *p = c->bytes + offset;

	if (offset >= 5 && p[-5] == 0xe8)
		return true;
	return offset >= 2 && p[-2] == 0xff && (p[-1] & 0xf8) == 0xd0;
}

static const char *symbol_of(Elf *elf, size_t symtab, GElf_Xword info)
{
	Elf_Scn *scn = elf_getscn(elf, symtab);
	Elf_Data *data = scn ? elf_getdata(scn, NULL) : NULL;
	GElf_Shdr sh;
	GElf_Sym sym;

	if (!data || !gelf_getshdr(scn, &sh) ||
	    !gelf_getsym(data, (int)GELF_R_SYM(info), &sym) ||
	    sym.st_shndx != SHN_UNDEF)
		return NULL;
	return elf_strptr(elf, sh.sh_link, sym.st_name);
}

/* The name in the relocation at @offset of a section, if @scn has it. */
static const char *in_relocations(Elf *elf, Elf_Scn *scn, const GElf_Shdr *sh,
				  size_t offset)
{
	Elf_Data *data = elf_getdata(scn, NULL);
	size_t n = data && sh->sh_entsize ? data->d_size / sh->sh_entsize : 0;
	GElf_Rela rela;

	for (size_t i = 0; i < n; i++)
		if (gelf_getrela(data, (int)i, &rela) &&
		    rela.r_offset == offset)
			return symbol_of(elf, sh->sh_link, rela.r_info);
	return NULL;
}

/* What the call that ends at @offset calls in the kernel; NULL: unknown. */
static const char *called(const struct code *c, size_t offset)
{
	GElf_Addr bias;
	Elf *elf = dwfl_module_getelf(c->module->mod, &bias);
	Elf_Scn *scn = NULL;
	GElf_Shdr sh;

	while (offset >= 5 && (scn = elf_nextscn(elf, scn)))
		if (gelf_getshdr(scn, &sh) && sh.sh_type == SHT_RELA &&
		    sh.sh_info == c->index)
			return in_relocations(elf, scn, &sh, offset - 4);
	return NULL;
}

/* All places where code of the stage could have that return address. */
static size_t candidates(const struct search *s, uint64_t address,
			 struct candidate out[CANDIDATES_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < s->ncode; i++) {
		const struct code *c = &s->code[i];
		size_t o = (address - c->start) % PAGE;

		for (; o <= c->size; o += PAGE)
			if (follows_call(c, o) && n < CANDIDATES_MAX)
				out[n++] = (struct candidate){
					.code = c,
					.offset = o,
					.base = address - c->start - o,
				};
	}
	return n;
}

static bool same_load(const struct candidate *a, const struct candidate *b)
{
	return a->code->module == b->code->module &&
	       (a->code->init != b->code->init || a->base == b->base);
}

/* How many of the other frames can stand in the same module as @c. */
static unsigned support(const struct search *s, const struct candidate *c,
			const struct gone_frame *frames, size_t n)
{
	struct candidate others[CANDIDATES_MAX];
	unsigned points = 0;

	for (size_t i = 0; i < n; i++) {
		size_t m = candidates(s, frames[i].address, others);

		for (size_t k = 0; k < m; k++)
			if (same_load(c, &others[k])) {
				points++;
				break;
			}
	}
	return points;
}

/* Of the candidates for the first frame the one that explains the most. */
static bool choose(const struct search *s, struct candidate *best,
		   const struct gone_frame *frames, size_t n)
{
	struct candidate all[CANDIDATES_MAX];
	size_t m = candidates(s, frames[0].address, all);
	unsigned most = 0;
	bool alone = false;

	for (size_t i = 0; i < m; i++) {
		const char *name = called(&all[i].code[0], all[i].offset);
		unsigned points;

		if (!name || (s->callee && strcmp(name, s->callee) != 0))
			continue;
		points = 1 + support(s, &all[i], frames + 1, n - 1);
		alone = points > most || (alone && points < most);
		if (points > most) {
			most = points;
			*best = all[i];
		}
	}
	return alone;
}

static void name_frame(struct gone_frame *f, const struct candidate *c)
{
	symbols_name(f->symbol, sizeof(f->symbol), c->code->module,
		     c->code->laid + c->offset);
}

/* A caller of @first: in the same load of the module, and only one. */
static void name_caller(const struct search *s, struct gone_frame *f,
			const struct candidate *first)
{
	struct candidate all[CANDIDATES_MAX];
	size_t m = candidates(s, f->address, all), at = 0, fits = 0;

	for (size_t i = 0; i < m; i++)
		if (same_load(first, &all[i])) {
			fits++;
			at = i;
		}
	if (fits == 1)
		name_frame(f, &all[at]);
}

void symbols_gone(struct symbols *symbols, struct gone_frame *frames, size_t n,
		  const char *callee)
{
	static struct search s; /* 4 KB */
	struct candidate first;

	s = (struct search){.callee = callee};
	for (size_t i = 0; i < n; i++)
		frames[i].symbol[0] = '\0';
	symbols_open_all(symbols);
	for (size_t i = 0; i < symbols->n; i++)
		add_module(&s, &symbols->modules[i]);
	if (n == 0 || !choose(&s, &first, frames, n))
		return;
	name_frame(&frames[0], &first);
	for (size_t i = 1; i < n; i++)
		name_caller(&s, &frames[i], &first);
}
