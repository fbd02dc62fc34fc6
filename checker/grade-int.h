/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * grade-int: what the files of grade share; not for others.
 */
#ifndef CHECKER_GRADE_INT_H
#define CHECKER_GRADE_INT_H

#include "buf.h"
#include "grade.h"

struct needle;

struct grading {
	struct verdict *v;
	const struct evidence *ev;
	/* The log from which lines on are of our own making; SIZE_MAX: none */
	size_t nmi_line;
	/* Findings from this line on came after a step's deadline. */
	size_t late_line;
	bool whole; /* the log goes to the end of the run */
	bool oom;
};

/* What came of one check, while it is put together. */
struct answer {
	enum check_result result;
	struct buf message;
	struct buf evidence;
};

/*
 * Lines to look for something in: those of the log, of one step in it, or
 * of the output of programs.
 */
struct source {
	const struct klog *log; /* NULL: .text */
	int step;		/* of the log; -1: all */
	const char *name;	/* "the log" */
	struct buf text;
	struct source_line {
		const char *text;
		size_t len, number;
	} *v; /* of .text */
	size_t n;
};

/* grade-lines.c */

/* The log, or with @step >= 0 a step of it. */
void source_log(struct source *s, const struct grading *g, int step);
/* The output of the step, or with -1 of all. -1: out of memory. */
int source_output(struct source *s, const struct grading *g, int step);
void source_release(struct source *s);
/* Line @i; false if it is not one of those to look at. */
bool source_get(const struct source *s, size_t i, struct source_line *l);
/* The first line from @from on that holds @what; .n if there is none. */
size_t source_find(const struct source *s, size_t from, const char *what);
/* Likewise, that holds what is looked for. */
size_t source_seek(const struct source *s, size_t from, struct needle *n);
/* Add at most @before and @after lines around line @at. */
void source_show(struct buf *out, const struct source *s, size_t at,
		 size_t before, size_t after);
/* Add at most @most of the last lines. */
void source_tail(struct buf *out, const struct source *s, size_t most);
/* The index of the log's line with this number, or of the next one kept. */
size_t log_index(const struct klog *log, size_t number);
/* Add lines @first to @last, by number, but at most @most of them. */
void log_show(struct buf *out, const struct klog *log, size_t first,
	      size_t last, size_t most);

/* grade-needs.c */

/* What is wrong with what the check needs, or NULL. */
const char *needs_fault(const struct spec *spec, const struct check_spec *c);
/*
 * Is there a check that it needs and that does not hold? Then it is not run,
 * and the message names the one where that began.
 */
bool needs_unmet(struct answer *a, const struct grading *g,
		 const struct check_spec *c);

/* grade-checks.c: what each kind of check does. */

/* What is wrong with the check itself, or NULL. */
const char *check_fault(const struct spec *spec, const struct check_spec *c);
void check_log(struct answer *a, struct grading *g, const struct check_spec *c);
void check_absent(struct answer *a, struct grading *g,
		  const struct check_spec *c);
void check_output(struct answer *a, struct grading *g,
		  const struct check_spec *c);
void check_findings(struct answer *a, struct grading *g,
		    const struct check_spec *c);
/* Nothing can be said to be absent from what was not seen to its end. */
bool seen_whole(struct answer *a, const struct grading *g, int step);
/* Line @i of the check as messages name it. */
void line_name(struct buf *b, const struct check_spec *c, size_t i);
/* The line that comes nearest to it; .n if none does. */
size_t line_nearest(const struct source *s, const struct check_spec *c,
		    size_t i);
/* Looking for it has taken so long that it was ended. */
void line_give_up(struct answer *a, const struct check_spec *c, size_t i);

/* grade-abi.c */
void check_abi(struct answer *a, struct grading *g, const struct check_spec *c);
/* grade-variant.c */
void check_variant(struct answer *a, struct grading *g,
		   const struct check_spec *c);
/* Does any check of the lesson? */
bool is_allowed(const struct grading *g, const struct finding *f);
bool allows_finding(const struct check_spec *c, enum finding_kind k);

/* grade-lints.c: CHECK_LINT and CHECK_FORBID */
void check_lint(struct answer *a, struct grading *g,
		const struct check_spec *c);

/* grade-rules.c: CHECK_SIZE and CHECK_SOURCE */
void check_rule(struct answer *a, struct grading *g,
		const struct check_spec *c);

/* grade-count.c: of CHECK_LOG, when it has a .count. */
void check_count(struct answer *a, const struct grading *g,
		 const struct source *s, const struct check_spec *c);

/* grade-job.c */
void check_job(struct answer *a, struct grading *g, const struct check_spec *c);
/*
 * Show the beginning of the first report that the kernel made in a step (its
 * end is registers); false when there was none.
 */
bool show_report(struct answer *a, const struct grading *g, size_t step);

/* grade-tests.c */
void check_ktap(struct answer *a, struct grading *g,
		const struct check_spec *c);
void check_tap(struct answer *a, struct grading *g, const struct check_spec *c);

/* grade-forged.c: add a finding for results that KUnit does not know. */
void find_forged(struct grading *g);

/* grade-findings.c */
void add_finding(struct grading *g, const struct finding *f);
void gather_findings(struct grading *g);
/* ` (wrap.c:12)` for a finding that has a place, else nothing. */
void add_place(struct buf *b, const struct finding *f);

/* grade-steps.c */

/* The index of the step with this label, or -1. */
int step_index(const struct spec *spec, const char *label);
/* Does the step load the module that the suite is in, or run it again? */
bool step_runs_tests(const struct spec *spec, int step,
		     const struct suite_home *home);
bool step_as_expected(const struct grading *g, size_t step);
/* "it gave EINVAL (Invalid argument)", "it was killed by SIGSEGV", … */
void step_tell(struct buf *b, const struct grading *g, size_t step);
/*
 * " in round 3 of 50" or the like, for what came in that line of the log, if
 * it came in a step of many rounds.
 */
void step_tell_round(struct buf *b, const struct grading *g, size_t line);
/* "success", "ENOENT (…)", "exit status 1" */
void step_tell_expected(struct buf *b, const struct plan_step *p);

#endif
