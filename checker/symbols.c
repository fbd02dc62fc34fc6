/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "symbols-int.h"
#include "splat.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct symbols *symbols_new(const char *stage, const struct strv *files)
{
	struct symbols *s = calloc(1, sizeof(*s));

	if (s) {
		s->stage = stage;
		s->files = files;
	}
	return s;
}

void symbols_free(struct symbols *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->n; i++)
		if (s->modules[i].dwfl)
			dwfl_end(s->modules[i].dwfl);
	free(s);
}

/* DWARF that is not in the module itself is nowhere. */
static int no_debuginfo(Dwfl_Module *mod, void **data, const char *name,
			Dwarf_Addr base, const char *file, const char *link,
			GElf_Word crc, char **path)
{
	return -1;
}

static void open_module(struct module *m, const char *path)
{
	static const Dwfl_Callbacks callbacks = {
		.find_debuginfo = no_debuginfo,
		.section_address = dwfl_offline_section_address,
	};

	m->dwfl = dwfl_begin(&callbacks);
	if (!m->dwfl)
		return;
	dwfl_report_begin(m->dwfl);
	m->mod = dwfl_report_offline(m->dwfl, m->name, path, -1);
	dwfl_report_end(m->dwfl, NULL, NULL);
}

/* "ring-rs.ko" is the module ring_rs. */
static bool module_name(char *to, size_t cap, const char *file)
{
	size_t n = strlen(file);

	if (n < 4 || strcmp(file + n - 3, ".ko") != 0 || n - 3 >= cap)
		return false;
	for (size_t i = 0; i < n - 3; i++)
		to[i] = file[i] == '-' ? '_' : file[i];
	to[n - 3] = '\0';
	return true;
}

static struct module *find(struct symbols *s, const char *name)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->modules[i].name, name) == 0)
			return &s->modules[i];
	return NULL;
}

/* Open those of the stage that are called @wanted, or with NULL all. */
static void open_named(struct symbols *s, const char *wanted)
{
	DIR *d = opendir(s->stage);
	char name[sizeof(s->modules[0].name)], path[4200];
	struct dirent *de;

	while (d && s->n < MODULES_MAX && (de = readdir(d))) {
		if (!module_name(name, sizeof(name), de->d_name) ||
		    (wanted && strcmp(name, wanted) != 0) || find(s, name))
			continue;
		snprintf(path, sizeof(path), "%s/%s", s->stage, de->d_name);
		s->modules[s->n] = (struct module){.mod = NULL};
		memcpy(s->modules[s->n].name, name, sizeof(name));
		open_module(&s->modules[s->n++], path);
	}
	if (d)
		closedir(d);
}

struct module *symbols_module(struct symbols *s, const char *name)
{
	struct module *m = find(s, name);

	if (!m) {
		open_named(s, name);
		m = find(s, name);
	}
	return m && m->mod ? m : NULL;
}

void symbols_open_all(struct symbols *s)
{
	open_named(s, NULL);
}

/* "fn+0x1a/0x40 [module]" taken apart. */
struct parts {
	char function[SPLAT_SYMBOL];
	char module[64];
	unsigned long offset, size;
};

static bool take_apart(struct parts *p, const char *symbol)
{
	size_t n = strcspn(symbol, "+");
	const char *open = strrchr(symbol, '[');
	size_t len = open ? strcspn(open + 1, " ]") : 0;
	char *end;

	if (symbol[n] != '+' || n >= sizeof(p->function) || len == 0 ||
	    len >= sizeof(p->module))
		return false;
	text_copy(p->function, sizeof(p->function), symbol, n);
	text_copy(p->module, sizeof(p->module), open + 1, len);
	p->offset = strtoul(symbol + n + 1, &end, 16);
	p->size = *end == '/' ? strtoul(end + 1, NULL, 16) : 0;
	return true;
}

/* A symbol of the module's, as libdwfl lays it out. */
struct entry {
	const char *name;
	GElf_Addr address;
	GElf_Word section;
};

static bool get_entry(struct entry *out, Dwfl_Module *mod, int i)
{
	GElf_Sym sym;

	out->name = dwfl_module_getsym_info(mod, i, &sym, &out->address,
					    &out->section, NULL, NULL);
	return out->name && *out->name && out->section != SHN_UNDEF &&
	       out->section < SHN_LORESERVE &&
	       GELF_ST_TYPE(sym.st_info) != STT_SECTION &&
	       GELF_ST_TYPE(sym.st_info) != STT_FILE;
}

/* To the next symbol of its section, as the kernel counts; 0: the last. */
static GElf_Addr size_of(Dwfl_Module *mod, const struct entry *e)
{
	int n = dwfl_module_getsymtab(mod);
	GElf_Addr next = 0;
	struct entry other;

	for (int i = 1; i < n; i++)
		if (get_entry(&other, mod, i) && other.section == e->section &&
		    other.address > e->address &&
		    (!next || other.address < next))
			next = other.address;
	return next ? next - e->address : 0;
}

void symbols_name(char *to, size_t cap, struct module *m, GElf_Addr address)
{
	int n = dwfl_module_getsymtab(m->mod);
	struct entry best = {.name = NULL}, e;

	*to = '\0';
	for (int i = 1; i < n; i++)
		if (get_entry(&e, m->mod, i) && e.address < address &&
		    (!best.name || e.address > best.address))
			best = e;
	if (best.name && strlen(best.name) < SPLAT_SYMBOL / 2)
		snprintf(to, cap, "%s+0x%lx/0x%lx [%s]", best.name,
			 (unsigned long)(address - best.address),
			 (unsigned long)size_of(m->mod, &best), m->name);
}

/*
 * Two files of a module may each have a static function of that name. The
 * log's size tells them apart, or there is no answer.
 */
static GElf_Addr find_function(Dwfl_Module *mod, const struct parts *p)
{
	int n = dwfl_module_getsymtab(mod);
	GElf_Addr fits = 0, any = 0;
	unsigned nfit = 0, nany = 0;
	struct entry e;

	for (int i = 1; i < n; i++) {
		if (!get_entry(&e, mod, i) || strcmp(e.name, p->function) != 0)
			continue;
		any = e.address;
		nany++;
		if (size_of(mod, &e) == p->size) {
			fits = e.address;
			nfit++;
		}
	}
	return nany == 1 ? any : nfit == 1 ? fits : 0;
}

size_t symbols_places(struct symbols *s, struct place out[PLACES_MAX],
		      const char *symbol, bool exact)
{
	struct module *m;
	GElf_Addr start;
	struct parts p;

	if (!take_apart(&p, symbol))
		return 0;
	m = symbols_module(s, p.module);
	if (!m)
		return 0;
	start = find_function(m->mod, &p);
	/* A call may be the last instruction of a function. */
	if (!start || p.offset > (p.size ? p.size : 1u << 20))
		return 0;
	return dwarf_places(s, m, out, start + p.offset - !exact);
}
