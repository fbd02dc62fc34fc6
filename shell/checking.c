/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checking.h"
#include "checker/buf.h"
#include "checker/err.h"
#include "checker/proc.h"
#include "checker/record.h"
#include "course.h"
#include "editors.h"
#include "hush.h"
#include "home.h"
#include "keep.h"
#include "live.h"
#include "odd.h"
#include "refresh.h"
#include "report.h"
#include "session.h"
#include "steps.h"
#include "track.h"
#include "tree.h"
#include "version.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- which folder ---- */

static int given_dir(struct checking *c, const char *name, const char *own,
		     struct err *e)
{
	char *real_own = realpath(own, NULL);
	struct stat st;

	c->dir = realpath(name, NULL);
	if (!c->dir || stat(c->dir, &st) < 0 || !S_ISDIR(st.st_mode)) {
		err_set(e, ERR_USAGE, c->dir ? ENOTDIR : errno,
			"cannot check that folder");
		err_where(e, "%s", name);
		free(real_own);
		return -1;
	}
	c->own = real_own && strcmp(real_own, c->dir) == 0;
	free(real_own);
	return 0;
}

/* The folder is begun, but what is to be edited is gone from it. */
static int none_there(const struct checking *c, const char *own, struct err *e)
{
	const struct strv *edit = &c->l.spec.edit;
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < edit->n; i++)
		buf_addf(&b, "%s%s", i ? ", " : "", edit->v[i]);
	err_set(e, ERR_USAGE, 0, "%s %s missing", buf_str(&b),
		edit->n == 1 ? "is" : "are");
	buf_release(&b);
	err_where(e, "%s", own);
	return err_next(e, "'restore' brings back a version that 'history' "
			   "lists, 'reset' lays down the starter");
}

static int own_dir(struct checking *c, const char *own, struct err *e)
{
	c->own = true;
	if (!keep_any_there(own, &c->l.spec.edit) &&
	    keep_any_there(own, &c->l.spec.given))
		return none_there(c, own, e);
	if (!keep_any_there(own, &c->l.spec.edit)) {
		err_set(e, ERR_USAGE, 0,
			"there is nothing of lesson %s to check yet",
			c->lesson->id);
		err_where(e, "%s", own);
		return err_next(e, "'start %s' lays its files down there",
				c->lesson->id);
	}
	c->dir = strdup(own);
	return c->dir ? 0 : err_set(e, ERR_ENV, ENOMEM, "cannot check");
}

static int find_dir(struct checking *c, const char *name, struct err *e)
{
	char *own = session_work_dir(c->s, c->lesson->slug);
	int r;

	if (!own)
		return err_set(e, ERR_ENV, ENOMEM, "cannot check");
	r = name ? given_dir(c, name, own, e) : own_dir(c, own, e);
	free(own);
	return r;
}

int checking_open(struct checking *c, const char *name, const char *dir,
		  struct err *e)
{
	*c = (struct checking){.s = c->s, .req = c->req};
	if (session_open(c->s, e) < 0)
		return -1;
	c->lesson = session_find(c->s, name, e);
	if (!c->lesson || session_load(c->s, &c->l, c->lesson, e) < 0)
		return -1;
	c->loaded = true;
	if (find_dir(c, dir, e) < 0)
		return -1;
	c->req.spec = &c->l.spec;
	c->req.dir = c->dir;
	return 0;
}

void checking_release(struct checking *c)
{
	attempt_log_close(&c->log);
	verdict_release(&c->v);
	if (c->loaded)
		lesson_release(&c->l);
	c->loaded = false;
	free(c->dir);
	c->dir = NULL;
	buf_release(&c->notes);
}

void checking_refresh(struct checking *c)
{
	struct err e = ERR_INIT;

	if (c->own &&
	    lesson_refresh(c->s, &c->l, c->dir, false, &c->notes, &e) < 0)
		term_error(&e);
}

/* ---- the run ---- */

int checking_begin(struct checking *c, struct err *e)
{
	if (attempt_log_open(&c->log, c->s, c->lesson->slug,
			     c->own ? NULL : c->dir, e) < 0) {
		attempt_log_close(&c->log);
		return -1;
	}
	c->version = c->own ? version_checked(c->s, c->lesson->slug, c->dir,
					      &c->l.spec.edit)
			    : 0;
	c->req.log = c->log.tmp;
	c->began = mono_ms();
	return 0;
}

void checking_end(struct checking *c, bool ran)
{
	c->ms = mono_ms() - c->began;
	if (ran && c->own)
		odd_advise(&c->v, &c->l, c->dir);
	if (ran && c->req.record)
		record_finish(c->req.record, &c->v, c->log.tmp);
	if (ran)
		attempt_log_keep(&c->log, &c->v);
	c->req.log = NULL;
	attempt_log_close(&c->log);
}

/* The stages as they go, and the signals that end them. */
static int run_live(struct checking *c, struct live *live, struct err *e)
{
	int sig, r;

	if (live)
		c->req.watch = live_watch(live);
	c->req.cancel_fd = cancel_begin(e);
	if (c->req.cancel_fd < 0)
		return -1;
	/* Once, when something has changed; a check does not depend on it. */
	if (c->own)
		editors_update(
			&(struct editors_update){.s = c->s,
						 .lesson = &c->l,
						 .dir = c->dir,
						 .cancel_fd = c->req.cancel_fd},
			NULL);
	r = check_run(&c->v, &c->req, e);
	sig = cancel_end();
	c->req.cancel_fd = -1;
	/* Asked to leave, not only to stop the check. */
	if (sig == SIGTERM || sig == SIGHUP)
		c->s->leave = true;
	return r;
}

int checking_run(struct checking *c, bool quiet, struct err *e)
{
	struct live *live = NULL;
	int r;

	if (checking_begin(c, e) < 0)
		return -1;
	if (!quiet) {
		term_tell(&c->s->term, "Checking %s %s", c->lesson->id,
			  c->lesson->title);
		live = live_new(&c->s->term);
	}
	if (!quiet)
		hush_begin(c->s);
	r = run_live(c, live, e);
	live_free(live);
	hush_end();
	c->req.watch = NULL;
	checking_end(c, r == 0);
	return r;
}

void checking_record(struct checking *c)
{
	if (!c->own || !attempt_counts(&c->v))
		return;
	attempt_record(c->s, c->lesson->slug, &c->v, c->ms, c->version);
	steps_record(c->s, c->lesson, &c->v);
}

/* ---- what is said ---- */

static void rename_in(struct checking *c, char **text)
{
	struct buf b = BUF_INIT;
	char *renamed;

	if (!*text)
		return;
	tree_add_text(&b, &c->s->store, *text, strlen(*text));
	renamed = b.len ? buf_steal(&b) : NULL;
	if (renamed) {
		free(*text);
		*text = renamed;
	}
	buf_release(&b);
}

/* "missing from ~/kiln/two-hellos", as people know it. */
static void shorten(struct checking *c)
{
	char *reason = c->v.reason;
	char *at = reason && *c->dir ? strstr(reason, c->dir) : NULL;
	struct buf b = BUF_INIT;

	if (!at)
		return;
	buf_add(&b, reason, (size_t)(at - reason));
	home_add(&b, at);
	c->v.reason = buf_steal(&b);
	free(reason);
}

void checking_rename(struct checking *c)
{
	struct verdict *v = &c->v;

	for (size_t i = 0; i < v->ndiags; i++) {
		rename_in(c, &v->diags[i].file);
		rename_in(c, &v->diags[i].message);
		rename_in(c, &v->diags[i].text);
	}
	for (size_t i = 0; i < v->nchecks; i++) {
		rename_in(c, &v->checks[i].message);
		rename_in(c, &v->checks[i].evidence);
	}
	rename_in(c, &v->build_output);
	rename_in(c, &v->reason);
	shorten(c);
}

int checking_next(const struct checking *c, const struct catalogue_entry **next)
{
	struct track_map m;

	if (track_map_open(&m, c->s, NULL) < 0)
		return -1;
	*next = track_next(&m, c->lesson);
	track_map_release(&m);
	return 0;
}

static void say_next(struct checking *c)
{
	const struct term *t = &c->s->term;
	const struct catalogue_entry *next;
	struct buf b = BUF_INIT;

	if (!c->own || !attempt_counts(&c->v))
		return;
	if (steps_checked(c->s, c->lesson, &c->v))
		return;
	if (c->v.outcome != OUTCOME_PASS) {
		term_say(t, "\nType 'hint' for help%s.\n",
			 c->v.booted ? ", 'log' for the kernel log" : "");
		return;
	}
	if (checking_next(c, &next) < 0)
		return;
	course_add_next(&b, c->s, next);
	term_say(t, "\n");
	term_para(t, 0, buf_str(&b));
	buf_release(&b);
}

void checking_report(struct checking *c)
{
	struct strv later = STRV_INIT;

	if (c->own)
		steps_later_checks(c->s, c->lesson, &c->l, &c->v, &later);
	term_resize(&c->s->term);
	report_show_part(&c->s->term, &c->v, c->dir, &later);
	strv_release(&later);
}

void checking_tell(struct checking *c)
{
	if (!c->notes.len)
		return;
	term_say(&c->s->term, "\n");
	refresh_tell(&c->s->term, &c->notes);
	buf_clear(&c->notes);
}

void checking_show(struct checking *c)
{
	checking_report(c);
	checking_tell(c);
	say_next(c);
}
