/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "experiment.h"
#include "checker/buf.h"
#include "checker/check.h"
#include "checker/err.h"
#include "checker/grade.h"
#include "checker/guest/proto.h"
#include "checker/klog.h"
#include "checker/proc.h"
#include "checker/store.h"
#include "lesson.h"
#include "starter.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A fixed one: it is to come out the same each time. */
#define SEED	 1
#define MOST_LOG ((size_t)8 << 20)

static int no_memory(struct err *e)
{
	return err_set(e, ERR_ENV, ENOMEM, "cannot try it");
}

const struct spec *experiment_plan(const struct lesson *l,
				   const struct lesson_step *st)
{
	return st->signs.nplan ? &st->signs : &l->spec;
}

/* The lesson's, with other checks; it owns nothing. */
static struct spec borrow_spec(const struct lesson *l,
			       const struct lesson_step *st)
{
	struct spec s = l->spec;

	s.plan = experiment_plan(l, st)->plan;
	s.nplan = experiment_plan(l, st)->nplan;
	s.checks = st->signs.checks;
	s.nchecks = st->signs.nchecks;
	/* One run is what is asked for, of one pair of sides. */
	s.races = (struct races){.runs = 0};
	s.swap = (struct swap){.always = false};
	return s;
}

/*
 * What a step of the log answered, by the agent's mark at its end, is what
 * the plan expects of it.
 */
static bool step_is_expected(const struct klog *k, const struct spec *spec,
			     size_t step)
{
	for (size_t i = 0; i < klog_nlines(k); i++) {
		struct klog_line l = klog_line(k, i);
		char nonce[KILN_NONCE_LEN + 1];
		unsigned n;
		int result;

		if (sscanf(l.text, "kiln: %16[0-9a-f] end %u %d", nonce, &n,
			   &result) == 3 &&
		    n == step)
			return result == spec->plan[step].expect;
	}
	return false;
}

/*
 * A sign that names a step wants it to have done its work: that a module
 * which could not be loaded printed nothing says nothing.
 */
static void hold_steps(const struct experiment *x, struct verdict *v,
		       const struct spec *spec)
{
	struct klog *k = experiment_klog(x);

	for (size_t i = 0; k && i < v->nchecks; i++) {
		struct verdict_check *c = &v->checks[i];
		const struct check_spec *sign = spec_check(spec, c->id);
		const struct plan_step *st =
			sign && sign->job ? spec_step(spec, sign->job) : NULL;

		if (st && c->result == CHECK_PASSED &&
		    !step_is_expected(k, spec, (size_t)(st - spec->plan)))
			c->result = CHECK_NOT_RUN;
	}
	klog_free(k);
}

static int run_in(struct experiment *out, const struct lesson *l,
		  const struct lesson_step *st, const char *run,
		  const struct check_request *how, struct err *e)
{
	struct spec spec = borrow_spec(l, st);
	struct check_request req = *how;
	char work[4200], over[4200], log[4200];
	struct buf text = BUF_INIT;
	int64_t began = mono_ms();

	snprintf(work, sizeof(work), "%s/work", run);
	snprintf(log, sizeof(log), "%s/experiment.log", run);
	snprintf(over, sizeof(over), "%s/try/%s", l->spec.dir, st->try);
	if (lesson_write_starter(l, work, STARTER_SOLUTION, NULL, NULL, NULL,
				 e) < 0)
		return -1;
	req.spec = &spec;
	req.dir = work;
	req.overlay = over;
	req.log = log;
	if (check_run(&out->v, &req, e) < 0)
		return -1;
	out->ms = mono_ms() - began;
	if (out->v.booted && buf_read_file(&text, log, MOST_LOG, NULL) == 0)
		out->log = buf_steal(&text);
	buf_release(&text);
	hold_steps(out, &out->v, &spec);
	hold_steps(out, &out->again, &spec);
	return 0;
}

int experiment_run(struct experiment *out, const struct lesson *l,
		   const struct lesson_step *st,
		   const struct experiment_how *how, struct err *e)
{
	struct check_request req = {
		.seed = SEED,
		.cancel_fd = how->cancel_fd,
		.watch = how->watch,
		.again = how->twice ? &out->again : NULL,
	};
	struct run_dir run = RUN_DIR_INIT;
	struct store store;
	int ret = -1;

	*out = (struct experiment){.log = NULL};
	if (store_open(&store, e) < 0)
		return -1;
	if (run_dir_open(&run, &store, e) == 0)
		ret = run_in(out, l, st, run.path, &req, e);
	run_dir_close(&run);
	store_release(&store);
	if (ret < 0)
		experiment_release(out);
	return ret;
}

/* ---- a log that is there already ---- */

/* The one in the agent's first mark, or "". */
static void find_nonce(char nonce[KILN_NONCE_LEN + 1], const char *log)
{
	const char *at = strstr(log, "kiln: ");

	nonce[0] = '\0';
	for (; at; at = strstr(at + 1, "kiln: ")) {
		char end[8];

		if (sscanf(at, "kiln: %16[0-9a-f] %7s", nonce, end) == 2 &&
		    strlen(nonce) == KILN_NONCE_LEN &&
		    strcmp(end, "begin") == 0)
			return;
	}
	nonce[0] = '\0';
}

/* The grader's own eyes; of what it says only the checks are of interest. */
static int grade_log(struct experiment *out, const struct spec *spec,
		     const struct klog *k, struct err *e)
{
	struct step_result *steps = calloc(spec->nplan + 1, sizeof(*steps));
	struct evidence ev = {
		.spec = spec,
		.log = k,
		.steps = steps,
		.end = GUEST_FINISHED,
	};
	int ret;

	if (!steps)
		return no_memory(e);
	for (size_t i = 0; i < spec->nplan; i++)
		steps[i].how =
			klog_step_ended(k, (int)i) ? STEP_DONE : STEP_NOT_RUN;
	ret = grade(&out->v, &ev, e);
	free(steps);
	return ret;
}

int experiment_read(struct experiment *out, const struct lesson *l,
		    const struct lesson_step *st, const char *log_path,
		    struct err *e)
{
	struct spec spec = borrow_spec(l, st);
	struct buf text = BUF_INIT;
	struct klog *k = NULL;
	int ret = -1;

	*out = (struct experiment){.log = NULL};
	if (buf_read_file(&text, log_path, MOST_LOG, e) < 0)
		goto out;
	out->log = buf_steal(&text);
	k = experiment_klog(out);
	ret = k ? grade_log(out, &spec, k, e) : no_memory(e);
	if (ret == 0)
		hold_steps(out, &out->v, &spec);
out:
	klog_free(k);
	buf_release(&text);
	if (ret < 0)
		experiment_release(out);
	return ret;
}

struct klog *experiment_klog(const struct experiment *x)
{
	char nonce[KILN_NONCE_LEN + 1];
	struct klog *k;

	if (!x->log)
		return NULL;
	find_nonce(nonce, x->log);
	k = klog_new(nonce[0] ? nonce : NULL, 0);
	if (!k)
		return NULL;
	klog_feed(k, x->log, strlen(x->log));
	klog_finish(k);
	return k;
}

void experiment_release(struct experiment *x)
{
	verdict_release(&x->v);
	verdict_release(&x->again);
	free(x->log);
	*x = (struct experiment){.log = NULL};
}

const struct verdict_check *experiment_sign(const struct experiment *x,
					    size_t i)
{
	for (size_t k = 0; k < x->v.nchecks; k++)
		if (x->v.checks[k].id[0] == lesson_letter(i) &&
		    !x->v.checks[k].id[1])
			return &x->v.checks[k];
	return NULL;
}

bool experiment_shows(const struct experiment *x, size_t i)
{
	const struct verdict_check *c = experiment_sign(x, i);

	return c && c->result == CHECK_PASSED;
}
