/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * objmap: what an object file says of itself, beside its instructions.
 *
 * Sections, symbols and relocations by libelf, and by libdw the lines of its
 * code, where its functions are declared and which were inlined where. The
 * object comes of what a learner wrote, so it is read in a proc_guard()'s
 * process, and told as lines of text (objmap-int.h); numbers, names and
 * their counts have caps.
 */
#ifndef CHECKER_OBJMAP_H
#define CHECKER_OBJMAP_H

#include <stdbool.h>
#include <stddef.h>

enum objmap_kind {
	OBJMAP_OTHER, /* debug information, notes of the linker's */
	OBJMAP_CODE,
	OBJMAP_RODATA,
	OBJMAP_DATA, /* .bss too */
};

struct objmap_section {
	char *name;
	enum objmap_kind kind;
	unsigned long size;
};

struct objmap_symbol {
	char *name;
	unsigned section; /* an index into .sections; 0: not defined here */
	unsigned long value, size;
	bool function, named; /* not named: the section itself */
};

struct objmap_reloc {
	unsigned section; /* the section that is patched */
	unsigned long offset;
	long addend;
	bool relative; /* to the place that is patched */
	size_t symbol;
};

/* A string of the object's, by its place. */
struct objmap_string {
	unsigned section;
	unsigned long offset;
	char *text;
};

/* Code from .address on is of this line, up to the next entry. */
struct objmap_line {
	unsigned section;
	unsigned long address;
	char *file; /* NULL: code that is of no line */
	unsigned line;
	size_t order; /* of two at one place the later one counts */
};

/* A function that has code of its own. */
struct objmap_function {
	unsigned section;
	unsigned long address;
	char *name; /* as its source calls it */
	char *linkage; /* as the linker does, or NULL */
	char *file;
	unsigned line;
	bool rust;
};

/* The code of a function within that of another one. */
struct objmap_inline {
	char *name, *linkage, *file;
	unsigned line;
	bool rust;
	unsigned section; /* the function around it starts here */
	unsigned long address;
};

struct objmap {
	struct objmap_section *sections;
	struct objmap_symbol *symbols;
	struct objmap_reloc *relocs;
	struct objmap_string *strings;
	struct objmap_line *lines; /* by section and address */
	struct objmap_function *functions;
	struct objmap_inline *inlines;
	size_t nsections, nsymbols, nrelocs, nstrings, nlines, nfunctions,
		ninlines;
};

/* -1: it cannot be read, or there is no memory. @m may be released always. */
int objmap_read(struct objmap *m, const char *path);
void objmap_release(struct objmap *m);

#endif
