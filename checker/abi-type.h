/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * abi-type: a type of C's or Rust's as DWARF describes it, and its name as a
 * person would write it.
 *
 * Types are made by abi-dwarf and owned by its pool; members are read when
 * they are asked for (abi_open()), for a kernel struct leads to thousands of
 * others. A graph of types has cycles.
 */
#ifndef CHECKER_ABI_TYPE_H
#define CHECKER_ABI_TYPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

enum abi_kind {
	ABI_VOID, /* also (), !, c_void */
	ABI_INT,
	ABI_BOOL,
	ABI_CHAR, /* Rust's: a Unicode scalar value */
	ABI_FLOAT,
	ABI_ENUM, /* names for integers */
	ABI_POINTER, /* .to */
	ABI_FUNCTION, /* .to: what it returns; .members: its parameters */
	ABI_ARRAY, /* .count of .to; 0: none, or not known */
	ABI_STRUCT,
	ABI_UNION,
	ABI_VARIANTS, /* an enum of Rust's whose variants hold something */
	ABI_ALIAS, /* another name for .to: typedef, const, volatile */
	ABI_UNKNOWN, /* nothing is said of it */
};

struct abi_type;

struct abi_member {
	char *name; /* or NULL */
	struct abi_type *type;
	uint64_t offset; /* bytes; of a bit-field those before it */
	uint64_t bits; /* of a bit-field; 0: none */
	uint64_t bit; /* the first of them in the byte at .offset */
	uint64_t align; /* asked for, or 0 */
	unsigned line; /* or 0 */
};

struct abi_type {
	enum abi_kind kind;
	bool rust; /* whose it is */
	bool is_signed; /* ABI_INT */
	bool plain_char; /* C's char, of either sign */
	bool never; /* ! */
	bool incomplete; /* struct x; and no more */
	bool kernels; /* made of the kernel's headers by bindgen */
	bool qualifier; /* an ABI_ALIAS that is only const or volatile */
	bool rust_abi; /* Rust: a function pointer without extern "C" */
	bool variadic; /* C: an ABI_FUNCTION; Rust: the pointer to one */
	bool unprototyped; /* int f() */
	uint64_t size;
	uint64_t align; /* C: asked for, or 0; Rust: what it is, or 0 */
	uint64_t count;
	char *name; /* or NULL */
	char *file; /* where it is defined, or NULL */
	unsigned line;
	struct abi_type *to;
	struct abi_member *members; /* after abi_open() */
	size_t nmembers;
	uint64_t natural; /* abi_align()'s, once it is known */
	bool aligned; /* it is */
	void *node; /* abi-read's */
	bool open;
};

/* What cannot be known, and void. They are nobody's to change. */
extern struct abi_type abi_nothing, abi_void;

/* Read the members of @t, once. */
void abi_open(struct abi_type *t);

/* What @t is behind its aliases; never ABI_ALIAS, never NULL. */
struct abi_type *abi_real(struct abi_type *t);

/*
 * If @t does nothing but hold one thing, which fills it (NonNull, Box,
 * UnsafeCell, an Option with a niche, atomic_t), that thing; else NULL.
 */
struct abi_type *abi_inner(struct abi_type *t);

/* Where the members of @t end as C would lay them out in their order. */
bool abi_is_c_layout(struct abi_type *t);
bool abi_is_packed(struct abi_type *t);
/* Bytes; 0: not known. */
uint64_t abi_align(struct abi_type *t);

/* Its name: "const u8 *", "struct ring", "*mut Ring". */
void abi_add_name(struct buf *b, struct abi_type *t);
/* What Rust calls a type of C's; false, and nothing is added: cannot say. */
bool abi_add_rust(struct buf *b, struct abi_type *c, struct abi_type *r);

#endif
