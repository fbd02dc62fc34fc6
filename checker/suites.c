/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "suites.h"
#include "err.h"

#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAME_SIZE 256 /* of struct kunit_suite's name[] */

/* The name of the suite that begins at @offset of section @index. */
static char *read_name(Elf *elf, size_t index, uint64_t offset)
{
	Elf_Scn *scn = elf_getscn(elf, index);
	Elf_Data *data = scn ? elf_getdata(scn, NULL) : NULL;

	if (!data || !data->d_buf || offset >= data->d_size ||
	    data->d_size - offset < NAME_SIZE)
		return NULL;
	return strndup((const char *)data->d_buf + offset, NAME_SIZE);
}

static bool is_suites(Elf *elf, size_t names, size_t index)
{
	Elf_Scn *scn = elf_getscn(elf, index);
	GElf_Shdr sh;
	const char *name;

	if (!scn || !gelf_getshdr(scn, &sh))
		return false;
	name = elf_strptr(elf, names, sh.sh_name);
	return name && (strcmp(name, ".kunit_test_suites") == 0 ||
			strcmp(name, ".kunit_init_test_suites") == 0);
}

static int add_suite(struct strv *out, Elf *elf, Elf_Data *symbols,
		     const GElf_Rela *r)
{
	GElf_Sym sym;
	char *name = NULL;
	int ret = 0;

	if (GELF_R_TYPE(r->r_info) == R_X86_64_64 && symbols &&
	    gelf_getsym(symbols, (int)GELF_R_SYM(r->r_info), &sym) &&
	    sym.st_shndx < SHN_LORESERVE)
		name = read_name(elf, sym.st_shndx,
				 sym.st_value + (uint64_t)r->r_addend);
	if (name && *name)
		ret = strv_add(out, name);
	free(name);
	return ret;
}

static int read_section(struct strv *out, Elf *elf, Elf_Scn *scn,
			const GElf_Shdr *sh)
{
	Elf_Scn *table = elf_getscn(elf, sh->sh_link);
	Elf_Data *symbols = table ? elf_getdata(table, NULL) : NULL;
	Elf_Data *data = elf_getdata(scn, NULL);
	GElf_Rela r;
	int ret = 0;

	for (int i = 0; ret == 0 && data && gelf_getrela(data, i, &r); i++)
		ret = add_suite(out, elf, symbols, &r);
	return ret;
}

static int read_all(struct strv *out, Elf *elf)
{
	Elf_Scn *scn = NULL;
	size_t names;
	int ret = 0;

	if (elf_getshdrstrndx(elf, &names) < 0)
		return 0;
	while (ret == 0 && (scn = elf_nextscn(elf, scn))) {
		GElf_Shdr sh;

		if (gelf_getshdr(scn, &sh) && sh.sh_type == SHT_RELA &&
		    is_suites(elf, names, sh.sh_info))
			ret = read_section(out, elf, scn, &sh);
	}
	return ret;
}

int suites_read(struct strv *out, const char *path, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	Elf *elf;
	int ret;

	if (fd < 0) {
		err_set(e, ERR_ENV, errno, "cannot read a test module");
		return err_where(e, "%s", path);
	}
	elf_version(EV_CURRENT);
	elf = elf_begin(fd, ELF_C_READ, NULL);
	ret = elf ? read_all(out, elf) : 0;
	elf_end(elf);
	close(fd);
	if (ret < 0)
		err_set(e, ERR_ENV, ENOMEM, "cannot read a test module");
	return ret;
}
