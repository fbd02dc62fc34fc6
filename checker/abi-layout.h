/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What abi-layout.c, which compares two structs, and abi-clash.c, which says
 * what it found, share; for them alone.
 */
#ifndef CHECKER_ABI_LAYOUT_H
#define CHECKER_ABI_LAYOUT_H

#include "abi-rules.h"

struct abi_item;

struct item {
	struct abi_type *type;
	const char *name;
	uint64_t offset, end;
	unsigned line;
	bool bits;
};

struct items {
	struct item *v;
	size_t n;
};

struct layout {
	struct abi_compare *x;
	struct abi_type *c, *r;
	const struct abi_item *source; /* of @r, or NULL */
	struct buf clash; /* what was found first */
	unsigned line; /* of it, in Rust */
	const char *why; /* what it means; NULL: as always */
};

/*
 * Add the members of @t, what has no bytes left out, from @base on, in the
 * order of their offsets. False: too many, or no memory.
 */
bool layout_items(struct items *to, struct abi_type *t, uint64_t base);

/* Why fields are not where they should be, or NULL. */
const char *layout_cause_of(struct layout *l);

/* Write the one thing that is reported of the two. */
/* @why: abi_compare.why is about this. */
void layout_clash_type(struct layout *l, const struct item *c,
		       const struct item *r, bool why);
void layout_clash_missing(struct layout *l, const struct item *c);
void layout_clash_extra(struct layout *l, const struct item *r);
void layout_clash_offset(struct layout *l, const struct item *c,
			 const struct item *r);
void layout_clash_size(struct layout *l);
void layout_clash_align(struct layout *l, uint64_t c, uint64_t r);

/* Report it, with both layouts below. */
void layout_tell(struct layout *l);

#endif
