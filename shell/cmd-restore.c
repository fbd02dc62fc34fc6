/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/err.h"
#include "checker/store.h"
#include "cmd.h"
#include "fileset.h"
#include "put-back.h"
#include "session.h"
#include "version.h"
#include "work.h"

#include <stdlib.h>
#include <string.h>

static int no_file(const struct progress_version *v, const struct fileset *all,
		   const char *name, struct err *e)
{
	const char *meant = fileset_guess(all, name);

	err_set(e, ERR_USAGE, 0, "version %u has no file '%.60s'", v->number,
		name);
	if (meant)
		return err_next(e, "did you mean '%s'?", meant);
	return err_next(e, "'history show %u' shows those that it has",
			v->number);
}

/* A given file is the lesson's: it comes back only when it is asked for. */
static bool is_wanted(const struct work *w, const char *name, const char *only)
{
	if (only)
		return strcmp(name, only) == 0;
	return !w->loaded || !strv_has(&w->l.spec.given, name);
}

static int choose(const struct work *w, const struct fileset *all,
		  const char *only, struct fileset *out, struct err *e)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct fileset_file *f = &all->v[i];
		struct buf *b;

		if (!is_wanted(w, f->name, only))
			continue;
		b = fileset_add(out, f->name);
		if (b)
			buf_add(b, buf_str(&f->text), f->text.len);
		if (!b || !buf_ok(b))
			return err_set(e, ERR_ENV, 0, "out of memory");
	}
	return 0;
}

/* Files that the version does not have are left as they are. */
static void tell_left(const struct work *w, const struct fileset *all)
{
	struct fileset now = FILESET_INIT;
	struct buf b = BUF_INIT;

	if (work_now(w, &now, all, NULL) == 0)
		for (size_t i = 0; i < now.n; i++)
			if (!fileset_find(all, now.v[i].name))
				buf_addf(&b, "%s%s", b.len ? ", " : "",
					 now.v[i].name);
	if (b.len) {
		buf_adds(&b, ": left as it is, for that version does not have "
			     "it.");
		term_para(&w->s->term, 0, buf_str(&b));
	}
	buf_release(&b);
	fileset_release(&now);
}

static int put(struct work *w, const struct progress_version *v,
	       const struct fileset *f, struct err *e)
{
	struct putting p = {
		.s = w->s,
		.slug = w->slug,
		.reason = "restore",
		.edit = w->loaded ? &w->l.spec.edit : NULL,
	};
	int r = put_back(w->dir, f, version_put_away, &p, e);

	version_tell(&p);
	if (r == 1)
		term_say(&w->s->term,
			 "Nothing was changed: your files are "
			 "those of version %u.\n",
			 v->number);
	else if (r == 0)
		term_say(&w->s->term,
			 "Version %u is back; 'check' checks it.\n", v->number);
	putting_release(&p);
	return r;
}

static int restore_version(struct work *w, const char *number, const char *only,
			   struct err *e)
{
	const struct progress_version *v = work_version(w, number, e);
	struct fileset all = FILESET_INIT, f = FILESET_INIT;
	int r = -1;

	if (!v)
		return -1;
	if (work_load(w, v, &all, e) == 0 && choose(w, &all, only, &f, e) == 0)
		r = only && f.n == 0 ? no_file(v, &all, only, e)
				     : put(w, v, &f, e);
	if (r >= 0 && !only)
		tell_left(w, &all);
	fileset_release(&all);
	fileset_release(&f);
	return r;
}

static int exec_restore(struct session *s, const struct cmd_args *a)
{
	const char *lesson =
		a->npos && !work_is_number(a->pos[0]) ? a->pos[0] : NULL;
	const char *const *at = a->pos + (lesson ? 1 : 0);
	struct err e = ERR_INIT;
	struct work w;
	int r;

	if (!at[0]) {
		err_set(&e, ERR_USAGE, 0, "which version?");
		err_next(&e, "usage: restore [LESSON] N [FILE]; 'history' has "
			     "the numbers");
		return cmd_fail(&e);
	}
	r = work_open(&w, s, lesson, &e);
	if (r == 0)
		r = session_writable(s, &e);
	if (r == 0)
		r = restore_version(&w, at[0], at[1], &e);
	work_release(&w);
	return r < 0 ? cmd_fail(&e) : 0;
}

const struct cmd_entry cmd_restore_entry = {
	.name = "restore",
	.usage = "[LESSON] N [FILE]",
	.summary = "bring version N of your work back",
	.about = "What you have now is kept first, as a version of its own. "
		 "With FILE only that file comes back. 'history' has the "
		 "numbers.",
	.max_args = 3,
	.takes = CMD_TAKES_VERSION,
	.exec = exec_restore,
};
