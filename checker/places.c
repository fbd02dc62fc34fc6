/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "places.h"
#include "buf.h"
#include "grade.h"
#include "proc.h"
#include "sandbox.h"
#include "splat.h"
#include "symbols.h"
#include "unwind.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define GUARD_MS   3000
#define ANSWER_MAX ((size_t)1 << 20)
#define GONE_MAX   16

struct search {
	const struct places_opts *o;
	struct strv files; /* the learner's */
	struct finding **v;
	size_t n;
};

/* ---- in a process of its own ---- */

/* The instructor's module, whatever the learner has of that name. */
static bool is_test(const struct search *s, const char *symbol)
{
	const char *open = strrchr(symbol, '[');
	char path[4200];

	if (!s->o->tests || !open)
		return false;
	snprintf(path, sizeof(path), "%s/%.*s.ko", s->o->tests,
		 (int)strcspn(open + 1, " ]"), open + 1);
	return access(path, F_OK) == 0;
}

/* A line "FINDING SITE LINE\tFILE\tFUNCTION\n" of the answer. */
static void answer(struct buf *b, size_t finding, size_t site,
		   const struct place *p)
{
	buf_addf(b, "%zu %zu %u\t%s\t%s\n", finding, site, p->line, p->file,
		 p->function);
}

static void ask(struct buf *b, struct symbols *symbols, const struct search *s,
		size_t finding, size_t site, const char *symbol)
{
	struct place places[PLACES_MAX];
	bool exact = s->v[finding]->sites[site].exact;

	if (*symbol && !is_test(s, symbol) &&
	    symbols_places(symbols, places, symbol, exact) > 0)
		answer(b, finding, site, &places[0]);
}

static bool is_gone(const struct finding_site *site)
{
	return strncmp(site->symbol, "0x", 2) == 0;
}

/* The numbers from @site on; how many they are. */
static size_t ask_gone(struct buf *b, struct symbols *symbols,
		       const struct search *s, size_t finding, size_t site)
{
	const struct finding *f = s->v[finding];
	static struct gone_frame frames[GONE_MAX];
	size_t n = 0;

	while (n < GONE_MAX && site + n < f->nsites &&
	       is_gone(&f->sites[site + n])) {
		frames[n].address =
			strtoull(f->sites[site + n].symbol, NULL, 16);
		n++;
	}
	symbols_gone(symbols, frames, n, f->sites[site].name);
	for (size_t i = 0; i < n; i++)
		ask(b, symbols, s, finding, site + i, frames[i].symbol);
	return n;
}

static void ask_finding(struct buf *b, struct symbols *symbols,
			const struct search *s, size_t finding)
{
	const struct finding *f = s->v[finding];

	for (size_t i = 0; i < f->nsites; i++) {
		if (is_gone(&f->sites[i]))
			i += ask_gone(b, symbols, s, finding, i) - 1;
		else
			ask(b, symbols, s, finding, i, f->sites[i].symbol);
	}
}

static int write_all(int fd, const struct buf *b)
{
	for (size_t at = 0; at < b->len;) {
		ssize_t n = write(fd, b->data + at, b->len - at);

		if (n <= 0)
			return -1;
		at += (size_t)n;
	}
	return 0;
}

static int look_up(int fd, void *arg)
{
	const struct search *s = arg;
	struct symbols *symbols = symbols_new(s->o->stage, &s->files);
	struct buf b = BUF_INIT;
	int ret = -1;

	for (size_t i = 0; symbols && i < s->n; i++)
		ask_finding(&b, symbols, s, i);
	if (symbols && buf_ok(&b))
		ret = write_all(fd, &b);
	symbols_free(symbols);
	buf_release(&b);
	return ret;
}

/* ---- here ---- */

static void take_line(struct search *s, char *line)
{
	char *file = strchr(line, '\t');
	char *function = file ? strchr(file + 1, '\t') : NULL;
	struct finding_site *site;
	size_t finding, at;
	unsigned number;

	if (!function ||
	    sscanf(line, "%zu %zu %u", &finding, &at, &number) != 3)
		return;
	if (finding >= s->n || at >= s->v[finding]->nsites)
		return;
	*function++ = '\0';
	site = &s->v[finding]->sites[at];
	if (site->file || !strv_has(&s->files, file + 1))
		return;
	site->file = strdup(file + 1);
	site->function = *function ? strdup(function) : NULL;
	site->line = number;
}

static void take_answer(struct search *s, struct buf *b)
{
	char *line = b->data, *end;

	while (line && (end = strchr(line, '\n'))) {
		*end = '\0';
		take_line(s, line);
		line = end + 1;
	}
}

/* A place in the learner's files? Then it is told as they know it. */
static bool is_ours(const struct search *s, char *file)
{
	static const char stage[] = SANDBOX_STAGE "/";
	char *p = file;

	if (strncmp(p, stage, sizeof(stage) - 1) == 0)
		p += sizeof(stage) - 1;
	while (strncmp(p, "./", 2) == 0)
		p += 2;
	if (!strv_has(&s->files, p))
		return false;
	memmove(file, p, strlen(p) + 1);
	return true;
}

/*
 * The report itself knows best, if what it names is the learner's: a panic
 * names who called, say. Else it is the first frame that is.
 */
static void set_place(const struct search *s, struct finding *f)
{
	static const enum site_role roles[] = {SITE_FRAME, SITE_WANTED,
					       SITE_HELD};
	char *file;

	if (f->file && is_ours(s, f->file))
		return;
	for (size_t r = 0; r < sizeof(roles) / sizeof(*roles); r++) {
		for (size_t i = 0; i < f->nsites; i++) {
			if (f->sites[i].role != roles[r] || !f->sites[i].file)
				continue;
			file = strdup(f->sites[i].file);
			if (!file)
				return;
			free(f->file);
			f->file = file;
			f->line = f->sites[i].line;
			return;
		}
	}
}

static void set_explain(struct finding *f)
{
	struct buf b = BUF_INIT;
	char *all;

	if (f->explain)
		buf_addf(&b, "%s ", f->explain);
	places_tell(&b, f);
	all = buf_steal(&b);
	if (!all)
		return;
	free(f->explain);
	f->explain = all;
	if (*all && all[strlen(all) - 1] == ' ')
		all[strlen(all) - 1] = '\0';
}

static void collect(struct search *s, const struct finding *v, size_t n)
{
	/* They are the caller's to change; who only grades must not. */
	for (size_t i = 0; i < n; i++)
		s->v[s->n++] = (struct finding *)&v[i];
}

static void collect_site(struct search *s, const struct unwind_site *site)
{
	if (site->at.nsites > 0)
		collect(s, &site->at, 1);
}

static size_t count_rounds(const struct evidence *ev)
{
	size_t n = 0;

	for (size_t i = 0; i < ev->spec->nplan; i++)
		if (ev->steps[i].unwind)
			n += ev->steps[i].unwind->n +
			     ev->steps[i].unwind->nleaks;
	return n;
}

/*
 * Allocations that were made to fail, and objects that were left. Nobody
 * asks where they were, if all went well.
 */
static void collect_rounds(struct search *s, const struct evidence *ev)
{
	bool well = s->n == 0;

	for (size_t i = 0; i < ev->spec->nplan; i++) {
		const struct unwind *u = ev->steps[i].unwind;
		struct buf why = BUF_INIT;

		if (!u)
			continue;
		well = well && unwind_judge(&why, &ev->spec->plan[i], u);
		buf_release(&why);
		for (size_t j = 0; !well && j < u->n; j++)
			collect_site(s, &u->v[j].site);
		for (size_t j = 0; !well && j < u->nleaks; j++)
			collect_site(s, &u->leaks[j].site);
	}
}

static void add_files(struct search *s, const struct strv *list)
{
	for (size_t i = 0; i < list->n; i++)
		strv_add(&s->files, list->v[i]);
}

/* Where the first step that took too long was, or what the NMI caught. */
static void find_stack(struct finding *stuck, const struct evidence *ev)
{
	const struct finding *caught = grade_caught(ev);

	for (size_t i = 0; i < ev->spec->nplan; i++)
		if (ev->steps[i].how == STEP_OVERDUE && !stuck->nsites)
			stack_sites(stuck, buf_str(&ev->steps[i].output));
	for (size_t i = 0; caught && !stuck->nsites && i < caught->nsites; i++)
		if (finding_add_site(stuck, &caught->sites[i]) < 0)
			return;
}

void places_find(struct evidence *ev, const struct places_opts *o)
{
	struct search s = {.o = o};
	struct finding stuck = {.title = NULL};
	struct buf text = {.max = ANSWER_MAX};
	size_t n;
	const struct finding *log = klog_findings(ev->log, &n);

	find_stack(&stuck, ev);
	s.v = calloc(n + ev->nleaks + count_rounds(ev) + 1, sizeof(*s.v));
	if (!s.v)
		goto out;
	collect(&s, log, n);
	collect(&s, ev->leaks, ev->nleaks);
	collect_rounds(&s, ev);
	if (s.n + stuck.nsites == 0)
		goto out;
	collect(&s, &stuck, 1);
	add_files(&s, &ev->spec->edit);
	add_files(&s, &ev->spec->given);
	if (proc_guard(&text, GUARD_MS, look_up, &s) == 0)
		take_answer(&s, &text);
	for (size_t i = 0; i + 1 < s.n; i++) {
		set_place(&s, s.v[i]);
		set_explain(s.v[i]);
	}
	buf_clear(&text);
	places_tell_stuck(&text, &stuck);
	if (text.len > 0)
		ev->stuck = buf_steal(&text);
out:
	finding_release(&stuck);
	strv_release(&s.files);
	buf_release(&text);
	free(s.v);
}
