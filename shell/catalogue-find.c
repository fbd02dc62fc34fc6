/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From what a learner typed to a lesson. */
#include "catalogue.h"
#include "suggest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAMES 3 /* that an entry goes by */

/* Its id, its slug, the name of its folder. */
static const char *name_of(const struct catalogue_entry *en, int which)
{
	if (which == 0)
		return en->id;
	return which == 1 ? en->slug : strrchr(en->dir, '/') + 1;
}

static bool starts_with(const char *s, const char *start)
{
	return strncmp(s, start, strlen(start)) == 0;
}

static bool goes_by(const struct catalogue_entry *en, const char *name,
		    bool whole)
{
	/* Folders begin with a number that says nothing without its track. */
	if (!whole)
		return starts_with(en->id, name) || starts_with(en->slug, name);
	for (int i = 0; i < NAMES; i++)
		if (strcmp(name_of(en, i), name) == 0)
			return true;
	return false;
}

static const struct catalogue_entry *
find(const struct catalogue *c, const char *name, bool whole, size_t *n)
{
	const struct catalogue_entry *found = NULL;

	*n = 0;
	for (size_t i = 0; i < c->n; i++) {
		if (!goes_by(&c->v[i], name, whole))
			continue;
		if (!found)
			found = &c->v[i];
		(*n)++;
	}
	return found;
}

static void say_which(const struct catalogue *c, const char *name,
		      struct err *e)
{
	char list[400];
	size_t n = 0, shown = 0;

	list[0] = '\0';
	for (size_t i = 0; i < c->n && shown < 6; i++) {
		if (!goes_by(&c->v[i], name, false))
			continue;
		n += (size_t)snprintf(list + n, sizeof(list) - n, "%s%s %s",
				      shown++ ? ", " : "", c->v[i].id,
				      c->v[i].slug);
		if (n >= sizeof(list))
			break;
	}
	err_set(e, ERR_USAGE, 0, "'%.60s' could be several lessons", name);
	err_next(e, "say which: %s", list);
}

static void say_nearest(const struct catalogue *c, const char *name,
			struct err *e)
{
	const char **words = calloc(c->n * NAMES + 1, sizeof(*words));
	const char *near = NULL;

	for (size_t i = 0; words && i < c->n * NAMES; i++)
		words[i] = name_of(&c->v[i / NAMES], i % NAMES);
	if (words && *name)
		near = suggest(name, words);
	free(words);
	if (*name)
		err_set(e, ERR_USAGE, 0, "there is no lesson '%.60s'", name);
	else
		err_set(e, ERR_USAGE, 0,
			"the lesson is missing: what was given for it is "
			"empty");
	if (near)
		err_next(e, "did you mean '%s'?", near);
	else
		err_next(e, "'list' shows all lessons");
}

const struct catalogue_entry *catalogue_find(const struct catalogue *c,
					     const char *name, struct err *e)
{
	const struct catalogue_entry *en;
	size_t n;

	/* Of two with one number the first has it; see catalogue_open(). */
	en = find(c, name, true, &n);
	if (en)
		return en;
	if (*name)
		en = find(c, name, false, &n);
	if (en && n == 1)
		return en;
	if (en)
		say_which(c, name, e);
	else
		say_nearest(c, name, e);
	return NULL;
}
