/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * klog-json: judge a saved kernel log alone, as `kiln klog FILE` does.
 *
 * With @json one object on one line:
 *   {"format": 1, "status": "pass" | "fail" | "skip" | "crash" |
 *    "incomplete" | "none", "passed", "failed", "skipped", "crashed",
 *    "errors", "suites": [SUITE…], "findings": [FINDING…]}
 *   SUITE and each of its "cases": {"name", "status", "line" and, where
 *    there is one, "planned", "directive", "message", "cases"}
 *   FINDING: {"kind", "title", "log_line", "log_end" and, where known,
 *    "file", "line", "symbol", "explain"}
 * The counts are the kernel's own parser's (ktap.h). Any finding makes the
 * status "crash", whatever the tests say.
 */
#ifndef CHECKER_KLOG_JSON_H
#define CHECKER_KLOG_JSON_H

#include <stdbool.h>
#include <stdio.h>

struct err;
struct klog;

/*
 * Read @path, write the report to @out. The exit code: 0 for pass and skip,
 * 1 otherwise; -1 with @e set when the file cannot be read, or @out written.
 */
int klog_report(const char *path, bool json, FILE *out, struct err *e);

/* The status of a log that has been read to its end. */
const char *klog_status(const struct klog *k);
/* Its "errors". */
unsigned klog_errors(const struct klog *k);

#endif
