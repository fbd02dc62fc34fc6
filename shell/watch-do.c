/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the keys of `watch` do. */
#include "checker/err.h"
#include "checking.h"
#include "cmd.h"
#include "keyboard.h"
#include "page.h"
#include "session.h"
#include "steps.h"
#include "cmd-watch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void watching_look(struct watching *g)
{
	const char *id = session_current_id(g->s);
	bool ours = g->s->term.keys && id &&
		    strcmp(id, watch_lesson(g->watch)) == 0;

	g->choices = ours ? steps_asks(g->s) : 0;
	screen_choices(g->screen, g->choices);
}

/* ---- commands ---- */

/* The terminal as a command expects it; false: we were asked to leave. */
static bool step_aside(struct watching *g)
{
	screen_leave(g->screen);
	keyboard_release(g->keys);
	watching_end_signals(g);
	return !g->over;
}

static void come_back(struct watching *g)
{
	fflush(g->s->term.out);
	watching_begin_signals(g);
	keyboard_take(g->keys);
	if (g->s->leave)
		g->over = true;
	watching_look(g);
	screen_return(g->screen);
}

/* `@name [@word] [LESSON]`, as if it had been typed. */
static void command(struct watching *g, const char *name, const char *word,
		    bool lesson)
{
	const char *argv[4] = {name};
	int argc = 1;

	if (word)
		argv[argc++] = word;
	if (lesson)
		argv[argc++] = watch_lesson(g->watch);
	if (!step_aside(g))
		return;
	g->shown = true;
	cmd_run(g->s, argc, argv);
	come_back(g);
}

static void details(struct watching *g)
{
	struct checking *c = watch_last(g->watch);
	FILE *out = g->s->term.out;
	char *text = NULL;
	size_t len = 0;

	if (!c) {
		screen_note(g->screen, "No check has come to its end yet.");
		return;
	}
	g->s->term.out = open_memstream(&text, &len);
	if (g->s->term.out) {
		checking_report(c);
		fclose(g->s->term.out);
	}
	g->s->term.out = out;
	if (text && step_aside(g)) {
		g->shown = true;
		size_t skip = strspn(text, "\n"); /* the screen's already */

		page_show(&g->s->term, text + skip, len - skip);
		come_back(g);
	}
	free(text);
}

/* The build's words if no guest ran: the log would be an older one's. */
static void show_log(struct watching *g)
{
	const struct checking *c = watch_last(g->watch);
	bool built = !c || c->v.booted || !c->v.build_output;

	command(g, "log", built ? NULL : "--build", true);
}

/* What the last check complains of first. */
static const char *first_code(const struct checking *c)
{
	for (size_t i = 0; i < c->v.ndiags; i++)
		if (c->v.diags[i].level == DIAG_ERROR && c->v.diags[i].code)
			return c->v.diags[i].code;
	return c->v.nfindings ? finding_name(c->v.findings[0].kind) : NULL;
}

static void explain(struct watching *g)
{
	const struct checking *c = watch_last(g->watch);
	const char *code = c ? first_code(c) : NULL;

	if (code)
		command(g, "explain", code, false);
	else
		screen_note(g->screen, "The last check has no error code and "
				       "no finding to explain.");
}

/* Whatever `next` began is watched from now on. */
static void next_lesson(struct watching *g)
{
	struct err e = ERR_INIT;
	const char *id;

	command(g, "next", NULL, false);
	id = session_current_id(g->s);
	if (g->over || !id || strcmp(id, watch_lesson(g->watch)) == 0)
		return;
	screen_hide(g->screen);
	if (watching_open(g, NULL, &e) == 0)
		return;
	g->over = true;
	g->code = cmd_fail(&e);
}

/* ---- leaving ---- */

/*
 * What a key has shown may have been paged, or not: a "q" for a pager that
 * did not open, or has come to its end, must not leave watch.
 */
static void ask_leave(struct watching *g)
{
	if (!g->shown) {
		g->over = true;
		return;
	}
	g->leaving = true;
	screen_ask(g->screen, "q again: leave watch; any other key: go on ");
}

/* Another key than q means what it always does. */
static void answer_leave(struct watching *g, int key)
{
	g->leaving = g->shown = false;
	screen_ask(g->screen, NULL);
	if (key == 'q')
		g->over = true;
}

/* ---- keys ---- */

/* The first letters, whatever else they do, while a question is open. */
static void answer(struct watching *g, int key)
{
	const char letter[] = {(char)key, '\0'};

	command(g, "predict", letter, false);
}

static void press(struct watching *g, int key)
{
	if (key >= 'a' && key < 'a' + (int)g->choices) {
		answer(g, key);
		return;
	}
	switch (key) {
	case 'h':
		command(g, "hint", NULL, true);
		break;
	case 'l':
		show_log(g);
		break;
	case 'n':
		next_lesson(g);
		break;
	case 't':
		command(g, "list", NULL, false);
		break;
	case 'x':
		explain(g);
		break;
	case 'd':
		details(g);
		break;
	case 'r':
		command(g, "reset", NULL, true);
		break;
	case '?':
		command(g, "help", "watch", false);
		break;
	case '\r':
	case '\n':
	case ' ':
		watch_check(g->watch);
		break;
	case 'q':
		ask_leave(g);
		break;
	case KEY_INTERRUPT:
	case KEY_END:
		g->over = true;
		break;
	}
}

void watching_key(struct watching *g, int key)
{
	if (g->leaving)
		answer_leave(g, key);
	if (!g->over)
		press(g, key);
}
