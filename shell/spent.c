/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "spent.h"
#include "checker/proc.h"
#include "progress.h"
#include "session.h"

#include <stdio.h>
#include <time.h>

enum { LEAST_MS = 5000 }; /* less is kept in mind, not written each time */

static void write_down(struct session *s)
{
	int64_t seconds = s->unspent_ms / 1000;

	if (progress_spend(s->progress, s->current, time(NULL), seconds,
			   NULL) == 0)
		s->unspent_ms -= seconds * 1000;
}

void spent_mark(struct session *s)
{
	int64_t now = mono_ms(), ms = now - s->active_at;
	bool first = s->active_at == 0;

	s->active_at = now;
	/* Before any lesson there is nothing that it would be spent on. */
	if (first || !s->is_open || !s->current || s->no_progress.code)
		return;
	s->unspent_ms += ms < SPENT_IDLE_S * 1000 ? ms : SPENT_IDLE_S * 1000;
	if (s->unspent_ms >= LEAST_MS)
		write_down(s);
}

const char *spent_words(char out[32], int64_t seconds)
{
	long long m = seconds / 60;

	if (m < 1)
		snprintf(out, 32, "under a minute");
	else if (m < 60)
		snprintf(out, 32, "%lld min", m);
	else
		snprintf(out, 32, "%lld h %02lld min", m / 60, m % 60);
	return out;
}
