/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "attempt.h"
#include "checker/buf.h"
#include "checker/check.h"
#include "checker/err.h"
#include "checker/proc.h"
#include "checker/record.h"
#include "cmd.h"
#include "format.h"
#include "graded.h"
#include "keep.h"
#include "lesson.h"
#include "live.h"
#include "report.h"
#include "session.h"
#include "track.h"
#include "tree.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* One check, from the words of the command to its exit code. */
struct checking {
	struct session *s;
	const struct catalogue_entry *lesson;
	struct lesson l;
	bool loaded;
	struct format_choice out;
	bool quiet; /* standard output is for programs */
	bool own; /* the learner's own folder: it is recorded */
	char *dir;
	struct check_request req;
	const char *keep; /* the file for what was graded, or NULL */
	struct record record;
	struct verdict v;
	int64_t ms;
};

static int parse_seed(const char *text, uint64_t *seed, struct err *e)
{
	char *end;

	errno = 0;
	*seed = strtoull(text, &end, 0);
	if (text[0] >= '0' && text[0] <= '9' && !*end && !errno && *seed)
		return 0;
	err_set(e, ERR_USAGE, 0, "'%.40s' is no seed", text);
	return err_next(e, "a seed is a whole number from 1 on, as a verdict "
			   "tells it");
}

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

static int own_dir(struct checking *c, const char *own, struct err *e)
{
	c->own = true;
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

static int find_dir(struct checking *c, const struct cmd_args *a, struct err *e)
{
	const char *name = cmd_value(a, "dir");
	char *own = session_work_dir(c->s, c->lesson->slug);
	int r;

	if (!own)
		return err_set(e, ERR_ENV, ENOMEM, "cannot check");
	r = name ? given_dir(c, name, own, e) : own_dir(c, own, e);
	free(own);
	return r;
}

/* ---- the run ---- */

static int run(struct checking *c, struct err *e)
{
	struct live *live = NULL;
	int64_t began = mono_ms();
	int sig, r;

	if (!c->quiet) {
		term_say(&c->s->term, "Checking %s %s\n", c->lesson->id,
			 c->lesson->title);
		live = live_new(&c->s->term);
	}
	if (live)
		c->req.watch = live_watch(live);
	c->req.cancel_fd = cancel_begin(e);
	if (c->req.cancel_fd < 0) {
		live_free(live);
		return -1;
	}
	r = check_run(&c->v, &c->req, e);
	sig = cancel_end();
	live_free(live);
	c->ms = mono_ms() - began;
	/* Asked to leave, not only to stop the check. */
	if (sig == SIGTERM || sig == SIGHUP)
		c->s->leave = true;
	return r;
}

static int run_logged(struct checking *c, struct err *e)
{
	struct attempt_log log;
	int r = attempt_log_open(&log, c->s, c->lesson->slug,
				 c->own ? NULL : c->dir, e);

	if (r == 0) {
		c->req.log = log.tmp;
		r = run(c, e);
	}
	if (r == 0 && c->keep)
		record_finish(&c->record, &c->v, log.tmp);
	if (r == 0)
		attempt_log_keep(&log, &c->v);
	attempt_log_close(&log);
	return r;
}

/* ---- what is said ---- */

static void say_next(struct checking *c)
{
	const struct term *t = &c->s->term;
	const struct catalogue_entry *next;
	struct track_map m;

	if (!c->own || !attempt_counts(&c->v))
		return;
	if (c->v.outcome != OUTCOME_PASS) {
		term_say(t, "\nType 'hint' for help%s.\n",
			 c->v.booted ? ", 'log' for the kernel log" : "");
		return;
	}
	if (track_map_open(&m, c->s, NULL) < 0)
		return;
	next = track_next(&m, c->lesson);
	if (next)
		term_say(t, "\nType 'next' for %s %s.\n", next->id,
			 next->title);
	else
		term_say(t, "\nThat was the last one that is open to you.\n");
	track_map_release(&m);
}

/* Not every format has a place for what a person can do about a fault. */
static void tell_fault(const struct verdict *v)
{
	if (attempt_counts(v) || !v->reason)
		return;
	term_warn("%s", v->reason);
	if (v->next && *v->next)
		term_warn("%s", v->next);
}

/* The compilers' names for the kernel's files become the learner's. */
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

static void rename_all(struct checking *c)
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
}

static int show_verdict(struct checking *c)
{
	struct err e = ERR_INIT;

	if (c->quiet)
		tell_fault(&c->v);
	/* The contract's object has the words as they came. */
	if (c->loaded && c->out.format != FORMAT_JSON)
		rename_all(c);
	if (format_write(&c->out, &c->v, &e) < 0) {
		term_error(&e);
		return 4;
	}
	if (c->quiet)
		return outcome_exit_code(c->v.outcome);
	if (c->loaded && c->out.format == FORMAT_JSON)
		rename_all(c);
	term_resize(&c->s->term);
	report_show(&c->s->term, &c->v, c->dir);
	say_next(c);
	return outcome_exit_code(c->v.outcome);
}

/*
 * An error before there could be a verdict. A lesson or a machine at fault
 * is a verdict to programs.
 */
static int show_error(struct checking *c, const struct err *e)
{
	struct verdict *v = &c->v;

	if (e->code == ERR_CANCELLED && !c->quiet)
		term_say(&c->s->term, "Interrupted: nothing was recorded.\n");
	if (c->out.format == FORMAT_TEXT ||
	    (e->code != ERR_LESSON && e->code != ERR_ENV))
		return cmd_fail(e);
	verdict_release(v);
	*v = (struct verdict){
		.outcome = e->code == ERR_LESSON ? OUTCOME_LESSON_FAULT
						 : OUTCOME_ENV_FAULT,
		.lesson = strdup(c->lesson ? c->lesson->id : ""),
		.next = e->next[0] ? strdup(e->next) : NULL,
	};
	if (asprintf(&v->reason, "%s%s%s", e->what, e->where[0] ? ": " : "",
		     e->where) < 0)
		v->reason = NULL;
	return show_verdict(c);
}

/* What cannot be kept there is said before the work, not after it. */
static int prepare_keep(struct checking *c, struct err *e)
{
	if (!c->keep)
		return 0;
	c->record.cold = c->req.cold;
	c->record.kiln = KILN_VERSION;
	c->req.record = &c->record;
	return record_may_write(c->keep, e);
}

static int prepare(struct checking *c, const struct cmd_args *a, struct err *e)
{
	const char *seed = cmd_value(a, "seed");

	c->req = (struct check_request){
		.cold = cmd_has(a, "cold"),
		.cancel_fd = -1,
	};
	if (format_choose(&c->out, a, e) < 0)
		return -1;
	c->quiet = format_is_quiet(&c->out);
	if (seed && parse_seed(seed, &c->req.seed, e) < 0)
		return -1;
	c->keep = cmd_value(a, "keep");
	if (prepare_keep(c, e) < 0)
		return -1;
	if (format_prepare(&c->out, e) < 0 || session_open(c->s, e) < 0)
		return -1;
	c->lesson = session_find(c->s, a->pos[0], e);
	if (!c->lesson || session_load(c->s, &c->l, c->lesson, e) < 0)
		return -1;
	c->loaded = true;
	if (find_dir(c, a, e) < 0)
		return -1;
	c->req.spec = &c->l.spec;
	c->req.dir = c->dir;
	return 0;
}

static int exec_check(struct session *s, const struct cmd_args *a)
{
	struct checking c = {.s = s};
	struct err e = ERR_INIT;
	struct sigaction was, ign = {.sa_handler = SIG_IGN};
	int code;

	/* A reader that goes away must not end a check half-way. */
	sigaction(SIGPIPE, &ign, &was);
	if (prepare(&c, a, &e) < 0 || run_logged(&c, &e) < 0) {
		code = show_error(&c, &e);
	} else {
		if (c.own && attempt_counts(&c.v))
			attempt_record(s, c.lesson->slug, &c.v, c.ms);
		code = show_verdict(&c);
		if (c.keep && graded_keep(c.quiet ? NULL : &s->term, &c.record,
					  &c.v, c.keep) < 0)
			code = 4;
	}
	fflush(stdout);
	sigaction(SIGPIPE, &was, NULL);
	verdict_release(&c.v);
	record_release(&c.record);
	if (c.loaded)
		lesson_release(&c.l);
	free(c.dir);
	return code;
}

static const struct cmd_flag flags[] = {
	{"dir", "DIR", "check the files in DIR instead of your own"},
	{"json", NULL, "print the verdict as one JSON object"},
	{"format", "FORMAT", "text, json, tap, junit or gradescope"},
	{"output", "FILE", "write it to FILE; the terminal shows the text"},
	{"cold", NULL, "boot a guest from nothing"},
	{"seed", "N", "run as the check with this seed ran"},
	{"keep", "FILE", "write what was graded to FILE, for 'replay'"},
	{NULL, NULL, NULL},
};

const struct cmd_entry cmd_check_entry = {
	.name = "check",
	.alias = "c",
	.usage = "[LESSON]",
	.summary = "build your work, run it in the guest, grade it",
	.about = "Ctrl-C stops it. What is checked with --dir is not "
		 "recorded as an attempt of yours, unless it is your folder.\n\n"
		 "The formats other than text are for programs: Kiln's own "
		 "JSON, TAP for 'prove', JUnit XML for Jenkins and GitLab, "
		 "and Gradescope's results.json. A fault of the lesson or the "
		 "machine is none of the learner's in any of them: a bail-out, "
		 "an error, a result without a score.\n\n"
		 "--keep writes a tar file with your files as they were "
		 "graded, the kernel log and the verdict. 'replay' grades it "
		 "again, here or elsewhere. An older file of that kind is "
		 "written over, any other is left alone.",
	.flags = flags,
	.max_args = 1,
	.takes = CMD_TAKES_LESSON,
	.exec = exec_check,
};
