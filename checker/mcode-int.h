/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of mcode share; for them alone. */
#ifndef CHECKER_MCODE_INT_H
#define CHECKER_MCODE_INT_H

#include "mcode.h"
#include "objmap.h"

/* mcode-text.c: one object of what llvm-objdump printed. */
struct mcode_text {
	const char *at, *end;
};

/* The part of @all that is about @object. False: there is none. */
bool mcode_text_find(struct mcode_text *t, const char *all, const char *object);

/*
 * The instructions of section @name from @start to @end, into @f. -1: out of
 * memory.
 */
int mcode_text_take(struct mcode_function *f, const struct mcode_text *t,
		    const struct objmap *m, unsigned section,
		    unsigned long start);

/* The function that starts there, or NULL: no DWARF says. */
const struct objmap_function *mcode_function_at(const struct objmap *m,
						unsigned section,
						unsigned long address);

/* Add what @m says of it to @c. -1: out of memory. */
int mcode_add_inline(struct mcode *c, const struct built *b,
		     const struct objmap *m, const struct objmap_inline *i);
int mcode_add_size(struct mcode *c, const char *name, const struct objmap *m,
		   bool module);

/* Both are there, and alike. */
bool mcode_is_same(const char *a, const char *b);

/* The name of the symbol @name as people write it; the caller frees. */
char *mcode_name(const char *name);

#endif
