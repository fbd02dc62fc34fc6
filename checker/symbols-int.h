/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of symbols share; for them alone. */
#ifndef CHECKER_SYMBOLS_INT_H
#define CHECKER_SYMBOLS_INT_H

#include "symbols.h"

#include <elfutils/libdwfl.h>

struct module {
	char name[64]; /* as the kernel calls it: "ring_rs" */
	Dwfl *dwfl;
	Dwfl_Module *mod; /* NULL: it could not be read */
};

#define MODULES_MAX 16

struct symbols {
	const char *stage;
	const struct strv *files;
	struct module modules[MODULES_MAX];
	size_t n;
};

/* Open it if it is not open yet; NULL: the stage has none of that name. */
struct module *symbols_module(struct symbols *s, const char *name);
/* Open all that there are. */
void symbols_open_all(struct symbols *s);

/* "fn+0x1a/0x40 [module]" of an address of libdwfl's; "" if there is none. */
void symbols_name(char *to, size_t cap, struct module *m, GElf_Addr address);

/* symbols-dwarf.c: the places of an address of libdwfl's. */
size_t dwarf_places(struct symbols *s, struct module *m,
		    struct place out[PLACES_MAX], GElf_Addr address);

#endif
