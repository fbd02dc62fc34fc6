/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where a lesson stands among the others, and which kernel it names. */
#include "catalogue.h"
#include "checker/store.h"
#include "lesson.h"
#include "lint.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct catalogue_entry *by_id(const struct catalogue *c,
					   const char *id)
{
	for (size_t i = 0; i < c->n; i++)
		if (strcmp(c->v[i].id, id) == 0)
			return &c->v[i];
	return NULL;
}

/* Two with one slug would share a folder of the learner's. */
static void look_at_slug(struct lint *t)
{
	for (size_t i = 0; i < t->lessons->n; i++) {
		const struct catalogue_entry *c = &t->lessons->v[i];

		if (c != t->entry && strcmp(c->slug, t->entry->slug) == 0)
			lint_field(t, LINT_ERROR, NULL, "slug",
				   "lesson %s has the slug \"%s\" too; each "
				   "needs one of its own",
				   c->id, c->slug);
	}
}

/* Does @from build on @to, by whatever way? @seen: by index, the visited. */
static bool reaches(const struct catalogue *c,
		    const struct catalogue_entry *from, const char *to,
		    bool *seen)
{
	size_t at = (size_t)(from - c->v);

	if (seen[at])
		return false;
	seen[at] = true;
	for (size_t i = 0; i < from->needs.n; i++) {
		const struct catalogue_entry *next = by_id(c, from->needs.v[i]);

		if (strcmp(from->needs.v[i], to) == 0 ||
		    (next && reaches(c, next, to, seen)))
			return true;
	}
	return false;
}

static void look_at_needs(struct lint *t)
{
	for (size_t i = 0; i < t->l->needs.n; i++) {
		const char *id = t->l->needs.v[i];
		const struct catalogue_entry *c = by_id(t->lessons, id);
		bool *seen = calloc(t->lessons->n + 1, sizeof(*seen));

		if (!seen)
			t->failed = true;
		else if (!c)
			lint_field(t, LINT_ERROR, NULL, "needs",
				   "there is no lesson %s to need", id);
		else if (reaches(t->lessons, c, t->entry->id, seen))
			lint_field(t, LINT_ERROR, NULL, "needs",
				   "%s needs %s in turn: nobody could begin",
				   id, t->entry->id);
		free(seen);
	}
}

/* "7.3" is that of "7.3.4" and of "7.3", and not of "7.31". */
static bool is_series_of(const char *series, const char *release)
{
	size_t n = strlen(series);

	return strncmp(series, release, n) == 0 &&
	       (release[n] == '\0' || release[n] == '.' || release[n] == '-');
}

/* The release that is made, or the series that would be. */
static int read_release(char out[64], const struct store *s, struct err *e)
{
	struct buf b = BUF_INIT;
	char path[4200];

	if (store_has_linux(s))
		snprintf(path, sizeof(path), "%s/" STORE_STAMP, s->linux_dir);
	else
		snprintf(path, sizeof(path), "%s/kernels/linux/series",
			 s->data);
	if (buf_read_file(&b, path, 4096, e) < 0)
		return -1;
	snprintf(out, 64, "%.*s", (int)strcspn(buf_str(&b), "\n"), buf_str(&b));
	buf_release(&b);
	return 0;
}

static void look_at_kernel(struct lint *t, const char *release)
{
	for (size_t i = 0; i < t->l->kernels.n; i++)
		if (is_series_of(t->l->kernels.v[i], release))
			return;
	lint_field(t, LINT_ERROR, NULL, "kernel",
		   "Kiln has Linux %s, and the lesson was not tested on it; "
		   "prove it, then name its series",
		   release);
}

int lint_place(struct lint *t, struct err *e)
{
	char release[64];

	look_at_slug(t);
	look_at_needs(t);
	if (read_release(release, t->store, e) < 0)
		return -1;
	look_at_kernel(t, release);
	return 0;
}
