/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * abi-fit: whether a type of C's and one of Rust's mean the same bytes.
 *
 * The relation, for x86-64. It is made so that what it refuses is wrong; of
 * what it cannot know it says nothing.
 *
 *   integers	the same size and sign, whatever they are called: long,
 *		long long, isize and i64 are one. Sign: -EINVAL read as
 *		unsigned is a count. C's char is of either sign, and so are
 *		bytes that are pointed to or stand in an array.
 *   bool	_Bool is bool, or u8; Rust's bool is nothing but _Bool.
 *   char	Rust's is not an integer: not every u32 is one.
 *   enum	C's and Rust's: integers of the same size, of either sign.
 *   pointers	void *, *mut c_void and *mut () are any pointer. Others by
 *		what they point to; const, &, NonNull, Box, Option are alike.
 *		A pointer to an array is one to its elements. A pointer is
 *		no integer, and a slice or dyn is two.
 *   functions	pointers to them by their signature; extern "C" is needed.
 *   structs	by offset: what stands there must fit. A field of the same
 *		name must be at the same offset. Names may differ; nested and
 *		anonymous ones are as if written out; [T; 0] and PhantomData
 *		are nothing; fields called pad or reserved may be missing; an
 *		array of bytes may stand for anything. Bit-fields: their
 *		bytes are not looked into.
 *   wrappers	what holds one thing that fills it is that thing.
 *   opaque	struct x; or what has no size: any struct, by pointer.
 *   kernel's	types of kernel::bindings by name, for bindgen made them.
 *   unions	the same size; members of the same name fit.
 *   variants	an enum of Rust's that holds something: the same size.
 *   alignment	Rust's is not above C's, nor below one that C asks for.
 *   return	void is (); ! is anything; nothing else is void.
 */
#ifndef CHECKER_ABI_FIT_H
#define CHECKER_ABI_FIT_H

#include "abi-type.h"
#include "diag.h"

struct abi_source;
struct strv;

enum abi_fit {
	ABI_FITS,
	ABI_DIFFERS, /* abi_compare.why says why */
	ABI_TOLD, /* the reason was reported, of a struct on the way */
};

/* One comparison of a whole: what was found, and what was seen already. */
struct abi_compare {
	const struct abi_source *source; /* of Rust, or NULL */
	size_t max; /* most reports; 0: ABI_REPORTS_MAX */
	struct diag *diags; /* the caller's to free */
	size_t ndiags;
	const char *why; /* a constant sentence */
	struct abi_pair *seen;
	size_t nseen;
	unsigned depth;
	size_t steps; /* of what a learner's code can make endless */
	unsigned quiet; /* trials: nothing is reported */
	bool failed; /* out of memory */
};

#define ABI_REPORTS_MAX 100

/* One side of a function or variable that crosses. */
struct abi_side {
	struct abi_type *type;
	const char *file; /* or NULL */
	unsigned line;
	bool declared; /* only; the other side defines it */
	bool rust_abi; /* a definition without extern "C" */
	bool variadic;
};

/*
 * Compare, and report. @c may be Rust's too, where two crates meet. What is
 * reported has the place in Rust, and both in its text.
 */
void abi_compare_function(struct abi_compare *x, const char *name,
			  const struct abi_side *c, const struct abi_side *r);
void abi_compare_variable(struct abi_compare *x, const char *name,
			  const struct abi_side *c, const struct abi_side *r);
void abi_compare_release(struct abi_compare *x); /* but for .diags */

#endif
