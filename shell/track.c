/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "track.h"
#include "checker/err.h"
#include "session.h"
#include "term.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static void note(struct track_map *m, const struct progress_lesson *l)
{
	const struct catalogue_entry *c = session_by_slug(m->s, l->slug);

	if (c)
		m->state[c - m->s->lessons.v] = l->state;
}

int track_map_open(struct track_map *m, struct session *s, struct err *e)
{
	struct progress_lesson *all;
	size_t n;

	*m = (struct track_map){.s = s};
	m->state = calloc(s->lessons.n + 1, sizeof(*m->state));
	if (!m->state)
		return err_set(e, ERR_ENV, ENOMEM, "cannot read the progress");
	if (s->no_progress.code) {
		term_error(&s->no_progress);
		return 0;
	}
	if (progress_all(s->progress, &all, &n, e) < 0) {
		track_map_release(m);
		return -1;
	}
	for (size_t i = 0; i < n; i++)
		note(m, &all[i]);
	progress_all_free(all, n);
	return 0;
}

void track_map_release(struct track_map *m)
{
	free(m->state);
	m->state = NULL;
}

enum progress_state track_state(const struct track_map *m,
				const struct catalogue_entry *c)
{
	return m->state[c - m->s->lessons.v];
}

static const struct catalogue_entry *by_id(const struct session *s,
					   const char *id)
{
	for (size_t i = 0; i < s->lessons.n; i++)
		if (strcmp(s->lessons.v[i].id, id) == 0)
			return &s->lessons.v[i];
	return NULL;
}

const struct catalogue_entry *track_missing(const struct track_map *m,
					    const struct catalogue_entry *c)
{
	for (size_t i = 0; i < c->needs.n; i++) {
		const struct catalogue_entry *n = by_id(m->s, c->needs.v[i]);

		if (n && track_state(m, n) != PROGRESS_PASSED)
			return n;
	}
	return NULL;
}

enum track_look track_look(const struct track_map *m,
			   const struct catalogue_entry *c)
{
	switch (track_state(m, c)) {
	case PROGRESS_PASSED:
		return TRACK_PASSED;
	case PROGRESS_STARTED:
		return c->broken ? TRACK_BROKEN : TRACK_STARTED;
	case PROGRESS_NEW:
		break;
	}
	if (c->broken)
		return TRACK_BROKEN;
	return track_missing(m, c) ? TRACK_LOCKED : TRACK_OPEN;
}

const struct catalogue_entry *track_next(const struct track_map *m,
					 const struct catalogue_entry *after)
{
	const struct catalogue *all = &m->s->lessons;
	size_t from = after ? (size_t)(after - all->v) + 1 : 0;

	for (size_t i = 0; i < all->n; i++) {
		const struct catalogue_entry *c = &all->v[(from + i) % all->n];

		if (c != after && !c->broken &&
		    track_state(m, c) != PROGRESS_PASSED &&
		    !track_missing(m, c))
			return c;
	}
	return NULL;
}
