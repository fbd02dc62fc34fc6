/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/err.h"
#include "checker/proc.h"
#include "checker/record.h"
#include "checker/replay.h"
#include "cmd.h"
#include "glyph.h"
#include "lesson.h"
#include "live.h"
#include "session.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct replaying {
	struct session *s;
	const char *file;
	bool json, strict;
	struct record record;
	struct lesson l;
	bool loaded;
	struct replay p;
};

/* ---- what is said: all of it may be another's, and is cleaned ---- */

__attribute__((format(printf, 3, 4))) static void
say(const struct replaying *c, unsigned indent, const char *fmt, ...)
{
	struct buf clean = BUF_INIT;
	char *text = NULL;
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vasprintf(&text, fmt, ap);
	va_end(ap);
	if (n < 0)
		return;
	glyph_clean(&clean, text, (size_t)n);
	term_para(&c->s->term, indent, buf_str(&clean));
	buf_release(&clean);
	free(text);
}

static bool is(const struct change *v, const char *what)
{
	return strcmp(v->what, what) == 0;
}

/* "the lesson has changed since: tests/x.c, tests/y.c (new)" */
static void say_lesson(const struct replaying *c)
{
	struct buf names = BUF_INIT;

	for (size_t i = 0; i < c->p.ground.n; i++) {
		const struct change *v = &c->p.ground.v[i];

		if (!is(v, "lesson-file"))
			continue;
		buf_addf(&names, "%s%s%s", names.len ? ", " : "", v->name,
			 !v->then  ? " (new)"
			 : !v->now ? " (gone)"
				   : "");
	}
	if (names.len)
		say(c, 2, "the lesson has changed since: %s", buf_str(&names));
	buf_release(&names);
}

static void say_ground(const struct replaying *c)
{
	say_lesson(c);
	for (size_t i = 0; i < c->p.ground.n; i++) {
		const struct change *v = &c->p.ground.v[i];

		if (is(v, "lesson-id"))
			say(c, 2, "the lesson is %s now, and was %s", v->now,
			    v->then);
		else if (is(v, "kernel") || is(v, "toolroot"))
			say(c, 2, "the %s is another one: %s, and was %s",
			    v->what, v->now, v->then);
		else if (is(v, "kernel-stamp"))
			say(c, 2,
			    "the kernel was made anew since, with other "
			    "tools");
		else if (is(v, "toolroot-stamp"))
			say(c, 2,
			    "the toolroot was made anew since: other "
			    "versions of its packages");
		else if (is(v, "kiln"))
			say(c, 2, "this is Kiln %s, and that was %s",
			    v->now ? v->now : "of no version",
			    v->then ? v->then : "of no version");
	}
}

static void say_head(const struct replaying *c)
{
	const struct ground *g = &c->record.ground;

	say(c, 0, "Replaying %s: lesson %s %s", c->file, g->id, g->title);
	say(c, 2, "graded %s", c->record.created);
	say_ground(c);
}

static void say_difference(const struct replaying *c, const struct change *v)
{
	const char *then = v->then ? v->then : "not there";
	const char *now = v->now ? v->now : "not there any more";

	if (is(v, "verdict"))
		return;
	say(c, 2, "%s%s%s: %s, was %s", v->what, v->name ? " " : "",
	    v->name ? v->name : "", now, then);
}

static void say_result(const struct replaying *c)
{
	const struct verdict *v = &c->p.verdict;
	const struct changes *d = &c->p.differs;
	const char *now = outcome_name(v->outcome);

	term_say(&c->s->term, "\n");
	if (d->n == 0)
		say(c, 0, "same verdict: %s", now);
	else if (is(&d->v[0], "verdict"))
		say(c, 0, "another verdict: %s, was %s", now, d->v[0].then);
	else
		say(c, 0,
		    "the same verdict by name, %s, but not for the same "
		    "reasons",
		    now);
	for (size_t i = 0; i < d->n; i++)
		say_difference(c, &d->v[i]);
	if (v->outcome != OUTCOME_PASS && d->n > 0 && v->reason)
		say(c, 2, "%s", v->reason);
}

/* ---- the run ---- */

static int run(struct replaying *c, struct err *e)
{
	struct live *live = c->json ? NULL : live_new(&c->s->term);
	int cancel_fd = cancel_begin(e);
	int sig, r = -1;

	if (cancel_fd >= 0) {
		r = replay_run(&c->p, &c->record, &c->l.spec, &c->s->store,
			       cancel_fd, live ? live_watch(live) : NULL, e);
		sig = cancel_end();
		if (sig == SIGTERM || sig == SIGHUP)
			c->s->leave = true;
	}
	live_free(live);
	return r;
}

static int find_lesson(struct replaying *c, struct err *e)
{
	const struct ground *g = &c->record.ground;
	const struct catalogue_entry *entry = session_by_slug(c->s, g->slug);

	if (!entry) {
		err_set(e, ERR_ENV, 0, "there is no lesson '%.60s' here",
			g->slug);
		return err_next(e, "the record was made with a Kiln that has "
				   "it");
	}
	if (session_load(c->s, &c->l, entry, e) < 0)
		return -1;
	c->loaded = true;
	return 0;
}

static int refuse_other_ground(const struct replaying *c, struct err *e)
{
	if (!c->strict || c->p.ground.n == 0)
		return 0;
	err_set(e, ERR_ENV, 0, "what the verdict stood on has changed");
	return err_next(e, "without --strict it is replayed all the same");
}

static int replay(struct replaying *c, struct err *e)
{
	if (record_read(&c->record, c->file, e) < 0 ||
	    session_open(c->s, e) < 0 || find_lesson(c, e) < 0 ||
	    replay_ground(&c->p, &c->record, &c->l.spec, &c->s->store,
			  KILN_VERSION, e) < 0)
		return -1;
	if (!c->json)
		say_head(c);
	if (refuse_other_ground(c, e) < 0)
		return -1;
	return run(c, e);
}

static int finish(struct replaying *c)
{
	const struct verdict *v = &c->p.verdict;
	int code = outcome_exit_code(v->outcome);

	/* The lesson or the machine is at fault: that is what there is to
	 * say, however it was then. */
	if (code > 1 && v->reason)
		term_warn("%s", v->reason);
	if (code > 1 && v->next)
		term_warn("%s", v->next);
	if (!c->json) {
		say_result(c);
	} else if (replay_json(&c->p, &c->record, stdout) < 0) {
		term_warn("cannot write the result: %s", strerror(errno));
		return 4;
	}
	return code > 1 ? code : c->p.differs.n > 0;
}

static int exec_replay(struct session *s, const struct cmd_args *a)
{
	struct replaying c = {
		.s = s,
		.json = cmd_has(a, "json"),
		.strict = cmd_has(a, "strict"),
		.record = RECORD_INIT,
		.p = REPLAY_INIT,
	};
	struct sigaction was, ign = {.sa_handler = SIG_IGN};
	struct err e = ERR_INIT;
	int code;

	if (a->npos == 0) {
		err_set(&e, ERR_USAGE, 0, "'replay' needs the name of a file");
		err_next(&e, "usage: replay FILE [--json] [--strict]");
		return cmd_fail(&e);
	}
	c.file = a->pos[0];
	/* A reader that goes away must not end a check half-way. */
	sigaction(SIGPIPE, &ign, &was);
	code = replay(&c, &e) < 0 ? cmd_fail(&e) : finish(&c);
	fflush(stdout);
	sigaction(SIGPIPE, &was, NULL);
	replay_release(&c.p);
	record_release(&c.record);
	if (c.loaded)
		lesson_release(&c.l);
	return code;
}

static const struct cmd_flag flags[] = {
	{"json", NULL, "print one JSON object"},
	{"strict", NULL, "only if lesson, kernel and tools are the same"},
	{NULL, NULL, NULL},
};

const struct cmd_entry cmd_replay_entry = {
	.name = "replay",
	.usage = "FILE",
	.summary = "grade again what 'check --keep FILE' kept",
	.about = "The files in FILE are built and run again, with the same "
		 "seed, in a temporary folder; nothing of yours is touched, "
		 "and nothing is recorded.\n\n"
		 "Says first what has changed since, lesson, kernel or tools. "
		 "Exit code 0 when the verdict is the same, 1 when it is "
		 "not, 2 when FILE is not such a file or was tampered with, "
		 "4 when it cannot be replayed here.",
	.flags = flags,
	.max_args = 1,
	.takes = CMD_TAKES_FILE,
	.exec = exec_replay,
};
