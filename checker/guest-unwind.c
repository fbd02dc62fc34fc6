/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "guest-unwind.h"
#include "err.h"
#include "guest-int.h"

#include <stdio.h>

#define ASK_MS	  5000 /* for what is no work of the learner's */
#define ROUND_LOG 4096 /* bytes of log that a round may add to a run's */

static struct frame_step head_of(const struct guest_round *round)
{
	return (struct frame_step){
		.step = round->index,
		.budget_ms = round->budget_ms,
		.round = round->round,
		.nth = round->nth,
	};
}

/* A request without a round that gives data, or nothing. */
static int ask(struct guest *g, enum frame_type type, int index,
	       const struct buf *rest, struct buf *out, struct err *e)
{
	struct frame_step head = {.step = index};
	struct wait w = {.data = out};

	if (!g->alive)
		return 0;
	return guest_ask(g, type, &head, "", rest, &w, ASK_MS, e);
}

int guest_harness(struct guest *g, const char *path, struct err *e)
{
	struct frame_step head = {.step = -1};
	struct wait w = {.answered = false};

	if (guest_ask(g, FRAME_HARNESS, &head, path, NULL, &w, ASK_MS, e) < 0)
		return -1;
	if (w.answered && w.answer.result == 0)
		return 0;
	err_set(e, ERR_ENV, w.answered ? -w.answer.result : 0,
		"the guest cannot load Kiln's own module");
	return err_next(e, "`kiln setup --anew` makes kernel and guest again");
}

int guest_begin(struct guest *g, int index, struct err *e)
{
	return ask(g, FRAME_BEGIN, index, NULL, NULL, e);
}

int guest_end_step(struct guest *g, int index, int result, struct err *e)
{
	struct buf rest = BUF_INIT;
	int ret;

	buf_addf(&rest, "%d", result);
	ret = ask(g, FRAME_FINISH, index, &rest, NULL, e);
	buf_release(&rest);
	return ret;
}

int guest_load(struct guest *g, const struct plan_step *step,
	       const struct guest_round *round, struct step_result *r,
	       struct err *e)
{
	struct frame_step head = head_of(round);
	struct wait w = {.data = &r->output};
	struct buf rest = BUF_INIT;
	char path[256];
	int ret;

	g->log_more += ROUND_LOG;
	snprintf(path, sizeof(path), "/work/%s", step->target);
	if (step->args)
		buf_adds(&rest, step->args);
	ret = guest_ask(g, FRAME_INSMOD, &head, path, &rest, &w,
			round->budget_ms, e);
	buf_release(&rest);
	guest_settle(g, &w, r);
	return ret;
}

int guest_unload(struct guest *g, const char *module,
		 const struct guest_round *round, struct step_result *r,
		 struct err *e)
{
	struct frame_step head = head_of(round);
	struct wait w = {.data = &r->output};
	int ret = guest_ask(g, FRAME_RMMOD, &head, module, NULL, &w,
			    round->budget_ms, e);

	guest_settle(g, &w, r);
	return ret;
}

int guest_report(struct guest *g, struct buf *out, struct err *e)
{
	return ask(g, FRAME_REPORT, 0, NULL, out, e);
}

int guest_left(struct guest *g, struct buf *out, struct err *e)
{
	return ask(g, FRAME_LEFT, 0, NULL, out, e);
}

int guest_leaks(struct guest *g, const struct guest_round *round,
		struct buf *out, struct err *e)
{
	struct frame_step head = head_of(round);
	struct wait w = {.data = out};

	if (!g->alive)
		return 0;
	return guest_ask(g, FRAME_LEAKS, &head, "", NULL, &w, round->budget_ms,
			 e);
}
