/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "live.h"
#include "checker/proc.h"
#include "glyph.h"
#include "term.h"

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	TICK_MS = 100,
	QUIET_MS = 150, /* of a stage, before its line is drawn */
	BRIEF_MS = 400, /* likewise where the line is gone at its end */
	LONG_MS = 1000, /* and before it is worth a line that stays */
	PIPED_MS = 30000, /* likewise where nobody watches it come */
};

struct live {
	struct term t; /* a copy: its size is asked for again and again */
	struct check_watch watch;
	pthread_mutex_t lock; /* over all below */
	pthread_cond_t wake;
	pthread_t thread;
	bool brief; /* no line for a stage: see live_new_brief() */
	bool threaded;
	bool leaving;
	bool running;
	bool drawn; /* a line without its newline is on the screen */
	bool told; /* .what, in a line that stays */
	int64_t since; /* the stage began */
	int64_t what_since;
	char name[24];
	char what[160];
};

const char *live_time(char out[32], int64_t ms)
{
	long long s = (ms + 500) / 1000;

	if (ms < 1000)
		snprintf(out, 32, "%lld ms", (long long)ms);
	else if (ms < 100000)
		snprintf(out, 32, "%.*f s", ms < 10000 ? 2 : 1,
			 (double)ms / 1000);
	else
		snprintf(out, 32, "%lld min %02lld s", s / 60, s % 60);
	return out;
}

/* Over the line under way; cut, for a line that wraps cannot be redrawn. */
static void draw(struct live *l)
{
	int64_t ms = mono_ms() - l->since;
	char line[256];

	if (ms < (l->brief ? BRIEF_MS : QUIET_MS))
		return;
	term_resize(&l->t);
	snprintf(line, sizeof(line), "  %-6s  %5.1f s  %s", l->name,
		 (double)ms / 1000, l->what);
	line[glyph_fit(line, strlen(line), l->t.width - 1)] = '\0';
	term_say(&l->t, "\r%s\033[K", line);
	fflush(l->t.out);
	l->drawn = true;
}

/* Where lines cannot be redrawn: each thing that takes long, once. */
static void tell(struct live *l)
{
	int64_t most = l->t.tty ? LONG_MS : PIPED_MS;

	if (l->told || mono_ms() - l->what_since < most)
		return;
	term_say(&l->t, "  %-6s  ...%s%s\n", l->name, l->what[0] ? "  " : "",
		 l->what);
	fflush(l->t.out);
	l->told = true;
}

static void *tick(void *arg)
{
	struct live *l = arg;

	pthread_mutex_lock(&l->lock);
	while (!l->leaving) {
		struct timespec ts;

		clock_gettime(CLOCK_REALTIME, &ts);
		ts.tv_nsec += TICK_MS * 1000000L;
		ts.tv_sec += ts.tv_nsec / 1000000000;
		ts.tv_nsec %= 1000000000;
		pthread_cond_timedwait(&l->wake, &l->lock, &ts);
		if (l->running && !l->leaving && l->t.moves)
			draw(l);
		else if (l->running && !l->leaving)
			tell(l);
	}
	pthread_mutex_unlock(&l->lock);
	return NULL;
}

static void start_thread(struct live *l)
{
	sigset_t all, was;

	/* Signals are the main thread's: it waits for some of them. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &was);
	l->threaded = pthread_create(&l->thread, NULL, tick, l) == 0;
	pthread_sigmask(SIG_SETMASK, &was, NULL);
}

void live_begin(struct live *l, const char *name)
{
	if (!l->threaded)
		start_thread(l);
	pthread_mutex_lock(&l->lock);
	snprintf(l->name, sizeof(l->name), "%s", name);
	l->what[0] = '\0';
	l->told = false;
	l->since = l->what_since = mono_ms();
	l->running = true;
	pthread_mutex_unlock(&l->lock);
}

void live_detail(struct live *l, const char *what)
{
	pthread_mutex_lock(&l->lock);
	snprintf(l->what, sizeof(l->what), "%s", what ? what : "");
	l->told = false;
	l->what_since = mono_ms();
	pthread_mutex_unlock(&l->lock);
}

void live_end(struct live *l, enum tier_result r, int64_t ms)
{
	bool ok = r == TIER_OK;
	char took[32];

	pthread_mutex_lock(&l->lock);
	l->running = false;
	if (r != TIER_NOT_RUN && !l->brief)
		term_say(&l->t, "%s  %-6s  %s%-4s%s  %10s\n",
			 l->drawn ? "\r\033[K" : "", l->name,
			 term_on(&l->t, ok ? TERM_GOOD : TERM_BAD),
			 ok ? "ok" : "FAIL", term_off(&l->t),
			 live_time(took, ms));
	else if (l->drawn)
		term_say(&l->t, "\r\033[K");
	l->drawn = false;
	fflush(l->t.out);
	pthread_mutex_unlock(&l->lock);
}

static void on_begin(void *arg, enum tier t)
{
	live_begin(arg, tier_name(t));
}

static void on_detail(void *arg, enum tier t, const char *what)
{
	live_detail(arg, what);
}

static void on_end(void *arg, enum tier t, enum tier_result r, int64_t ms)
{
	/* What was stopped has not failed. */
	if (r == TIER_FAILED && cancel_signal())
		r = TIER_NOT_RUN;
	live_end(arg, r, ms);
}

struct live *live_new(const struct term *t)
{
	struct live *l = calloc(1, sizeof(*l));

	if (!l)
		return NULL;
	l->t = *t;
	l->watch = (struct check_watch){
		.arg = l,
		.tier_begin = on_begin,
		.tier_detail = on_detail,
		.tier_end = on_end,
	};
	pthread_mutex_init(&l->lock, NULL);
	pthread_cond_init(&l->wake, NULL);
	return l;
}

struct live *live_new_brief(const struct term *t)
{
	struct live *l = live_new(t);

	if (l)
		l->brief = true;
	return l;
}

const struct check_watch *live_watch(struct live *l)
{
	return &l->watch;
}

void live_free(struct live *l)
{
	if (!l)
		return;
	pthread_mutex_lock(&l->lock);
	l->leaving = true;
	pthread_cond_signal(&l->wake);
	pthread_mutex_unlock(&l->lock);
	if (l->threaded)
		pthread_join(l->thread, NULL);
	if (l->drawn)
		term_say(&l->t, l->brief ? "\r\033[K" : "\n");
	fflush(l->t.out);
	pthread_cond_destroy(&l->wake);
	pthread_mutex_destroy(&l->lock);
	free(l);
}
