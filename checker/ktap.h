/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ktap: a streaming, nested, pure parser of the kernel's test protocol.
 *
 * Format: Documentation/dev-tools/ktap.rst, version 1, and what KUnit
 * prints in truth (lib/kunit/test.c, tools/testing/kunit/kunit_parser.py):
 * subtests indented by four spaces, "# Subtest:" headers, suites in Rust
 * without the "# module:" line. Lines come without timestamps (klog takes
 * them off). Input is not trusted: depth, name length and the number of
 * tests are capped, and what is cut is counted as an error.
 *
 * The counts of one document are those of kunit_parser.py, its peculiarities
 * included: nesting follows headers and plans, not indentation, so that a
 * case with the very name of its suite ends the suite. Where we go further:
 * the log of a guest holds one document for each module that brought tests,
 * each begun by a version line at the margin; kunit_parser.py stops at the
 * end of the first, and here all are added up.
 */
#ifndef CHECKER_KTAP_H
#define CHECKER_KTAP_H

#include <stdbool.h>
#include <stddef.h>

struct ktap;

#define KTAP_MAX_DEPTH 32    /* headers within headers */
#define KTAP_MAX_TESTS 65536 /* tests kept; more are still counted */
#define KTAP_MAX_NAME  256   /* bytes of a name or a directive */

enum ktap_status {
	KTAP_NONE, /* no KTAP at all, or no test in it */
	KTAP_PASS,
	KTAP_FAIL,
	KTAP_SKIP,
	KTAP_CRASH,	 /* a suite began and its end never came */
	KTAP_INCOMPLETE, /* a plan was not kept, or missing */
};

struct ktap_test {
	char *name;
	enum ktap_status status;
	bool has_plan;
	unsigned planned; /* subtests announced, when has_plan */
	char *directive;  /* text after SKIP, TODO, or NULL */
	char *message;	  /* diagnostics of a failing test, or NULL */
	struct ktap_test *sub;
	size_t nsub;
	size_t line; /* 1-based input line of its result, or header */
};

struct ktap_counts {
	unsigned passed, failed, skipped, crashed, errors;
};

struct ktap *ktap_new(void); /* NULL: out of memory */
void ktap_free(struct ktap *k);

/* One line, without its newline. @line_no is kept for messages. */
void ktap_line(struct ktap *k, const char *line, size_t len, size_t line_no);
/* No more lines will come: settle what is open. */
void ktap_finish(struct ktap *k);

/* After ktap_finish(). The root's subtests are the top-level results. */
const struct ktap_test *ktap_root(const struct ktap *k);
/*
 * Leaf tests, counted as the kernel's own parser counts them: a test that
 * was announced and never reported is one that crashed.
 */
struct ktap_counts ktap_counts(const struct ktap *k);
/*
 * Of the whole: the first that applies of NONE (no test), CRASH, FAIL,
 * INCOMPLETE, PASS, SKIP. Stricter than kunit_parser.py in one thing: with
 * a plan missing or not kept, or test numbers out of order within a suite,
 * it is never PASS.
 */
enum ktap_status ktap_status(const struct ktap *k);
const char *ktap_status_name(enum ktap_status s); /* "pass", "none", … */

/* The first suite, or case of it, with this name at any depth; or NULL. */
const struct ktap_test *ktap_find(const struct ktap *k, const char *suite,
				  const char *kase);

#endif
