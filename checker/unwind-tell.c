/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What went wrong in the rounds of a step, in words. */
#include "unwind.h"

#include <string.h>

/* The innermost line of the learner's; NULL: it is not known. */
static const struct finding_site *place_of(const struct unwind_site *s)
{
	for (size_t i = 0; i < s->at.nsites; i++)
		if (s->at.sites[i].file)
			return &s->at.sites[i];
	return NULL;
}

/* In init, of which there is no need to say more? */
static bool is_init(const char *function)
{
	return strcmp(function, "init_module") == 0 ||
	       strstr(function, "__module_init::");
}

/* " in ring_new, ring.c:31", or without @line " in ring_new" */
static void add_site(struct buf *b, const struct unwind_site *s, bool line)
{
	const struct finding_site *at = place_of(s);
	const char *fn = at && at->function ? at->function : s->function;
	bool named = fn && !is_init(fn);

	if (named)
		buf_addf(b, " in %s", fn);
	if (at && line)
		buf_addf(b, "%s %s:%u", named ? "," : " at", at->file,
			 at->line);
}

/* "allocation 3 of init (kmalloc in ring_new, ring.c:31)" */
static void add_allocation(struct buf *b, const struct unwind *u,
			   unsigned round)
{
	const struct unwind_round *r = &u->v[round - 1];
	struct buf where = BUF_INIT;
	const char *text;

	if (r->call)
		buf_adds(&where, r->call);
	add_site(&where, &r->site, true);
	text = buf_str(&where);
	buf_addf(b, "allocation %u of init", round);
	if (*text)
		buf_addf(b, " (%s)", text + (*text == ' '));
	buf_release(&where);
}

void unwind_tell_round(struct buf *b, const struct plan_step *p,
		       const struct unwind *u, unsigned round)
{
	const struct unwind_round *r;

	if (round == 0 || round > u->n)
		return;
	r = &u->v[round - 1];
	if (p->op == PLAN_SOAK) {
		buf_addf(b, "in round %u of %u", round, p->rounds);
	} else if (r->hit) {
		buf_adds(b, "when ");
		add_allocation(b, u, round);
		buf_adds(b, " fails");
	} else if (r->init == UNWIND_UNKNOWN) {
		buf_addf(b, "when allocation %u of init was to fail", round);
	} else if (r->init == UNWIND_ENDED && round > 1) {
		buf_adds(b, "when no allocation of init fails any more");
	} else if (r->init == UNWIND_ENDED) {
		buf_adds(b, "with no allocation failing");
	} else if (round > 1) {
		buf_addf(b,
			 "before allocation %u of init could fail, so that "
			 "what had been left when allocation %u failed is "
			 "the likely cause",
			 round, round - 1);
	} else {
		buf_adds(b, "before any allocation of init failed");
	}
}

static void add_error(struct buf *b, int negative)
{
	const char *name = strerrorname_np(-negative);

	if (name)
		buf_adds(b, name);
	else
		buf_addf(b, "%d", negative);
}

/* One of the two system calls of a round, that did not do what it should. */
static void add_call(struct buf *b, const char *call, enum step_how how,
		     int result)
{
	const char *sig = sigabbrev_np(result);

	buf_addf(b, "%s ", call);
	switch (how) {
	case STEP_SIGNALED:
		buf_addf(b, "was killed by SIG%s", sig ? sig : "?");
		break;
	case STEP_OVERDUE:
		buf_adds(b, "was not done in the time that it had");
		break;
	case STEP_LOST:
		buf_adds(b, "began, and the guest never answered");
		break;
	case STEP_NOT_RUN:
		buf_adds(b, "was not run");
		break;
	case STEP_DONE:
		buf_adds(b, "gave ");
		add_error(b, result);
		buf_addf(b, " (%s)", strerrordesc_np(-result));
		break;
	}
}

static bool call_failed(enum step_how how, int result)
{
	return how != STEP_DONE || result != 0;
}

/* init got an error from the kernel, and what it made of it is wrong. */
static bool is_swallowed(const struct plan_step *p,
			 const struct unwind_round *r)
{
	return r->hit && r->load == STEP_DONE && r->load_result == 0 &&
	       ((r->direct && !p->optional) || r->returned > 0);
}

static bool tell_tampered(struct buf *why, const struct plan_step *p,
			  const struct unwind *u, unsigned n)
{
	if (!u->v[n - 1].tampered)
		return false;
	buf_addf(why,
		 "allocation %u of init should have failed, and something "
		 "in init has kept it from that",
		 n);
	return true;
}

static bool tell_swallowed(struct buf *why, const struct plan_step *p,
			   const struct unwind *u, unsigned n)
{
	const struct unwind_round *r = &u->v[n - 1];

	if (!is_swallowed(p, r))
		return false;
	add_allocation(why, u, n);
	if (r->returned > 0)
		buf_addf(why,
			 " failed, and init returned %d: an error is a "
			 "negative number, -%d",
			 r->returned, r->returned);
	else
		buf_adds(why, " failed, and init said that all went well");
	return true;
}

/* The error that it gave is not the one that the lesson asks for. */
static bool tell_other_error(struct buf *why, const struct plan_step *p,
			     const struct unwind *u, unsigned n)
{
	const struct unwind_round *r = &u->v[n - 1];

	if (!r->hit || !p->expect || r->load != STEP_DONE ||
	    r->load_result == 0 || r->load_result == p->expect)
		return false;
	unwind_tell_round(why, p, u, n);
	buf_adds(why, ", init must give ");
	add_error(why, p->expect);
	buf_adds(why, ", and gives ");
	add_error(why, r->load_result);
	return true;
}

static bool tell_load(struct buf *why, const struct plan_step *p,
		      const struct unwind *u, unsigned n)
{
	const struct unwind_round *r = &u->v[n - 1];

	if (!call_failed(r->load, r->load_result))
		return false;
	if (p->op == PLAN_FAILSLAB && r->load == STEP_DONE) {
		if (r->hit)
			return tell_other_error(why, p, u, n);
		if (n > 1) {
			buf_addf(why,
				 "after allocation %u of init had failed, "
				 "the module cannot be loaded any more: ",
				 n - 1);
			add_call(why, "insmod", r->load, r->load_result);
			buf_adds(why, " although no allocation failed");
			return true;
		}
	}
	unwind_tell_round(why, p, u, n);
	buf_adds(why, ", ");
	add_call(why, "insmod", r->load, r->load_result);
	return true;
}

static bool tell_unload(struct buf *why, const struct plan_step *p,
			const struct unwind *u, unsigned n)
{
	const struct unwind_round *r = &u->v[n - 1];

	if (call_failed(r->load, r->load_result) ||
	    !call_failed(r->unload, r->unload_result))
		return false;
	unwind_tell_round(why, p, u, n);
	buf_adds(why, ", ");
	add_call(why, "rmmod", r->unload, r->unload_result);
	return true;
}

static bool tell_left(struct buf *why, const struct plan_step *p,
		      const struct unwind *u, unsigned n)
{
	const struct unwind_round *r = &u->v[n - 1];

	if (!r->left)
		return false;
	unwind_tell_round(why, p, u, n);
	buf_addf(why, ", %s is left behind", r->left);
	return true;
}

/* "2 objects from kmalloc-64, allocated in ring_init" */
static void add_leak_text(struct buf *b, const struct unwind_leak *l, bool line)
{
	struct buf where = BUF_INIT;

	buf_addf(b, "%lu object%s from %s", l->count, l->count == 1 ? "" : "s",
		 l->cache);
	add_site(&where, &l->site, line);
	if (l->site.function)
		buf_addf(b, ", allocated%s,",
			 where.len ? buf_str(&where) : " in init");
	buf_release(&where);
}

static void tell_leak(struct buf *why, const struct plan_step *p,
		      const struct unwind *u, const struct unwind_leak *l,
		      bool line)
{
	unsigned last = l->last > u->n ? (unsigned)u->n : l->last;

	add_leak_text(why, l, line);
	buf_addf(why, " %s left behind", l->count == 1 ? "is" : "are");
	if (!l->first || l->first > u->n)
		return;
	buf_addc(why, ' ');
	if (p->op == PLAN_SOAK && last > l->first)
		buf_addf(why, "in rounds %u to %u", l->first, last);
	else if (!call_failed(u->v[l->first - 1].load,
			      u->v[l->first - 1].load_result))
		buf_adds(why, "when the module has been loaded and unloaded");
	else
		unwind_tell_round(why, p, u, l->first);
	if (p->op == PLAN_FAILSLAB && last > l->first)
		buf_adds(why, ", and some later one too");
}

static bool tell_leaks(struct buf *why, const struct plan_step *p,
		       const struct unwind *u, unsigned n)
{
	for (size_t i = 0; i < u->nleaks; i++) {
		/* Those that belong to no round come with the last. */
		if (u->leaks[i].first != n && (n < u->n || u->leaks[i].first))
			continue;
		tell_leak(why, p, u, &u->leaks[i], true);
		return true;
	}
	return false;
}

static void tell_success(struct buf *why, const struct plan_step *p,
			 const struct unwind *u)
{
	if (p->op == PLAN_SOAK)
		buf_addf(why,
			 "loaded and unloaded %zu times, and nothing was "
			 "left behind",
			 u->n);
	else if (u->n == 1)
		buf_adds(why, "init makes no allocation that can be made to "
			      "fail");
	else
		buf_addf(why,
			 "each of %zu allocations failed, one at a time, "
			 "and nothing was left behind",
			 u->n - 1);
}

bool unwind_judge(struct buf *why, const struct plan_step *p,
		  const struct unwind *u)
{
	for (unsigned n = 1; n <= u->n; n++)
		if (tell_tampered(why, p, u, n) || tell_load(why, p, u, n) ||
		    tell_swallowed(why, p, u, n) || tell_unload(why, p, u, n) ||
		    tell_left(why, p, u, n) || tell_leaks(why, p, u, n))
			return false;
	if (u->complete) {
		tell_success(why, p, u);
		return true;
	}
	if (p->op == PLAN_FAILSLAB && u->n == p->rounds)
		buf_addf(why,
			 "each of %u allocations of init has failed, one at "
			 "a time, and it still has more: that is all that "
			 "the lesson tries",
			 p->rounds);
	else
		buf_addf(why, "it came to an end after round %zu", u->n);
	return false;
}

bool unwind_stops(const struct plan_step *p, const struct unwind_round *r)
{
	bool loaded = !call_failed(r->load, r->load_result);

	/* What is still registered leads into code that is gone. */
	if (r->load != STEP_DONE || r->left || r->tampered)
		return true;
	/* Without an allocation that failed, that is how it is. */
	if (!loaded)
		return p->op == PLAN_SOAK || !r->hit;
	return call_failed(r->unload, r->unload_result);
}

void unwind_show(struct buf *b, const struct plan_step *p,
		 const struct unwind *u)
{
	if (p->op == PLAN_SOAK) {
		buf_addf(b, "%zu of %u rounds\n", u->n, p->rounds);
		return;
	}
	for (unsigned n = 1; n <= u->n; n++) {
		const struct unwind_round *r = &u->v[n - 1];

		if (!r->hit) {
			unwind_tell_round(b, p, u, n);
			buf_adds(b, ": ");
		} else {
			add_allocation(b, u, n);
			buf_adds(b, " fails: ");
		}
		if (call_failed(r->load, r->load_result))
			add_call(b, "insmod", r->load, r->load_result);
		else
			buf_adds(b, "init succeeds");
		buf_addc(b, '\n');
	}
}

char *unwind_leak_title(const struct plan_step *p, const struct unwind *u,
			const struct unwind_leak *l)
{
	struct buf title = BUF_INIT;

	/* A finding has its line in a field of its own. */
	tell_leak(&title, p, u, l, false);
	return buf_steal(&title);
}
