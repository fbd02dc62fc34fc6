/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * klog: a kernel log taken apart: lines, steps, findings, and the KTAP in
 * it.
 *
 * Streaming: bytes go in as they come off the console; nothing is read
 * twice. Pure: no files, no clock. Lines lose their console prefix
 * ("[    1.234567][  T42] ", "<6>"), control characters and carriage
 * returns. The agent's marker lines cut the log into steps; a line that
 * looks like a marker but does not carry the run's nonce is only a line.
 */
#ifndef CHECKER_KLOG_H
#define CHECKER_KLOG_H

#include "finding.h"
#include "ktap.h"

#include <stddef.h>
#include <stdint.h>

struct klog;

struct klog_line {
	const char *text; /* without prefix; NUL-terminated */
	size_t len;
	size_t number; /* 1-based line of the raw log */
	int step;      /* plan step it fell into, 0-based; -1: outside */
	unsigned round; /* of that step, from 1 on; 0: it has none, or before */
};

/*
 * @nonce: the run's, as in the agent's markers (checker/guest/proto.h), or
 * NULL for a saved log, whose lines are then all outside of any step.
 * @max_bytes: text kept in memory; lines beyond it are still counted and
 * parsed, but not kept. 0: 64 MiB.
 */
struct klog *klog_new(const char *nonce, size_t max_bytes);
void klog_free(struct klog *k);

void klog_feed(struct klog *k, const char *data, size_t len);
void klog_finish(struct klog *k);

/* After klog_finish(). */
size_t klog_nlines(const struct klog *k); /* lines kept */
struct klog_line klog_line(const struct klog *k, size_t i);
size_t klog_total_lines(const struct klog *k);

const struct finding *klog_findings(const struct klog *k, size_t *n);
const struct ktap *klog_ktap(const struct klog *k);

/* The markers of step @step were seen: its begin; its end. */
bool klog_step_began(const struct klog *k, int step);
bool klog_step_ended(const struct klog *k, int step);
/*
 * The line of the first marker that was there already, or 0: somebody else
 * has read the nonce, and writes with it.
 */
size_t klog_marked_twice(const struct klog *k);
/* The run's end marker was seen. May be asked before klog_finish(). */
bool klog_saw_end(const struct klog *k);

#endif
