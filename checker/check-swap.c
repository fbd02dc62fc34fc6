/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which side is wrong? The learner's Rust is run with the reference C, and
 * the learner's C with the reference Rust.
 *
 * Each is built as any submission is, in a stage of its own, with objects in
 * the place of the other side's sources (refkit.h), and graded by the same
 * checks.
 */
#include "check-int.h"
#include "err.h"
#include "lints.h"
#include "refkit.h"
#include "stage.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One side of the learner's, with the reference for the other. */
struct side {
	const char *name, *other;
	const struct strv *own, *others;
	const char *stage; /* below the run's folder */
	struct verdict v;
};

static bool passes(const struct side *s)
{
	return s->v.outcome == OUTCOME_PASS;
}

/* The learner's files but those of the other side. */
static int stage_own(const char *stage, const struct check *c,
		     const struct side *s, struct err *e)
{
	const struct spec *spec = c->req->spec;
	struct spec part = *spec;
	struct buf why = BUF_INIT;
	int ret = 0;

	part.edit = (struct strv)STRV_INIT;
	for (size_t i = 0; ret == 0 && i < spec->edit.n; i++)
		if (!strv_has(s->others, spec->edit.v[i]))
			ret = strv_add(&part.edit, spec->edit.v[i]);
	if (ret < 0)
		err_set(e, ERR_ENV, ENOMEM, "cannot stage");
	else
		ret = stage_learner(stage, &part, c->req->dir, &why, e);
	/* They could be staged before: somebody took them away meanwhile. */
	if (ret > 0)
		ret = err_set(e, ERR_ENV, 0, "%s", buf_str(&why));
	strv_release(&part.edit);
	buf_release(&why);
	return ret;
}

static int build_side(struct check *sub, struct side *s, const char *refs,
		      struct err *e)
{
	struct kbuild_opts k = {
		.store = &sub->store,
		.stage = sub->stage,
		.memory = sub->memory,
		.cancel_fd = sub->req->cancel_fd,
	};
	char what[80];

	snprintf(what, sizeof(what), "your %s with the reference %s", s->name,
		 s->other);
	check_detail(sub, what);
	if (make_dirs(sub->stage, e) < 0 ||
	    stage_copy(sub->stage, sub->req->spec, &sub->req->spec->given, e) <
		    0 ||
	    stage_own(sub->stage, sub, s, e) < 0 ||
	    refkit_lay(refs, s->others, sub->stage, e) < 0 ||
	    lints_build(&sub->build, &k, sub->req->spec, e) < 0)
		return -1;
	if (sub->build.built)
		return 1;
	if (grade_nothing(&s->v, sub->req->spec, e) < 0)
		return -1;
	s->v.outcome = OUTCOME_BUILD_FAILED;
	if (sub->build.ndiags > 0)
		s->v.reason = strdup(sub->build.diags[0].message);
	return 0;
}

static int run_side(struct check *c, struct side *s, const char *refs,
		    struct err *e)
{
	struct check sub = {
		.req = c->req,
		.v = &s->v,
		.store = c->store,
		.run = c->run,
		.memory = c->memory,
		.tests = c->tests,
		.harness = c->harness,
		.warm = WARM_INIT,
		.tier = c->tier,
		.log_kept = true,
	};
	char stage[4200];
	int ret;

	s->v = (struct verdict){.outcome = OUTCOME_FAIL, .seed = c->v->seed};
	snprintf(stage, sizeof(stage), "%s/%s", c->run.path, s->stage);
	sub.stage = stage;
	ret = build_side(&sub, s, refs, e);
	if (ret > 0)
		ret = check_boot(&sub, e) < 0 ? -1 : check_grade(&sub, e);
	check_boot_release(&sub);
	check_homes_release(&sub);
	kbuild_release(&sub.build);
	return ret;
}

static void add_list(struct buf *b, const struct strv *files)
{
	for (size_t i = 0; i < files->n; i++)
		buf_addf(b, "%s%s", i ? ", " : "", files->v[i]);
}

/* Why, unless it is what the whole is rejected for anyway. */
static void add_reason(struct buf *b, const struct side *s,
		       const struct verdict *whole)
{
	if (s->v.reason &&
	    (!whole->reason || strcmp(s->v.reason, whole->reason) != 0))
		buf_addf(b, " (%s)", s->v.reason);
}

static void tell_one(struct buf *b, const struct side *good,
		     const struct side *bad, const struct verdict *whole)
{
	buf_addf(b,
		 "with the reference %s your %s passes, and with the "
		 "reference %s your %s fails",
		 good->other, good->name, bad->other, bad->name);
	add_reason(b, bad, whole);
	buf_adds(b, ": look at ");
	add_list(b, bad->own);
}

static void tell_both(struct buf *b, const struct side *x, const struct side *y,
		      const struct verdict *whole)
{
	buf_addf(b, "your %s fails with the reference %s", x->name, x->other);
	add_reason(b, x, whole);
	buf_addf(b, ", and your %s with the reference %s", y->name, y->other);
	add_reason(b, y, whole);
	buf_adds(b, ": there is something wrong on either side");
}

static void tell(struct buf *b, const struct side sides[2],
		 const struct verdict *whole)
{
	bool first = passes(&sides[0]), second = passes(&sides[1]);

	if (first && second) {
		buf_addf(b, "each of your sides passes with the reference for "
			    "the other: it is between them, in what one "
			    "expects and the other does not do (");
		add_list(b, sides[0].own);
		buf_adds(b, "; ");
		add_list(b, sides[1].own);
		buf_addc(b, ')');
	} else if (first) {
		tell_one(b, &sides[0], &sides[1], whole);
	} else if (second) {
		tell_one(b, &sides[1], &sides[0], whole);
	} else {
		tell_both(b, &sides[0], &sides[1], whole);
	}
}

/* The JSON has no place for it but a check's message. */
static int add_to_check(struct verdict *v, const char *text)
{
	size_t i = 0;
	char *more;

	while (i < v->nchecks && v->checks[i].result == CHECK_PASSED)
		i++;
	if (i == v->nchecks)
		return 0;
	if (asprintf(&more, "%s%s%s",
		     v->checks[i].message ? v->checks[i].message : "",
		     v->checks[i].message ? "; " : "", text) < 0)
		return -1;
	free(v->checks[i].message);
	v->checks[i].message = more;
	return 0;
}

static int add_to_verdict(struct verdict *v, const char *text)
{
	char *reason, *next;

	if (asprintf(&reason, "%s%s%s", v->reason ? v->reason : "",
		     v->reason ? "; " : "", text) < 0)
		return -1;
	free(v->reason);
	v->reason = reason;
	if (asprintf(&next, "Swapped: %s.", text) < 0)
		return -1;
	free(v->next);
	v->next = next;
	return add_to_check(v, text);
}

/* They get on with each other, but not with the reference. */
static void refuse(struct check *c, struct side sides[2])
{
	struct side *bad = passes(&sides[0]) ? &sides[1] : &sides[0];

	verdict_take_run(c->v, &bad->v);
	/* Their own did build. */
	if (c->v->outcome == OUTCOME_BUILD_FAILED)
		c->v->outcome = OUTCOME_FAIL;
}

static int conclude(struct check *c, struct side sides[2], struct err *e)
{
	struct buf text = BUF_INIT;
	int ret = 0;

	if (c->v->outcome == OUTCOME_PASS && passes(&sides[0]) &&
	    passes(&sides[1]))
		return 0;
	if (c->v->outcome == OUTCOME_PASS) {
		buf_adds(&text, "your two sides go together, but ");
		tell(&text, sides, c->v);
		refuse(c, sides);
	} else {
		tell(&text, sides, c->v);
	}
	ret = add_to_verdict(c->v, buf_str(&text));
	if (ret < 0 || !buf_ok(&text))
		ret = err_set(e, ERR_ENV, ENOMEM, "cannot check");
	buf_release(&text);
	return ret;
}

bool check_wants_swap(const struct check *c)
{
	const struct spec *spec = c->req->spec;

	if (spec->swap.c.n == 0)
		return false;
	switch (c->v->outcome) {
	case OUTCOME_PASS:
		return spec->swap.always;
	case OUTCOME_FAIL:
	case OUTCOME_ABI_FAILED:
	case OUTCOME_CRASH:
	case OUTCOME_TIMEOUT:
	case OUTCOME_INCOMPLETE:
		return true;
	case OUTCOME_BUILD_FAILED:
	case OUTCOME_LESSON_FAULT:
	case OUTCOME_ENV_FAULT:
		break;
	}
	return false;
}

int check_swap(struct check *c, struct err *e)
{
	const struct spec *spec = c->req->spec;
	struct refkit_opts o = {
		.store = &c->store,
		.spec = spec,
		.memory = c->memory,
		.cancel_fd = c->req->cancel_fd,
		.arg = c,
		.detail = check_detail,
	};
	struct side sides[2] = {
		{"Rust",
		 "C",
		 &spec->swap.rust,
		 &spec->swap.c,
		 "swap-rust",
		 {.outcome = OUTCOME_FAIL}},
		{"C",
		 "Rust",
		 &spec->swap.c,
		 &spec->swap.rust,
		 "swap-c",
		 {.outcome = OUTCOME_FAIL}},
	};
	char *refs;
	int ret = -1;

	if (refkit_open(&refs, &o, e) < 0)
		return -1;
	if (run_side(c, &sides[0], refs, e) == 0 &&
	    run_side(c, &sides[1], refs, e) == 0)
		ret = conclude(c, sides, e);
	verdict_release(&sides[0].v);
	verdict_release(&sides[1].v);
	free(refs);
	return ret;
}
