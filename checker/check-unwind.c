/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The boot tier's steps of many rounds: guest:soak and guest:failslab. */
#include "check-int.h"
#include "err.h"
#include "guest-unwind.h"
#include "guest/proto.h"
#include "harness.h"
#include "unwind.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HARNESS_MAX ((size_t)4 << 20)
#define HARNESS_IN  "/work/" KILN_HARNESS ".ko" /* in the guest */
#define LEAKS_MS    20000 /* of guest time: walking the slabs takes its time */

/* One such step under way. */
struct rounds {
	struct check *c;
	struct guest *g;
	const struct plan_step *p;
	struct step_result *r;
	struct guest_round now;
	char module[64];
};

static bool is_needed(const struct check *c)
{
	for (size_t i = 0; i < c->req->spec->nplan; i++)
		if (plan_unwinds(c->req->spec->plan[i].op))
			return true;
	return false;
}

int check_unwind_open(struct check *c, struct err *e)
{
	struct harness_opts o = {
		.store = &c->store,
		.memory = c->memory,
		.cancel_fd = c->req->cancel_fd,
		.arg = c,
		.detail = check_detail,
	};

	return is_needed(c) ? harness_open(&c->harness, &o, e) : 0;
}

int check_unwind_lay(struct check *c, struct guest *g, struct err *e)
{
	struct buf b = BUF_INIT;
	int ret;

	if (!c->harness)
		return 0;
	ret = buf_read_file(&b, c->harness, HARNESS_MAX, e);
	if (ret == 0)
		ret = guest_lay_file(g, HARNESS_IN, 0400, buf_str(&b), b.len,
				     e);
	buf_release(&b);
	return ret;
}

int check_unwind_load(struct check *c, struct guest *g, struct err *e)
{
	return c->harness ? guest_harness(g, HARNESS_IN, e) : 0;
}

static int no_memory(struct err *e)
{
	return err_set(e, ERR_ENV, ENOMEM, "cannot check");
}

static void tell_progress(struct rounds *s)
{
	char what[200];

	if (s->p->op == PLAN_SOAK)
		snprintf(what, sizeof(what), "%s: round %u of %u", s->p->label,
			 s->now.round, s->p->rounds);
	else
		snprintf(what, sizeof(what), "%s: allocation %u", s->p->label,
			 s->now.round);
	check_detail(s->c, what);
}

/* The whole step ended as this part of it. */
static void keep_how(struct rounds *s, const struct step_result *part)
{
	if (part->how != STEP_DONE) {
		s->r->how = part->how;
		s->r->result = part->result;
	}
	s->r->guest_us += part->guest_us;
	/* Where it hangs, or nothing. */
	buf_add(&s->r->output, buf_str(&part->output), part->output.len);
}

static int load(struct rounds *s, struct unwind_round *round, struct err *e)
{
	struct step_result part = {.how = STEP_NOT_RUN};
	struct buf report = BUF_INIT;
	int ret = guest_load(s->g, s->p, &s->now, &part, e);

	round->load = part.how;
	round->load_result = part.result;
	keep_how(s, &part);
	buf_release(&part.output);
	/* Of a round in which nothing is to fail there is nothing to tell. */
	if (ret == 0 && (s->now.nth || round->load != STEP_DONE ||
			 round->load_result != 0))
		ret = guest_report(s->g, &report, e);
	if (ret == 0 && report.len > 0 &&
	    unwind_take_report(round, buf_str(&report), s->module) < 0)
		ret = no_memory(e);
	buf_release(&report);
	return ret;
}

static int unload(struct rounds *s, struct unwind_round *round, struct err *e)
{
	struct step_result part = {.how = STEP_NOT_RUN};
	int ret;

	if (round->load != STEP_DONE || round->load_result != 0)
		return 0;
	if (check_gather_kunit(s->c, s->g, e) < 0)
		return -1;
	ret = guest_unload(s->g, s->module, &s->now, &part, e);
	round->unload = part.how;
	round->unload_result = part.result;
	keep_how(s, &part);
	buf_release(&part.output);
	return ret;
}

/* The first new name speaks for all. */
static int look_around(struct rounds *s, struct unwind_round *round,
		       struct err *e)
{
	struct buf names = BUF_INIT;
	int ret = 0;

	/* A module that is loaded has every right to its names. */
	if (round->load == STEP_DONE &&
	    (round->load_result != 0 || round->unload_result == 0))
		ret = guest_left(s->g, &names, e);
	if (ret == 0 && names.len > 0) {
		round->left = strndup(names.data, strcspn(names.data, "\n"));
		if (!round->left)
			ret = no_memory(e);
	}
	buf_release(&names);
	return ret;
}

static int one_round(struct rounds *s, struct unwind_round *round,
		     struct err *e)
{
	tell_progress(s);
	if (load(s, round, e) < 0 || unload(s, round, e) < 0)
		return -1;
	return look_around(s, round, e);
}

/* 0 as well when the guest ended on the way. */
static int all_rounds(struct rounds *s, struct unwind *u, struct err *e)
{
	for (unsigned n = 1; n <= s->p->rounds && guest_alive(s->g); n++) {
		struct unwind_round *round = unwind_add(u);

		if (!round)
			return no_memory(e);
		s->now.round = n;
		s->now.nth = s->p->op == PLAN_FAILSLAB ? n : 0;
		if (one_round(s, round, e) < 0)
			return -1;
		if (unwind_stops(s->p, round))
			return 0;
		u->complete = s->p->op == PLAN_FAILSLAB ? !round->hit
							: n == s->p->rounds;
		if (u->complete)
			return 0;
	}
	return 0;
}

/*
 * Only when nothing is left that may still free what it has. What belongs to
 * a name that was left is no news.
 */
static int gather_leaks(struct rounds *s, struct unwind *u, struct err *e)
{
	const struct unwind_round *last = &u->v[u->n - 1];
	struct buf text = BUF_INIT;
	int ret;

	if (s->r->how != STEP_DONE || last->left ||
	    (last->load_result == 0 && last->unload_result != 0))
		return 0;
	check_detail(s->c, "looking for what was left behind");
	s->now.budget_ms = LEAKS_MS;
	ret = guest_leaks(s->g, &s->now, &text, e);
	if (ret == 0 && unwind_take_leaks(u, buf_str(&text), s->module) < 0)
		ret = no_memory(e);
	buf_release(&text);
	return ret;
}

static int finish(struct rounds *s, struct unwind *u, struct err *e)
{
	struct buf why = BUF_INIT;
	struct buf shown = BUF_INIT;

	if (gather_leaks(s, u, e) < 0)
		return -1;
	if (s->r->how == STEP_DONE && !unwind_judge(&why, s->p, u))
		s->r->result = -EIO;
	/* Before the stack of what hangs, which is to be the last. */
	unwind_show(&shown, s->p, u);
	buf_add(&shown, buf_str(&s->r->output), s->r->output.len);
	buf_release(&s->r->output);
	s->r->output = shown;
	buf_release(&why);
	return guest_end_step(s->g, s->now.index, s->r->result, e);
}

int check_unwind(struct check *c, struct guest *g, int index,
		 unsigned budget_ms, struct step_result *r, struct err *e)
{
	struct rounds s = {
		.c = c,
		.g = g,
		.p = &c->req->spec->plan[index],
		.r = r,
		.now = {.index = index, .budget_ms = budget_ms},
	};

	r->unwind = unwind_new();
	if (!r->unwind)
		return no_memory(e);
	r->how = STEP_DONE;
	unwind_module(s.module, sizeof(s.module), s.p->target);
	if (guest_begin(g, index, e) < 0 || all_rounds(&s, r->unwind, e) < 0)
		return -1;
	return r->unwind->n ? finish(&s, r->unwind, e) : 0;
}
