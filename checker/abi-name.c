/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Types as people write them, in C and in Rust. */
#include "abi-type.h"
#include "buf.h"

#include <ctype.h>
#include <string.h>

enum {
	MAX_NAME = 120, /* bytes of a name of Rust's */
	MAX_DEPTH = 12,
};

static bool in_name(char c)
{
	return isalnum((unsigned char)c) || c == '_' || (c & 0x80);
}

/* "core::option::Option<&x::Ring>" becomes "Option<&Ring>". */
static void add_short(struct buf *b, const char *s)
{
	size_t most = b->len + MAX_NAME;

	while (*s) {
		size_t n = 0;

		while (in_name(s[n]))
			n++;
		if (n && strncmp(s + n, "::", 2) == 0 && (in_name(s[n + 2]))) {
			s += n + 2;
			continue;
		}
		n += n == 0;
		if (b->len + n > most) {
			buf_adds(b, "...");
			return;
		}
		buf_add(b, s, n);
		s += n;
	}
}

/* ---- C ---- */

static void add_c(struct buf *b, struct abi_type *t, const char *what,
		  unsigned depth);

static void add_parameters(struct buf *b, struct abi_type *f, unsigned depth)
{
	abi_open(f);
	buf_addc(b, '(');
	for (size_t i = 0; i < f->nmembers; i++) {
		buf_adds(b, i ? ", " : "");
		add_c(b, f->members[i].type, "", depth + 1);
	}
	if (f->variadic)
		buf_adds(b, ", ...");
	else if (f->nmembers == 0)
		buf_adds(b, "void");
	buf_addc(b, ')');
}

/* A declarator is written from the inside: @what grows around the star. */
static void add_pointer(struct buf *b, struct abi_type *t, const char *what,
			unsigned depth)
{
	struct abi_type *to = abi_real(t->to);
	bool named = t->to->kind == ABI_ALIAS && !t->to->qualifier;
	struct buf star = BUF_INIT;

	if (!named && (to->kind == ABI_FUNCTION || to->kind == ABI_ARRAY))
		buf_addf(&star, "(*%s)", what);
	else
		buf_addf(&star, "*%s", what);
	add_c(b, t->to, buf_str(&star), depth + 1);
	buf_release(&star);
}

static void add_qualified(struct buf *b, struct abi_type *t, const char *what,
			  unsigned depth)
{
	struct buf all = BUF_INIT;

	if (!t->name) {
		add_c(b, t->to, what, depth + 1);
	} else if (abi_real(t->to)->kind == ABI_POINTER) {
		buf_addf(&all, "%s%s%s", t->name, *what ? " " : "", what);
		add_c(b, t->to, buf_str(&all), depth + 1);
	} else {
		buf_addf(b, "%s ", t->name);
		add_c(b, t->to, what, depth + 1);
	}
	buf_release(&all);
}

static void add_tagged(struct buf *b, struct abi_type *t, const char *what)
{
	const char *tag = t->kind == ABI_STRUCT	 ? "struct"
			  : t->kind == ABI_UNION ? "union"
			  : t->kind == ABI_ENUM	 ? "enum"
						 : NULL;
	const char *name = t->name ? t->name : tag ? "{ ... }" : "void";

	buf_addf(b, "%s%s%s%s%s", tag ? tag : "", tag ? " " : "", name,
		 *what && *what != '[' ? " " : "", what);
}

static void add_c(struct buf *b, struct abi_type *t, const char *what,
		  unsigned depth)
{
	struct buf in = BUF_INIT;

	if (depth > MAX_DEPTH) {
		buf_adds(b, "...");
	} else if (t->kind == ABI_POINTER) {
		add_pointer(b, t, what, depth);
	} else if (t->kind == ABI_ARRAY) {
		buf_addf(&in, "%s[", what);
		if (t->count)
			buf_addf(&in, "%llu", (unsigned long long)t->count);
		buf_addc(&in, ']');
		add_c(b, t->to, buf_str(&in), depth + 1);
	} else if (t->kind == ABI_FUNCTION) {
		buf_adds(&in, what);
		add_parameters(&in, t, depth);
		add_c(b, t->to, buf_str(&in), depth + 1);
	} else if (t->kind == ABI_ALIAS && t->qualifier) {
		add_qualified(b, t, what, depth);
	} else {
		add_tagged(b, t, what);
	}
	buf_release(&in);
}

/* ---- Rust ---- */

static void add_rust(struct buf *b, struct abi_type *t, unsigned depth)
{
	if (depth > MAX_DEPTH) {
		buf_adds(b, "...");
	} else if (t->kind == ABI_ARRAY) {
		buf_addc(b, '[');
		add_rust(b, t->to, depth + 1);
		buf_addf(b, "; %llu]", (unsigned long long)t->count);
	} else if (t->name) {
		add_short(b, t->name);
	} else if (t->kind == ABI_POINTER) {
		buf_adds(b, "*mut ");
		add_rust(b, t->to, depth + 1);
	} else {
		buf_adds(b, t->kind == ABI_VOID ? "()" : "{ ... }");
	}
}

void abi_add_name(struct buf *b, struct abi_type *t)
{
	if (t->rust)
		add_rust(b, t, 0);
	else
		add_c(b, t, "", 0);
}

/* ---- what Rust calls it ---- */

/* Those of kernel::prelude, and plain types where it has none. */
static const struct {
	const char *c, *rust;
} names[] = {
	{"_Bool", "bool"},
	{"char", "c_char"},
	{"signed char", "c_schar"},
	{"unsigned char", "c_uchar"},
	{"short", "c_short"},
	{"unsigned short", "c_ushort"},
	{"int", "c_int"},
	{"unsigned int", "c_uint"},
	{"long", "c_long"},
	{"unsigned long", "c_ulong"},
	{"long long", "c_longlong"},
	{"unsigned long long", "c_ulonglong"},
	{"__int128", "i128"},
	{"unsigned __int128", "u128"},
	{"u8", "u8"},
	{"u16", "u16"},
	{"u32", "u32"},
	{"u64", "u64"},
	{"s8", "i8"},
	{"s16", "i16"},
	{"s32", "i32"},
	{"s64", "i64"},
	{"__u8", "u8"},
	{"__u16", "u16"},
	{"__u32", "u32"},
	{"__u64", "u64"},
	{"__s8", "i8"},
	{"__s16", "i16"},
	{"__s32", "i32"},
	{"__s64", "i64"},
	{"uint8_t", "u8"},
	{"uint16_t", "u16"},
	{"uint32_t", "u32"},
	{"uint64_t", "u64"},
	{"int8_t", "i8"},
	{"int16_t", "i16"},
	{"int32_t", "i32"},
	{"int64_t", "i64"},
	{"size_t", "usize"},
	{"ssize_t", "isize"},
	{"uintptr_t", "usize"},
};

static const char *rust_name(const char *c)
{
	for (size_t i = 0; c && i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i].c, c) == 0)
			return names[i].rust;
	return NULL;
}

static bool is_const(const struct abi_type *t)
{
	for (int i = 0; t && t->kind == ABI_ALIAS && i < MAX_DEPTH;
	     i++, t = t->to)
		if (t->qualifier && t->name && strcmp(t->name, "const") == 0)
			return true;
	return false;
}

/* The type of Rust's that a pointer of @r's points to; NULL: not one. */
static struct abi_type *pointee(struct abi_type *r)
{
	r = r ? abi_real(r) : NULL;
	return r && r->kind == ABI_POINTER ? abi_real(r->to) : NULL;
}

static bool add_same(struct buf *b, struct abi_type *c, struct abi_type *r,
		     unsigned depth);

/* None of its parts may be one that has no name. */
static bool add_same_function(struct buf *b, struct abi_type *c, unsigned depth)
{
	bool known = !c->variadic;

	abi_open(c);
	buf_adds(b, "Option<unsafe extern \"C\" fn(");
	for (size_t i = 0; i < c->nmembers && known; i++) {
		buf_adds(b, i ? ", " : "");
		known = add_same(b, c->members[i].type, NULL, depth + 1);
	}
	buf_addc(b, ')');
	if (abi_real(c->to)->kind != ABI_VOID) {
		buf_adds(b, " -> ");
		known = known && add_same(b, c->to, NULL, depth + 1);
	}
	buf_addc(b, '>');
	return known;
}

static bool add_same_array(struct buf *b, struct abi_type *c,
			   struct abi_type *r, unsigned depth)
{
	bool known;

	r = r ? abi_real(r) : NULL;
	buf_addc(b, '[');
	known = add_same(b, c->to, r && r->kind == ABI_ARRAY ? r->to : NULL,
			 depth + 1);
	buf_addf(b, "; %llu]", (unsigned long long)c->count);
	return known;
}

static bool add_same_pointer(struct buf *b, struct abi_type *c,
			     struct abi_type *r, unsigned depth)
{
	struct abi_type *to = abi_real(c->to);
	struct buf in = BUF_INIT;
	bool known = true;

	if (to->kind == ABI_FUNCTION)
		return add_same_function(b, to, depth);
	if (to->kind == ABI_VOID)
		buf_adds(&in, "c_void");
	else
		known = add_same(&in, c->to, pointee(r), depth + 1);
	if (known)
		buf_addf(b, "*%s %s", is_const(c->to) ? "const" : "mut",
			 buf_str(&in));
	buf_release(&in);
	return known;
}

static bool is_tagged(const struct abi_type *t)
{
	return t->kind == ABI_STRUCT || t->kind == ABI_UNION ||
	       t->kind == ABI_ENUM;
}

/* Outside in: the first name that Rust has too, u32 before unsigned int. */
static bool add_same(struct buf *b, struct abi_type *c, struct abi_type *r,
		     unsigned depth)
{
	for (; c && depth <= MAX_DEPTH; c = c->to, depth++) {
		const char *name = is_tagged(c) ? NULL : rust_name(c->name);

		if (name) {
			buf_adds(b, name);
			return true;
		}
		if (c->kind == ABI_POINTER)
			return add_same_pointer(b, c, r, depth);
		if (c->kind == ABI_ARRAY)
			return add_same_array(b, c, r, depth);
		if (is_tagged(c) && r && is_tagged(r) && r->name) {
			add_short(b, r->name);
			return true;
		}
		if (c->kind != ABI_ALIAS)
			return false;
	}
	return false;
}

bool abi_add_rust(struct buf *b, struct abi_type *c, struct abi_type *r)
{
	struct buf in = BUF_INIT;
	bool known = add_same(&in, c, r, 0);

	if (known)
		buf_adds(b, buf_str(&in));
	buf_release(&in);
	return known;
}
