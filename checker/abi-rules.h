/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files that compare (fit, layout, clash, sign) share; for them alone. */
#ifndef CHECKER_ABI_RULES_H
#define CHECKER_ABI_RULES_H

#include "abi-fit.h"
#include "buf.h"

#define ABI_STEPS 1000000

/* @memory: it is pointed to or an element, where bytes have no sign. */
enum abi_fit abi_fit(struct abi_compare *x, struct abi_type *c,
		     struct abi_type *r, bool memory);
/* Two structs that are whole. */
enum abi_fit abi_fit_struct(struct abi_compare *x, struct abi_type *c,
			    struct abi_type *r);
/* Two functions; of pointers to them the pointers say the rest. */
enum abi_fit abi_fit_function(struct abi_compare *x, struct abi_type *c,
			      struct abi_type *r, bool r_variadic);

/* Is it the same name, but for the habits of the two languages? */
bool abi_same_field(const char *c, const char *r);
bool abi_alike(const struct abi_type *c, const struct abi_type *r);

/* Of Rust, the parameters that have no size are none. */
struct abi_parameters {
	struct abi_member *v[64];
	size_t n;
};
void abi_parameters(struct abi_parameters *out, struct abi_type *f);

/* " in FILE:LINE", or nothing. */
void abi_add_place(struct buf *b, const char *before, const char *file,
		   unsigned line);
/* ": write TYPE", or nothing. */
void abi_add_advice(struct buf *b, struct abi_type *c, struct abi_type *r);
/*
 * Report @message, and below it @body; both are taken. The place is that of
 * Rust's side.
 */
void abi_report(struct abi_compare *x, const char *file, unsigned line,
		struct buf *message, struct buf *body);

#endif
