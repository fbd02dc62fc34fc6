/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * symbols: from an address in a learner's module to lines of source.
 *
 * Reads the DWARF of the unstripped NAME.ko that a build left in its stage.
 * A .ko is relocatable: libdwfl lays its sections out and relocates its
 * DWARF in memory. Modules are opened when they are first asked for.
 *
 * What is read was compiled from what a learner wrote, inline assembly
 * included, so this belongs into proc_guard(). Nothing here fails loudly: a
 * place that cannot be told is none.
 */
#ifndef CHECKER_SYMBOLS_H
#define CHECKER_SYMBOLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct strv;
struct symbols;

#define PLACES_MAX 8 /* of one address: inlined calls within each other */

struct place {
	char file[256]; /* as the learner knows it */
	unsigned line;
	char function[512]; /* "ring_new", "ring::Ring::push" */
};

/*
 * @stage: the folder of the build. Sources are the learner's if @files,
 * names relative to the stage, has them. Both are borrowed. NULL: out of
 * memory.
 */
struct symbols *symbols_new(const char *stage, const struct strv *files);
void symbols_free(struct symbols *s);

/*
 * The places of @symbol, "fn+0x1a/0x40 [module]", in the learner's files,
 * innermost first; their number, at most PLACES_MAX. Without @exact it is
 * the address after a call, and the call is what is asked for.
 */
size_t symbols_places(struct symbols *s, struct place out[PLACES_MAX],
		      const char *symbol, bool exact);

/*
 * A stack in a module that is gone: numbers, innermost first. Where it had
 * been loaded nobody knows any more, but for the last 12 bits, and that each
 * address follows a call: the first one a call of the kernel's function
 * @callee, or with NULL of any. If that leaves one answer, .symbol becomes
 * what the kernel would have said, "fn+0x1a/0x40 [module]"; else "".
 */
struct gone_frame {
	uint64_t address;
	char symbol[640];
};
void symbols_gone(struct symbols *s, struct gone_frame *frames, size_t n,
		  const char *callee);

#endif
