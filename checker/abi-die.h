/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files that read DWARF share; for them alone. */
#ifndef CHECKER_ABI_DIE_H
#define CHECKER_ABI_DIE_H

#include "abi-dwarf.h"

#include <elfutils/libdwfl.h>

#define ABI_TYPES_MAX	200000 /* of all objects */
#define ABI_MEMBERS_MAX 4096 /* of one type */
#define ABI_OBJECTS_MAX 256
#define ABI_SYMBOLS_MAX 65536
#define ABI_STEPS_MAX	5000000 /* from one entry to the next */
#define ABI_DEPTH_MAX	48 /* of namespaces, aliases, pointers to pointers */

/* Where the DIEs of a namespace that bindgen filled stand in memory. */
struct abi_range {
	const char *begin, *end;
};

struct abi_node {
	struct abi_type t; /* first: abi_type.node points here */
	struct abi_pool *pool;
	Dwarf_Die die;
	struct abi_node *next; /* in its bucket */
};

#define ABI_BUCKETS 4096

struct abi_pool {
	Dwfl **objects;
	size_t nobjects;
	struct abi_symbol *symbols;
	size_t nsymbols;
	struct abi_range *kernels;
	size_t nkernels;
	struct abi_node *buckets[ABI_BUCKETS];
	size_t nnodes;
	unsigned depth; /* of types that are being read */
	size_t steps;
	bool failed; /* out of memory, once */
};

/*
 * The type of @die; of NULL, void. Never NULL: when there is no memory, or
 * there are too many, a type that nothing is known of.
 */
struct abi_type *abi_read_type(struct abi_pool *p, Dwarf_Die *die);
/* The type that attribute DW_AT_type of @die names. */
struct abi_type *abi_read_type_of(struct abi_pool *p, Dwarf_Die *die);
/* The function that @die, a DW_TAG_subprogram, is or declares. */
struct abi_type *abi_read_function(struct abi_pool *p, Dwarf_Die *die);
/* The unsigned value of attribute @name of @die, or 0. */
uint64_t abi_number(Dwarf_Die *die, unsigned name);
/* To the next sibling; false: there is none, or they go round in circles. */
bool abi_next(struct abi_pool *p, Dwarf_Die *die);
/* The source file of @die, as the learner knows it; NULL: not known. */
const char *abi_read_file(Dwarf_Die *die);
unsigned abi_read_line(Dwarf_Die *die); /* or 0 */
/* Room for one more, empty; NULL: no memory, or too many. */
struct abi_symbol *abi_symbol_add(struct abi_pool *p);
/* Take what tables of C's say of functions for their prototypes. */
void abi_table_read(struct abi_pool *p, Dwfl_Module *m, Dwarf *dw);

struct abi_node *abi_node_find(const struct abi_pool *p, const Dwarf_Die *die);
/*
 * @die NULL: a type that DWARF has no entry for, and nobody looks up. NULL:
 * no memory, or too many.
 */
struct abi_type *abi_node_add(struct abi_pool *p, const Dwarf_Die *die,
			      enum abi_kind kind);
/* A copy of @s, or NULL. */
char *abi_node_keep(struct abi_pool *p, const char *s);
void abi_nodes_release(struct abi_pool *p);

#endif
