/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "change.h"

#include <stdlib.h>
#include <string.h>

static void release(struct change *c)
{
	free(c->what);
	free(c->name);
	free(c->then);
	free(c->now);
}

void changes_release(struct changes *c)
{
	for (size_t i = 0; i < c->n; i++)
		release(&c->v[i]);
	free(c->v);
	*c = (struct changes)CHANGES_INIT;
}

static int copy(char **out, const char *s)
{
	*out = s ? strdup(s) : NULL;
	return s && !*out ? -1 : 0;
}

int changes_add(struct changes *c, const char *what, const char *name,
		const char *then, const char *now)
{
	struct change *v = realloc(c->v, (c->n + 1) * sizeof(*v));
	struct change new = {.what = NULL};

	if (!v)
		return -1;
	c->v = v;
	if (copy(&new.what, what) < 0 || copy(&new.name, name) < 0 ||
	    copy(&new.then, then) < 0 || copy(&new.now, now) < 0) {
		release(&new);
		return -1;
	}
	v[c->n++] = new;
	return 0;
}

int changes_compare(struct changes *c, const char *what, const char *name,
		    const char *then, const char *now)
{
	if (!then == !now && (!then || strcmp(then, now) == 0))
		return 0;
	return changes_add(c, what, name, then, now);
}
