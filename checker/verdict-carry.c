/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One walk over a verdict for both directions, so that they cannot drift
 * apart. A field that is not named here arrives empty, never as a pointer
 * into another process.
 */
#include "verdict-carry.h"
#include "buf.h"
#include "verdict.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct carrier {
	struct buf *out; /* packing; NULL: unpacking */
	const char *at, *end;
	bool failed;
};

static void raw(struct carrier *c, void *p, size_t n)
{
	if (c->out) {
		buf_add(c->out, p, n);
	} else if (c->failed || (size_t)(c->end - c->at) < n) {
		c->failed = true;
		memset(p, 0, n);
	} else {
		memcpy(p, c->at, n);
		c->at += n;
	}
}

#define FIELD(c, f) raw((c), &(f), sizeof(f))

/* Its length and one more; 0 for none. */
static void string(struct carrier *c, char **s)
{
	uint64_t n = c->out && *s ? strlen(*s) + 1 : 0;

	FIELD(c, n);
	if (c->out) {
		raw(c, *s, n ? n - 1 : 0);
		return;
	}
	*s = NULL;
	if (n == 0 || n - 1 > (uint64_t)(c->end - c->at)) {
		c->failed = c->failed || n;
		return;
	}
	*s = strndup(c->at, n - 1);
	c->failed = c->failed || !*s;
	c->at += n - 1;
}

/* How many there are, and when unpacking room for them. */
static void *array(struct carrier *c, void *v, size_t *n, size_t size)
{
	FIELD(c, *n);
	if (c->out)
		return v;
	/* Each takes a byte at least, so this many cannot be meant. */
	if (*n > (size_t)(c->end - c->at))
		c->failed = true;
	v = *n && !c->failed ? calloc(*n, size) : NULL;
	if (*n && !v) {
		c->failed = true;
		*n = 0;
	}
	return v;
}

static void carry_check(struct carrier *c, struct verdict_check *k)
{
	FIELD(c, k->result);
	FIELD(c, k->points);
	string(c, &k->id);
	string(c, &k->title);
	string(c, &k->message);
	string(c, &k->evidence);
}

static void carry_site(struct carrier *c, struct finding_site *s)
{
	FIELD(c, s->role);
	FIELD(c, s->first);
	FIELD(c, s->exact);
	FIELD(c, s->line);
	string(c, &s->name);
	string(c, &s->symbol);
	string(c, &s->file);
	string(c, &s->function);
}

static void carry_finding(struct carrier *c, struct finding *f)
{
	FIELD(c, f->kind);
	FIELD(c, f->line);
	FIELD(c, f->log_line);
	FIELD(c, f->log_end);
	string(c, &f->title);
	string(c, &f->file);
	string(c, &f->symbol);
	string(c, &f->explain);
	f->sites = array(c, f->sites, &f->nsites, sizeof(*f->sites));
	for (size_t i = 0; i < f->nsites; i++)
		carry_site(c, &f->sites[i]);
}

static void carry_diag(struct carrier *c, struct diag *d)
{
	FIELD(c, d->level);
	FIELD(c, d->tool);
	FIELD(c, d->line);
	FIELD(c, d->col);
	string(c, &d->code);
	string(c, &d->file);
	string(c, &d->message);
	string(c, &d->text);
}

static void carry_lists(struct carrier *c, struct verdict *v)
{
	v->checks = array(c, v->checks, &v->nchecks, sizeof(*v->checks));
	for (size_t i = 0; i < v->nchecks; i++)
		carry_check(c, &v->checks[i]);
	v->findings =
		array(c, v->findings, &v->nfindings, sizeof(*v->findings));
	for (size_t i = 0; i < v->nfindings; i++)
		carry_finding(c, &v->findings[i]);
	v->diags = array(c, v->diags, &v->ndiags, sizeof(*v->diags));
	for (size_t i = 0; i < v->ndiags; i++)
		carry_diag(c, &v->diags[i]);
}

static void carry(struct carrier *c, struct verdict *v)
{
	FIELD(c, v->outcome);
	FIELD(c, v->earned);
	FIELD(c, v->possible);
	FIELD(c, v->tiers);
	FIELD(c, v->warm);
	FIELD(c, v->booted);
	FIELD(c, v->seed);
	string(c, &v->lesson);
	string(c, &v->reason);
	string(c, &v->next);
	string(c, &v->build_output);
	string(c, &v->run_output);
	string(c, &v->kernel);
	string(c, &v->pack);
	string(c, &v->log);
	carry_lists(c, v);
}

int verdict_pack(struct buf *out, const struct verdict *v)
{
	struct carrier c = {.out = out};
	struct verdict copy = *v; /* only read, but the walk is for both */

	carry(&c, &copy);
	return buf_ok(out) ? 0 : -1;
}

int verdict_unpack(struct verdict *v, const void *data, size_t len)
{
	struct carrier c = {.at = data, .end = (const char *)data + len};

	*v = (struct verdict){.outcome = OUTCOME_ENV_FAULT};
	carry(&c, v);
	if (!c.failed && c.at == c.end)
		return 0;
	verdict_release(v);
	return -1;
}
