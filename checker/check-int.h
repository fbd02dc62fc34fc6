/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of check share; for them alone. */
#ifndef CHECKER_CHECK_INT_H
#define CHECKER_CHECK_INT_H

#include "check.h"
#include "grade.h"
#include "guest.h"
#include "guest/proto.h"
#include "kbuild.h"
#include "store.h"
#include "visit.h"
#include "warm.h"

struct check {
	const struct check_request *req;
	struct verdict *v;
	struct store store;
	struct run_dir run;
	char *stage;	  /* run.path/stage */
	char *memory;	  /* memory_open()'s folder, or NULL */
	char *tests;	  /* the testkit's folder, or NULL */
	char *harness;	  /* harness_open()'s module, or NULL: not needed */
	struct kbuild_result build;
	struct evidence ev;
	struct variant_result *variants; /* see .ev */
	struct klog *log; /* what ev.log points to lives in the guest */
	struct warm warm;
	struct guest_opts guest_opts;
	char nonce[KILN_NONCE_LEN + 1];
	uint8_t entropy[KILN_ENTROPY_LEN];
	struct guest *guest; /* started early perhaps, and still waiting */
	struct witness *witness;
	struct visit_opts *visit; /* a person is to use the guest */
	bool seeded; /* this run's schedule is the one of its seed */
	bool log_kept; /* the log to keep is there: not that of this run */
	bool graded;
	int64_t tier_began;
	enum tier tier;
};

/* check-prepare.c: the store, the run's folder, the seed. */
int check_prepare(struct check *c, struct err *e);
/* Of a lesson with races: is it one of its runs that is asked for? */
bool check_is_one_race(const struct check_request *req);

/*
 * That, and the tiers up to the build. 1: it builds, and QEMU may be under
 * way; 0: it does not, and the verdict says why; -1: @e does.
 */
int check_make(struct check *c, struct err *e);
/* Whatever came of it; the verdict keeps what the compilers said. */
void check_release(struct check *c);

/*
 * check-boot.c: bring the guest up, with what .visit or the plan puts into
 * it. A snapshot that is damaged is made again.
 */
int check_start_guest(struct check *c, int log_fd, struct err *e);

/* Tell whoever watches what the current tier is doing. @arg: struct check. */
void check_detail(void *arg, const char *what);

/*
 * Start QEMU while the build runs, if the warm guest is there. What does not
 * come of it is for check_boot() to make up for.
 */
void check_boot_early(struct check *c);

/*
 * The boot tier: bring the guest up, carry out the plan, gather evidence
 * into @c->ev. 0, or -1 with @e.
 */
int check_boot(struct check *c, struct err *e);
/* Ready for the next run, with the warm guest still held. */
void check_boot_again(struct check *c);
void check_boot_release(struct check *c);
/* From @c->ev to @c->v. */
int check_grade(struct check *c, struct err *e);

/* After a first run, undisturbed: all that the lesson's .races asks for. */
int check_races(struct check *c, struct err *e);

/*
 * For a lesson with both sides: does the verdict so far ask which of them is
 * wrong? And if so, find out, and add it to the verdict.
 */
bool check_wants_swap(const struct check *c);
int check_swap(struct check *c, struct err *e);

/*
 * check-variants.c: when the plan has been carried out, the learner's files
 * once more beside those of each variant that a check names. What came of it
 * is for check_grade(); none are tried after a crash, and none a second time.
 */
int check_variants(struct check *c, struct err *e);
void check_variants_release(struct check *c);

/* Of guest time, or of what it costs: so many times what others have. */
#define CHAOS_COST 3

/* check-lay.c: what the guest is to have and to do, before it starts. */
int check_lay(struct check *c, struct guest *g, struct err *e);
/* The files that the plan names, to /work. */
int check_lay_artifacts(struct check *c, struct guest *g, struct err *e);
/* The guest time that a step may take. */
unsigned check_budget_ms(const struct check *c, const struct plan_step *s);

/* Once more what KUnit knows, before a module goes. */
int check_gather_kunit(struct check *c, struct guest *g, struct err *e);

/*
 * check-unwind.c: steps of many rounds. Have the harness built, if the plan
 * needs it; lay it into the guest that is to start; load it; carry out a step.
 */
int check_unwind_open(struct check *c, struct err *e);
int check_unwind_lay(struct check *c, struct guest *g, struct err *e);
int check_unwind_load(struct check *c, struct guest *g, struct err *e);
int check_unwind(struct check *c, struct guest *g, int index,
		 unsigned budget_ms, struct step_result *r, struct err *e);

/* Before the plan: know what the guest's kernel is like. */
int check_witness(void *arg, struct err *e);
/* After it: see into @c->ev what has become of it (witness.h). */
int check_look(struct check *c, struct err *e);

/* ---- check-visit.c, check-debug.c: instead of a plan ---- */

/* What a visitor's guest is to have; check-boot.c asks. */
struct visit_opts {
	const struct visit_request *r;
	bool built;
	bool late; /* QEMU cannot be started before the build is done */
	int gdb_fd; /* listens for gdb; 0: there is none */
	struct strv modules, programs; /* filled as they are laid */
};

/*
 * The watch sees it as the tier of a guest; @first, if it is not NULL, is
 * done before that and is part of it.
 */
int visit_start(struct check *c, int (*first)(void *arg, struct err *e),
		void *arg, struct err *e);

/* Before it starts: files, and the shell. */
int visit_lay(struct check *c, struct guest *g, struct err *e);
int visit_gdb_fd(const struct visit_opts *v);

/* Into @out->v: what the kernel reported, with the learner's lines. */
int visit_findings(struct check *c, struct visit_result *out, struct err *e);

/*
 * Fill .homes of @c->ev from the instructor's modules; and free what of it
 * lasts for all runs, the .rules too.
 */
int check_homes(struct check *c, struct err *e);
void check_homes_release(struct check *c);

/*
 * Look at the staged files before they are built, and at the modules before
 * they run (screen.h). 1: refused, for the reason in *@why, the caller's.
 */
int check_screen_sources(struct check *c, char **why, struct err *e);
int check_screen_modules(struct check *c, char **why, struct err *e);

/* The file that a plan step puts into the guest; NULL: there is none. */
char *check_artifact(const struct check *c, const char *name);
/* The file that the plan loads and the build did not make; NULL: none. */
const char *check_unmade(const struct check *c);

#endif
