/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * klog-findings: from the reports in a log to findings, one a fault.
 *
 * Only klog.c uses it. The kernel often reports one fault several times: a
 * NULL pointer is seen by KASAN, then faults, and then the dying task leaves
 * its locks behind. Which reports belong together is decided by the task,
 * by what stands between them, and by the function at fault; the rules are
 * in klog-relate.c.
 */
#ifndef CHECKER_KLOG_FINDINGS_H
#define CHECKER_KLOG_FINDINGS_H

#include "splat.h"

#include <stdint.h>

/* Findings kept of one log; what comes after is not told apart any more. */
#define FINDINGS_MAX 64

struct findings {
	struct finding *v;
	size_t n;
	/* Parallel to v: what only matters while reading. */
	struct finding_memo {
		uint64_t hash;
		long pid;
		bool died;
	} memo[FINDINGS_MAX];
	size_t latest; /* where the last report went */

	struct splat splats[2]; /* the one that is open; one being tried */
	unsigned current;
	bool open;
	bool quiet; /* nothing but noise since the last report closed */
	size_t cut; /* line of a "cut here" that awaits its headline, or 0 */
	size_t separator; /* line of the last "=====" */
	char message[SPLAT_TEXT]; /* printed since the cut */
	size_t reports;
	bool failed; /* out of memory */
};

enum relation {
	UNRELATED,
	SAME_FAULT, /* seen by another detector, which may know more */
	AFTERMATH,  /* a consequence, which never says more */
};

/* Is the report @b, with hash @h, about the fault that is finding @i? */
enum relation findings_relate(const struct findings *f, size_t i,
			      const struct splat *b, uint64_t h);

void findings_init(struct findings *f);
void findings_release(struct findings *f);

/* A clean line of the log; @len may be 0. */
void findings_line(struct findings *f, const char *s, size_t len,
		   size_t number);
void findings_finish(struct findings *f);

#endif
