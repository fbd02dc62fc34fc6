/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ktap-line: what one line of a kernel log is to KTAP.
 *
 * The shapes are those of the regular expressions in the kernel's
 * tools/testing/kunit/kunit_parser.py, which is what people compare with.
 * Only ktap.c uses it. Pure; the token points into the line.
 */
#ifndef CHECKER_KTAP_LINE_H
#define CHECKER_KTAP_LINE_H

#include <stdbool.h>
#include <stddef.h>

enum ktap_token_kind {
	KTAP_TOKEN_DIAG,    /* anything that is not one of the others */
	KTAP_TOKEN_VERSION, /* "KTAP version 1", "TAP version 14" */
	KTAP_TOKEN_HEADER,  /* "# Subtest: name" */
	KTAP_TOKEN_PLAN,    /* "1..3" */
	KTAP_TOKEN_RESULT,  /* "ok 1 name # SKIP why" */
	KTAP_TOKEN_STOP,    /* the kernel's tests are over: no root, halted */
};

struct ktap_token {
	enum ktap_token_kind kind;
	bool tap;	 /* VERSION: "TAP", not "KTAP" */
	bool ok, skip;	 /* RESULT */
	unsigned number; /* VERSION, PLAN, RESULT; saturated */
	const char *name;
	size_t name_len;
	/* RESULT: the name up to the first directive, for comparisons. */
	const char *plain;
	size_t plain_len;
	const char *directive; /* what follows SKIP or TODO, or NULL */
	size_t directive_len;
};

void ktap_scan(struct ktap_token *t, const char *line, size_t len);

#endif
