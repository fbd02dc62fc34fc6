/* SPDX-License-Identifier: GPL-2.0-or-later */
/* grade: outcomes, scores, and the checks that read the log and answers. */
#include "grade_fixture.h"
#include "checker/err.h"
#include "checker/rules.h"

#define KASAN "BUG: KASAN: slab-out-of-bounds in fill+0x1a/0x40 [wrap]"

static void kasan_splat(struct run *r)
{
	line(r, "==============================================");
	line(r, KASAN);
	line(r, "Write of size 1 at addr ffff888001234567 by task insmod/42");
	line(r, "Call Trace:");
	line(r, " fill+0x1a/0x40 [wrap]");
	line(r, "==============================================");
}

static void test_pass(void **state)
{
	struct run *r = *state;
	const struct verdict *v;

	step(r, PLAN_INSMOD, "insmod wrap.ko", 0);
	check(r, CHECK_JOB, "insmod wrap.ko", NULL);
	check(r, CHECK_LOG, NULL, "one", "two", NULL)->points = 3;
	check(r, CHECK_FINDINGS, NULL, NULL);
	begin(r, 0);
	line(r, "wrap: one");
	line(r, "noise");
	line(r, "wrap: two");
	end(r, 0);
	done(r);
	v = graded(r);
	assert_int_equal(v->outcome, OUTCOME_PASS);
	assert_null(v->reason);
	assert_int_equal(v->earned, 7);
	assert_int_equal(v->possible, 7);
	assert_int_equal(v->nchecks, 3);
	assert_string_equal(v->checks[0].id, "id");
	assert_string_equal(v->checks[0].title, "the title");
	assert_string_equal(v->checks[1].evidence, "wrap: one\nwrap: two");
	assert_check(v, 0, CHECK_PASSED, "it gave success");
}

static void test_log_order(void **state)
{
	struct run *r = *state;
	const struct verdict *v;

	check(r, CHECK_LOG, NULL, "second", "first", NULL);
	check(r, CHECK_LOG, NULL, "first", "first", NULL);
	check(r, CHECK_LOG, NULL, "legacy: open 3", NULL);
	check(r, CHECK_LOG, NULL, "zzz", NULL)->required = false;
	line(r, "first");
	line(r, "second");
	line(r, "legacy: open 4");
	done(r);
	v = graded(r);
	assert_int_equal(v->outcome, OUTCOME_FAIL);
	assert_check(v, 0, CHECK_FAILED,
		     "expected \"first\" after \"second\" "
		     "(line 2 of the log), but it stands "
		     "before that, in line 1");
	assert_string_equal(v->checks[0].evidence,
			    "first\nsecond\nlegacy: open 4");
	assert_check(v, 1, CHECK_FAILED, "before that");
	assert_check(v, 2, CHECK_FAILED, "the nearest is line 3");
	assert_has(v->checks[2].evidence, "legacy: open 4");
	assert_check(v, 3, CHECK_FAILED, "the log does not have it");
	assert_int_equal(v->earned, 0);
	assert_has(v->reason, "the title: expected \"first\"");
}

static void test_log_of_a_step(void **state)
{
	struct run *r = *state;
	const struct verdict *v;

	step(r, PLAN_INSMOD, "insmod a.ko", 0);
	step(r, PLAN_RMMOD, "rmmod a", 0);
	step(r, PLAN_RUN, "run t", 0)->how = STEP_NOT_RUN;
	check(r, CHECK_LOG, "rmmod a", "hello", NULL);
	check(r, CHECK_LOG, "insmod a.ko", "hello", NULL);
	check(r, CHECK_LOG, "run t", "hello", NULL);
	check(r, CHECK_LOG, NULL, NONCE, NULL);
	check(r, CHECK_ABSENT, "rmmod a", "hello", NULL);
	check(r, CHECK_ABSENT, NULL, "bye", "hello", NULL);
	logged(r, 0, "a: hello");
	logged(r, 1, "a: bye");
	done(r);
	v = graded(r);
	assert_check(v, 0, CHECK_FAILED, "the log of that step does not");
	assert_string_equal(v->checks[0].evidence, "a: bye");
	assert_check(v, 1, CHECK_PASSED, "hello");
	assert_check(v, 2, CHECK_NOT_RUN, "not reached");
	assert_check(v, 3, CHECK_FAILED, "does not have it");
	assert_check(v, 4, CHECK_PASSED, "");
	assert_check(v, 5, CHECK_FAILED,
		     "\"bye\" must not be in the log, and "
		     "is in line 5");
}

static struct check_spec *pattern(struct run *r, enum check_kind kind,
				  const char *what)
{
	struct check_spec *c = check(r, kind, NULL, what, NULL);

	c->patterns = 1;
	return c;
}

static void test_patterns(void **state)
{
	struct run *r = *state;
	const struct verdict *v;
	struct check_spec *c;

	pattern(r, CHECK_LOG, "^ring: (read|wrote) [0-9]+ bytes$");
	pattern(r, CHECK_LOG, "^ring: read [0-9]+$");
	pattern(r, CHECK_ABSENT, "wrote [0-9]");
	c = check(r, CHECK_LOG, NULL, "ring: begun", "[0-9]+ b", "wrote 1",
		  NULL);
	c->patterns = 2;
	line(r, "ring: begun");
	line(r, "ring: read 12 bytes");
	line(r, "ring: wrote 13 bytes");
	done(r);
	v = graded(r);
	assert_check(v, 0, CHECK_PASSED, "the log has the pattern \"^ring");
	assert_string_equal(v->checks[0].evidence, "ring: read 12 bytes");
	assert_check(v, 1, CHECK_FAILED,
		     "expected the pattern \"^ring: read [0-9]+$\", and the "
		     "log does not have it; the nearest is line 2");
	assert_check(v, 2, CHECK_FAILED,
		     "the pattern \"wrote [0-9]\" must not be in the log, and "
		     "is in line 3");
	assert_check(v, 3, CHECK_PASSED,
		     "\"ring: begun\", then the pattern \"[0-9]+ b\", then "
		     "\"wrote 1\"");
}

static void counting(struct run *r, const char *job, const char *what,
		     unsigned count)
{
	struct check_spec *c = check(r, CHECK_LOG, job, what, NULL);

	c->counted = true;
	c->count = count;
}

static void test_count(void **state)
{
	struct run *r = *state;
	const struct verdict *v;

	step(r, PLAN_INSMOD, "insmod a.ko", 0);
	step(r, PLAN_RMMOD, "rmmod a", 0);
	counting(r, NULL, "slot", 3);
	counting(r, NULL, "slot", 2);
	counting(r, "insmod a.ko", "slot", 2);
	counting(r, NULL, "bye", 0);
	counting(r, NULL, "slot", 0);
	counting(r, NULL, "slto", 1);
	counting(r, NULL, "s(lot|top)", 3);
	r->spec.checks[6].patterns = 1;
	begin(r, 0);
	line(r, "a: slot 1");
	line(r, "a: hello");
	line(r, "a: slot 2, slot 2");
	end(r, 0);
	logged(r, 1, "a: slot 3");
	done(r);
	v = graded(r);
	assert_check(v, 0, CHECK_PASSED, "3 lines of the log have \"slot\"");
	assert_string_equal(v->checks[0].evidence,
			    "a: slot 1\na: slot 2, slot 2\na: slot 3");
	assert_check(v, 1, CHECK_FAILED,
		     "3 lines of the log have \"slot\", and there should be "
		     "exactly 2");
	assert_check(v, 2, CHECK_PASSED, "2 lines of the log of that step");
	assert_check(v, 3, CHECK_PASSED, "0 lines of the log have \"bye\"");
	assert_check(v, 4, CHECK_FAILED, "and there should be 0");
	assert_check(v, 5, CHECK_FAILED,
		     "0 lines of the log have \"slto\", and there should be "
		     "exactly 1");
	assert_check(v, 6, CHECK_PASSED, "have the pattern \"s(lot|top)\"");
}

/* More may have come in what was not seen; too many are too many. */
static void test_count_of_a_part(void **state)
{
	struct run *r = *state;
	const struct verdict *v;

	counting(r, NULL, "slot", 2);
	counting(r, NULL, "slot", 1);
	line(r, "a: slot 1");
	line(r, "a: slot 2");
	r->ev.end = GUEST_LOST;
	v = graded(r);
	assert_check(v, 0, CHECK_NOT_RUN, "the log ended early");
	assert_check(v, 1, CHECK_FAILED, "exactly 1");
	assert_int_equal(v->outcome, OUTCOME_INCOMPLETE);
}

static struct diag report(const char *code, const char *file, unsigned line,
			  const char *message)
{
	return (struct diag){.level = DIAG_WARNING,
			     .tool = DIAG_RUSTC,
			     .code = (char *)code,
			     .file = (char *)file,
			     .line = line,
			     .message = (char *)message,
			     .text = (char *)message};
}

/* In the files to edit, so many, and perhaps in some of them alone. */
static void test_lint_counts(void **state)
{
	struct diag d[] = {
		report("unsafe_code", "a.rs", 3, "one"),
		report("unsafe_code", "./a.rs", 7, "two"),
		report("unsafe_code", "given.rs", 9, "three"),
		report("unsafe_code", "b.rs", 11, "four"),
		report("unsafe_code", NULL, 0, "five"),
	};
	struct run *r = *state;
	const struct verdict *v;

	r->ev.forced = d;
	r->ev.nforced = 5;
	strv_add(&r->spec.edit, "a.rs");
	strv_add(&r->spec.edit, "b.rs");
	check(r, CHECK_LINT, NULL, "unsafe_code", NULL);
	check(r, CHECK_LINT, NULL, "unsafe_code", NULL)->most = 2;
	check(r, CHECK_LINT, NULL, "unsafe_code", NULL)->most = 3;
	strv_add(&check(r, CHECK_LINT, NULL, "unsafe_code", NULL)->files,
		 "b.rs");
	check(r, CHECK_LINT, NULL, "unused_mut", NULL)->most = 1;
	done(r);
	v = graded(r);
	assert_check(v, 0, CHECK_FAILED,
		     "a.rs:3: one (unsafe_code), and 2 more");
	assert_string_equal(v->checks[0].evidence, "one\n\ntwo\n\nfour");
	assert_check(v, 1, CHECK_FAILED,
		     "3 reports of \"unsafe_code\", and at most 2 are "
		     "allowed: a.rs:3, ./a.rs:7, b.rs:11");
	assert_check(v, 2, CHECK_PASSED, "and at most 3 are allowed");
	assert_check(v, 3, CHECK_FAILED, "b.rs:11: four (unsafe_code)");
	assert_check(v, 4, CHECK_PASSED, "no report of \"unused_mut\"");
	r->ev.many_diags = true;
	v = graded(r);
	assert_check(v, 2, CHECK_FAILED, "more to report than is read");
	assert_check(v, 4, CHECK_FAILED, "more to report than is read");
}

static void test_forbid(void **state)
{
	struct diag d[] = {
		report("clippy::disallowed_methods", "a.rs", 3,
		       "use of a disallowed method `core::mem::forget`"),
		report("clippy::disallowed_types", "given.rs", 3,
		       "use of a disallowed type `kernel::sync::Arc`"),
		report("clippy::other", "a.rs", 3, "`core::mem::take`"),
	};
	struct run *r = *state;
	const struct verdict *v;

	r->ev.forced = d;
	r->ev.nforced = 3;
	strv_add(&r->spec.edit, "a.rs");
	check(r, CHECK_FORBID, NULL, "core::mem::swap", "core::mem::forget",
	      NULL);
	check(r, CHECK_FORBID, NULL, "core::mem", "kernel::sync::Arc",
	      "core::mem::take", NULL);
	done(r);
	v = graded(r);
	assert_check(v, 0, CHECK_FAILED,
		     "a.rs:3: use of a disallowed method `core::mem::forget`");
	assert_check(v, 1, CHECK_PASSED, "no use of \"core::mem\" or \"ker");
}

/* What was found out elsewhere is taken over; nothing is no pass. */
static void test_rules(void **state)
{
	struct rule rules[3] = {{.looked = true, .holds = true},
				{.looked = true}};
	struct run *r = *state;
	const struct verdict *v;

	for (int i = 0; i < 3; i++) {
		struct check_spec *c = check(r, CHECK_SIZE, NULL, NULL);

		c->file = strdup("a.ko");
		c->part = strdup("text");
	}
	buf_adds(&rules[0].message, "small");
	buf_adds(&rules[1].message, "large");
	done(r);
	v = graded(r);
	assert_check(v, 0, CHECK_NOT_RUN, "nobody has looked");
	r->ev.rules = rules;
	v = graded(r);
	assert_check(v, 0, CHECK_PASSED, "small");
	assert_check(v, 1, CHECK_FAILED, "large");
	assert_check(v, 2, CHECK_NOT_RUN, "nobody has looked");
	buf_release(&rules[0].message);
	buf_release(&rules[1].message);
}

static void needing(struct run *r, const char *id, const char *title,
		    const char *what, const char *needs)
{
	struct check_spec *c = check(r, CHECK_LOG, NULL, what, NULL);

	free(c->id);
	free(c->title);
	c->id = strdup(id);
	c->title = strdup(title);
	if (needs)
		strv_add(&c->needs, needs);
}

static void test_needs(void **state)
{
	struct run *r = *state;
	const struct verdict *v;

	needing(r, "loads", "it loads", "loaded", NULL);
	needing(r, "opens", "it opens", "begun", "loads");
	needing(r, "reads", "it reads", "begun", "opens");
	needing(r, "other", "it says so", "begun", NULL);
	needing(r, "more", "it goes on", "begun", "other");
	line(r, "begun");
	done(r);
	v = graded(r);
	assert_int_equal(v->outcome, OUTCOME_FAIL);
	assert_has(v->reason, "it loads: expected \"loaded\"");
	assert_int_equal(v->checks[0].result, CHECK_FAILED);
	assert_check(v, 1, CHECK_NOT_RUN, "needs \"it loads\" first");
	/* The one where it began. */
	assert_check(v, 2, CHECK_NOT_RUN, "needs \"it loads\" first");
	assert_check(v, 3, CHECK_PASSED, "begun");
	assert_check(v, 4, CHECK_PASSED, "begun");
	assert_int_equal(v->earned, 4);
}

/* What it needs comes later: an order that cannot be. */
static void test_needs_a_later_one(void **state)
{
	struct run *r = *state;
	const struct verdict *v;

	needing(r, "reads", "it reads", "begun", "loads");
	needing(r, "loads", "it loads", "begun", NULL);
	line(r, "begun");
	done(r);
	v = graded(r);
	assert_int_equal(v->outcome, OUTCOME_LESSON_FAULT);
	assert_has(v->reason, "\"reads\" of the lesson is wrong: it needs a "
			      "check that does not come before it");
}

static void test_job_answers(void **state)
{
	struct run *r = *state;
	const struct verdict *v;

	step(r, PLAN_INSMOD, "a", -EINVAL);
	step(r, PLAN_INSMOD, "b", 0)->result = -ENOENT;
	step(r, PLAN_INSMOD, "c", -EINVAL)->result = 0;
	step(r, PLAN_RUN, "d", 0)->result = 3;
	step(r, PLAN_RUN, "e", 0)->how = STEP_SIGNALED;
	r->steps[4].result = 11;
	buf_adds(&r->steps[3].output, "1\n2\n");
	for (int i = 0; i < 5; i++) {
		static const char *const labels[] = {"a", "b", "c", "d", "e"};

		check(r, CHECK_JOB, labels[i], NULL);
		logged(r, i, labels[i]);
	}
	check(r, CHECK_JOB, NULL, NULL);
	done(r);
	v = graded(r);
	assert_check(v, 0, CHECK_PASSED, "EINVAL (Invalid argument)");
	assert_check(v, 1, CHECK_FAILED,
		     "b: expected success, but it gave ENOENT (No such file "
		     "or directory)");
	assert_string_equal(v->checks[1].evidence, "b");
	assert_check(v, 2, CHECK_FAILED,
		     "expected EINVAL (Invalid argument), "
		     "but it gave success");
	assert_check(v, 3, CHECK_FAILED,
		     "expected exit status 0, but it gave "
		     "exit status 3");
	assert_string_equal(v->checks[3].evidence, "1\n2");
	assert_check(v, 4, CHECK_FAILED, "it was killed by SIGSEGV");
	assert_check(v, 5, CHECK_FAILED, "b: expected success");
	assert_int_equal(v->outcome, OUTCOME_FAIL);
}

static void test_output(void **state)
{
	struct run *r = *state;
	const struct verdict *v;

	step(r, PLAN_RUN, "t", 0);
	step(r, PLAN_READ, "u", 0);
	check(r, CHECK_OUTPUT, "t", "a", "b", NULL);
	check(r, CHECK_OUTPUT, "t", "b", "a", NULL);
	check(r, CHECK_OUTPUT, NULL, "b", "c", NULL);
	check(r, CHECK_OUTPUT, "u", "b", NULL)->required = false;
	buf_adds(&r->steps[0].output, "a\nb");
	buf_adds(&r->steps[1].output, "c\xff");
	done(r);
	v = graded(r);
	assert_check(v, 0, CHECK_PASSED, "the output has \"a\", then \"b\"");
	assert_check(v, 1, CHECK_FAILED, "in line 1 of the output");
	assert_check(v, 2, CHECK_PASSED, "");
	assert_check(v, 3, CHECK_FAILED, "the output does not have it");
	assert_string_equal(v->checks[3].evidence, "c\xef\xbf\xbd");
}

static void test_lint(void **state)
{
	struct diag d[] = {
		{.level = DIAG_NOTE,
		 .tool = DIAG_RUSTC,
		 .code = (char *)"unused_mut",
		 .message = (char *)"note",
		 .text = (char *)"note"},
		{.level = DIAG_WARNING,
		 .tool = DIAG_RUSTC,
		 .code = (char *)"clippy::no_effect",
		 .file = (char *)"x.rs",
		 .line = 7,
		 .message = (char *)"no effect",
		 .text = (char *)"the whole"},
		{.level = DIAG_WARNING,
		 .tool = DIAG_CLANG,
		 .code = (char *)"-Wunused-variable",
		 .file = (char *)"x.c",
		 .message = (char *)"unused",
		 .text = (char *)"text"},
	};
	struct run *r = *state;
	const struct verdict *v;

	r->ev.diags = d;
	r->ev.ndiags = 3;
	strv_add(&r->spec.edit, "x.rs");
	strv_add(&r->spec.edit, "x.c");
	check(r, CHECK_LINT, NULL, "clippy::no-effect", NULL);
	check(r, CHECK_LINT, NULL, "unused_mut", NULL);
	check(r, CHECK_LINT, NULL, "*", NULL);
	done(r);
	v = graded(r);
	assert_check(v, 0, CHECK_FAILED,
		     "x.rs:7: no effect (clippy::no_effect)");
	assert_string_equal(v->checks[0].evidence, "the whole");
	assert_check(v, 1, CHECK_PASSED, "unused_mut");
	assert_check(v, 2, CHECK_FAILED, "and 1 more");
	assert_int_equal(v->earned, 2);
}

static void test_crash(void **state)
{
	struct run *r = *state;
	const struct verdict *v;

	step(r, PLAN_INSMOD, "insmod wrap.ko", 0);
	check(r, CHECK_FINDINGS, NULL, NULL);
	check(r, CHECK_JOB, "insmod wrap.ko", NULL);
	begin(r, 0);
	kasan_splat(r);
	end(r, 0);
	done(r);
	v = graded(r);
	assert_int_equal(v->outcome, OUTCOME_CRASH);
	assert_has(v->reason, "the kernel reported: BUG: KASAN: slab-out");
	assert_check(v, 0, CHECK_FAILED, "slab-out-of-bounds");
	assert_has(v->checks[0].evidence, "Write of size 1");
	assert_int_equal(v->earned, 2);
	assert_int_equal(v->nfindings, 1);
	assert_int_equal(v->findings[0].kind, FINDING_KASAN);
	assert_has(v->findings[0].explain, "past the end");
}

static void test_allowed_finding(void **state)
{
	struct run *r = *state;
	const struct verdict *v;

	check(r, CHECK_FINDINGS, NULL, "kasan", NULL);
	kasan_splat(r);
	done(r);
	v = graded(r);
	assert_int_equal(v->outcome, OUTCOME_PASS);
	assert_int_equal(v->nfindings, 1);
}

static void test_finding_without_a_check(void **state)
{
	struct run *r = *state;
	struct finding leak = {.kind = FINDING_LEAK,
			       .title = (char *)"leak",
			       .file = (char *)"x.rs",
			       .line = 4};

	r->ev.leaks = &leak;
	r->ev.nleaks = 1;
	done(r);
	assert_int_equal(graded(r)->outcome, OUTCOME_CRASH);
	assert_has(r->v.reason, "leak (x.rs:4)");
	assert_non_null(r->v.findings[0].explain);
	check(r, CHECK_FINDINGS, NULL, "none", NULL);
	assert_int_equal(graded(r)->outcome, OUTCOME_CRASH);
	assert_int_equal(r->v.nfindings, 1);
}

static void nmi_panic(struct run *r)
{
	line(r, "Uhhuh. NMI received for unknown reason 30 on CPU 0.");
	line(r, "Kernel panic - not syncing: NMI: Not continuing");
	line(r, "CPU: 0 UID: 0 PID: 42 Comm: insmod Not tainted 7.3.4 #1");
	line(r, "RIP: 0010:spin_init+0x12/0x40 [wrap]");
	line(r, "---[ end Kernel panic - not syncing: NMI: Not continuing ]"
		"---");
}

static void test_timeout_by_nmi(void **state)
{
	struct run *r = *state;
	const struct verdict *v;

	step(r, PLAN_INSMOD, "insmod wrap.ko", 0)->how = STEP_LOST;
	step(r, PLAN_RMMOD, "rmmod wrap", 0)->how = STEP_NOT_RUN;
	check(r, CHECK_FINDINGS, NULL, NULL);
	check(r, CHECK_JOB, "insmod wrap.ko", NULL);
	begin(r, 0);
	line(r, "wrap: spinning");
	nmi_panic(r);
	r->ev.end = GUEST_OVERDUE;
	r->ev.stuck = (char *)"it loops in spin_init (wrap.c:4)";
	v = graded(r);
	assert_int_equal(v->outcome, OUTCOME_TIMEOUT);
	assert_int_equal(v->nfindings, 0);
	assert_has(v->reason, "insmod wrap.ko");
	assert_has(v->reason, "; it loops in spin_init (wrap.c:4)");
	assert_int_equal(grade_caught(&r->ev)->kind, FINDING_PANIC);
	assert_check(v, 0, CHECK_NOT_RUN, "cannot be told");
	/* What it had printed, and not our dump of registers. */
	assert_check(v, 1, CHECK_FAILED, "never answered");
	assert_string_equal(v->checks[1].evidence, "wrap: spinning");
	assert_int_equal(v->earned, 0);

	/* The same panic, not of our making. */
	r->ev.end = GUEST_RESET;
	assert_null(grade_caught(&r->ev));
	assert_int_equal(graded(r)->outcome, OUTCOME_CRASH);
}

/* A splat before the deadline says more than that time ran out. */
static void test_crash_before_deadline(void **state)
{
	struct run *r = *state;

	step(r, PLAN_INSMOD, "insmod wrap.ko", 0)->how = STEP_LOST;
	begin(r, 0);
	kasan_splat(r);
	nmi_panic(r);
	r->ev.end = GUEST_OVERDUE;
	assert_int_equal(graded(r)->outcome, OUTCOME_CRASH);
	assert_int_equal(r->v.nfindings, 1);
	assert_int_equal(r->v.findings[0].kind, FINDING_KASAN);
}

static void test_step_overdue(void **state)
{
	struct run *r = *state;
	const struct verdict *v;

	step(r, PLAN_INSMOD, "insmod wrap.ko", 0)->how = STEP_OVERDUE;
	step(r, PLAN_RMMOD, "rmmod wrap", 0);
	r->steps[0].guest_us = 5000000;
	buf_adds(&r->steps[0].output, "[<0>] msleep+0x2b/0x40");
	check(r, CHECK_JOB, "insmod wrap.ko", NULL);
	logged(r, 0, "x");
	begin(r, 1);
	kasan_splat(r);
	end(r, 1);
	done(r);
	v = graded(r);
	assert_int_equal(v->outcome, OUTCOME_TIMEOUT);
	assert_has(v->reason, "insmod wrap.ko: it was not done after 5.0 s");
	assert_check(v, 0, CHECK_FAILED, "expected success, but it was not");
	assert_has(v->checks[0].evidence, "msleep");
	assert_int_equal(v->nfindings, 1);

	/* In the overdue step itself it is a crash. */
	buf_clear(&r->log);
	begin(r, 0);
	kasan_splat(r);
	end(r, 0);
	logged(r, 1, "y");
	done(r);
	assert_int_equal(graded(r)->outcome, OUTCOME_CRASH);
}

static void test_incomplete(void **state)
{
	static const struct {
		enum guest_end end;
		const char *says;
	} ends[] = {
		{GUEST_RESET, "rebooted"},
		{GUEST_FLOODED, "the log grew"},
		{GUEST_LOST, "fell silent"},
		{GUEST_FINISHED, "no answer"},
	};
	struct run *r = *state;

	step(r, PLAN_INSMOD, "insmod wrap.ko", 0)->how = STEP_LOST;
	check(r, CHECK_LOG, NULL, "hi", NULL);
	check(r, CHECK_ABSENT, NULL, "bad", NULL);
	begin(r, 0);
	line(r, "hi");
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		r->ev.end = ends[i].end;
		assert_int_equal(graded(r)->outcome, OUTCOME_INCOMPLETE);
		assert_has(r->v.reason, ends[i].says);
		assert_has(r->v.reason, "during \"insmod wrap.ko\"");
		assert_int_equal(r->v.earned, 2);
		assert_check(&r->v, 1, CHECK_NOT_RUN, "ended early");
	}
}

static void test_log_without_its_end(void **state)
{
	struct run *r = *state;

	step(r, PLAN_INSMOD, "insmod wrap.ko", 0);
	check(r, CHECK_FINDINGS, NULL, NULL);
	logged(r, 0, "kiln: fedcba9876543210 done");
	assert_int_equal(graded(r)->outcome, OUTCOME_INCOMPLETE);
	assert_has(r->v.reason, "the log ends before the run");
	assert_int_equal(r->v.checks[0].result, CHECK_NOT_RUN);
}

/* A step that no check asks about, and that was not what it should be. */
static void test_uncovered_steps(void **state)
{
	struct run *r = *state;

	step(r, PLAN_RUN, "run t", 0)->how = STEP_SIGNALED;
	r->steps[0].result = 9;
	done(r);
	assert_int_equal(graded(r)->outcome, OUTCOME_FAIL);
	assert_has(r->v.reason, "run t: it was killed by SIGKILL");
	r->steps[0].how = STEP_NOT_RUN;
	assert_int_equal(graded(r)->outcome, OUTCOME_INCOMPLETE);
}

static void test_points_only(void **state)
{
	struct run *r = *state;

	check(r, CHECK_LOG, NULL, "bonus", NULL)->required = false;
	done(r);
	assert_int_equal(graded(r)->outcome, OUTCOME_PASS);
	assert_int_equal(r->v.earned, 0);
	assert_int_equal(r->v.possible, 2);
}

static void test_lesson_fault(void **state)
{
	struct run *r = *state;
	struct check_spec *c = check(r, CHECK_LOG, "no such step", "x", NULL);

	done(r);
	assert_int_equal(graded(r)->outcome, OUTCOME_LESSON_FAULT);
	assert_has(r->v.reason, "a step that the plan does not have");
	assert_int_equal(r->v.checks[0].result, CHECK_NOT_RUN);
	free(c->job);
	c->job = NULL;
	c->kind = CHECK_FINDINGS;
	assert_int_equal(graded(r)->outcome, OUTCOME_LESSON_FAULT);
	c->kind = CHECK_KTAP;
	assert_int_equal(graded(r)->outcome, OUTCOME_LESSON_FAULT);
	strv_release(&c->lines);
	c->kind = CHECK_ABSENT;
	assert_int_equal(graded(r)->outcome, OUTCOME_LESSON_FAULT);
}

static void test_nothing(void **state)
{
	struct run *r = *state;

	check(r, CHECK_LOG, NULL, "x", NULL);
	check(r, CHECK_JOB, NULL, NULL)->points = 5;
	r->v.outcome = OUTCOME_BUILD_FAILED;
	assert_int_equal(grade_nothing(&r->v, &r->spec, NULL), 0);
	assert_int_equal(r->v.outcome, OUTCOME_BUILD_FAILED);
	assert_int_equal(r->v.possible, 7);
	assert_int_equal(r->v.earned, 0);
	assert_int_equal(r->v.nchecks, 2);
	assert_int_equal(r->v.checks[1].result, CHECK_NOT_RUN);
	assert_int_equal(r->v.checks[1].points, 5);
}

/* What another build has answered counts as any check does. */
static void test_variants(void **state)
{
	struct run *r = *state;
	struct variant_result came[] = {
		{.result = CHECK_PASSED},
		{.message = (char *)"rejected", .evidence = (char *)"E0308"},
		{.result = CHECK_FAILED, .message = (char *)"it builds"},
	};

	step(r, PLAN_INSMOD, "insmod a", 0);
	logged(r, 0, "hello");
	done(r);
	check(r, CHECK_LOG, NULL, "hello", NULL);
	check(r, CHECK_VARIANT, NULL, NULL)->variant.name = strdup("wide");
	check(r, CHECK_VARIANT, NULL, NULL)->variant.name = strdup("long");
	graded(r);
	assert_int_equal(r->v.outcome, OUTCOME_FAIL);
	assert_check(&r->v, 1, CHECK_NOT_RUN, "not tried");
	r->ev.variants = came;
	graded(r);
	assert_int_equal(r->v.outcome, OUTCOME_FAIL);
	assert_check(&r->v, 1, CHECK_PASSED, "rejected");
	assert_string_equal(r->v.checks[1].evidence, "E0308");
	assert_check(&r->v, 2, CHECK_FAILED, "it builds");
	assert_has(r->v.reason, "it builds");
	came[2].result = CHECK_PASSED;
	graded(r);
	assert_int_equal(r->v.outcome, OUTCOME_PASS);
	free(r->spec.checks[2].variant.name);
	r->spec.checks[2].variant.name = NULL;
	graded(r);
	assert_int_equal(r->v.outcome, OUTCOME_LESSON_FAULT);
}

/* What the stage has found fails those that it is about, by name. */
static void test_abi(void **state)
{
	struct run *r = *state;
	struct diag found[] = {
		{.message = (char *)"c_read: C returns int",
		 .text = (char *)"error: c_read"},
		{.message = (char *)"struct ring: field n",
		 .text = (char *)"error: ring"},
	};
	struct err e = ERR_INIT;

	step(r, PLAN_INSMOD, "insmod a", 0);
	check(r, CHECK_ABI, NULL, "c_write", "struct ring", NULL);
	check(r, CHECK_ABI, NULL, "c_rea", "struct rin", NULL);
	check(r, CHECK_ABI, NULL, "all", NULL);
	check(r, CHECK_LOG, NULL, "hello", NULL);
	assert_int_equal(grade_nothing(&r->v, &r->spec, &e), 0);
	assert_int_equal(grade_abi(&r->v, &r->spec, found, 2, &e), 0);
	assert_check(&r->v, 0, CHECK_FAILED, "struct ring: field n");
	assert_string_equal(r->v.checks[0].evidence, "error: ring");
	assert_int_equal(r->v.checks[1].result, CHECK_NOT_RUN);
	assert_check(&r->v, 2, CHECK_FAILED, "c_read: C returns int");
	assert_int_equal(r->v.checks[3].result, CHECK_NOT_RUN);
	/* Who gets as far as the log agrees. */
	logged(r, 0, "hello");
	done(r);
	graded(r);
	assert_int_equal(r->v.outcome, OUTCOME_PASS);
	assert_check(&r->v, 0, CHECK_PASSED, "about c_write and struct ring");
	assert_check(&r->v, 2, CHECK_PASSED, "all that crosses");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, run_setup, run_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_pass),
		TEST(test_log_order),
		TEST(test_log_of_a_step),
		TEST(test_patterns),
		TEST(test_count),
		TEST(test_count_of_a_part),
		TEST(test_lint_counts),
		TEST(test_forbid),
		TEST(test_rules),
		TEST(test_needs),
		TEST(test_abi),
		TEST(test_needs_a_later_one),
		TEST(test_job_answers),
		TEST(test_output),
		TEST(test_lint),
		TEST(test_crash),
		TEST(test_allowed_finding),
		TEST(test_finding_without_a_check),
		TEST(test_timeout_by_nmi),
		TEST(test_crash_before_deadline),
		TEST(test_step_overdue),
		TEST(test_incomplete),
		TEST(test_log_without_its_end),
		TEST(test_uncovered_steps),
		TEST(test_points_only),
		TEST(test_lesson_fault),
		TEST(test_nothing),
		TEST(test_variants),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
