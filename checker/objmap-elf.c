/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sections, symbols and relocations of an object, told as text. */
#include "objmap-int.h"
#include "utf8.h"

#include <gelf.h>
#include <string.h>

#define TEXT_MAX 1024 /* of a name or a string */

void objmap_add_text(struct buf *out, const char *s)
{
	size_t from = out->len;

	utf8_add_clean(out, s, strnlen(s, TEXT_MAX));
	for (size_t i = from; i < out->len; i++)
		if (out->data[i] == '\t' || out->data[i] == '\n')
			out->data[i] = ' ';
}

static enum objmap_kind kind_of(const GElf_Shdr *sh)
{
	if (!(sh->sh_flags & SHF_ALLOC))
		return OBJMAP_OTHER;
	if (sh->sh_flags & SHF_EXECINSTR)
		return OBJMAP_CODE;
	return sh->sh_flags & SHF_WRITE ? OBJMAP_DATA : OBJMAP_RODATA;
}

/* "a\n" as one writes it. */
static void add_string(struct buf *out, const char *s, size_t len)
{
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < len && i < TEXT_MAX; i++) {
		switch (s[i]) {
		case '\n':
			buf_adds(&b, "\\n");
			break;
		case '\t':
			buf_adds(&b, "\\t");
			break;
		case '"':
			buf_adds(&b, "\\\"");
			break;
		default:
			/* A level of printk() is \001 and a digit. */
			if ((unsigned char)s[i] < ' ')
				buf_addf(&b, "\\%03o", s[i]);
			else
				buf_addc(&b, s[i]);
		}
	}
	objmap_add_text(out, buf_str(&b));
	buf_release(&b);
}

static void tell_strings(struct buf *out, Elf_Scn *scn, size_t index)
{
	Elf_Data *d = elf_getdata(scn, NULL);
	const char *p = d ? d->d_buf : NULL;
	size_t at = 0;

	while (p && at < d->d_size) {
		size_t n = strnlen(p + at, d->d_size - at);

		buf_addf(out, "T\t%zx\t%zx\t", index, at);
		add_string(out, p + at, n);
		buf_addc(out, '\n');
		at += n + 1;
	}
}

static void tell_sections(struct buf *out, Elf *elf, size_t names)
{
	const GElf_Xword strings = SHF_ALLOC | SHF_MERGE | SHF_STRINGS;
	Elf_Scn *scn = NULL;
	GElf_Shdr sh;

	/* The one that is none, for the indices' sake. */
	buf_adds(out, "S\t0\t0\t\n");
	while ((scn = elf_nextscn(elf, scn)) && gelf_getshdr(scn, &sh)) {
		const char *name = elf_strptr(elf, names, sh.sh_name);

		buf_addf(out, "S\t%x\t%lx\t", kind_of(&sh),
			 (unsigned long)sh.sh_size);
		objmap_add_text(out, name ? name : "");
		buf_addc(out, '\n');
		if ((sh.sh_flags & strings) == strings && sh.sh_entsize == 1)
			tell_strings(out, scn, elf_ndxscn(scn));
	}
}

static void tell_symbols(struct buf *out, Elf *elf, Elf_Scn *scn,
			 const GElf_Shdr *sh)
{
	Elf_Data *d = elf_getdata(scn, NULL);
	GElf_Sym sym;

	for (int i = 0; d && i < OBJMAP_MAX && gelf_getsym(d, i, &sym); i++) {
		int type = GELF_ST_TYPE(sym.st_info);
		const char *name = elf_strptr(elf, sh->sh_link, sym.st_name);
		bool here = sym.st_shndx < SHN_LORESERVE;
		bool named = type != STT_SECTION && type != STT_FILE;

		buf_addf(out, "Y\t%x\t%lx\t%lx\t%s%s\t",
			 here ? sym.st_shndx : 0, (unsigned long)sym.st_value,
			 (unsigned long)sym.st_size,
			 type == STT_FUNC ? "f" : "", named ? "n" : "");
		objmap_add_text(out, name ? name : "");
		buf_addc(out, '\n');
	}
}

static bool is_relative(unsigned long type)
{
	switch (type) {
	case R_X86_64_PC32:
	case R_X86_64_PLT32:
	case R_X86_64_PC64:
	case R_X86_64_PC16:
	case R_X86_64_PC8:
	case R_X86_64_GOTPCREL:
	case R_X86_64_GOTPCRELX:
	case R_X86_64_REX_GOTPCRELX:
		return true;
	}
	return false;
}

/* Only of code: nothing else is shown. */
static void tell_relocs(struct buf *out, Elf *elf, Elf_Scn *scn,
			const GElf_Shdr *sh)
{
	Elf_Scn *patched = elf_getscn(elf, sh->sh_info);
	Elf_Data *d = elf_getdata(scn, NULL);
	GElf_Shdr to;
	GElf_Rela r;

	if (!patched || !gelf_getshdr(patched, &to) ||
	    kind_of(&to) != OBJMAP_CODE)
		return;
	for (int i = 0; d && i < OBJMAP_MAX && gelf_getrela(d, i, &r); i++)
		buf_addf(out, "R\t%x\t%lx\t%lx\t%x\t%lx\n", sh->sh_info,
			 (unsigned long)r.r_offset, (unsigned long)r.r_addend,
			 is_relative(GELF_R_TYPE(r.r_info)),
			 (unsigned long)GELF_R_SYM(r.r_info));
}

int objmap_elf(struct buf *out, Elf *elf)
{
	Elf_Scn *scn = NULL;
	GElf_Shdr sh;
	size_t names;

	if (!elf || elf_kind(elf) != ELF_K_ELF ||
	    elf_getshdrstrndx(elf, &names) < 0)
		return -1;
	tell_sections(out, elf, names);
	while ((scn = elf_nextscn(elf, scn)) && gelf_getshdr(scn, &sh)) {
		if (sh.sh_type == SHT_SYMTAB)
			tell_symbols(out, elf, scn, &sh);
		else if (sh.sh_type == SHT_RELA)
			tell_relocs(out, elf, scn, &sh);
	}
	return 0;
}
