/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * static-calls: the few bytes of its code that the kernel itself rewrites.
 *
 * A static call is a direct call whose target can be changed: when a
 * tracepoint gets its first probe, say. Then the kernel patches the call, at
 * each of its sites, and the trampoline. .static_call_sites holds for each
 * site a struct static_call_site: its address, and that of its key, both
 * relative to themselves (include/linux/static_call_types.h).
 */
#ifndef CHECKER_STATIC_CALLS_H
#define CHECKER_STATIC_CALLS_H

#include <stddef.h>
#include <stdint.h>

struct static_calls {
	uint64_t *sites; /* addresses */
	size_t n;
	uint64_t from, to; /* where the trampolines are */
};

/*
 * Take the table, of @len bytes, that stands at address @at in the kernel;
 * .from and .to are the caller's to fill. -1: out of memory.
 */
int static_calls_read(struct static_calls *s, const void *table, size_t len,
		      uint64_t at);
void static_calls_release(struct static_calls *s);

/*
 * Of the code at address @at make the static calls in @now what they are in
 * @was; both have @len bytes. Gives their number.
 */
size_t static_calls_undo(const struct static_calls *s, uint64_t at,
			 unsigned char *now, const unsigned char *was,
			 size_t len);

#endif
