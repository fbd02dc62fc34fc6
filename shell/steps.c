/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "steps.h"
#include "checker/err.h"
#include "progress.h"
#include "session.h"
#include "suggest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int read_state(struct steps *g, struct err *e)
{
	struct progress *p = g->s->progress;
	struct progress_lesson pl;
	char *name = NULL;

	if (progress_lesson(p, g->c->slug, &pl, e) < 0)
		return -1;
	g->passed = pl.state == PROGRESS_PASSED;
	progress_lesson_release(&pl);
	if (progress_steps_done(p, g->c->slug, &g->done, e) < 0 ||
	    progress_step(p, g->c->slug, &name, e) < 0)
		return -1;
	/* One that a newer lesson no longer has: from the beginning. */
	for (size_t i = 0; name && i < g->l.nsteps; i++)
		if (strcmp(g->l.steps[i].name, name) == 0) {
			g->at = i;
			g->begun = true;
		}
	free(name);
	return 0;
}

int steps_open(struct steps *g, struct session *s,
	       const struct catalogue_entry *c, struct err *e)
{
	*g = (struct steps){.s = s, .c = c};
	if (session_load(s, &g->l, c, e) < 0)
		return -1;
	if (read_state(g, e) == 0)
		return 0;
	steps_close(g);
	return -1;
}

void steps_close(struct steps *g)
{
	lesson_release(&g->l);
	strv_release(&g->done);
}

const struct lesson_step *steps_at(const struct steps *g)
{
	return &g->l.steps[g->at];
}

bool steps_is_done(const struct steps *g, size_t i)
{
	return strv_has(&g->done, g->l.steps[i].name);
}

bool steps_left(const struct steps *g)
{
	for (size_t i = g->at; i < g->l.nsteps; i++)
		if (!steps_is_done(g, i))
			return true;
	return false;
}

const char *steps_kind(enum lesson_step_kind k)
{
	static const char *const words[] = {
		[LESSON_READ] = "read",
		[LESSON_PREDICT] = "predict",
		[LESSON_EXPLORE] = "explore",
		[LESSON_WRITE] = "write",
	};

	return words[k];
}

static int no_such_step(const struct steps *g, const char *name, struct err *e)
{
	const char **names = calloc(g->l.nsteps + 1, sizeof(*names));
	const char *meant = NULL;

	for (size_t i = 0; names && i < g->l.nsteps; i++)
		names[i] = g->l.steps[i].name;
	if (names)
		meant = suggest(name, names);
	err_set(e, ERR_USAGE, 0, "lesson %s has no step '%.60s'", g->c->id,
		name);
	if (meant)
		err_next(e, "did you mean '%s'?", meant);
	else
		err_next(e, "it has steps 1 to %zu; 'step --list' names them",
			 g->l.nsteps);
	free(names);
	return -1;
}

int steps_find(const struct steps *g, const char *name, size_t *i,
	       struct err *e)
{
	char *end;
	unsigned long n = strtoul(name, &end, 10);

	if (name[0] >= '0' && name[0] <= '9' && !*end && n >= 1 &&
	    n <= g->l.nsteps) {
		*i = n - 1;
		return 0;
	}
	for (*i = 0; *i < g->l.nsteps; ++*i)
		if (strcmp(g->l.steps[*i].name, name) == 0)
			return 0;
	return no_such_step(g, name, e);
}

int steps_go(struct steps *g, size_t i, struct err *e)
{
	if (progress_set_step(g->s->progress, g->c->slug, g->l.steps[i].name,
			      e) < 0)
		return -1;
	g->at = i;
	g->begun = true;
	return 0;
}

int steps_mark(struct steps *g, size_t i, struct err *e)
{
	const char *name = g->l.steps[i].name;

	if (steps_is_done(g, i))
		return 0;
	if (progress_step_done(g->s->progress, g->c->slug, name, e) < 0)
		return -1;
	return strv_add(&g->done, name) < 0
		       ? err_set(e, ERR_ENV, ENOMEM, "cannot go on")
		       : 0;
}

int steps_unwrite(struct steps *g, struct err *e)
{
	struct progress *p = g->s->progress;
	size_t first = g->l.nsteps;

	for (size_t i = g->l.nsteps; i-- > 0;) {
		const struct lesson_step *st = &g->l.steps[i];

		if (st->kind != LESSON_WRITE)
			continue;
		if (steps_is_done(g, i) &&
		    progress_step_undone(p, g->c->slug, st->name, e) < 0)
			return -1;
		first = i;
	}
	strv_release(&g->done);
	if (progress_steps_done(p, g->c->slug, &g->done, e) < 0)
		return -1;
	return g->at > first ? steps_go(g, first, e) : 0;
}
