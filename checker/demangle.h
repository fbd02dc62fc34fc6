/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * demangle: Rust's symbols as people write paths.
 *
 * `_RNvMCs3oQ_5ring2NtB2_4Ring4push` is `ring::Ring::push`: no hashes of
 * crates, and of `<Ring as Module>::init` only what has the function. Pure.
 * Symbols come out of a guest's log: whatever they hold, the time that one
 * takes is bounded. Source: the Rust reference, "v0 symbol format".
 */
#ifndef CHECKER_DEMANGLE_H
#define CHECKER_DEMANGLE_H

#include <stdbool.h>
#include <stddef.h>

/* A mangled name with offset and module (the kernel's KSYM_NAME_LEN is 512). */
#define DEMANGLE_MAX 640

/*
 * The path of the symbol @name, of @len bytes, to @out. False, and nothing in
 * @out, if it is none of Rust's or has no end.
 */
bool demangle_rust(char *out, size_t cap, const char *name, size_t len);

/* Each of Rust's symbols in @s, in place; @cap is the room there. */
void demangle_text(char *s, size_t cap);

#endif
