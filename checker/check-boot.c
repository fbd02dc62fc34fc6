/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check-int.h"
#include "err.h"
#include "leaks.h"
#include "unwind.h"
#include "utf8.h"
#include "witness.h"

#include <errno.h>
#include <fcntl.h>
#include <sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

/*
 * A byte of log costs 10 us of guest time. A flood must be known for one
 * before the time of its step is over; a run of ours has some 10 KB. What is
 * told of it stands in grade.c.
 */
#define LOG_MAX ((uint64_t)256 << 10)

static void make_nonce(char nonce[KILN_NONCE_LEN + 1])
{
	unsigned char raw[KILN_NONCE_LEN / 2];

	if (getrandom(raw, sizeof(raw), 0) != sizeof(raw))
		BUG("getrandom gives no %zu bytes", sizeof(raw));
	for (size_t i = 0; i < sizeof(raw); i++)
		snprintf(nonce + 2 * i, 3, "%02x", raw[i]);
}

/* The same seed gives the guest the same random numbers. */
static void make_entropy(uint8_t out[KILN_ENTROPY_LEN], uint64_t seed)
{
	SHA2_CTX ctx;

	_Static_assert(KILN_ENTROPY_LEN == SHA256_DIGEST_LENGTH, "one hash");
	SHA256Init(&ctx);
	SHA256Update(&ctx, (const uint8_t *)&seed, sizeof(seed));
	SHA256Final(out, &ctx);
}

static int open_log(struct check *c, struct err *e)
{
	char path[4200];
	const char *name = c->log_kept ? NULL : c->req->log;
	int fd;

	if (!name) {
		snprintf(path, sizeof(path), "%s/log", c->run.path);
		name = path;
	}
	fd = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (fd < 0) {
		err_set(e, ERR_ENV, errno, "cannot write the log");
		err_where(e, "%s", name);
		return -1;
	}
	if (c->req->log && !c->v->log) {
		c->v->log = strdup(c->req->log);
		if (!c->v->log) {
			close(fd);
			return err_set(e, ERR_ENV, ENOMEM, "cannot check");
		}
	}
	return fd;
}

/* Never 0, which would be no disturbance. */
static uint64_t make_chaos(uint64_t seed)
{
	uint8_t bytes[KILN_ENTROPY_LEN];
	uint64_t chaos;

	make_entropy(bytes, ~seed);
	memcpy(&chaos, bytes, sizeof(chaos));
	return chaos | 1;
}

static void make_opts(struct check *c)
{
	double rate = c->warm.cpu_per_guest;

	make_nonce(c->nonce);
	make_entropy(c->entropy, c->v->seed);
	c->guest_opts = (struct guest_opts){
		.qemu = {.store = &c->store,
			 .machine = &c->req->spec->machine,
			 .mode = c->req->cold ? QEMU_BOOT : QEMU_RESUME,
			 .dir = c->warm.dir,
			 .visited = c->visit,
			 .gdb_fd = visit_gdb_fd(c->visit)},
		.nonce = c->nonce,
		.ready = c->visit ? NULL : check_witness,
		.arg = c,
		.entropy = c->entropy,
		.chaos = c->seeded ? make_chaos(c->v->seed) : 0,
		.log_fd = -1,
		.log_max = LOG_MAX,
		.cancel_fd = c->req->cancel_fd,
		.cpu_per_guest = c->seeded ? rate * CHAOS_COST : rate,
	};
}

void check_boot_early(struct check *c)
{
	if (c->req->cold || (c->visit && c->visit->late) ||
	    !warm_try(&c->warm, &c->store, &c->req->spec->machine))
		return;
	make_opts(c);
	c->guest = guest_new(&c->guest_opts, NULL);
}

static struct guest *new_guest(struct check *c, struct err *e)
{
	struct warm_watch watch = {
		.arg = c,
		.detail = check_detail,
		.cancel_fd = c->req->cancel_fd,
	};

	warm_close(&c->warm);
	if (warm_open(&c->warm, &c->store, &c->req->spec->machine, &watch, e) <
	    0)
		return NULL;
	if (c->req->cold)
		check_detail(c, "booting the guest (about 10 s)");
	make_opts(c);
	return guest_new(&c->guest_opts, e);
}

/*
 * A snapshot that was whole by its looks and yet does not come up is thrown
 * away and made again, once; not so when it is QEMU that does not run.
 */
int check_start_guest(struct check *c, int log_fd, struct err *e)
{
	for (int attempt = 0;; attempt++) {
		bool ran = false;
		int ret;

		if (!c->guest)
			c->guest = new_guest(c, e);
		if (!c->guest)
			return -1;
		c->guest_opts.log_fd = log_fd;
		c->guest_opts.qemu_ran = &ran;
		if ((c->visit ? visit_lay(c, c->guest, e)
			      : check_lay(c, c->guest, e)) < 0)
			return -1;
		ret = guest_start(c->guest, e);
		c->guest_opts.qemu_ran = NULL;
		if (ret == 0 || !ran || c->req->cold || attempt > 0 ||
		    e->code != ERR_ENV)
			return ret;
		check_detail(c, "the warm guest is damaged; making it again");
		guest_free(c->guest);
		c->guest = NULL;
		warm_discard(&c->warm);
	}
}

/* @r is kept or freed. */
static int keep_suite(struct check *c, struct kunit_result *r)
{
	struct kunit_result *v = (struct kunit_result *)c->ev.kunit;
	bool known = false;

	for (size_t i = 0; i < c->ev.nkunit && !known; i++)
		known = strcmp(v[i].suite, r->suite) == 0 &&
			strcmp(v[i].text, r->text) == 0;
	if (!known)
		v = realloc(v, (c->ev.nkunit + 1) * sizeof(*v));
	if (known || !v) {
		free(r->suite);
		free(r->text);
		return known ? 0 : -1;
	}
	v[c->ev.nkunit++] = *r;
	c->ev.kunit = v;
	return 0;
}

/*
 * A suite's results leave debugfs with its module: they are read before
 * each rmmod, and at the end. A suite that ran twice may stand here twice.
 */
int check_gather_kunit(struct check *c, struct guest *g, struct err *e)
{
	struct kunit_result *v = NULL;
	size_t n = 0;
	int ret = guest_kunit(g, &v, &n, e);

	for (size_t i = 0; i < n; i++)
		if (keep_suite(c, &v[i]) < 0)
			ret = err_set(e, ERR_ENV, ENOMEM, "cannot check");
	free(v);
	return ret;
}

static int run_step(struct check *c, struct guest *g, int index,
		    struct step_result *r, struct err *e)
{
	const struct plan_step *step = &c->req->spec->plan[index];
	unsigned ms = check_budget_ms(c, step);

	check_detail(c, step->label);
	if (plan_unwinds(step->op))
		return check_unwind(c, g, index, ms, r, e);
	if (step->op == PLAN_RMMOD && check_gather_kunit(c, g, e) < 0)
		return -1;
	return guest_step(g, step, index, ms, r, e);
}

static int run_plan(struct check *c, struct guest *g, struct step_result *steps,
		    struct err *e)
{
	const struct spec *spec = c->req->spec;

	for (size_t i = 0; i < spec->nplan; i++) {
		if (run_step(c, g, (int)i, &steps[i], e) < 0)
			return -1;
		if (!guest_alive(g))
			break;
	}
	return guest_alive(g) ? check_gather_kunit(c, g, e) : 0;
}

static int gather_leaks(struct check *c, const struct step_result *steps,
			struct err *e)
{
	const struct spec *spec = c->req->spec;
	struct finding *leaks = NULL;
	size_t n = 0;

	for (size_t i = 0; i < spec->nplan && !leaks; i++) {
		if (spec->plan[i].op != PLAN_LEAKS)
			continue;
		if (leaks_parse(&leaks, &n, buf_str(&steps[i].output)) < 0)
			return err_set(e, ERR_ENV, ENOMEM, "cannot check");
	}
	c->ev.leaks = leaks;
	c->ev.nleaks = n;
	return 0;
}

/* For people: what the programs printed, whole. Nothing: NULL. */
static void gather_output(struct check *c, const struct step_result *steps)
{
	const struct spec *spec = c->req->spec;
	struct buf all = BUF_INIT;

	for (size_t i = 0; i < spec->nplan; i++) {
		const struct buf *out = &steps[i].output;

		if (spec->plan[i].op == PLAN_LEAKS || out->len == 0)
			continue;
		buf_addf(&all, "--- %s\n", spec->plan[i].label);
		utf8_add_clean(&all, buf_str(out), out->len);
		if (out->data[out->len - 1] != '\n')
			buf_addc(&all, '\n');
	}
	free(c->v->run_output);
	c->v->run_output = all.len ? buf_steal(&all) : NULL;
	buf_release(&all);
}

static int converse(struct check *c, struct guest *g, struct err *e)
{
	struct step_result *steps;
	int ret;

	steps = calloc(c->req->spec->nplan + 1, sizeof(*steps));
	if (!steps)
		return err_set(e, ERR_ENV, ENOMEM, "cannot check");
	c->ev.steps = steps;
	ret = guest_files(g, e);
	if (ret == 0)
		ret = check_unwind_load(c, g, e);
	if (ret == 0)
		ret = run_plan(c, g, steps, e);
	if (ret == 0)
		ret = check_look(c, e);
	if (ret == 0)
		ret = guest_finish(g, e);
	if (ret == 0)
		ret = gather_leaks(c, steps, e);
	gather_output(c, steps);
	c->ev.end = guest_end(g);
	c->ev.surplus = guest_surplus(g);
	c->ev.log = guest_log(g);
	return ret;
}

int check_boot(struct check *c, struct err *e)
{
	int log_fd = open_log(c, e);
	int ret = -1;

	if (log_fd < 0)
		return -1;
	if (check_start_guest(c, log_fd, e) == 0) {
		c->v->booted = true;
		c->v->warm = !c->req->cold;
		ret = converse(c, c->guest, e);
	}
	c->guest_opts.log_fd = -1;
	close(log_fd);
	return ret;
}

/* What the run before has left. */
static void clear(struct check *c)
{
	struct step_result *steps = (struct step_result *)c->ev.steps;
	struct kunit_result *kunit = (struct kunit_result *)c->ev.kunit;
	struct finding *leaks = (struct finding *)c->ev.leaks;

	witness_free(c->witness);
	c->witness = NULL;
	guest_free(c->guest);
	c->guest = NULL;
	for (size_t i = 0; steps && i < c->req->spec->nplan; i++) {
		buf_release(&steps[i].output);
		unwind_free(steps[i].unwind);
	}
	free(steps);
	for (size_t i = 0; i < c->ev.nkunit; i++) {
		free(kunit[i].suite);
		free(kunit[i].text);
	}
	free(kunit);
	for (size_t i = 0; i < c->ev.nleaks; i++)
		finding_release(&leaks[i]);
	free(leaks);
	free(c->ev.stuck);
	c->ev = (struct evidence){
		.diags = c->ev.diags,
		.ndiags = c->ev.ndiags,
		.homes = c->ev.homes,
		.nhomes = c->ev.nhomes,
		.rules = c->ev.rules,
	};
}

void check_boot_again(struct check *c)
{
	clear(c);
	make_opts(c);
	c->guest = guest_new(&c->guest_opts, NULL);
}

void check_boot_release(struct check *c)
{
	clear(c);
	warm_close(&c->warm);
}
