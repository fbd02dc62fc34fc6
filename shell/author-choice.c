/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/err.h"
#include "checker/proc.h"
#include "cmd-author.h"
#include "cmd.h"
#include "farm.h"
#include "session.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static bool has(const struct author_choice *c, const struct catalogue_entry *en)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->v[i] == en)
			return true;
	return false;
}

/* The entries are elements of one array, in its order. */
static int by_place(const void *a, const void *b)
{
	const struct catalogue_entry *const *x = a, *const *y = b;

	return *x < *y ? -1 : *x > *y;
}

static int choose_named(struct author_choice *c, struct session *s,
			const struct cmd_args *a, struct err *e)
{
	size_t n = a->npos ? a->npos : 1;

	for (size_t i = 0; i < n; i++) {
		const struct catalogue_entry *en =
			session_find(s, a->npos ? a->pos[i] : NULL, e);

		if (!en)
			return -1;
		if (!has(c, en))
			c->v[c->n++] = en;
	}
	qsort(c->v, c->n, sizeof(*c->v), by_place);
	return 0;
}

int author_choose(struct author_choice *c, struct session *s,
		  const struct cmd_args *a, bool all, struct err *e)
{
	size_t room;
	int ret = 0;

	*c = (struct author_choice){.v = NULL};
	if (session_open(s, e) < 0)
		return -1;
	if (all && a->npos) {
		err_set(e, ERR_USAGE, 0, "'--all' with the name of a lesson");
		return err_next(e, "leave one of them out");
	}
	room = all ? s->lessons.n : a->npos + 1;
	c->v = calloc(room ? room : 1, sizeof(*c->v));
	if (!c->v)
		return err_set(e, ERR_ENV, ENOMEM, "cannot list the lessons");
	for (size_t i = 0; all && i < s->lessons.n; i++)
		c->v[c->n++] = &s->lessons.v[i];
	if (!all)
		ret = choose_named(c, s, a, e);
	if (ret < 0)
		author_choice_release(c);
	return ret;
}

void author_choice_release(struct author_choice *c)
{
	free(c->v);
	*c = (struct author_choice){.v = NULL};
}

int author_number(long *out, const struct cmd_args *a, const char *name,
		  long min, long max, struct err *e)
{
	const char *text = cmd_value(a, name);
	char *end;
	long n;

	if (!text)
		return 0;
	errno = 0;
	n = strtol(text, &end, 10);
	if (*text >= '0' && *text <= '9' && !*end && !errno && n >= min &&
	    n <= max) {
		*out = n;
		return 0;
	}
	err_set(e, ERR_USAGE, 0, "'--%s %.40s'", name, text);
	return err_next(e, "only whole numbers from %ld to %ld are allowed",
			min, max);
}

int author_jobs(unsigned *jobs, const struct cmd_args *a, struct err *e)
{
	long n = farm_default_jobs();

	if (author_number(&n, a, "jobs", 1, FARM_MAX_JOBS, e) < 0)
		return -1;
	*jobs = (unsigned)n;
	return 0;
}

const char *author_left(char out[64], int64_t began, size_t done, size_t all)
{
	long long ms, s;

	out[0] = '\0';
	if (done < 4 || done >= all)
		return out;
	ms = (long long)(mono_ms() - began) * (long long)(all - done) /
	     (long long)done;
	s = ms / 1000 + 1;
	if (s < 100)
		snprintf(out, 64, ", about %lld s left", s);
	else
		snprintf(out, 64, ", about %lld min left", (s + 30) / 60);
	return out;
}
