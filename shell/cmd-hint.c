/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/err.h"
#include "checker/finding.h"
#include "checker/rust-explain.h"
#include "cmd.h"
#include "explain-keys.h"
#include "lesson.h"
#include "progress.h"
#include "session.h"
#include "text.h"
#include "tree.h"

#include <stdlib.h>
#include <string.h>

/* What there is to hint at, from the last attempt. */
struct hinting {
	struct session *s;
	const struct catalogue_entry *c;
	struct lesson l;
	char *verdict; /* NULL: nothing tried yet */
	struct strv keys;
};

static void show_hint(struct hinting *h, const char *key, size_t n)
{
	const char *text = lesson_hint(&h->l, key, n);
	const struct check_spec *check = spec_check(&h->l.spec, key);
	const struct term *t = &h->s->term;
	struct buf out = BUF_INIT;
	struct buf md = BUF_INIT;

	buf_addf(&out, "%sHint %zu of %zu", term_on(t, TERM_DIM), n + 1,
		 lesson_nhints(&h->l, key));
	if (strcmp(key, "start") != 0)
		buf_addf(&out, ", for: %s", check ? check->title : key);
	buf_adds(&out, term_off(t));
	term_para(t, 0, buf_str(&out));
	term_say(t, "\n");
	buf_clear(&out);
	buf_adds(&md, text ? text : "");
	tree_put_work(&md, &h->s->store);
	if (text_render(&out, t, buf_str(&md), md.len) == 0)
		term_write(t, buf_str(&out), out.len);
	buf_release(&md);
	buf_release(&out);
}

/* The first key that still has a hint to give; NULL: there is none. */
static const char *next_key(struct hinting *h, unsigned *given, struct err *e)
{
	for (size_t i = 0; i < h->keys.n; i++) {
		const char *key = h->keys.v[i];

		if (progress_hints(h->s->progress, h->c->slug, key, given, e) <
		    0)
			return NULL;
		if (*given < lesson_nhints(&h->l, key))
			return key;
	}
	return NULL;
}

/* The way out, when the hints have all been given. */
static void add_solution(const struct hinting *h, struct buf *b)
{
	struct progress_lesson p;
	unsigned left;

	if (progress_lesson(h->s->progress, h->c->slug, &p, NULL) < 0)
		return;
	left = p.attempts < h->l.solution_after
		       ? h->l.solution_after - p.attempts
		       : 0;
	if (left)
		buf_addf(b, " 'solution' opens after %u more check%s.", left,
			 left == 1 ? "" : "s");
	else
		buf_adds(b, " 'solution' shows the author's, beside yours.");
	progress_lesson_release(&p);
}

/* All have been given: show those for what matters most once more. */
static void repeat(struct hinting *h)
{
	const struct term *t = &h->s->term;
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < h->keys.n; i++) {
		size_t n = lesson_nhints(&h->l, h->keys.v[i]);

		for (size_t j = 0; j < n; j++) {
			show_hint(h, h->keys.v[i], j);
			term_say(t, "\n");
		}
		if (n) {
			buf_adds(&b, "There are no more hints for this. ");
			break;
		}
	}
	buf_addf(&b,
		 "'show' has the text of the lesson, 'solution' what the "
		 "author wrote, once it is open%s.",
		 h->verdict ? ", 'log' what the kernel said" : "");
	if (h->verdict)
		add_solution(h, &b);
	term_para(t, 0, buf_str(&b));
	buf_release(&b);
}

/* Who else has words on just what the hint is for, or NULL. */
static const char *explainer(const char *key)
{
	return !explain_has(key) ? NULL
	       : rust_is_code(key) &&
			       finding_from_name(key) == FINDING_NKINDS &&
			       !explain_verdict(key)
		       ? "Rust's own"
		       : "Kiln's";
}

/* Which hint would come next, and who else has something to say. */
static void say_more(struct hinting *h, const char *key)
{
	const struct check_spec *check;
	const char *whose = explainer(key);
	struct err e = ERR_INIT;
	struct buf b = BUF_INIT;
	unsigned given;
	const char *next = next_key(h, &given, &e);
	const char *again = h->s->watching ? "h" : "'hint'";

	if (next && strcmp(next, key) == 0) {
		buf_addf(&b, "%s again says more (%u of %zu).", again,
			 given + 1, lesson_nhints(&h->l, key));
	} else if (next) {
		check = spec_check(&h->l.spec, next);
		buf_addf(&b, "%s again goes on with: %s.", again,
			 check ? check->title : next);
	} else if (!e.code) {
		buf_adds(&b, "That was the last hint for this.");
		add_solution(h, &b);
	}
	if (whose)
		buf_addf(&b, " 'explain %s' has %s words on it.", key, whose);
	term_say(&h->s->term, "\n");
	term_para(&h->s->term, 0, buf_str(&b));
	buf_release(&b);
}

static int give(struct hinting *h, struct err *e)
{
	const struct term *t = &h->s->term;
	const char *key;
	unsigned given;

	if (h->verdict && strcmp(h->verdict, "pass") == 0) {
		term_say(t, "Your last check passed: there is nothing to "
			    "hint at.\n");
		return 0;
	}
	key = next_key(h, &given, e);
	if (!key && e->code)
		return -1;
	if (!key) {
		repeat(h);
		return 0;
	}
	/* First what is on record: a hint not recorded would come again. */
	if (session_writable(h->s, NULL) < 0)
		term_warn("nothing can be written there, so this hint is not "
			  "recorded, and comes again");
	else if (progress_hint(h->s->progress, h->c->slug, key, e) < 0)
		return -1;
	show_hint(h, key, given);
	say_more(h, key);
	return 0;
}

static int hint(struct hinting *h, struct err *e)
{
	if (progress_last(h->s->progress, h->c->slug, &h->verdict, &h->keys,
			  e) < 0)
		return -1;
	if (!h->verdict && strv_add(&h->keys, "start") < 0)
		return err_set(e, ERR_ENV, 0, "out of memory");
	return give(h, e);
}

static int exec_hint(struct session *s, const struct cmd_args *a)
{
	struct hinting h = {.s = s};
	struct err e = ERR_INIT;
	int r;

	if (session_open(s, &e) < 0)
		return cmd_fail(&e);
	h.c = session_find(s, a->pos[0], &e);
	if (!h.c || session_load(s, &h.l, h.c, &e) < 0)
		return cmd_fail(&e);
	r = hint(&h, &e);
	strv_release(&h.keys);
	free(h.verdict);
	lesson_release(&h.l);
	return r < 0 ? cmd_fail(&e) : 0;
}

const struct cmd_entry cmd_hint_entry = {
	.name = "hint",
	.alias = "h",
	.usage = "[LESSON]",
	.summary = "a hint for what failed last",
	.about = "Each call gives one more, from a question to nearly the "
		 "answer. How many you took is recorded.",
	.max_args = 1,
	.takes = CMD_TAKES_LESSON,
	.exec = exec_hint,
};
