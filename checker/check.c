/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check-int.h"
#include "abi.h"
#include "err.h"
#include "lints.h"
#include "memory.h"
#include "places.h"
#include "proc.h"
#include "record.h"
#include "rules.h"
#include "stage.h"
#include "testkit.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What became of one tier. */
enum step {
	GO_ON,
	STOP,	/* the learner's work ends the check here; the verdict says */
	BROKEN, /* ours: @e says */
};

static void tier_begin(struct check *c, enum tier t)
{
	const struct check_watch *w = c->req->watch;

	c->tier = t;
	c->tier_began = mono_ms();
	if (w && w->tier_begin)
		w->tier_begin(w->arg, t);
}

static void tier_end(struct check *c, enum tier_result r)
{
	const struct check_watch *w = c->req->watch;
	int64_t ms = mono_ms() - c->tier_began;

	c->v->tiers[c->tier].result = r;
	c->v->tiers[c->tier].ms = ms;
	if (w && w->tier_end)
		w->tier_end(w->arg, c->tier, r, ms);
}

void check_detail(void *arg, const char *what)
{
	struct check *c = arg;
	const struct check_watch *w = c->req->watch;

	if (w && w->tier_detail)
		w->tier_detail(w->arg, c->tier, what);
}

static enum step stop(struct check *c, enum outcome outcome, char *reason)
{
	c->v->outcome = outcome;
	free(c->v->reason);
	c->v->reason = reason;
	return STOP;
}

static enum step stage(struct check *c, struct err *e)
{
	const struct spec *spec = c->req->spec;
	struct testkit_opts kit = {
		.store = &c->store,
		.spec = spec,
		.cancel_fd = c->req->cancel_fd,
		.arg = c,
		.detail = check_detail,
	};
	struct memory_watch learning = {
		.arg = c,
		.detail = check_detail,
		.cancel_fd = c->req->cancel_fd,
	};
	struct buf why = BUF_INIT;
	char *refusal;
	int ret;

	if (stage_copy(c->stage, spec, &spec->given, e) < 0)
		return BROKEN;
	ret = stage_learner(c->stage, spec, c->req->dir, &why, e);
	if (ret >= 0 && c->req->record)
		record_staged(c->req->record, spec, &c->store, c->stage);
	if (ret > 0)
		return stop(c, OUTCOME_BUILD_FAILED, buf_steal(&why));
	buf_release(&why);
	if (ret == 0 && c->req->overlay)
		ret = stage_tree(c->stage, c->req->overlay, e);
	if (ret == 0) {
		ret = check_screen_sources(c, &refusal, e);
		if (ret > 0)
			return stop(c, OUTCOME_BUILD_FAILED, refusal);
	}
	if (ret < 0 || memory_open(&c->memory, &c->store, &learning, e) < 0)
		return BROKEN;
	kit.memory = c->memory;
	if (testkit_open(&c->tests, &kit, e) < 0 || check_unwind_open(c, e) < 0)
		return BROKEN;
	return GO_ON;
}

/* A build may say yes and still not have made what the plan loads. */
static enum step check_modules(struct check *c)
{
	const char *unmade = check_unmade(c);
	char *reason;

	if (!unmade)
		return GO_ON;
	if (asprintf(&reason, "the build made no %s", unmade) < 0)
		reason = NULL;
	return stop(c, OUTCOME_BUILD_FAILED, reason);
}

static char *first_error(const struct kbuild_result *r)
{
	const struct diag *d = r->diags;
	char *text;
	int n;

	if (r->out_of_bounds)
		return strdup("the build took too long or printed too much, "
			      "and was ended");
	if (r->ndiags == 0)
		return strdup("it does not build");
	if (d->file && d->line)
		n = asprintf(&text, "it does not build: %s:%u: %s", d->file,
			     d->line, d->message);
	else
		n = asprintf(&text, "it does not build: %s", d->message);
	return n < 0 ? NULL : text;
}

static enum step build(struct check *c, struct err *e)
{
	struct kbuild_opts k = {
		.store = &c->store,
		.stage = c->stage,
		.memory = c->memory,
		.cancel_fd = c->req->cancel_fd,
	};
	enum step step;
	char *why;
	int ret;

	check_boot_early(c);
	if (lints_build(&c->build, &k, c->req->spec, e) < 0)
		return BROKEN;
	if (!c->build.built)
		return stop(c, OUTCOME_BUILD_FAILED, first_error(&c->build));
	step = check_modules(c);
	if (step != GO_ON)
		return step;
	ret = check_screen_modules(c, &why, e);
	if (ret > 0)
		return stop(c, OUTCOME_BUILD_FAILED, why);
	return ret < 0 ? BROKEN : GO_ON;
}

/* What the comparison found comes first, for it is what ends the check. */
static int keep_reports(struct kbuild_result *b, struct diag *found, size_t n)
{
	struct diag *all = realloc(found, (n + b->ndiags) * sizeof(*all));

	if (!all) {
		diag_free(found, n);
		return -1;
	}
	for (size_t i = 0; i < n; i++)
		buf_addf(&b->output, "%s%s", i ? "\n" : "", all[i].text);
	if (b->ndiags)
		memcpy(all + n, b->diags, b->ndiags * sizeof(*all));
	free(b->diags);
	b->diags = all;
	b->ndiags += n;
	return 0;
}

static enum step abi(struct check *c, struct err *e)
{
	struct abi_opts o = {
		.store = &c->store,
		.stage = c->stage,
		.cancel_fd = c->req->cancel_fd,
	};
	struct diag *found;
	char *scratch, *reason;
	size_t n;
	int ret;

	if (asprintf(&scratch, "%s/abi", c->run.path) < 0) {
		err_set(e, ERR_ENV, ENOMEM, "cannot check");
		return BROKEN;
	}
	o.scratch = scratch;
	ret = abi_check(&found, &n, &o, e);
	free(scratch);
	if (ret < 0)
		return BROKEN;
	if (n == 0)
		return GO_ON;
	if (grade_abi(c->v, c->req->spec, found, n, e) < 0) {
		diag_free(found, n);
		return BROKEN;
	}
	if (keep_reports(&c->build, found, n) < 0) {
		err_set(e, ERR_ENV, ENOMEM, "cannot check");
		return BROKEN;
	}
	if (asprintf(&reason, "C and Rust disagree: %s",
		     c->build.diags[0].message) < 0)
		reason = NULL;
	return stop(c, OUTCOME_ABI_FAILED, reason);
}

int check_grade(struct check *c, struct err *e)
{
	struct places_opts o = {.stage = c->stage, .tests = c->tests};
	struct rules_opts look = {.store = &c->store,
				  .spec = c->req->spec,
				  .stage = c->stage,
				  .cancel_fd = c->req->cancel_fd};

	c->ev.spec = c->req->spec;
	c->ev.diags = c->build.diags;
	c->ev.ndiags = c->build.ndiags;
	c->ev.forced = c->build.forced;
	c->ev.nforced = c->build.nforced;
	c->ev.many_diags = c->build.many;
	c->ev.variants = c->variants;
	c->graded = true;
	if (!c->ev.rules && rules_look(&c->ev.rules, &look, e) < 0)
		return -1;
	places_find(&c->ev, &o);
	return check_homes(c, e) < 0 ? -1 : grade(c->v, &c->ev, e);
}

static bool wants_races(const struct check *c)
{
	return c->req->spec->races.runs && !c->seeded;
}

static enum step boot(struct check *c, struct err *e)
{
	if (check_boot(c, e) < 0 || check_variants(c, e) < 0)
		return BROKEN;
	if (!wants_races(c))
		return GO_ON;
	if (check_grade(c, e) < 0)
		return BROKEN;
	if (c->v->outcome != OUTCOME_LESSON_FAULT && check_races(c, e) < 0)
		return BROKEN;
	return GO_ON;
}

/* What was built, in another guest. Nothing of the first run is lost. */
static int run_again(struct check *c, struct err *e)
{
	struct verdict first = {.outcome = OUTCOME_ENV_FAULT};
	int ret = -1;

	verdict_take_run(&first, c->v);
	c->v->seed = first.seed;
	c->seeded = check_is_one_race(c->req);
	c->graded = false;
	c->log_kept = true;
	check_boot_again(c);
	if (boot(c, e) != BROKEN)
		ret = c->graded ? 0 : check_grade(c, e);
	verdict_take_run(c->req->again, c->v);
	verdict_take_run(c->v, &first);
	verdict_release(&first);
	return ret;
}

static enum step decide(struct check *c, struct err *e)
{
	if (!c->graded && check_grade(c, e) < 0)
		return BROKEN;
	if (c->req->again && run_again(c, e) < 0)
		return BROKEN;
	return GO_ON;
}

static const struct {
	enum tier tier;
	enum step (*run)(struct check *c, struct err *e);
} pipeline[] = {
	{TIER_STAGE, stage},
	{TIER_BUILD, build},
	{TIER_ABI, abi},
	{TIER_BOOT, boot},
	{TIER_GRADE, decide},
};

#define ALL_TIERS (sizeof(pipeline) / sizeof(pipeline[0]))
#define TO_BUILD  2

static enum step run_pipeline(struct check *c, size_t ntiers, struct err *e)
{
	for (size_t i = 0; i < ntiers; i++) {
		enum step s;

		tier_begin(c, pipeline[i].tier);
		s = pipeline[i].run(c, e);
		if (ntiers == ALL_TIERS && (c->graded || s == STOP) &&
		    s != BROKEN && pipeline[i].tier != TIER_BOOT &&
		    check_wants_swap(c) && check_swap(c, e) < 0)
			s = BROKEN;
		tier_end(c, s == GO_ON ? TIER_OK : TIER_FAILED);
		if (s != GO_ON)
			return s;
	}
	return GO_ON;
}

/* A lesson or a machine at fault is a verdict too. */
static void fault(struct verdict *v, const struct err *e)
{
	v->outcome = e->code == ERR_LESSON ? OUTCOME_LESSON_FAULT
					   : OUTCOME_ENV_FAULT;
	free(v->reason);
	if (asprintf(&v->reason, "%s%s%s", e->what, *e->where ? ": " : "",
		     e->where) < 0)
		v->reason = NULL;
	free(v->next);
	v->next = *e->next ? strdup(e->next) : NULL;
}

void check_release(struct check *c)
{
	check_boot_release(c);
	check_homes_release(c);
	check_variants_release(c);
	/* The verdict keeps what the compilers said. */
	lints_keep(&c->build, c->v, c->req->spec);
	c->v->diags = c->build.diags;
	c->v->ndiags = c->build.ndiags;
	c->build.diags = NULL;
	c->build.ndiags = 0;
	if (c->build.output.len > 0)
		c->v->build_output = buf_steal(&c->build.output);
	kbuild_release(&c->build);
	run_dir_close(&c->run);
	free(c->stage);
	free(c->memory);
	free(c->tests);
	free(c->harness);
	store_release(&c->store);
}

int check_make(struct check *c, struct err *e)
{
	enum step s = BROKEN;

	if (check_prepare(c, e) == 0)
		s = run_pipeline(c, TO_BUILD, e);
	return s == BROKEN ? -1 : s == GO_ON;
}

int check_run(struct verdict *out, const struct check_request *req,
	      struct err *e)
{
	struct check c = {.req = req,
			  .v = out,
			  .run = {.lock_fd = -1},
			  .warm = WARM_INIT};
	struct err own = ERR_INIT;
	enum step s;

	*out = (struct verdict){.outcome = OUTCOME_ENV_FAULT};
	out->lesson = strdup(req->spec->id);
	/* As long as nothing has run, that is what the checks say. */
	if (grade_nothing(out, req->spec, e) < 0)
		return -1;
	if (check_prepare(&c, &own) < 0)
		s = BROKEN;
	else
		s = run_pipeline(&c, ALL_TIERS, &own);
	check_release(&c);
	if (s == GO_ON)
		return 0;
	if (s == BROKEN &&
	    (own.code == ERR_CANCELLED || own.code == ERR_USAGE)) {
		verdict_release(out);
		*e = own;
		return -1;
	}
	if (s == BROKEN)
		fault(out, &own);
	return 0;
}
