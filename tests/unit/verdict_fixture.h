/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Verdicts put together: one of every outcome, and some with texts that try
 * to break out of the format they are written in.
 */
#ifndef TESTS_UNIT_VERDICT_FIXTURE_H
#define TESTS_UNIT_VERDICT_FIXTURE_H

#include "checker/verdict.h"

#include <stdlib.h>
#include <string.h>

#define ALL_BYTES_LEN 255

static inline char *dup_text(const char *s)
{
	return s ? strdup(s) : NULL;
}

/* Every byte but NUL, and so every control character and broken UTF-8. */
static inline char *all_bytes(void)
{
	char *s = malloc(ALL_BYTES_LEN + 1);

	for (int i = 0; i < ALL_BYTES_LEN; i++)
		s[i] = (char)(i + 1);
	s[ALL_BYTES_LEN] = '\0';
	return s;
}

static inline char *long_text(size_t n)
{
	char *s = malloc(n + 1);

	for (size_t i = 0; i < n; i++)
		s[i] = i % 80 == 79 ? '\n' : 'x';
	s[n] = '\0';
	return s;
}

static inline void add_check(struct verdict *v, const char *id,
			     const char *title, enum check_result result,
			     unsigned points, const char *message,
			     const char *evidence)
{
	v->checks = reallocarray(v->checks, v->nchecks + 1, sizeof(*v->checks));
	v->checks[v->nchecks++] = (struct verdict_check){
		.id = dup_text(id),
		.title = dup_text(title),
		.result = result,
		.points = points,
		.message = dup_text(message),
		.evidence = dup_text(evidence),
	};
	v->possible += points;
	v->earned += result == CHECK_PASSED ? points : 0;
}

static inline void add_finding(struct verdict *v, enum finding_kind kind,
			       const char *title, const char *file,
			       unsigned line, const char *explain)
{
	v->findings = reallocarray(v->findings, v->nfindings + 1,
				   sizeof(*v->findings));
	v->findings[v->nfindings++] = (struct finding){
		.kind = kind,
		.title = dup_text(title),
		.file = dup_text(file),
		.line = line,
		.symbol = dup_text("store_read+0x1a/0x40 [store]"),
		.explain = dup_text(explain),
	};
}

static inline void add_diag(struct verdict *v, enum diag_level level,
			    const char *code, const char *message)
{
	v->diags = reallocarray(v->diags, v->ndiags + 1, sizeof(*v->diags));
	v->diags[v->ndiags++] = (struct diag){
		.level = level,
		.tool = DIAG_RUSTC,
		.code = dup_text(code),
		.file = dup_text("wrap_rs.rs"),
		.line = 12,
		.col = 5,
		.message = dup_text(message),
		.text = dup_text(message),
	};
}

static inline void begin(struct verdict *v, enum outcome o, const char *reason)
{
	*v = (struct verdict){
		.outcome = o,
		.lesson = strdup("1.2"),
		.reason = dup_text(reason),
		.kernel = strdup("7.3.4"),
		.seed = 939312038909108,
	};
	v->tiers[TIER_STAGE].result = TIER_OK;
	v->tiers[TIER_STAGE].ms = 9;
	v->tiers[TIER_BUILD].result = TIER_OK;
	v->tiers[TIER_BUILD].ms = 1649;
}

static inline void ran(struct verdict *v)
{
	v->booted = v->warm = true;
	v->tiers[TIER_BOOT].result = TIER_OK;
	v->tiers[TIER_BOOT].ms = 793;
	v->tiers[TIER_GRADE].result = TIER_OK;
	v->log = strdup("/home/ada/.local/state/kiln/logs/1.2.log");
	v->run_output = strdup("--- run probe\nok 1 - it is there\n");
}

static inline void make_pass(struct verdict *v)
{
	begin(v, OUTCOME_PASS, NULL);
	ran(v);
	add_check(v, "loads", "the module loads", CHECK_PASSED, 1, "it does",
		  NULL);
	add_check(v, "values", "bytes come and go", CHECK_PASSED, 3, "",
		  "ok 1");
	add_check(v, "style", "no warning", CHECK_PASSED, 0, NULL, NULL);
}

static inline void make_no_checks(struct verdict *v)
{
	begin(v, OUTCOME_PASS, NULL);
	ran(v);
}

static inline void make_fail(struct verdict *v)
{
	begin(v, OUTCOME_FAIL, "bytes come and go: case \"two\" failed");
	ran(v);
	add_check(v, "loads", "the module loads", CHECK_PASSED, 1, "it does",
		  NULL);
	add_check(v, "values", "bytes come and go", CHECK_FAILED, 3,
		  "case \"two\" failed: expected 3, got 4",
		  "    # two: EXPECTATION FAILED at t.c:9\n    not ok 2 two");
	add_check(v, "extra", "a bonus", CHECK_FAILED, 0, "it is not", NULL);
}

/* Nothing that a check asked for went wrong, and yet it is no pass. */
static inline void make_crash_alone(struct verdict *v)
{
	begin(v, OUTCOME_CRASH, "the kernel reported: KASAN: double-free in f");
	ran(v);
	add_check(v, "loads", "the module loads", CHECK_PASSED, 1, "it does",
		  NULL);
	add_finding(v, FINDING_KASAN, "KASAN: double-free in f", "wrap.c", 12,
		    "The same memory was freed twice.");
	add_finding(v, FINDING_HELD_LOCK, "lock held when returning", NULL, 0,
		    NULL);
}

static inline void make_build_failed(struct verdict *v)
{
	begin(v, OUTCOME_BUILD_FAILED,
	      "it does not build: wrap_rs.rs:12: mismatched types");
	v->tiers[TIER_BUILD].result = TIER_FAILED;
	add_check(v, "loads", "the module loads", CHECK_NOT_RUN, 1, NULL, NULL);
	add_check(v, "values", "bytes come and go", CHECK_NOT_RUN, 3, NULL,
		  NULL);
	for (int i = 0; i < 25; i++)
		add_diag(v, DIAG_ERROR, i ? NULL : "E0308",
			 "mismatched types: expected `&str`, found `u8`");
	add_diag(v, DIAG_WARNING, "dead_code", "never used: must not be told");
	v->build_output = strdup("  RUSTC wrap_rs.o\nerror[E0308]: <oops> & "
				 "more\n");
}

static inline void make_abi_failed(struct verdict *v)
{
	begin(v, OUTCOME_ABI_FAILED,
	      "struct ring: field `tail` is at offset 12 in ring.h, 8 in "
	      "ring.rs");
	v->tiers[TIER_ABI].result = TIER_FAILED;
	add_check(v, "loads", "the module loads", CHECK_NOT_RUN, 1, NULL, NULL);
}

static inline void make_timeout(struct verdict *v)
{
	begin(v, OUTCOME_TIMEOUT, "insmod wrap.ko: it did not end");
	ran(v);
	add_check(v, "loads", "the module loads", CHECK_FAILED, 1,
		  "no result for insmod; it did not end", NULL);
}

static inline void make_incomplete(struct verdict *v)
{
	begin(v, OUTCOME_INCOMPLETE, "the log ends before the run does");
	ran(v);
	add_check(v, "loads", "the module loads", CHECK_NOT_RUN, 1, NULL, NULL);
}

static inline void make_lesson_fault(struct verdict *v)
{
	begin(v, OUTCOME_LESSON_FAULT, "check \"x\" of the lesson is wrong");
	add_check(v, "loads", "the module loads", CHECK_NOT_RUN, 1, NULL, NULL);
}

static inline void make_env_fault(struct verdict *v)
{
	*v = (struct verdict){
		.outcome = OUTCOME_ENV_FAULT,
		.lesson = strdup(""),
		.reason = strdup("the toolroot has not been made #yet"),
		.next = strdup("run `kiln setup`\nonce"),
	};
}

/* What a learner might print to be taken for a result. */
static const char *const hostile[] = {
	"\nok 1 - forged\nok 2 - forged\n1..2\n",
	"# SKIP not today",
	"x # TODO later \\# \\\\ \\",
	"Bail out! all is well",
	"  ...\n  ---\n...\n---\nkey: value",
	"]]></failure></testcase><testcase name=\"forged\"/><![CDATA[",
	"<script>alert(1)</script> &amp; &#0; &lt; \"quoted\" 'single'",
	"\033[2J\033[1;31mred\033[0m\a\b\177\302\233m\r\nnext",
	("\377\376 \300\200 \355\240\200 \364\220\200\200 \357\277\276"
	 " \357\277\277 \342\234"),
	"   leading blanks\n\n\n  and more\t\n ",
	"word: value - \"foo: bar\" {a: 1} [x] ~ |",
	"\"",
	"\\\"\\n\\",
	"'",
	"- item",
	"",
	"\n",
	"snow \342\230\203, kiln \360\237\224\245, \342\200\256override",
};

enum { N_HOSTILE = sizeof(hostile) / sizeof(hostile[0]) };

static inline void make_hostile(struct verdict *v)
{
	char *bytes = all_bytes();
	char *much = long_text(100000);

	begin(v, OUTCOME_CRASH, bytes);
	ran(v);
	free(v->lesson);
	v->lesson = strdup("1.2\" onload=\"x\n# SKIP <&>");
	free(v->log);
	v->log = strdup(bytes);
	v->next = strdup(hostile[0]);
	v->pack = strdup("pack\"<>\001");
	for (size_t i = 0; i < N_HOSTILE; i++)
		add_check(v, hostile[i], hostile[i],
			  i % 3 ? CHECK_FAILED : CHECK_PASSED, 1, hostile[i],
			  hostile[i]);
	add_check(v, bytes, bytes, CHECK_FAILED, 1, bytes, bytes);
	add_check(v, "long", "long", CHECK_FAILED, 4000000000u, much, much);
	add_check(v, "null", NULL, CHECK_FAILED, 0, NULL, NULL);
	for (size_t i = 0; i < N_HOSTILE; i++)
		add_finding(v, FINDING_OOPS, hostile[i], hostile[i],
			    (unsigned)i, hostile[i]);
	free(v->run_output);
	v->run_output = much;
	v->seed = UINT64_MAX;
	free(bytes);
}

static const struct {
	const char *name;
	void (*make)(struct verdict *v);
} verdicts[] = {
	{"pass", make_pass},
	{"no-checks", make_no_checks},
	{"fail", make_fail},
	{"crash-alone", make_crash_alone},
	{"build-failed", make_build_failed},
	{"abi-failed", make_abi_failed},
	{"timeout", make_timeout},
	{"incomplete", make_incomplete},
	{"lesson-fault", make_lesson_fault},
	{"environment-fault", make_env_fault},
	{"hostile", make_hostile},
};

enum { N_VERDICTS = sizeof(verdicts) / sizeof(verdicts[0]) };

#endif
