/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * chaos: a schedule that depends on the run's seed.
 *
 * On every CPU a task of real-time priority sleeps and spins by turns, each
 * time for as long as the seed says: it interrupts whatever runs there, lets
 * the other CPUs run on, and drives what may move to another CPU. All of it
 * in guest time, so the same seed gives the same schedule.
 */
#include "agent.h"

#define EPOCH_US    1000 /* the shortest, of four octaves */
#define HOLD_US	    900	   /* for all CPUs to stand still */
#define SHORTEST_US 100 /* of sleep; a wake-up takes 50 us of its own */
#define SPIN_LOOPS  500 /* of two instructions: 8 us */
#define SKEW_LOOPS  4000 /* between CPUs that start together: 64 us */

struct random {
	unsigned long long state;
};

/* splitmix64, by Sebastiano Vigna: any seed will do, 0 as well. */
static unsigned long long draw(struct random *r)
{
	unsigned long long z = r->state += 0x9e3779b97f4a7c15ull;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
	return z ^ (z >> 31);
}

/* From @least up to 2^@octaves times as much, every octave as likely. */
static unsigned long stretch(struct random *r, unsigned long least,
			     unsigned octaves)
{
	unsigned long base = least << (draw(r) % octaves);

	return base + draw(r) % base;
}

static void spin(unsigned long loops)
{
	while (loops--)
		__asm__ volatile("");
}

static void pin(unsigned cpu)
{
	unsigned long mask = 1ul << cpu;

	_syscall(__NR_sched_setaffinity, 0, sizeof(mask), &mask);
}

static void be_urgent(void)
{
	int priority = 1;

	_syscall(__NR_sched_setscheduler, 0, SCHED_FIFO, &priority);
}

/* Now one CPU stands still for a moment, now the other. */
static void disturb(struct random *own, unsigned long long end)
{
	unsigned sleeps = 2 + draw(own) % 4, spins = 2 + draw(own) % 6;

	while (now_us() < end) {
		usleep(stretch(own, SHORTEST_US, sleeps));
		spin(stretch(own, SPIN_LOOPS, spins));
	}
}

/*
 * All CPUs stand still, and go on at once, or nearly: what was woken in the
 * meantime starts side by side.
 */
static void hold(struct random *own, unsigned long long end)
{
	while (now_us() < end)
		spin(100);
	spin(draw(own) % SKEW_LOOPS);
}

static void sleep_until(unsigned long long end)
{
	unsigned long long now = now_us();

	if (now < end)
		usleep(end - now);
}

/* @all says the same to every CPU's task. */
static void make_chaos(struct random all, struct random own,
		       unsigned long long now)
{
	for (;;) {
		unsigned long long end = now + stretch(&all, EPOCH_US, 4);

		switch (draw(&all) % 8) {
		case 0:
		case 1:
			hold(&own, now + HOLD_US);
			break;
		case 2:
		case 3:
		case 4:
		case 5:
			disturb(&own, end);
			break;
		}
		sleep_until(end);
		now = end;
	}
}

static unsigned count_cpus(void)
{
	unsigned long mask = 0;

	_syscall(__NR_sched_getaffinity, 0, sizeof(mask), &mask);
	return __builtin_popcountl(mask);
}

void chaos_start(unsigned long long seed)
{
	struct random seeds = {.state = seed};
	struct random all = {.state = draw(&seeds)};
	unsigned long long began = now_us();
	unsigned cpus = count_cpus();

	if (seed == 0)
		return;
	for (unsigned cpu = 0; cpu < cpus; cpu++) {
		struct random own = {.state = draw(&seeds)};

		if (fork() == 0) {
			pin(cpu);
			be_urgent();
			make_chaos(all, own, began);
		}
	}
	/* And when the first step begins, anything may be under way. */
	usleep(draw(&seeds) % 20000);
}
