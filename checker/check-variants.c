/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Variants: would the learner's files notice if the given ones were others?
 *
 * After the run they are built again, each time in a stage of its own, with
 * the files of a variant laid over the given ones; and where these are to do
 * as well, the plan is carried out and graded once more, by the checks that
 * are no variants, with tests that were built beside the same files.
 */
#include "check-variants-int.h"
#include "abi.h"
#include "err.h"
#include "lints.h"
#include "stage.h"
#include "testkit.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int no_memory(struct err *e)
{
	return err_set(e, ERR_ENV, ENOMEM, "cannot check");
}

/* ---- the run without variants ---- */

/* The lesson with the other checks only; .checks is the caller's to free. */
static int plain_spec(struct spec *plain, const struct spec *spec,
		      struct err *e)
{
	*plain = *spec;
	plain->races = (struct races){.runs = 0};
	plain->swap = (struct swap){.always = false};
	plain->nchecks = 0;
	plain->checks = calloc(spec->nchecks + 1, sizeof(*plain->checks));
	if (!plain->checks)
		return no_memory(e);
	for (size_t i = 0; i < spec->nchecks; i++)
		if (spec->checks[i].kind != CHECK_VARIANT)
			plain->checks[plain->nchecks++] = spec->checks[i];
	return 0;
}

static int plain_outcome(enum outcome *out, struct check *c,
			 const struct spec *plain, struct err *e)
{
	struct verdict v = {.outcome = OUTCOME_ENV_FAULT};
	struct evidence ev = c->ev;
	int ret = check_homes(c, e);

	ev.spec = plain;
	ev.homes = c->ev.homes;
	ev.nhomes = c->ev.nhomes;
	if (ret == 0)
		ret = grade(&v, &ev, e);
	*out = v.outcome;
	verdict_release(&v);
	return ret;
}

/* ---- one variant ---- */

static int name_files(struct trial *t, struct err *e)
{
	struct strv files = STRV_INIT;
	int ret = variant_files(&files, t->req.spec, t->variant->name, e);

	for (size_t i = 0; ret == 0 && i < files.n; i++)
		buf_addf(&t->files, "%s%s",
			 i == 0		   ? ""
			 : i + 1 < files.n ? ", "
					   : " and ",
			 files.v[i]);
	strv_release(&files);
	return ret;
}

static int stage(struct trial *t, struct err *e)
{
	const struct spec *spec = t->req.spec;
	struct buf why = BUF_INIT;
	int ret = make_dirs(t->stage, e);

	if (ret == 0)
		ret = stage_copy(t->stage, spec, &spec->given, e);
	if (ret == 0)
		ret = stage_learner(t->stage, spec, t->req.dir, &why, e);
	/* They could be staged before: somebody took them away meanwhile. */
	if (ret > 0)
		ret = err_set(e, ERR_ENV, 0, "%s", buf_str(&why));
	buf_release(&why);
	if (ret == 0 && t->req.overlay)
		ret = stage_tree(t->stage, t->req.overlay, e);
	return ret == 0 ? stage_tree(t->stage, t->over, e) : -1;
}

/* The verdict is that, and 0; @reason may be NULL: out of memory. */
static int ends(struct trial *t, enum outcome o, char *reason)
{
	t->v.outcome = o;
	free(t->v.reason);
	t->v.reason = reason;
	return 0;
}

static int build(struct trial *t, struct err *e)
{
	struct check *sub = &t->sub;
	struct kbuild_opts k = {
		.store = &sub->store,
		.stage = sub->stage,
		.memory = sub->memory,
		.cancel_fd = t->req.cancel_fd,
	};

	if (t->variant->expect == VARIANT_PASS)
		check_boot_early(sub);
	if (lints_build(&sub->build, &k, sub->req->spec, e) < 0)
		return -1;
	sub->ev.diags = sub->build.diags;
	sub->ev.ndiags = sub->build.ndiags;
	if (sub->build.out_of_bounds)
		return ends(t, OUTCOME_BUILD_FAILED,
			    strdup("the build took too long or printed too "
				   "much, and was ended"));
	if (!sub->build.built)
		return ends(t, OUTCOME_BUILD_FAILED,
			    variant_first_report("it does not build",
						 sub->build.diags,
						 sub->build.ndiags));
	return 1;
}

static int compare(struct trial *t, struct err *e)
{
	struct abi_opts o = {
		.store = &t->sub.store,
		.stage = t->stage,
		.cancel_fd = t->req.cancel_fd,
	};
	struct diag *found;
	char scratch[4300];
	size_t n;

	snprintf(scratch, sizeof(scratch), "%s.abi", t->stage);
	o.scratch = scratch;
	if (abi_check(&found, &n, &o, e) < 0)
		return -1;
	if (n == 0)
		return 1;
	diag_free(t->sub.build.diags, t->sub.build.ndiags);
	t->sub.build.diags = found;
	t->sub.build.ndiags = n;
	return ends(t, OUTCOME_ABI_FAILED,
		    variant_first_report("C and Rust disagree", found, n));
}

/* The plan, with tests that were built beside the same files. */
static int run(struct trial *t, struct err *e)
{
	struct testkit_opts kit = {
		.store = &t->sub.store,
		.spec = t->req.spec,
		.overlay = t->over,
		.memory = t->sub.memory,
		.cancel_fd = t->req.cancel_fd,
		.arg = t->of,
		.detail = check_detail,
	};
	const char *unmade;
	char *why = NULL;
	int ret;

	if (testkit_open(&t->sub.tests, &kit, e) < 0)
		return -1;
	unmade = check_unmade(&t->sub);
	if (unmade && asprintf(&why, "the build made no %s", unmade) < 0)
		why = NULL;
	ret = unmade ? 1 : check_screen_modules(&t->sub, &why, e);
	if (ret > 0)
		return ends(t, OUTCOME_BUILD_FAILED, why);
	return ret < 0 || check_boot(&t->sub, e) < 0 ? -1
						     : check_grade(&t->sub, e);
}

static int go(struct trial *t, struct err *e)
{
	int ret;

	if (stage(t, e) < 0)
		return -1;
	ret = build(t, e);
	if (ret > 0)
		ret = compare(t, e);
	if (ret > 0)
		ret = t->variant->expect == VARIANT_PASS
			      ? run(t, e)
			      : ends(t, OUTCOME_PASS, NULL);
	return ret;
}

/* ---- one after the other ---- */

static void begin(struct trial *t, struct check *c, const struct spec *plain,
		  const struct check_spec *k)
{
	t->of = c;
	t->variant = &k->variant;
	t->v = (struct verdict){.outcome = OUTCOME_FAIL, .seed = c->v->seed};
	t->req = *c->req;
	t->req.spec = plain;
	t->req.log = NULL;
	t->req.record = NULL;
	t->req.again = NULL;
	snprintf(t->over, sizeof(t->over), "%s/variant/%s", plain->dir,
		 k->variant.name);
	snprintf(t->stage, sizeof(t->stage), "%s/variant-%zu", c->run.path,
		 (size_t)(k - c->req->spec->checks));
	t->sub = (struct check){
		.req = &t->req,
		.v = &t->v,
		.store = c->store,
		.run = c->run,
		.stage = t->stage,
		.memory = c->memory,
		.harness = c->harness,
		.warm = WARM_INIT,
		.tier = c->tier,
		.log_kept = true,
	};
}

static void finish(struct trial *t)
{
	check_boot_release(&t->sub);
	check_homes_release(&t->sub);
	kbuild_release(&t->sub.build);
	free(t->sub.tests);
	buf_release(&t->files);
	verdict_release(&t->v);
}

static int try_one(struct variant_result *out, struct check *c,
		   const struct spec *plain, const struct check_spec *k,
		   struct err *e)
{
	struct trial *t = calloc(1, sizeof(*t));
	struct buf what = BUF_INIT;
	int ret;

	if (!t)
		return no_memory(e);
	begin(t, c, plain, k);
	ret = name_files(t, e);
	if (ret == 0) {
		buf_addf(&what, "with another %s", buf_str(&t->files));
		check_detail(c, buf_str(&what));
		ret = go(t, e);
	}
	if (ret == 0)
		ret = variant_judge(out, t, e);
	buf_release(&what);
	finish(t);
	free(t);
	return ret;
}

/* ---- all of them ---- */

static bool has_variants(const struct spec *spec)
{
	for (size_t i = 0; i < spec->nchecks; i++)
		if (spec->checks[i].kind == CHECK_VARIANT)
			return true;
	return false;
}

/* What does not pass beside its own files need not be tried beside others. */
static int skip(struct variant_result *out, struct err *e)
{
	out->result = CHECK_NOT_RUN;
	out->message = strdup("it was not tried: first it must pass with the "
			      "files as they are");
	return out->message ? 0 : no_memory(e);
}

static int try_all(struct check *c, const struct spec *plain,
		   enum outcome outcome, struct err *e)
{
	const struct spec *spec = c->req->spec;
	int ret = 0;

	if (outcome != OUTCOME_PASS && outcome != OUTCOME_FAIL)
		return 0;
	c->variants = calloc(spec->nchecks + 1, sizeof(*c->variants));
	if (!c->variants)
		return no_memory(e);
	for (size_t i = 0; ret == 0 && i < spec->nchecks; i++) {
		const struct check_spec *k = &spec->checks[i];

		if (k->kind != CHECK_VARIANT)
			continue;
		if (k->variant.expect == VARIANT_PASS &&
		    outcome != OUTCOME_PASS)
			ret = skip(&c->variants[i], e);
		else
			ret = try_one(&c->variants[i], c, plain, k, e);
	}
	return ret;
}

int check_variants(struct check *c, struct err *e)
{
	enum outcome outcome;
	struct spec plain;
	int ret;

	if (c->variants || !has_variants(c->req->spec))
		return 0;
	if (plain_spec(&plain, c->req->spec, e) < 0)
		return -1;
	ret = plain_outcome(&outcome, c, &plain, e);
	if (ret == 0)
		ret = try_all(c, &plain, outcome, e);
	free(plain.checks);
	return ret;
}

void check_variants_release(struct check *c)
{
	for (size_t i = 0; c->variants && i < c->req->spec->nchecks; i++) {
		free(c->variants[i].message);
		free(c->variants[i].evidence);
	}
	free(c->variants);
	c->variants = NULL;
}
