/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ktap-int: what the files of ktap share, and nobody else sees.
 *
 * kunit_parser.py pulls lines through a recursive function; lines are pushed
 * at us, so its recursion is a stack of frames here, and where it would look
 * at the next line a frame has a state.
 *
 *	ktap.c		documents, lines, the answers
 *	ktap-step.c	the states: its parse_test()
 *	ktap-tree.c	counts and the tree: its bubble_up_test_results()
 *	ktap-line.c	what a line is: its regular expressions
 */
#ifndef CHECKER_KTAP_INT_H
#define CHECKER_KTAP_INT_H

#include "buf.h"
#include "ktap-line.h"
#include "ktap.h"

#define KTAP_MAX_MESSAGE 4096
#define KTAP_DOCUMENT	 0 /* stack[0]: the document itself, "main" */

enum state {
	STATE_HEADER, /* a version line was read: only the very next line
		       * may be its "# Subtest:" */
	STATE_PLAN,   /* the next line that is not a diagnostic may be it */
	STATE_SUBS,
	STATE_RESULT, /* subtests are done, its own result is due */
};

/* How a test stands while it is read: kunit_parser.py's TestStatus. */
enum standing {
	STANDING_CRASHED, /* at first, until something better is known */
	STANDING_PASSED,
	STANDING_FAILED,
	STANDING_SKIPPED,
	STANDING_NO_TESTS,
};

struct frame {
	struct ktap_test test;
	struct ktap_counts counts;
	enum state state;
	enum standing standing;
	bool parent;	      /* has a header: may have subtests */
	bool ended;	      /* its result line was read */
	bool broken;	      /* plan, number or result line is amiss */
	unsigned next;	      /* number of the subtest to come */
	unsigned number;      /* its own, as the parent counts */
	enum ktap_status sub; /* worst of its subtests */
};

struct ktap {
	struct frame stack[KTAP_MAX_DEPTH + 2]; /* + document, + a leaf */
	size_t depth;
	size_t indent; /* of the document's version line */
	struct frame root;
	struct buf diag; /* since the last line that meant something */
	size_t kept;	 /* tests in the tree */
	unsigned documents;
	unsigned suites; /* top-level results of documents that are over */
	/*
	 * kunit_parser.py, at the end of the input, looks at the last line
	 * once more; its name matters then.
	 */
	char last[KTAP_MAX_NAME];
	size_t last_len;
};

/* ktap-tree.c */

void ktap_add(unsigned *to, unsigned n); /* saturates */
unsigned ktap_total(const struct ktap_counts *n);
void ktap_add_counts(struct ktap_counts *to, const struct ktap_counts *n);
enum ktap_status ktap_worse(enum ktap_status a, enum ktap_status b);
void ktap_test_release(struct ktap_test *t);

struct frame *ktap_top(struct ktap *k);
struct frame *ktap_push(struct ktap *k, size_t line_no);
void ktap_pop(struct ktap *k);
/* Its subtests and its result are all there will be: count it. */
void ktap_settle(struct frame *f);
void ktap_keep(struct ktap *k, struct ktap_test *parent, struct ktap_test *t);

/* Something did not fit, or memory ran out: never to be taken for a pass. */
void ktap_cut(struct ktap *k);
char *ktap_copy(struct ktap *k, const char *s, size_t len);
void ktap_set_name(struct ktap *k, struct frame *f, const char *s, size_t len);
bool ktap_is_named(const struct frame *f, const char *s, size_t len);

/* ktap-step.c */

void ktap_check_version(struct frame *f, const struct ktap_token *t);
/* One step of the top frame; whether it used the token up. */
bool ktap_step(struct ktap *k, const struct ktap_token *t, size_t line_no);
/* The input ended: settle the top frame, which is not the document. */
void ktap_end_frame(struct ktap *k);
/* The same for the frame of a document, which stays. */
void ktap_end_subtests(struct frame *f);

#endif
