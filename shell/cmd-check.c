/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "attempt.h"
#include "checker/check.h"
#include "checker/err.h"
#include "checker/record.h"
#include "checking.h"
#include "cmd.h"
#include "format.h"
#include "graded.h"
#include "session.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* One check, from the words of the command to its exit code. */
struct command {
	struct checking c;
	struct format_choice out;
	bool quiet; /* standard output is for programs */
	const char *keep; /* the file for what was graded, or NULL */
	struct record record;
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

/* ---- what is said ---- */

/* Not every format has a place for what a person can do about a fault. */
static void tell_fault(const struct verdict *v)
{
	if (attempt_counts(v) || !v->reason)
		return;
	term_warn("%s", v->reason);
	if (v->next && *v->next)
		term_warn("%s", v->next);
}

static int show_verdict(struct command *k)
{
	struct checking *c = &k->c;
	struct err e = ERR_INIT;

	if (k->quiet)
		tell_fault(&c->v);
	/* The contract's object has the words as they came. */
	if (c->loaded && k->out.format != FORMAT_JSON)
		checking_rename(c);
	if (format_write(&k->out, &c->v, &e) < 0) {
		term_error(&e);
		return 4;
	}
	if (k->quiet)
		return outcome_exit_code(c->v.outcome);
	if (c->loaded && k->out.format == FORMAT_JSON)
		checking_rename(c);
	checking_show(c);
	return outcome_exit_code(c->v.outcome);
}

/*
 * An error before there could be a verdict. A lesson or a machine at fault
 * is a verdict to programs.
 */
static int show_error(struct command *k, const struct err *e)
{
	const struct catalogue_entry *lesson = k->c.lesson;
	struct verdict *v = &k->c.v;

	if (e->code == ERR_CANCELLED && !k->quiet)
		term_say(&k->c.s->term, "Interrupted: nothing was recorded.\n");
	if (k->out.format == FORMAT_TEXT ||
	    (e->code != ERR_LESSON && e->code != ERR_ENV))
		return cmd_fail(e);
	verdict_release(v);
	*v = (struct verdict){
		.outcome = e->code == ERR_LESSON ? OUTCOME_LESSON_FAULT
						 : OUTCOME_ENV_FAULT,
		.lesson = strdup(lesson ? lesson->id : ""),
		.next = e->next[0] ? strdup(e->next) : NULL,
	};
	if (asprintf(&v->reason, "%s%s%s", e->what, e->where[0] ? ": " : "",
		     e->where) < 0)
		v->reason = NULL;
	return show_verdict(k);
}

/* What cannot be kept there is said before the work, not after it. */
static int prepare_keep(struct command *k, struct err *e)
{
	if (!k->keep)
		return 0;
	k->record.cold = k->c.req.cold;
	k->record.kiln = KILN_VERSION;
	k->c.req.record = &k->record;
	return record_may_write(k->keep, e);
}

static int prepare(struct command *k, const struct cmd_args *a, struct err *e)
{
	struct check_request *req = &k->c.req;
	const char *seed = cmd_value(a, "seed");

	*req = (struct check_request){
		.cold = cmd_has(a, "cold"),
		.cancel_fd = -1,
	};
	if (format_choose(&k->out, a, e) < 0)
		return -1;
	k->quiet = format_is_quiet(&k->out);
	if (seed && parse_seed(seed, &req->seed, e) < 0)
		return -1;
	k->keep = cmd_value(a, "keep");
	if (prepare_keep(k, e) < 0 || format_prepare(&k->out, e) < 0)
		return -1;
	if (checking_open(&k->c, a->pos[0], cmd_value(a, "dir"), e) < 0)
		return -1;
	if (!k->quiet)
		checking_refresh(&k->c);
	return 0;
}

static int exec_check(struct session *s, const struct cmd_args *a)
{
	struct command k = {.c = {.s = s}};
	struct err e = ERR_INIT;
	struct sigaction was, ign = {.sa_handler = SIG_IGN};
	int code;

	/* A reader that goes away must not end a check half-way. */
	sigaction(SIGPIPE, &ign, &was);
	if (prepare(&k, a, &e) < 0 || checking_run(&k.c, k.quiet, &e) < 0) {
		code = show_error(&k, &e);
	} else {
		checking_record(&k.c);
		code = show_verdict(&k);
		if (k.keep && graded_keep(k.quiet ? NULL : &s->term, &k.record,
					  &k.c.v, k.keep) < 0)
			code = 4;
	}
	fflush(stdout);
	sigaction(SIGPIPE, &was, NULL);
	checking_release(&k.c);
	record_release(&k.record);
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
	.about =
		"Ctrl-C stops it. What is checked with --dir is not "
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
