/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * times: how long the ends of a run take, in milliseconds.
 *
 *	times ROUNDS	prints "resume MS" and "end MS", medians
 *
 * resume: from deciding to start a guest until its agent has taken the job,
 * as a check does it: QEMU was started before (while the build ran).
 * end: from asking the agent to end until the verdict is made and the guest
 * is gone.
 */
#include "checker/err.h"
#include "checker/grade.h"
#include "checker/guest.h"
#include "checker/guest/proto.h"
#include "checker/store.h"
#include "checker/warm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MOST 101

static double now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec * 1e3 + (double)ts.tv_nsec / 1e6;
}

static _Noreturn void die(const struct err *e)
{
	fprintf(stderr, "times: %s %s\n", e->what, e->where);
	exit(1);
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static double median(double *v, size_t n)
{
	qsort(v, n, sizeof(*v), by_size);
	return v[n / 2];
}

static void one_round(const struct store *store, const struct warm *warm,
		      const struct machine *m, double *resume, double *end)
{
	static const uint8_t entropy[KILN_ENTROPY_LEN];
	const struct spec spec = {.id = (char *)"0"};
	struct evidence ev = {.spec = &spec};
	struct verdict v = {.outcome = OUTCOME_PASS};
	struct guest_opts o = {
		.qemu = {.store = store,
			 .machine = m,
			 .mode = QEMU_RESUME,
			 .dir = warm->dir},
		.nonce = "0123456789abcdef",
		.entropy = entropy,
		.log_fd = -1,
		.log_max = 1 << 20,
		.cancel_fd = -1,
		.cpu_per_guest = warm->cpu_per_guest,
	};
	struct err e = ERR_INIT;
	struct guest *g;
	double began;

	g = guest_new(&o, &e);
	if (!g)
		die(&e);
	/* The build's time. */
	nanosleep(&(struct timespec){.tv_nsec = 500000000}, NULL);
	began = now_ms();
	if (guest_start(g, &e) < 0)
		die(&e);
	*resume = now_ms() - began;
	began = now_ms();
	if (guest_finish(g, &e) < 0)
		die(&e);
	ev.log = guest_log(g);
	ev.end = guest_end(g);
	if (grade(&v, &ev, &e) < 0)
		die(&e);
	guest_free(g);
	*end = now_ms() - began;
	verdict_release(&v);
}

int main(int argc, char **argv)
{
	double resume[MOST], end[MOST];
	size_t n = argc > 1 ? strtoul(argv[1], NULL, 10) : 9;
	struct machine m = {.cpus = 1};
	struct err e = ERR_INIT;
	struct store store;
	struct warm warm;

	if (n < 1 || n > MOST) {
		fprintf(stderr, "usage: times ROUNDS (1 to %d)\n", MOST);
		return 2;
	}
	if (store_open(&store, &e) < 0 ||
	    warm_open(&warm, &store, &m, NULL, &e) < 0)
		die(&e);
	for (size_t i = 0; i < n; i++)
		one_round(&store, &warm, &m, &resume[i], &end[i]);
	printf("resume %.1f\nend %.1f\n", median(resume, n), median(end, n));
	warm_close(&warm);
	store_release(&store);
	return 0;
}
