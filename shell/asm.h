/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * asm: machine code as a person reads it. For cmd-asm.c and asm-*.c.
 */
#ifndef SHELL_ASM_H
#define SHELL_ASM_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct mcode;
struct mcode_function;
struct mcode_inline;
struct look;
struct term;

/* ---- asm-find.c ---- */

enum { ASM_MOST = 32 }; /* functions of a name that are told apart */

struct asm_found {
	const struct mcode_function *v[ASM_MOST];
	size_t n;
};

/*
 * The functions that @name means: a whole name, its end ("read",
 * "Store::init"), a symbol, or FILE:NAME.
 */
void asm_find(struct asm_found *out, const struct mcode *c, const char *name);
/* Likewise, of what is nowhere but in others; NULL: none. */
const struct mcode_inline *asm_find_inline(const struct mcode *c,
					   const char *name);
/* Behind the last "::". */
const char *asm_last_part(const char *name);
/*
 * The function of the other language that goes with @f: sum, rust_sum and
 * Ring::sum belong to ring_sum in C. NULL: there is none, or several.
 */
const struct mcode_function *asm_partner(const struct mcode *c,
					 const struct mcode_function *f);
/* Likewise, if it is nowhere but in others. */
const struct mcode_inline *asm_partner_inline(const struct mcode *c,
					      const struct mcode_function *f);
/* What to type for @f and no other. */
void asm_add_name(struct buf *out, const struct mcode *c,
		  const struct mcode_function *f);

/* ---- asm-list.c, asm-show.c: what is shown, added to @out ---- */

void asm_list(struct buf *out, const struct term *t, const struct mcode *c);

struct asm_view {
	const struct look *k; /* where the source is */
	const struct term *t;
	bool source; /* lines of the source between */
};

/* @b: NULL, or the other of two that belong side by side. */
void asm_show(struct buf *out, const struct asm_view *v,
	      const struct mcode_function *a, const struct mcode_function *b);

#endif
