/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "klog-findings.h"
#include "explain.h"

#include <stdlib.h>
#include <string.h>

/* A "cut here" and its headline are at most a few lines of message apart. */
#define MAX_MESSAGE_LINES 16

/* A log with more reports than this was made to keep us busy. */
#define MAX_REPORTS 100000

/* Of two reports of one fault the higher one names the kind. */
static int rank(enum finding_kind k)
{
	static const unsigned char ranks[FINDING_NKINDS] = {
		[FINDING_RUST_PANIC] = 17,  [FINDING_KASAN] = 16,
		[FINDING_LIST_CORRUPTION] = 15, [FINDING_REFCOUNT] = 14,
		[FINDING_UBSAN] = 13,	    [FINDING_BAD_UNLOCK] = 12,
		[FINDING_HELD_LOCK] = 11,   [FINDING_ATOMIC_SLEEP] = 10,
		[FINDING_LOCKDEP] = 9,	    [FINDING_LEAK] = 8,
		[FINDING_BUG] = 7,	    [FINDING_OOPS] = 6,
		[FINDING_WARN] = 5,	    [FINDING_SOFT_LOCKUP] = 4,
		[FINDING_HUNG_TASK] = 3,    [FINDING_RCU_STALL] = 2,
		[FINDING_PANIC] = 1,
	};

	return ranks[k];
}

static uint64_t hash_add(uint64_t h, const char *s)
{
	do {
		h = (h ^ (unsigned char)*s) * 0x100000001b3ull;
	} while (*s++);
	return h;
}

/* Two reports with the same hash are about the same place. */
static uint64_t hash(const struct splat *sp)
{
	uint64_t h = 0xcbf29ce484222325ull + (uint64_t)sp->kind;

	h = hash_add(h, sp->title);
	h = hash_add(h, splat_culprit(sp));
	h = hash_add(h, sp->file);
	return h * 31 + sp->line;
}

static char *copy(struct findings *f, const char *s)
{
	char *p = strdup(s);

	f->failed |= !p;
	return p;
}

static void replace(struct findings *f, char **to, const char *s)
{
	char *p;

	if (!*s)
		return;
	p = copy(f, s);
	if (p) {
		free(*to);
		*to = p;
	}
}

static void join(struct findings *f, size_t i, const struct splat *sp,
		 enum relation rel)
{
	struct finding *v = &f->v[i];
	const char *culprit = splat_culprit(sp);

	f->memo[i].died |= sp->died;
	if (f->memo[i].pid < 0 || (sp->died && sp->pid >= 0))
		f->memo[i].pid = sp->pid;
	if (v->log_end < sp->last)
		v->log_end = sp->last;
	f->latest = i;
	if (!v->symbol) {
		replace(f, &v->symbol, culprit);
		f->failed |= splat_give_sites(sp, v) < 0;
	}
	if (rel == AFTERMATH)
		return;
	f->failed |= splat_give_sites(sp, v) < 0;
	if (!v->file && sp->file[0]) {
		replace(f, &v->file, sp->file);
		v->line = sp->line;
	}
	if (v->symbol && text_in_module(culprit) &&
	    !text_in_module(v->symbol))
		replace(f, &v->symbol, culprit);
	if (rank(sp->kind) > rank(v->kind)) {
		v->kind = sp->kind;
		replace(f, &v->title, sp->title);
	}
}

static void append(struct findings *f, const struct splat *sp, uint64_t h)
{
	struct finding *v;

	if (f->n == FINDINGS_MAX)
		return;
	v = &f->v[f->n];
	*v = (struct finding){
		.kind = sp->kind,
		.line = sp->line,
		.log_line = sp->first,
		.log_end = sp->last,
	};
	replace(f, &v->title, sp->title);
	replace(f, &v->file, sp->file);
	replace(f, &v->symbol, splat_culprit(sp));
	f->failed |= splat_give_sites(sp, v) < 0;
	f->memo[f->n] = (struct finding_memo){
		.hash = h,
		.pid = sp->pid,
		.died = sp->died,
	};
	f->latest = f->n++;
}

static void close_splat(struct findings *f)
{
	const struct splat *sp = &f->splats[f->current];
	uint64_t h = hash(sp);
	enum relation rel = UNRELATED;
	size_t i = f->n;

	f->open = false;
	f->quiet = true;
	f->cut = 0;
	f->reports++;
	while (i > 0 && rel == UNRELATED)
		rel = findings_relate(f, --i, sp, h);
	if (rel != UNRELATED)
		join(f, i, sp, rel);
	else
		append(f, sp, h);
}

/* The headline that was just read, in the slot that is not current. */
static void open_splat(struct findings *f, size_t number)
{
	struct splat *sp = &f->splats[!f->current];
	size_t first = f->cut ? f->cut : number;

	sp->near = f->quiet || f->open;
	sp->within = f->open;
	if (f->separator && f->separator + 1 == number)
		first = f->separator;
	if (f->open)
		close_splat(f);
	f->current = !f->current;
	sp->first = first;
	sp->last = number;
	f->open = true;
	f->cut = 0;
	if (sp->end == SPLAT_END_LINE)
		close_splat(f);
}

/*
 * "cut here" opens what follows, and so ends what is open, but for a fault
 * whose BUG() is still to come.
 */
static void cut_here(struct findings *f, size_t number)
{
	const struct splat *sp = &f->splats[f->current];

	if (f->open && (sp->end != SPLAT_END_DIE || sp->oops_seen))
		close_splat(f);
	f->cut = number;
	f->message[0] = '\0';
}

static void in_cut(struct findings *f, const char *s, size_t len,
		   size_t number)
{
	if (!f->message[0])
		text_copy(f->message, sizeof(f->message), s, len);
	if (number - f->cut > MAX_MESSAGE_LINES)
		f->cut = 0;
}

/* Between reports: is this line only more of the last one, or nothing? */
static void between(struct findings *f, const char *s, size_t len,
		    size_t number)
{
	if (f->n && splat_is_tail(s, len))
		f->v[f->latest].log_end = number;
	else if (!splat_is_body(s, len))
		f->quiet = false;
}

/* A second boot in one log: its tasks are others, whatever their numbers. */
static void rebooted(struct findings *f)
{
	if (f->open)
		close_splat(f);
	for (size_t i = 0; i < f->n; i++) {
		f->memo[i].pid = -1;
		f->memo[i].died = false;
	}
	f->quiet = false;
	f->cut = 0;
}

static bool may_matter(const struct findings *f, char c)
{
	return f->open || f->quiet || f->cut || c == '-' || c == '=' ||
	       c == 'L' || splat_may_start(c);
}

static void in_splat(struct findings *f, const char *s, size_t len,
		     size_t number)
{
	switch (splat_body(&f->splats[f->current], s, len, number)) {
	case SPLAT_MORE:
		break;
	case SPLAT_LAST:
		close_splat(f);
		f->separator = 0; /* it is this report's, not the next one's */
		break;
	case SPLAT_OVER:
		close_splat(f);
		between(f, s, len, number);
		break;
	}
}

/* Is the line a headline? Then it has been dealt with. */
static bool headline(struct findings *f, const char *s, size_t len,
		     size_t number)
{
	struct splat *now = &f->splats[f->current];
	struct splat *next = &f->splats[!f->current];

	if (!splat_head(next, s, len, f->cut ? f->message : NULL))
		return false;
	if (f->open && splat_absorb(now, next)) {
		now->last = number;
		f->cut = 0;
	} else {
		open_splat(f, number);
	}
	return true;
}

void findings_line(struct findings *f, const char *s, size_t len,
		   size_t number)
{
	if (!may_matter(f, len ? *s : ' '))
		return;
	if (f->failed || f->reports > MAX_REPORTS)
		return;
	if (text_starts(s, len, "------------[ cut here ]")) {
		cut_here(f, number);
		return;
	}
	if (text_starts(s, len, "Linux version ")) {
		rebooted(f);
		return;
	}
	if (headline(f, s, len, number))
		return;
	if (text_starts(s, len, "========"))
		f->separator = number;
	if (f->open)
		in_splat(f, s, len, number);
	else if (f->cut)
		in_cut(f, s, len, number);
	else if (f->quiet)
		between(f, s, len, number);
}

void findings_finish(struct findings *f)
{
	if (f->open)
		close_splat(f);
	for (size_t i = 0; i < f->n; i++)
		replace(f, &f->v[i].explain,
			finding_explain(f->v[i].kind, f->v[i].title));
}

void findings_init(struct findings *f)
{
	memset(f, 0, sizeof(*f));
	f->v = calloc(FINDINGS_MAX, sizeof(*f->v));
	f->failed = !f->v;
}

void findings_release(struct findings *f)
{
	for (size_t i = 0; i < f->n; i++)
		finding_release(&f->v[i]);
	free(f->v);
	f->v = NULL;
	f->n = 0;
}
