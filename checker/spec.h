/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * spec: what a lesson asks of the checker, as plain data.
 *
 * The shell fills it from lesson.lua; nothing here knows Lua. A spec owns
 * every string in it; spec_release() frees them. It is filled completely
 * before a check starts and not changed while one runs.
 */
#ifndef CHECKER_SPEC_H
#define CHECKER_SPEC_H

#include "buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One thing that the agent is asked to do in the guest, in order. */
enum plan_op {
	PLAN_INSMOD, /* target: x.ko, args: module parameters "a=1 b=2" */
	PLAN_RMMOD,  /* target: module name */
	PLAN_RUN,    /* target: program, argv: its arguments */
	PLAN_READ,   /* target: path in the guest */
	PLAN_WRITE,  /* target: path in the guest, args: what to write */
	PLAN_SLEEP,  /* args: milliseconds of guest time */
	PLAN_LEAKS,  /* collect slab objects that unloaded modules left */
	/* Of many rounds (unwind.h): .target and .args as for PLAN_INSMOD. */
	PLAN_SOAK,     /* load and unload it, .rounds times */
	PLAN_FAILSLAB, /* load it, with allocation 1, 2, … of init failing */
};

struct plan_step {
	enum plan_op op;
	char *label; /* unique in the plan: "insmod wrap.ko"; checks name it */
	char *target;
	char *args; /* may be NULL */
	struct strv argv;
	/*
	 * What the step must answer: 0, or a negative errno for the module
	 * and file operations (-22: must fail with EINVAL), or an exit
	 * status for PLAN_RUN. For PLAN_FAILSLAB the error that init must
	 * give when an allocation fails; 0: any.
	 */
	int expect;
	unsigned rounds; /* PLAN_SOAK: so many; PLAN_FAILSLAB: at most */
	/* PLAN_FAILSLAB: init may do without what it could not allocate. */
	bool optional;
};

/* Does a step of this kind load .target, a file that was built? */
bool plan_loads(enum plan_op op);
/* Is it one of many rounds, for unwind.h? */
bool plan_unwinds(enum plan_op op);

enum check_kind {
	CHECK_JOB,	/* the plan step named by .job answered as expected */
	CHECK_KTAP,	/* suite .suite (and case .kase) ran and passed */
	CHECK_TAP,	/* a TAP line of program step .job: case .kase is ok */
	CHECK_LOG,	/* .lines stand in the log in this order */
	CHECK_ABSENT,	/* none of .lines stands in the log */
	CHECK_OUTPUT,	/* .lines stand in the output of .job, in order */
	CHECK_LINT,	/* at most .most reports of the lints in .lines */
	CHECK_FORBID,	/* no use of the Rust paths in .lines */
	CHECK_SIZE,	/* .part of module .file has .least to .most bytes */
	CHECK_SOURCE,	/* function .part of C file .file calls .lines, and
			   uses none of .avoids */
	CHECK_FINDINGS, /* no finding but of the kinds in .lines */
	CHECK_VARIANT,	/* beside other files: as .variant expects */
	CHECK_ABI,	/* C and Rust agree about .lines, or "all" */
};

/* What must come of the learner's files beside those of a variant. */
enum variant_expect {
	VARIANT_PASS,	  /* they pass all checks of other kinds */
	VARIANT_REJECTED, /* they do not build, or C and Rust disagree */
	VARIANT_BUILD_FAILED,
	VARIANT_ABI_FAILED,
};

/* Other versions of given files: the folder variant/NAME of the lesson. */
struct variant_spec {
	char *name; /* NULL: the check is of another kind */
	enum variant_expect expect;
	/* A report that there must be then, or NULL: any. */
	char *code; /* as diag_is() takes it */
	char *says; /* text in it */
};

struct check_spec {
	enum check_kind kind;
	char *id; /* unique in the lesson */
	char *title;
	unsigned points;
	bool required; /* false: points only, never decides the verdict */
	char *job;     /* label of a plan step, or NULL: any step */
	char *suite;
	char *kase; /* NULL: every case of the suite */
	struct strv lines;
	uint64_t patterns; /* bit i: .lines.v[i] is a pattern (needle.h) */
	unsigned most, least;
	char *file, *part;
	struct strv avoids;
	struct strv files; /* CHECK_LINT, _FORBID: of .edit; empty: all */
	bool counted; /* CHECK_LOG: .count lines have the only one of .lines */
	unsigned count;
	struct strv needs; /* ids of checks before it, without which: not run */
	struct variant_spec variant;
};

struct machine {
	unsigned cpus;	     /* 1 or more; 0 means 1 */
	struct strv devices; /* QEMU device names beyond the base machine */
};

/* The same plan again and again, each time in another order of events. */
struct races {
	unsigned runs; /* 0: the plan is run once, undisturbed */
	unsigned pass; /* so many of them must pass */
};

/* The learner writes both sides; each can be tried with the reference's. */
struct swap {
	struct strv c, rust; /* of .edit, sources; both or none */
	bool always;	     /* even if the learner's own two go together */
};

struct spec {
	char *id;    /* "1.2" */
	char *slug;  /* "rust-calls-c" */
	char *title; /* "Rust calls C, safely wrapped" */
	char *dir;   /* absolute path of the lesson's folder */
	struct strv given;    /* files under solution/ that are staged as is */
	struct strv edit;     /* files under solution/ that the learner edits */
	/* Taken from the kernel by right, though the screen refuses them. */
	struct strv kernel_symbols;
	struct strv programs; /* tests/NAME.c, each a static guest program */
	bool has_test_modules; /* tests/Makefile exists and builds modules */
	struct machine machine;
	struct races races;
	struct swap swap;
	struct plan_step *plan;
	size_t nplan;
	struct check_spec *checks;
	size_t nchecks;
	unsigned guest_seconds; /* budget of guest time a step; 0: 3 */
};

void spec_release(struct spec *s);

/* Append an empty element, owned by @s; NULL when out of memory. */
struct plan_step *spec_add_step(struct spec *s);
struct check_spec *spec_add_check(struct spec *s);

const struct plan_step *spec_step(const struct spec *s, const char *label);
const struct check_spec *spec_check(const struct spec *s, const char *id);

#endif
