/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "screen.h"
#include "err.h"

#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <string.h>
#include <unistd.h>

/* Of struct module: state, padding, then the list of all modules. */
#define LIST_AT 8
#define NAME_AT 24

#define TESTS	  "which runs code while the tests are loaded"
#define SUITES	  "which runs suites that no test module has"
#define OTHERS	  "which finds symbols that it does not name"
#define KASAN	  "which switches KASAN off"
#define LOCKDEP	  "which keeps lockdep from looking at a lock"
#define PANICS	  "which runs code when the kernel panics"
#define CONSOLE	  "which holds up the log"
#define READS_LOG "which reads the log"
#define PROCESSES "which reaches into other processes"
#define PROGRAMS  "which starts programs in the guest"
#define ENDS	  "which ends the program or the test that called it"
#define FILES	  "which opens files as root"
#define PATCHES	  "which has the kernel patch its code"

static const struct {
	const char *symbol, *what;
} taken[] = {
	{"register_module_notifier", TESTS},
	{"__kunit_test_suites_init", SUITES},
	{"__kunit_test_suites_exit", SUITES},
	{"__symbol_get", OTHERS},
	{"kasan_disable_current", KASAN},
	{"kasan_enable_current", KASAN},
	{"__lockdep_no_validate__", LOCKDEP},
	{"panic_notifier_list", PANICS},
	{"register_die_notifier", PANICS},
	{"console_suspend", CONSOLE},
	{"console_list_lock", CONSOLE},
	{"console_list", CONSOLE},
	{"console_printk", CONSOLE},
	{"register_console", CONSOLE},
	{"unregister_console", CONSOLE},
	{"kmsg_dump_register", READS_LOG},
	{"kmsg_dump_rewind", READS_LOG},
	{"kmsg_dump_get_line", READS_LOG},
	{"kmsg_dump_get_buffer", READS_LOG},
	{"access_process_vm", PROCESSES},
	{"get_user_pages_remote", PROCESSES},
	{"call_usermodehelper", PROGRAMS},
	{"call_usermodehelper_setup", PROGRAMS},
	{"call_usermodehelper_exec", PROGRAMS},
	{"do_exit", ENDS}, /* kthread_exit() too */
	{"kthread_complete_and_exit", ENDS},
	{"__module_put_and_kthread_exit", ENDS},
	{"__kunit_abort", ENDS},
	{"kunit_try_catch_throw", ENDS},
	{"tracepoint_probe_register", PATCHES},
	{"tracepoint_probe_register_prio", PATCHES},
	{"tracepoint_probe_register_prio_may_exist", PATCHES},
	{"filp_open", FILES},
	{"file_open_root", FILES},
};

/* What the compiler or the kernel calls by name, and finds here instead. */
static const struct {
	const char *prefix;
	bool local; /* one that only this file sees is called all the same */
} defined[] = {
	{"__asan_", true},	   {"__ubsan_", true},
	{"__kasan_", false},	   {"kasan_", false},
	{"__kunit_", false},	   {"kunit_", false},
	{"lock_acquire", false},   {"lock_release", false},
	{"__might_", false},	   {"__warn_", false},
	{"refcount_warn_", false}, {"rust_helper_", false},
};

struct module {
	Elf *elf;
	const char *name;
	const struct strv *allowed;
	struct buf *why;
	Elf_Data *symbols;
	size_t nsymbols, names; /* the index of their string table */
};

static const char *symbol(const struct module *m, size_t i, GElf_Sym *sym)
{
	const char *s;

	if (!gelf_getsym(m->symbols, (int)i, sym))
		return NULL;
	s = elf_strptr(m->elf, m->names, sym->st_name);
	return s && *s ? s : NULL;
}

static bool takes(const struct module *m, const char *name)
{
	if (strv_has(m->allowed, name))
		return false;
	for (size_t i = 0; i < sizeof(taken) / sizeof(taken[0]); i++) {
		if (strcmp(taken[i].symbol, name) != 0)
			continue;
		buf_addf(m->why,
			 "%s takes %s from the kernel, %s: not for "
			 "a lesson's work",
			 m->name, name, taken[i].what);
		return true;
	}
	return false;
}

static bool defines(const struct module *m, const char *name, bool local)
{
	for (size_t i = 0; i < sizeof(defined) / sizeof(defined[0]); i++) {
		const char *prefix = defined[i].prefix;

		/* The compiler's names for strings. */
		if (strncmp(name, "__asan_gen_", 11) == 0)
			return false;
		if (strncmp(name, prefix, strlen(prefix)) != 0 ||
		    (local && !defined[i].local) || strv_has(m->allowed, name))
			continue;
		if (strcmp(prefix, "rust_helper_") == 0) {
			buf_addf(m->why,
				 "%s has a %.80s of its own: names that begin "
				 "with rust_helper_ are the kernel's, and one "
				 "that it has too would silently be yours "
				 "instead; take a prefix of your own",
				 m->name, name);
			return true;
		}
		buf_addf(m->why,
			 "%s has a %.80s of its own in place of the "
			 "kernel's",
			 m->name, name);
		return true;
	}
	return false;
}

static bool check_symbols(const struct module *m)
{
	for (size_t i = 1; i < m->nsymbols; i++) {
		GElf_Sym sym;
		const char *name = symbol(m, i, &sym);
		bool local, func;

		if (!name)
			continue;
		if (sym.st_shndx == SHN_UNDEF) {
			if (takes(m, name))
				return false;
			continue;
		}
		local = GELF_ST_BIND(sym.st_info) == STB_LOCAL;
		func = GELF_ST_TYPE(sym.st_info) == STT_FUNC;
		if ((func || !local) && defines(m, name, local))
			return false;
	}
	return true;
}

/* Is there a function of the compiler's own at this place? */
static bool is_compilers(const struct module *m, size_t section,
			 uint64_t offset)
{
	bool found = false;

	for (size_t i = 1; i < m->nsymbols; i++) {
		GElf_Sym sym;
		const char *name = symbol(m, i, &sym);

		if (!name || sym.st_shndx != section ||
		    sym.st_value != offset ||
		    GELF_ST_TYPE(sym.st_info) != STT_FUNC)
			continue;
		if (strcmp(name, "asan.module_ctor") != 0 &&
		    strcmp(name, "asan.module_dtor") != 0)
			return false;
		found = true;
	}
	return found;
}

static bool is_array(const char *section)
{
	static const char *const prefixes[] = {".init_array", ".fini_array",
					       ".preinit_array", ".ctors",
					       ".dtors"};

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		if (strncmp(section, prefixes[i], strlen(prefixes[i])) == 0)
			return true;
	return false;
}

/* KASAN's own constructor tells it of the module's variables. */
static bool check_constructor(const struct module *m, const char *section,
			      const GElf_Rela *r)
{
	GElf_Sym sym;

	if (gelf_getsym(m->symbols, (int)GELF_R_SYM(r->r_info), &sym) &&
	    is_compilers(m, sym.st_shndx, sym.st_value + (uint64_t)r->r_addend))
		return true;
	buf_addf(m->why,
		 "%s has a function in %.40s, which would run before "
		 "its init: not for a lesson's work",
		 m->name, section);
	return false;
}

/* The field of __this_module that is used, or -1. */
static int64_t field_used(const struct module *m, const GElf_Rela *r)
{
	uint32_t type = GELF_R_TYPE(r->r_info);
	size_t names;
	GElf_Sym sym;
	GElf_Shdr sh;
	Elf_Scn *scn;
	const char *name;

	if (!gelf_getsym(m->symbols, (int)GELF_R_SYM(r->r_info), &sym) ||
	    sym.st_shndx == SHN_UNDEF || sym.st_shndx >= SHN_LORESERVE ||
	    elf_getshdrstrndx(m->elf, &names) < 0)
		return -1;
	scn = elf_getscn(m->elf, sym.st_shndx);
	if (!scn || !gelf_getshdr(scn, &sh))
		return -1;
	name = elf_strptr(m->elf, names, sh.sh_name);
	if (!name || strcmp(name, ".gnu.linkonce.this_module") != 0)
		return -1;
	if (type == R_X86_64_PC32 || type == R_X86_64_PLT32)
		return (int64_t)sym.st_value + r->r_addend + 4;
	return (int64_t)sym.st_value + r->r_addend;
}

/*
 * THIS_MODULE may be given to whoever asks for it, but the list in it leads
 * to the modules with the tests.
 */
static bool check_list(const struct module *m, const GElf_Rela *r)
{
	int64_t field = field_used(m, r);

	if (field < LIST_AT || field >= NAME_AT)
		return true;
	buf_addf(m->why,
		 "%s uses THIS_MODULE->list, which leads to other "
		 "modules: not for a lesson's work",
		 m->name);
	return false;
}

static bool check_relocations(const struct module *m, Elf_Scn *scn,
			      const GElf_Shdr *sh, size_t names)
{
	Elf_Data *data = elf_getdata(scn, NULL);
	GElf_Shdr target;
	Elf_Scn *to = elf_getscn(m->elf, sh->sh_info);
	const char *section;

	if (!data || !sh->sh_entsize || !to || !gelf_getshdr(to, &target))
		return true;
	section = elf_strptr(m->elf, names, target.sh_name);
	for (size_t i = 0; section && i < sh->sh_size / sh->sh_entsize; i++) {
		GElf_Rela r;

		if (!gelf_getrela(data, (int)i, &r))
			break;
		if (is_array(section) && !check_constructor(m, section, &r))
			return false;
		/* The symbol table is right where the others point to. */
		if ((target.sh_flags & SHF_ALLOC) && !check_list(m, &r))
			return false;
	}
	return true;
}

static bool check_sections(const struct module *m)
{
	Elf_Scn *scn = NULL;
	size_t names;

	if (elf_getshdrstrndx(m->elf, &names) < 0)
		return true;
	while ((scn = elf_nextscn(m->elf, scn))) {
		GElf_Shdr sh;

		if (gelf_getshdr(scn, &sh) && sh.sh_type == SHT_RELA &&
		    !check_relocations(m, scn, &sh, names))
			return false;
	}
	return true;
}

static bool find_symbols(struct module *m)
{
	Elf_Scn *scn = NULL;

	while ((scn = elf_nextscn(m->elf, scn))) {
		GElf_Shdr sh;

		if (!gelf_getshdr(scn, &sh) || sh.sh_type != SHT_SYMTAB ||
		    !sh.sh_entsize)
			continue;
		m->symbols = elf_getdata(scn, NULL);
		m->nsymbols = sh.sh_size / sh.sh_entsize;
		m->names = sh.sh_link;
		return m->symbols != NULL;
	}
	return false;
}

int screen_module(const char *path, const char *name,
		  const struct strv *allowed, struct buf *why, struct err *e)
{
	struct module m = {.name = name, .allowed = allowed, .why = why};
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool good = false;

	elf_version(EV_CURRENT);
	if (fd >= 0)
		m.elf = elf_begin(fd, ELF_C_READ, NULL);
	if (fd < 0 || !m.elf) {
		err_set(e, ERR_ENV, fd < 0 ? errno : ENOMEM,
			"cannot look at '%s'", name);
		if (fd >= 0)
			close(fd);
		return -1;
	}
	if (elf_kind(m.elf) != ELF_K_ELF || !find_symbols(&m))
		buf_addf(why, "%s is not a module", name);
	else
		good = check_symbols(&m) && check_sections(&m);
	elf_end(m.elf);
	close(fd);
	return good ? 0 : 1;
}
