/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the compilers said, in about a screenful. The first error is shown
 * whole if there is room, for the rest often follows from it; of the others
 * what they complain of and the first help.
 */
#include "report.h"
#include "report-int.h"
#include "checker/buf.h"
#include "checker/verdict.h"
#include "glyph.h"
#include "term.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum {
	MAX_DIAGS = 5, /* the rest is counted */
	ROOM = 30, /* lines for all of them, at most */
	LEAST_OF_ALL = 12, /* and at least, however low the screen */
	BESIDES = 10, /* lines of a report on a build besides them */
	MAX_STYLE = 3, /* lints that nothing failed of */
	LEAST_ROOM = 5, /* of these for each that is still to come */
	HEAD = 2, /* lines: a blank one, and the message */
	MAX_PLACES = 4, /* of reports that say the same */
	PROPOSE = 9, /* lines of room to show what a help proposes */
	MAX_END = 24,
	ADVICE_WIDTH = 70, /* bytes of it in a line, about */
	MAX_SOURCE = 16 << 20,
};

struct listing {
	const struct term *t;
	const struct verdict *v;
	const char *dir;
	unsigned room;
	bool cut; /* something of a report was left out */
	bool logged; /* 'log' has the rest */
};

static const char *level_name(enum diag_level l)
{
	return l == DIAG_ERROR	   ? "error"
	       : l == DIAG_WARNING ? "warning"
				   : "note";
}

static void add_place(struct buf *b, const struct diag *d)
{
	report_add(b, d->file);
	if (d->line)
		buf_addf(b, ":%u", d->line);
	if (d->line && d->col)
		buf_addf(b, ":%u", d->col);
}

/* As an editor or a terminal understands it: "file:line:column: ". */
static void diag_head(const struct term *t, const struct diag *d)
{
	enum term_style s = d->level == DIAG_ERROR ? TERM_BAD : TERM_WARN;
	struct buf b = BUF_INIT;

	buf_adds(&b, term_on(t, TERM_BOLD));
	if (d->file)
		add_place(&b, d);
	buf_addf(&b, "%s%s%s%s", d->file ? ": " : "", term_off(t),
		 term_on(t, s), level_name(d->level));
	if (d->code)
		buf_addf(&b, "[%s]", d->code);
	buf_addf(&b, ":%s ", term_off(t));
	report_add(&b, d->message);
	term_say(t, "\n");
	report_head(t, "  ", REPORT_MARGIN, buf_str(&b));
	buf_release(&b);
}

bool report_source(struct buf *out, const char *dir, const char *name,
		   unsigned line)
{
	struct buf path = BUF_INIT;
	struct buf file = BUF_INIT;
	const char *s;
	bool found = false;

	buf_addf(&path, "%s/%s", dir, name);
	if (buf_read_file(&file, buf_str(&path), MAX_SOURCE, NULL) == 0) {
		s = buf_str(&file);
		for (; s && line > 1; line--) {
			s = strchr(s, '\n');
			s = s ? s + 1 : NULL;
		}
		found = s && *s;
		if (found)
			buf_add(out, s, strcspn(s, "\n"));
	}
	buf_release(&path);
	buf_release(&file);
	return found;
}

static bool show_source(const struct term *t, const struct diag *d,
			const char *dir)
{
	struct buf line = BUF_INIT;
	bool found = dir && d->file && d->line && d->file[0] != '/' &&
		     report_source(&line, dir, d->file, d->line);

	if (found)
		report_quote_line(t, buf_str(&line));
	buf_release(&line);
	return found;
}

static unsigned count_lines(const char *s)
{
	unsigned n = 0;

	for (; s; s = report_next_line(s))
		n++;
	return n;
}

/* ---- one of them ---- */

/* Of @body the first picture and the first help, with @propose what it proposes. */
static unsigned show_brief(struct listing *g, const struct diag *d,
			   const char *body, bool propose)
{
	const char *picture = *body ? report_find_picture(body) : NULL;
	const char *end = picture ? report_picture_end(picture) : NULL;
	const char *help = *body ? report_find_help(body) : NULL;
	unsigned n = 0;

	g->cut = g->cut || *body;
	if (picture)
		n = report_picture(g->t, picture);
	else if (show_source(g->t, d, g->dir))
		n = 1;
	/* As a label it may have been in the picture. */
	if (help && (!picture || help < picture || (end && help >= end)))
		n += report_help(g->t, help, propose);
	return n;
}

/* ---- all of them ---- */

/* A lint that a check asks for is shown with that check. */
static bool is_evidence(const struct verdict *v, const struct diag *d)
{
	for (size_t i = 0; i < v->nchecks; i++)
		if (v->checks[i].evidence &&
		    strstr(v->checks[i].evidence, d->message))
			return true;
	return false;
}

/* The same complaint, perhaps of another place. */
static bool is_same(const struct diag *a, const struct diag *b)
{
	size_t na, nb;
	const char *la = report_label(a, &na), *lb = report_label(b, &nb);

	return a->level == b->level && strcmp(a->message, b->message) == 0 &&
	       na == nb && memcmp(la, lb, na) == 0;
}

static bool is_repeat(const struct verdict *v, size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (is_same(&v->diags[j], &v->diags[i]))
			return true;
	return false;
}

/* Clippy's, where no check asks for it: nothing fails of that. */
static bool is_style(const struct diag *d)
{
	return d->level == DIAG_WARNING && d->code &&
	       strncmp(d->code, "clippy::", strlen("clippy::")) == 0;
}

static bool is_listed(const struct verdict *v, size_t i, enum diag_level level)
{
	return v->diags[i].level == level && !is_style(&v->diags[i]) &&
	       !is_evidence(v, &v->diags[i]) && !is_repeat(v, i);
}

static unsigned show_repeats(struct listing *g, size_t i)
{
	const struct verdict *v = g->v;
	struct buf b = BUF_INIT;
	unsigned n = 0;

	buf_adds(&b, "likewise at ");
	for (size_t j = i + 1; j < v->ndiags; j++) {
		if (!v->diags[j].file || !is_same(&v->diags[i], &v->diags[j]))
			continue;
		if (n++ >= MAX_PLACES)
			continue;
		buf_adds(&b, n > 1 ? ", " : "");
		add_place(&b, &v->diags[j]);
	}
	if (n > MAX_PLACES)
		buf_addf(&b, " and %u more places", n - MAX_PLACES);
	if (n)
		report_head(g->t, "      ", REPORT_MARGIN, buf_str(&b));
	buf_release(&b);
	return n ? 1 : 0;
}

/* What it means, once for all that mean the same: lines used. */
static unsigned show_advice(struct listing *g, size_t i)
{
	const struct verdict *v = g->v;
	const char *advice = diag_advice(&v->diags[i]);

	if (!advice)
		return 0;
	for (size_t j = 0; j < i; j++)
		if (diag_advice(&v->diags[j]) == advice &&
		    is_listed(v, j, v->diags[j].level))
			return 0;
	report_para(g->t, REPORT_MARGIN, advice);
	return (unsigned)strlen(advice) / ADVICE_WIDTH + 1;
}

/* @after: how many are still to come, and want their part of the room. */
static void show_diag(struct listing *g, size_t i, unsigned after)
{
	const struct diag *d = &g->v->diags[i];
	struct buf body = BUF_INIT;
	unsigned lines;
	unsigned kept = after * LEAST_ROOM + HEAD;
	unsigned room = g->room > kept ? g->room - kept : 0;
	unsigned used = HEAD;

	diag_head(g->t, d);
	report_told(&body, d);
	lines = body.len ? count_lines(buf_str(&body)) : 0;
	if (lines && lines <= room)
		used += report_whole(g->t, buf_str(&body));
	else
		used += show_brief(g, d, buf_str(&body), room >= PROPOSE);
	buf_release(&body);
	used += show_repeats(g, i);
	used += show_advice(g, i);
	g->room = g->room > used ? g->room - used : 0;
}

static unsigned show_diags(struct listing *g, enum diag_level level)
{
	unsigned n = 0, shown = 0;

	for (size_t i = 0; i < g->v->ndiags; i++)
		n += is_listed(g->v, i, level);
	for (size_t i = 0; i < g->v->ndiags && shown < MAX_DIAGS; i++) {
		if (!is_listed(g->v, i, level))
			continue;
		if (shown && g->room < HEAD)
			break;
		shown++;
		show_diag(g, i, (n < MAX_DIAGS ? n : MAX_DIAGS) - shown);
	}
	if (n > shown)
		term_say(g->t, "\n  and %u more%s\n", n - shown,
			 g->logged ? ": 'log --build' has all of it" : "");
	else if (g->cut && g->logged)
		term_say(g->t, "\n  'log --build' has all of it\n");
	return n;
}

/* A build that failed without an error that was understood: its end. */
static void show_build_end(const struct term *t, const char *out)
{
	const char *s = out + strlen(out);
	unsigned lines = 0;

	while (s > out && lines <= MAX_END)
		if (*--s == '\n' && s[1])
			lines++;
	term_say(t, "\n  The last that the build printed:\n");
	report_quote(t, s > out ? s + 1 : s, MAX_END);
}

static bool has_errors(const struct verdict *v)
{
	for (size_t i = 0; i < v->ndiags; i++)
		if (is_listed(v, i, DIAG_ERROR))
			return true;
	return false;
}

static void show_errors(struct listing *g)
{
	const struct verdict *v = g->v;
	unsigned errors = show_diags(g, DIAG_ERROR);

	if (!errors && v->outcome == OUTCOME_BUILD_FAILED && v->build_output)
		show_build_end(g->t, v->build_output);
}

/* A line each. */
static void show_styles(struct listing *g)
{
	const struct verdict *v = g->v;
	size_t n = 0;

	for (size_t i = 0; i < v->ndiags; i++) {
		struct buf b = BUF_INIT;

		if (!is_style(&v->diags[i]) || is_evidence(v, &v->diags[i]) ||
		    n++ >= MAX_STYLE)
			continue;
		if (n == 1)
			term_say(g->t, "\n");
		if (v->diags[i].file)
			add_place(&b, &v->diags[i]);
		buf_adds(&b, v->diags[i].file ? ": style: " : "style: ");
		report_add(&b, v->diags[i].message);
		report_head(g->t, "  ", REPORT_MARGIN, buf_str(&b));
		buf_release(&b);
	}
	if (n > MAX_STYLE)
		term_say(g->t,
			 "  and %zu more such: 'log --build' shows "
			 "them\n",
			 n - MAX_STYLE);
}

/* On a screen that is known, no more than it has. */
static unsigned room_on(const struct term *t)
{
	if (!t->tty || !t->height || t->height >= ROOM + BESIDES)
		return ROOM;
	return t->height < LEAST_OF_ALL + BESIDES ? LEAST_OF_ALL
						  : t->height - BESIDES;
}

void report_build(const struct term *t, const struct verdict *v,
		  const char *dir)
{
	struct listing g = {
		.t = t, .v = v, .dir = dir, .room = room_on(t), .logged = true};

	show_errors(&g);
}

void report_warnings(const struct term *t, const struct verdict *v,
		     const char *dir)
{
	struct listing g = {.t = t,
			    .v = v,
			    .dir = dir,
			    .room = room_on(t) / 2,
			    .logged = true};

	if (has_errors(v))
		return;
	show_diags(&g, DIAG_WARNING);
	show_styles(&g);
}

void report_diags(const struct term *t, const struct verdict *v,
		  const char *dir)
{
	struct listing g = {.t = t, .v = v, .dir = dir, .room = room_on(t)};

	show_errors(&g);
	if (!has_errors(v))
		show_diags(&g, DIAG_WARNING);
}

size_t report_first(const struct term *t, const struct verdict *v,
		    const char *dir)
{
	struct listing g = {.t = t, .v = v, .dir = dir};
	struct buf body = BUF_INIT;
	size_t n = 0;

	for (size_t i = 0; i < v->ndiags; i++) {
		if (!is_listed(v, i, DIAG_ERROR))
			continue;
		if (n++)
			continue;
		diag_head(t, &v->diags[i]);
		report_told(&body, &v->diags[i]);
		show_brief(&g, &v->diags[i], buf_str(&body), true);
		show_repeats(&g, i);
		show_advice(&g, i);
	}
	buf_release(&body);
	return n;
}
