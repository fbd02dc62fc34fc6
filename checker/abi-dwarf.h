/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * abi-dwarf: the functions and variables of object files that cross from one
 * language to the other, and their types, from DWARF.
 *
 * A pool owns all that it has read. Objects come from compilers that ran on
 * a learner's code: depth and number of all things are capped. One that
 * cannot be read has nothing in it.
 */
#ifndef CHECKER_ABI_DWARF_H
#define CHECKER_ABI_DWARF_H

#include "abi-type.h"

struct abi_pool;

/* A function or a variable that other objects can see. */
struct abi_symbol {
	const char *name; /* as the linker knows it */
	struct abi_type *type; /* ABI_FUNCTION, or that of a variable */
	const char *file;
	unsigned line;
	bool rust;
	bool declared; /* only: it is defined elsewhere */
	bool variable;
};

struct abi_pool *abi_pool_new(void); /* NULL: out of memory */
void abi_pool_free(struct abi_pool *p);

/* Read the object file @path. -1 only when out of memory. */
int abi_pool_read(struct abi_pool *p, const char *path);

size_t abi_pool_n(const struct abi_pool *p);
const struct abi_symbol *abi_pool_symbol(const struct abi_pool *p, size_t i);
/* Who defines @name; NULL: nobody here. */
const struct abi_symbol *abi_pool_definition(const struct abi_pool *p,
					     const char *name);

/*
 * Read @path, an object with probes: local variables kiln_abi_N. @found is
 * called with each N and the type of the variable. -1: out of memory.
 */
int abi_pool_probes(struct abi_pool *p, const char *path,
		    int (*found)(void *arg, unsigned long n,
				 struct abi_type *t),
		    void *arg);

#endif
