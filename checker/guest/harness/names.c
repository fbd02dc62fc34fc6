// SPDX-License-Identifier: GPL-2.0
/* Names for addresses have to be kept: they go with the module. */
#include <linux/elf.h>
#include <linux/kallsyms.h>
#include <linux/rcupdate.h>
#include <linux/vmalloc.h>

#include "harness.h"

#define LOADS	   512 /* of one module, that are remembered */
#define SYMS_MOST  4096
#define NAMES_MOST (256u << 10)

enum { TEXT, INIT, AREAS };

static const enum mod_mem_type areas[AREAS] = {MOD_TEXT, MOD_INIT_TEXT};

/* Where the module lay, each time. */
static struct load {
	pid_t pid;
	unsigned long base[AREAS];
	unsigned int size[AREAS];
} loads[LOADS];
static unsigned int nloads;

/* Its functions; they are the same each time. */
static struct sym {
	unsigned int area, offset, size, name;
} *syms;
static unsigned int nsyms;
static char *names;

static bool find_area(const struct module *mod, unsigned long addr,
		      struct sym *s)
{
	for (unsigned int i = 0; i < AREAS; i++) {
		const struct module_memory *m = &mod->mem[areas[i]];
		unsigned long base = (unsigned long)m->base;

		if (addr < base || addr - base >= m->size)
			continue;
		s->area = i;
		s->offset = addr - base;
		return true;
	}
	return false;
}

/* With vmalloc: what is on the slabs would be seen among the leaks. */
static void keep_symbols(const struct module *mod)
{
	const struct mod_kallsyms *k = rcu_dereference_raw(mod->kallsyms);
	unsigned int used = 0;

	if (!k)
		return;
	syms = vzalloc(array_size(SYMS_MOST, sizeof(*syms)));
	names = vzalloc(NAMES_MOST);
	if (!syms || !names)
		return;
	for (unsigned int i = 1; i < k->num_symtab && nsyms < SYMS_MOST; i++) {
		const Elf_Sym *e = &k->symtab[i];
		const char *name = k->strtab + e->st_name;
		size_t len = strlen(name) + 1;
		struct sym *s = &syms[nsyms];

		if (ELF_ST_TYPE(e->st_info) != STT_FUNC || len < 2 ||
		    len > NAMES_MOST - used || !find_area(mod, e->st_value, s))
			continue;
		s->size = e->st_size;
		s->name = used;
		memcpy(names + used, name, len);
		used += len;
		nsyms++;
	}
}

void names_keep(const struct module *mod, pid_t pid)
{
	struct load *l = &loads[nloads++ % LOADS];

	if (!syms)
		keep_symbols(mod);
	l->pid = pid;
	for (unsigned int i = 0; i < AREAS; i++) {
		l->base[i] = (unsigned long)mod->mem[areas[i]].base;
		l->size[i] = mod->mem[areas[i]].size;
	}
}

void names_forget(void)
{
	vfree(syms);
	vfree(names);
	syms = NULL;
	names = NULL;
	nsyms = nloads = 0;
}

/* The module's own name of a function rather than the loader's. */
static const struct sym *find_sym(unsigned int area, unsigned int offset)
{
	const struct sym *found = NULL;

	for (unsigned int i = 0; i < nsyms; i++) {
		const char *name = names + syms[i].name;

		if (syms[i].area != area || offset < syms[i].offset ||
		    offset - syms[i].offset >= syms[i].size)
			continue;
		found = &syms[i];
		if (strcmp(name, "init_module") != 0 &&
		    strcmp(name, "cleanup_module") != 0)
			break;
	}
	return found;
}

static int area_of(const struct load *l, unsigned long addr)
{
	for (unsigned int i = 0; i < AREAS; i++)
		if (addr >= l->base[i] && addr - l->base[i] < l->size[i])
			return i;
	return -1;
}

static const struct load *find_load(unsigned long addr, pid_t pid)
{
	unsigned int n = min_t(unsigned int, nloads, LOADS);
	const struct load *found = NULL;

	for (unsigned int i = 0; i < n; i++) {
		const struct load *l = &loads[(nloads - 1 - i) % LOADS];

		if (area_of(l, addr) < 0)
			continue;
		if (l->pid == pid)
			return l;
		found = found ? found : l;
	}
	return found;
}

/* The call is before where it returns to, and may end its function. */
int names_say(char *to, size_t size, unsigned long addr, pid_t pid,
	      const char *module)
{
	const struct load *l = find_load(addr - 1, pid);
	const struct sym *s = NULL;
	unsigned int area, offset;

	if (l) {
		area = area_of(l, addr - 1);
		offset = addr - l->base[area];
		s = find_sym(area, offset - 1);
	}
	if (s)
		return scnprintf(to, size, "%s+0x%x/0x%x [%s]\n",
				 names + s->name, offset - s->offset, s->size,
				 module);
	return scnprintf(to, size, "%pB\n", (void *)addr);
}
