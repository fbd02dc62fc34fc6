/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/err.h"
#include "checker/proc.h"
#include "cmd.h"
#include "editor.h"
#include "editors.h"
#include "lesson.h"
#include "raw.h"
#include "session.h"
#include "spot.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

/* An editor at work on a lesson's folder. */
struct editing {
	struct session *s;
	struct lesson l;
	bool loaded;
	char *dir;
	struct spot at;
	struct strv argv;
	struct strv env;
};

static int no_memory(struct err *e)
{
	return err_set(e, ERR_ENV, ENOMEM, "cannot open the editor");
}

/* Ours, but for PATH, where the lesson's servers come first. */
static int make_env(struct editing *ed)
{
	const char *path = getenv("PATH");
	int r = 0;

	for (char **v = environ; *v && r == 0; v++)
		if (strncmp(*v, "PATH=", 5) != 0)
			r = strv_add(&ed->env, *v);
	return r < 0 ? r
		     : strv_addf(&ed->env, "PATH=%s/" EDITORS_DIR "%s%s",
				 ed->dir, path ? ":" : "", path ? path : "");
}

/* Also with the output in a file: the editor draws on its own. */
static bool can_draw(void)
{
	const char *term = getenv("TERM");

	return term && strcmp(term, "dumb") != 0;
}

static bool is_set(const char *variable)
{
	const char *v = getenv(variable);

	return v && v[strspn(v, " \t")];
}

/* One that was not asked for would wait for keys that never come. */
static int needs_terminal(struct err *e)
{
	if ((isatty(STDIN_FILENO) && isatty(STDOUT_FILENO)) ||
	    is_set("EDITOR") || is_set("VISUAL"))
		return 0;
	err_set(e, ERR_USAGE, 0,
		"'edit' opens an editor, which needs a "
		"terminal");
	return err_next(e, "type it at one; or set EDITOR to an editor that "
			   "works without");
}

/* @lesson: NULL: the one at work. */
static int open_lesson(struct editing *ed, const char *lesson, struct err *e)
{
	const struct catalogue_entry *c;

	c = session_find_or_first(ed->s, lesson, e);
	if (!c || session_load(ed->s, &ed->l, c, e) < 0)
		return -1;
	ed->loaded = true;
	ed->dir = session_work_dir(ed->s, c->slug);
	return ed->dir ? 0 : no_memory(e);
}

static int find_spot(struct editing *ed, const char *word, struct err *e)
{
	return word ? spot_find(&ed->at, ed->s, &ed->l, ed->dir, word, e)
		    : spot_next(&ed->at, ed->s, &ed->l, ed->dir, e);
}

static void close_lesson(struct editing *ed)
{
	spot_release(&ed->at);
	if (ed->loaded)
		lesson_release(&ed->l);
	ed->loaded = false;
	free(ed->dir);
	ed->dir = NULL;
}

/* One word is a file of the lesson at work, or else a lesson. */
static int find_either(struct editing *ed, const char *word, struct err *e)
{
	if (open_lesson(ed, NULL, e) < 0)
		return -1;
	if (find_spot(ed, word, e) == 0)
		return 0;
	if (!catalogue_find(&ed->s->lessons, word, NULL))
		return -1;
	close_lesson(ed);
	*e = (struct err)ERR_INIT;
	return open_lesson(ed, word, e) < 0 ? -1 : find_spot(ed, NULL, e);
}

static int prepare(struct editing *ed, const struct cmd_args *a, struct err *e)
{
	int r;

	if (session_open(ed->s, e) < 0)
		return -1;
	if (a->npos == 1)
		r = find_either(ed, a->pos[0], e);
	else if ((r = open_lesson(ed, a->pos[0], e)) == 0)
		r = find_spot(ed, a->pos[1], e);
	if (r < 0 || needs_terminal(e) < 0 ||
	    editor_words(&ed->argv, can_draw(), e) < 0)
		return -1;
	if (editor_add_file(&ed->argv, ed->at.path, ed->at.line) < 0 ||
	    make_env(ed) < 0)
		return no_memory(e);
	return 0;
}

static const char *reason(const struct editing *ed)
{
	switch (ed->at.why) {
	case SPOT_CHECK:
		return ", where the last check found something";
	case SPOT_TODO:
		return ", where the first TODO stands";
	case SPOT_ASKED:
	case SPOT_FIRST:
		break;
	}
	return "";
}

/* For an editor that opens a window of its own, all that is to be seen. */
static void say_where(const struct editing *ed)
{
	const struct term *t = &ed->s->term;
	struct buf b = BUF_INIT;

	buf_addf(&b, "%s%s%s", term_on(t, TERM_BOLD), ed->at.name, term_off(t));
	if (ed->at.line)
		buf_addf(&b, ", line %u", ed->at.line);
	buf_adds(&b, reason(ed));
	term_para(t, 0, buf_str(&b));
	if (strv_has(&ed->l.spec.given, ed->at.name))
		term_para(t, 0,
			  "It is given: checks use the lesson's own, "
			  "whatever is changed here.");
	buf_release(&b);
	fflush(t->out);
}

static int not_run(const struct editing *ed, const struct proc_result *r,
		   struct err *e)
{
	err_set(e, ERR_ENV, r->status, "cannot run the editor '%s'",
		ed->argv.v[0]);
	return editor_advise(can_draw(), e);
}

/* 1: it ended badly, and that was said. */
static int judge(const struct editing *ed, const struct proc_result *r,
		 struct err *e)
{
	if (r->end == PROC_SPAWN_FAILED)
		return not_run(ed, r, e);
	if (r->end == PROC_CANCELLED)
		return err_set(e, ERR_CANCELLED, 0, "interrupted");
	if (r->end == PROC_EXITED && r->status == 0)
		return 0;
	term_warn("the editor ended with %s %d",
		  r->end == PROC_SIGNALED ? "signal" : "code", r->status);
	return 1;
}

/* By a signal, of its own or of a script that started it. */
static bool was_killed(const struct proc_result *r)
{
	return r->end == PROC_SIGNALED || r->end == PROC_CANCELLED ||
	       (r->end == PROC_EXITED && r->status > 128);
}

/* Whoever ends Kiln ends the editor with it, however deep it sits. */
static int run(struct editing *ed, const struct proc_spec *spec,
	       struct proc_result *r, struct err *e)
{
	struct proc_spec own = *spec;
	int sig, ret = -1;

	own.cancel_fd = cancel_begin(e);
	if (own.cancel_fd < 0)
		return -1;
	ret = proc_run(r, &own, e);
	sig = cancel_end();
	if (sig == SIGTERM || sig == SIGHUP)
		ed->s->leave = true;
	return ret;
}

static int edit(struct editing *ed, struct err *e)
{
	struct proc_spec spec = PROC_SPEC_INIT;
	struct proc_result r;
	int ret;

	spec.argv = (const char *const *)ed->argv.v;
	spec.env = (const char *const *)ed->env.v;
	spec.dir = ed->dir;
	spec.tty = true;
	say_where(ed);
	if (run(ed, &spec, &r, e) < 0)
		return -1;
	if (was_killed(&r))
		raw_undo(&ed->s->term);
	ret = judge(ed, &r, e);
	proc_result_release(&r);
	term_resize(&ed->s->term);
	/* Of what is given, nothing is checked. */
	if (ret >= 0 && strv_has(&ed->l.spec.edit, ed->at.name))
		term_say(&ed->s->term, "When you have saved it, type "
				       "'check'.\n");
	return ret;
}

static int exec_edit(struct session *s, const struct cmd_args *a)
{
	struct editing ed = {.s = s};
	struct err e = ERR_INIT;
	int r = prepare(&ed, a, &e);

	if (r == 0) {
		editors_tell(s, &ed.l, ed.dir);
		r = edit(&ed, &e);
	}
	close_lesson(&ed);
	strv_release(&ed.argv);
	strv_release(&ed.env);
	return r < 0 ? cmd_fail(&e) : r;
}

const struct cmd_entry cmd_edit_entry = {
	.name = "edit",
	.alias = "e",
	.usage = "[LESSON] [FILE[:LINE]]",
	.summary = "open your editor where there is something to do",
	.about = "Without FILE, at the first place that the last check named; "
		 "when it named none, at the first TODO. FILE is one of the "
		 "lesson's folder, or a path in the kernel's source; LESSON another "
		 "than the one that you are at.\n\n"
		 "The editor is what VISUAL or EDITOR says, arguments "
		 "included; without them sensible-editor, nano, vi or what "
		 "else is installed. It finds "
		 "Kiln's rust-analyzer and clangd first in its PATH: "
		 ".kiln/EDITORS.md in the lesson's folder tells what editors "
		 "make of them.",
	.max_args = 2,
	.takes = CMD_TAKES_WORK,
	.exec = exec_edit,
};
