/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "abi-type.h"

#include <stddef.h>
#include <string.h>

enum {
	MAX_ALIASES = 64, /* of one type; there may be a ring of them */
	MAX_NESTED = 64,
};

struct abi_type abi_nothing = {
	.kind = ABI_UNKNOWN, .open = true, .aligned = true};
struct abi_type abi_void = {.kind = ABI_VOID, .open = true, .aligned = true};

struct abi_type *abi_real(struct abi_type *t)
{
	for (int i = 0; i < MAX_ALIASES && t; i++) {
		if (t->kind != ABI_ALIAS)
			return t;
		t = t->to;
	}
	return &abi_nothing;
}

/* The only member that has a size; NULL: there are several, or none. */
static const struct abi_member *only_member(struct abi_type *t)
{
	const struct abi_member *only = NULL;

	abi_open(t);
	for (size_t i = 0; i < t->nmembers; i++) {
		if (abi_real(t->members[i].type)->size == 0)
			continue;
		if (only)
			return NULL;
		only = &t->members[i];
	}
	return only;
}

/*
 * Option<&T> and its like: of its arms one holds what fills the whole, and
 * the others hold nothing; what says which arm it is has no room of its own.
 */
static struct abi_type *niche(struct abi_type *t)
{
	const struct abi_member *m = NULL;

	abi_open(t);
	if (t->nmembers != 2)
		return NULL;
	for (size_t i = 0; i < 2; i++) {
		const struct abi_member *in =
			only_member(abi_real(t->members[i].type));

		if (in && m)
			return NULL;
		m = in ? in : m;
	}
	if (!m || m->offset != 0 || abi_real(m->type)->size != t->size)
		return NULL;
	return m->type;
}

struct abi_type *abi_inner(struct abi_type *t)
{
	const struct abi_member *m;

	if (t->kernels || t->incomplete || t->size == 0)
		return NULL;
	if (t->kind == ABI_VARIANTS)
		return niche(t);
	if (t->kind != ABI_STRUCT && !(t->kind == ABI_UNION && t->rust))
		return NULL;
	m = only_member(t);
	if (!m || m->bits || m->offset != 0 ||
	    abi_real(m->type)->size != t->size)
		return NULL;
	return m->type;
}

static uint64_t align(struct abi_type *t, unsigned depth);

/* 0 as well where a member stands as none would that is not packed. */
static uint64_t widest(struct abi_type *t, unsigned depth)
{
	uint64_t most = 1;

	abi_open(t);
	for (size_t i = 0; i < t->nmembers; i++) {
		const struct abi_member *m = &t->members[i];
		uint64_t a = m->align ? m->align : align(m->type, depth);

		if (a == 0 || (!m->bits && m->offset % a != 0))
			return 0;
		most = a > most ? a : most;
	}
	return t->size % most == 0 ? most : 0;
}

static uint64_t align_of(struct abi_type *t, unsigned depth)
{
	switch (t->kind) {
	case ABI_ARRAY:
		return align(t->to, depth);
	case ABI_STRUCT:
	case ABI_UNION:
		return t->rust ? 0 : widest(t, depth);
	case ABI_INT:
	case ABI_BOOL:
	case ABI_CHAR:
	case ABI_FLOAT:
	case ABI_ENUM:
	case ABI_POINTER:
		return t->size;
	default:
		return 0;
	}
}

static uint64_t align(struct abi_type *t, unsigned depth)
{
	t = abi_real(t);
	if (depth > MAX_NESTED)
		return 0;
	if (t->align || t->aligned)
		return t->align ? t->align : t->natural;
	/* Should it hold itself, it is not known. */
	t->aligned = true;
	t->natural = align_of(t, depth + 1);
	return t->natural;
}

uint64_t abi_align(struct abi_type *t)
{
	return align(t, 0);
}

/* Do the members stand where they would, each at a multiple of its @align? */
static bool is_laid_out(struct abi_type *t, bool packed)
{
	uint64_t at = 0;

	abi_open(t);
	for (size_t i = 0; i < t->nmembers; i++) {
		const struct abi_member *m = &t->members[i];
		uint64_t a = packed ? 1 : abi_align(m->type);

		if (a == 0)
			return true; /* cannot say */
		at = (at + a - 1) / a * a;
		if (m->offset != at)
			return false;
		at += abi_real(m->type)->size;
	}
	return true;
}

bool abi_is_c_layout(struct abi_type *t)
{
	return is_laid_out(t, false);
}

bool abi_is_packed(struct abi_type *t)
{
	return !is_laid_out(t, false) && is_laid_out(t, true);
}
