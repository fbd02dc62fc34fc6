/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How large the sections of a module are. */
#include "kbuild.h"
#include "rules.h"
#include "spec.h"
#include "stage.h"

#include <fcntl.h>
#include <gelf.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool is_part(const GElf_Shdr *sh, const char *name, const char *part)
{
	size_t len = strlen(part);
	bool writes = sh->sh_flags & SHF_WRITE;

	if (part[0] == '.')
		return strncmp(name, part, len) == 0 &&
		       (name[len] == '\0' || name[len] == '.');
	if (!(sh->sh_flags & SHF_ALLOC))
		return false;
	if (sh->sh_type == SHT_NOBITS)
		return strcmp(part, "bss") == 0;
	return strcmp(part, writes ? "data" : "text") == 0;
}

static bool add_up(Elf *elf, const char *part, uint64_t *bytes)
{
	Elf_Scn *scn = NULL;
	size_t names;
	bool found = part[0] != '.';
	GElf_Shdr sh;

	*bytes = 0;
	if (elf_kind(elf) != ELF_K_ELF || elf_getshdrstrndx(elf, &names) < 0)
		return false;
	while ((scn = elf_nextscn(elf, scn))) {
		const char *name;

		if (!gelf_getshdr(scn, &sh))
			return false;
		name = elf_strptr(elf, names, sh.sh_name);
		if (!name || !is_part(&sh, name, part))
			continue;
		found = true;
		*bytes += sh.sh_size;
	}
	return found;
}

bool size_of(const char *path, const char *part, uint64_t *bytes)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	Elf *elf = NULL;
	bool found = false;

	elf_version(EV_CURRENT);
	if (fd >= 0)
		elf = elf_begin(fd, ELF_C_READ, NULL);
	if (elf)
		found = add_up(elf, part, bytes);
	elf_end(elf);
	if (fd >= 0)
		close(fd);
	return found;
}

int size_look(struct rule *r, const struct check_spec *c, const char *stage)
{
	char name[300], path[4400];
	uint64_t bytes;

	r->looked = true;
	/* Sections are the same in what goes to the guest, and it is small. */
	snprintf(name, sizeof(name), KBUILD_GUEST_DIR "/%s", c->file);
	snprintf(path, sizeof(path), "%s/%s", stage, name);
	if (!stage_has(stage, name)) {
		buf_addf(&r->message, "the build made no %s", c->file);
		return buf_ok(&r->message) ? 0 : -1;
	}
	if (!size_of(path, c->part, &bytes)) {
		buf_addf(&r->message, "%s has no section %s", c->file, c->part);
		return buf_ok(&r->message) ? 0 : -1;
	}
	r->holds = bytes >= c->least && bytes <= c->most;
	buf_addf(&r->message, "%s of %s has %llu bytes", c->part, c->file,
		 (unsigned long long)bytes);
	if (c->most < UINT_MAX)
		buf_addf(&r->message, ", and at most %u are allowed", c->most);
	if (c->least > 0)
		buf_addf(&r->message, ", and at least %u are expected",
			 c->least);
	return buf_ok(&r->message) ? 0 : -1;
}
