/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * explain: what a finding means, for people who know C or Rust but not yet
 * the kernel's reports. Static text; pure.
 */
#ifndef CHECKER_EXPLAIN_H
#define CHECKER_EXPLAIN_H

#include "finding.h"

#include <stddef.h>

/* Two or three sentences on a report with this headline; never NULL. */
const char *finding_explain(enum finding_kind k, const char *title);

/*
 * All that is known of a kind, by index from 0: the text, or NULL at the end.
 * *@title: the words of the headline that it is for, or NULL: any other.
 */
const char *finding_explain_nth(enum finding_kind k, size_t n,
				const char **title);

#endif
