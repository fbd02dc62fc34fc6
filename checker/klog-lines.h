/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * klog-lines: raw console bytes cut into clean lines, and a store of them.
 *
 * Only klog.c uses it. A raw line that needs nothing done to it is handed on
 * where it stands, without a copy; one with control characters, terminal
 * sequences or broken UTF-8 goes through a scratch buffer first.
 */
#ifndef CHECKER_KLOG_LINES_H
#define CHECKER_KLOG_LINES_H

#include "buf.h"

#include <stdint.h>

/* Bytes of one line that are looked at; the rest of it is dropped. */
#define KLOG_LINE_MAX 65536

/*
 * Length of the console prefix of a line: "<6>", "[    1.234567]",
 * "[    1.234567][  T42]" and the one space after it.
 */
size_t klog_prefix(const char *s, size_t len);

/*
 * The line without carriage returns, control characters, terminal escape
 * sequences and its console prefix, as valid UTF-8. Points into @s, or into
 * @scratch; not NUL-terminated.
 */
const char *klog_clean(const char *s, size_t *len, struct buf *scratch);

/* Lines kept in memory, up to a bound that counts what keeping them costs. */
struct klog_store {
	struct klog_kept {
		const char *text;
		uint32_t len;
		int32_t step;
		uint32_t round;
	} *lines;
	size_t n, cap;
	char **chunks;
	size_t nchunks;
	size_t room; /* left in the last chunk */
	size_t used, max;
	bool full; /* a line did not fit: none after it is kept */
};

void klog_store_add(struct klog_store *st, const char *s, size_t len, int step,
		    unsigned round);
void klog_store_release(struct klog_store *st);

#endif
