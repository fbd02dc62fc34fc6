/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * kernel-map: addresses in the kernel, from its System.map.
 *
 * The file has a line "ffffffff81000000 T _text" for each symbol, in the
 * order of addresses.
 */
#ifndef CHECKER_KERNEL_MAP_H
#define CHECKER_KERNEL_MAP_H

#include <stddef.h>
#include <stdint.h>

struct err;

struct kernel_symbol {
	const char *name;
	uint64_t address; /* 0: there is none of that name */
};

/* The text of System.map, the caller's; NULL with @e set. */
char *kernel_map_open(const char *path, struct err *e);

/* Fill the addresses of @n symbols, in one pass. */
void kernel_map_find(const char *map, struct kernel_symbol *s, size_t n);

/* The symbol that @address lies in, or after, or "". */
void kernel_map_name(const char *map, uint64_t address, char *out, size_t size);

#endif
