/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * abi-source: what DWARF does not say of Rust's source.
 *
 * rustc writes nothing of what an extern block declares, nor where a struct
 * stands. So the source is read: extern blocks for their declarations,
 * structs and functions for their lines. And it is copied with probes: after
 * each extern block, on its last line, an item that keeps each declaration
 * that is asked for in a local variable kiln_abi_N, of whose type the
 * compiler then writes all that it knows.
 *
 * What stands in a macro is left alone: who knows what becomes of it.
 */
#ifndef CHECKER_ABI_SOURCE_H
#define CHECKER_ABI_SOURCE_H

#include "buf.h"

struct abi_source;

/* A struct, union or enum. */
struct abi_item {
	const char *file;
	unsigned line;
	bool repr_c; /* or transparent, or of an integer */
	/* Private. */
	char *name;
	const struct abi_token *tokens; /* of its file */
	size_t body, end; /* what its braces hold; 0 and 0: none */
};

/* A declaration in an extern block. */
struct abi_extern {
	char *name; /* with r#, if it has that */
	char *symbol; /* as the linker knows it */
	const char *file;
	unsigned line;
	bool variable;
	/* Private. */
	char *cfg; /* its #[cfg(...)] attributes, on one line */
	size_t block;
};

struct abi_source *abi_source_new(void); /* NULL: out of memory */
void abi_source_free(struct abi_source *s);

/*
 * Read file @name, whose content is @text. What is no Rust has nothing in
 * it. -1: out of memory.
 */
int abi_source_add(struct abi_source *s, const char *name, const char *text,
		   size_t len);

size_t abi_source_nexterns(const struct abi_source *s);
const struct abi_extern *abi_source_extern(const struct abi_source *s,
					   size_t i);

/*
 * The struct, union or enum of that name, which may have "<...>" at its end;
 * NULL: there is none, or there are several.
 */
const struct abi_item *abi_source_item(const struct abi_source *s,
				       const char *name);
/* The line of its field @name, or 0. */
unsigned abi_item_field(const struct abi_item *i, const char *name);

/*
 * Is the function @name of @file without an extern in front? False as well
 * when it is not found, or when there are several.
 */
bool abi_source_lacks_extern(const struct abi_source *s, const char *file,
			     const char *name);

/* The file with the one function @name that has an extern; NULL: none. */
const char *abi_source_function(const struct abi_source *s, const char *name);

/*
 * The text of file @name with a probe for each of its declarations that
 * @wanted, of abi_source_nexterns() elements, is true for.
 */
void abi_source_probe(const struct abi_source *s, const char *name,
		      const bool *wanted, struct buf *out);

#endif
