/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * grade: from what was seen to a verdict. Pure: no files, no guest.
 *
 * What a module prints is evidence, never authority: step results come from
 * the agent, KUnit results from debugfs, and both are held against the log.
 * A KTAP result line in the log of a suite that the kernel's KUnit does not
 * know, or that contradicts what it knows, becomes a finding of kind
 * "forged". Nothing unknown ever becomes a pass.
 */
#ifndef CHECKER_GRADE_H
#define CHECKER_GRADE_H

#include "klog.h"
#include "spec.h"
#include "verdict.h"

struct err;

enum step_how {
	STEP_NOT_RUN,
	STEP_DONE,     /* .result holds */
	STEP_SIGNALED, /* the process that did it was killed (an oops does) */
	STEP_OVERDUE,  /* ran out of guest time; .output ends in kernel stacks */
	STEP_LOST,     /* begun, and the guest never answered */
};

struct step_result {
	enum step_how how;
	int result; /* 0 or -errno; exit status of a program; signal */
	struct buf output; /* of a program, or what a file read gave */
	uint64_t guest_us;
	struct unwind *unwind; /* of PLAN_SOAK and PLAN_FAILSLAB, or NULL */
};

/* Why the guest came to an end. */
enum guest_end {
	GUEST_FINISHED, /* the agent said that it was done */
	GUEST_RESET,	/* it rebooted, shut down or triple-faulted */
	GUEST_OVERDUE,	/* ended by us: budget of guest or CPU time spent */
	GUEST_FLOODED,	/* ended by us: the log outgrew its cap */
	GUEST_LOST,	/* QEMU died, or the agent fell silent */
};

struct kunit_result {
	char *suite; /* its folder in /sys/kernel/debug/kunit */
	char *text;  /* its `results` file, KTAP */
};

/* A suite of the instructor's, and the test module, x.ko, that it is in. */
struct suite_home {
	char *suite;
	char *module;
};

/* What the host saw of the guest's kernel, from outside (witness.h). */
struct seen {
	char changed[80]; /* the code or variable that was written to, or "" */
	bool locks_off;	  /* lockdep has ended its work */
	bool kasan_off;	  /* KASAN has reported, and reports no more */
	unsigned long taints; /* new since the boot, as bits */
};

/* What came of a CHECK_VARIANT (check-variants.c). */
struct variant_result {
	enum check_result result;
	char *message;
	char *evidence; /* or NULL */
};

struct evidence {
	const struct spec *spec;
	const struct klog *log;		 /* after klog_finish() */
	const struct step_result *steps; /* spec->nplan of them */
	const struct kunit_result *kunit;
	size_t nkunit;
	const struct suite_home *homes;
	size_t nhomes;
	struct seen seen;
	bool surplus; /* answers came that nobody had asked the agent for */
	const struct diag *diags; /* of the build, for CHECK_LINT */
	size_t ndiags;
	const struct diag *forced; /* likewise, what lints.h forced */
	size_t nforced;
	struct rule *rules; /* one of each check, or NULL (rules.h) */
	bool many_diags; /* more than could be read */
	enum guest_end end;
	const struct finding *leaks; /* found by PLAN_LEAKS, not in the log */
	size_t nleaks;
	/* One for each check, of those of other kinds empty; NULL: none yet */
	const struct variant_result *variants;
	char *stuck; /* "it loops in ring_wait (ring.c:44)", or NULL */
};

/*
 * Of a guest that was ended at its deadline: what our NMI made the kernel
 * report, or NULL.
 */
const struct finding *grade_caught(const struct evidence *ev);

/*
 * Fill outcome, reason, score, checks and findings of @v; all else in it is
 * left alone. -1 only when out of memory.
 *
 * The order of outcomes, first that applies: lesson-fault (a check that asks
 * for what the plan does not have), crash (a finding that no CHECK_FINDINGS
 * allows, reported before any deadline of ours), timeout (GUEST_OVERDUE or a
 * step overdue), incomplete (GUEST_LOST, GUEST_RESET, GUEST_FLOODED, a step
 * that began without an end, or a log without the run's end marker), fail (a
 * required check did not pass, a program was killed or ended otherwise than
 * it should, or a result was forged: that is a finding, but nothing crashed),
 * pass.
 *
 * What our own NMI at the deadline made the kernel report is no finding; what
 * it caught is told as .stuck, with the step that did not end. A check that
 * something is absent (CHECK_ABSENT, CHECK_FINDINGS) is not run when the log
 * is not whole, and none is of whose .needs one did not hold. Of a guest that
 * did not finish, no result is called forged, for KUnit's own could not be
 * read.
 *
 * KUnit's results leave debugfs with their module, so they have to be
 * collected before it is removed; the same suite may be given more than
 * once. Each PLAN_INSMOD or other step may show a suite once.
 */
int grade(struct verdict *v, const struct evidence *ev, struct err *e);

/*
 * For a check that ended before a guest ran (a failed build): list every
 * check as not run, score 0.
 */
int grade_nothing(struct verdict *v, const struct spec *spec, struct err *e);

/*
 * For a check that ended because C and Rust disagree, after grade_nothing():
 * each CHECK_ABI that one of the @n reports is about has failed.
 */
int grade_abi(struct verdict *v, const struct spec *spec,
	      const struct diag *found, size_t n, struct err *e);

/* For a run without checks: all that its log reports, as findings of @v. */
int grade_findings(struct verdict *v, const struct klog *log, struct err *e);

#endif
