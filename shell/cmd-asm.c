/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "asm.h"
#include "checker/buf.h"
#include "checker/mcode.h"
#include "checker/err.h"
#include "cmd.h"
#include "look.h"
#include "page.h"
#include "session.h"
#include "suggest.h"
#include "wrap.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* One asm, from its words to what is shown. */
struct asking {
	const struct cmd_args *a;
	const char *lesson; /* NULL: the one at work */
	const char *names[2];
	size_t nnames;
	bool strict;
	const struct mcode_function *v[2]; /* what is shown; none: all */
	const struct mcode_inline *inlined; /* shown where it was put */
	struct look k;
	struct mcode c;
};

/* Up to two functions, and perhaps a lesson behind or before them. */
static int read_words(struct asking *q, struct session *s, struct err *e)
{
	size_t from = 0, n = q->a->npos;

	if (session_open(s, e) < 0)
		return -1;
	if (n > 0 && look_is_lesson(s, q->a->pos[n - 1]))
		q->lesson = q->a->pos[--n];
	else if (n > 1 && look_is_lesson(s, q->a->pos[0]))
		q->lesson = q->a->pos[from++];
	if (n - from > 2) {
		err_set(e, ERR_USAGE, 0, "there is no lesson '%.60s'",
			q->a->pos[n - 1]);
		return err_next(e, "'list' shows the lessons");
	}
	while (from < n)
		q->names[q->nnames++] = q->a->pos[from++];
	return 0;
}

/* ---- which function ---- */

static int not_found(const struct asking *q, const char *name, struct err *e)
{
	size_t n = q->c.nfunctions;
	const char **names = calloc(n + q->c.ninlines + 1, sizeof(*names));
	const char *meant = NULL;

	for (size_t i = 0; names && i < q->c.ninlines; i++)
		names[n + i] = asm_last_part(q->c.inlines[i].name);
	for (size_t i = 0; names && i < n; i++)
		names[i] = asm_last_part(q->c.functions[i].name);
	if (names && strlen(name) <= 40)
		meant = suggest(name, names);
	err_set(e, ERR_USAGE, 0, "lesson %s has no function '%.60s'",
		q->k.c->id, name);
	if (meant)
		err_next(e, "did you mean '%s'?", meant);
	else
		err_next(e, "'asm' lists them all; what nobody calls, the "
			    "compiler has dropped");
	free(names);
	return -1;
}

static int ambiguous(const struct asking *q, const char *name,
		     const struct asm_found *found, struct err *e)
{
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < found->n; i++) {
		buf_adds(&b, i ? ", " : "");
		asm_add_name(&b, &q->c, found->v[i]);
	}
	err_set(e, ERR_USAGE, 0, "'%.60s' is the name of %zu functions", name,
		found->n);
	err_next(e, "say which one: %s", buf_str(&b));
	buf_release(&b);
	return -1;
}

/* What is left of it, where it was put. */
static void tell_inlined(struct asking *q, const struct mcode_inline *in)
{
	struct buf b = BUF_INIT;

	buf_addf(&b,
		 "%s (%s:%u) has no code of its own: the compiler put it into ",
		 in->name, in->file, in->line);
	for (size_t i = 0; i < in->into.n; i++)
		buf_addf(&b, "%s%s", i ? " and " : "", in->into.v[i]);
	if (in->into.n)
		buf_addf(&b, ". 'asm %s --source' shows its lines there.",
			 in->into.v[0]);
	term_para(&q->k.s->term, 0, buf_str(&b));
	buf_release(&b);
}

/* What goes with @f, or what it was put into. */
static const struct mcode_function *partner(struct asking *q,
					    const struct mcode_function *f)
{
	const struct mcode_function *g = asm_partner(&q->c, f);
	const struct mcode_inline *in = asm_partner_inline(&q->c, f);
	struct asm_found found;

	if (g || !in)
		return g;
	asm_find(&found, &q->c, in->into.v[0]);
	if (found.n != 1)
		return NULL;
	q->inlined = in;
	return found.v[0];
}

/*
 * The functions to show. 1: it was inlined, which has been told.
 */
static int choose(struct asking *q, const struct mcode_function *v[2],
		  struct err *e)
{
	for (size_t i = 0; i < q->nnames; i++) {
		struct asm_found found;
		const struct mcode_inline *in;

		asm_find(&found, &q->c, q->names[i]);
		in = asm_find_inline(&q->c, q->names[i]);
		if (found.n == 0 && in) {
			tell_inlined(q, in);
			return 1;
		}
		if (found.n == 0)
			return not_found(q, q->names[i], e);
		/* One in each language is what was asked for. */
		if (q->nnames == 1 && found.n == 2 &&
		    found.v[0]->rust != found.v[1]->rust) {
			v[0] = found.v[found.v[0]->rust ? 1 : 0];
			v[1] = found.v[found.v[0]->rust ? 0 : 1];
			return 0;
		}
		if (found.n > 1)
			return ambiguous(q, q->names[i], &found, e);
		v[i] = found.v[0];
	}
	if (q->nnames == 1)
		v[1] = partner(q, v[0]);
	/* C stands on the left. */
	if (q->nnames == 1 && v[1] && v[0]->rust) {
		const struct mcode_function *rust = v[0];

		v[0] = v[1];
		v[1] = rust;
	}
	return 0;
}

/* ---- what is shown ---- */

static void add_para(struct buf *out, const struct term *t, const char *text)
{
	struct wrap w = {.width = t->tty ? term_prose(t) : 80};

	wrap_text(out, &w, text);
}

static void add_heading(struct buf *out, const struct term *t,
			const struct asking *q)
{
	buf_addf(out, "%s%s %s%s\n", term_on(t, TERM_BOLD), q->k.c->id,
		 q->k.c->title, term_off(t));
	add_para(out, t,
		 q->strict ? "With KASAN and UBSAN, as the guest runs it."
			   : "Without KASAN and UBSAN; '--strict' shows it as "
			     "the guest runs it.");
}

static void add_hint(struct buf *out, const struct term *t,
		     const struct asking *q)
{
	struct buf b = BUF_INIT;

	if (q->v[0] && q->v[1] && !q->inlined)
		return;
	buf_addc(out, '\n');
	if (q->inlined)
		buf_addf(&b,
			 "%s (%s:%u) has no code of its own; the compiler put "
			 "it into %s.",
			 q->inlined->name, q->inlined->file, q->inlined->line,
			 q->inlined->into.v[0]);
	else if (q->v[0])
		buf_addf(&b,
			 "No function in %s goes with it by its name. 'asm A "
			 "B' sets any two side by side; 'asm' lists them.",
			 q->v[0]->rust ? "C" : "Rust");
	else
		buf_adds(&b, "'asm FUNCTION' shows the code of one, 'asm A B' "
			     "of two.");
	add_para(out, t, buf_str(&b));
	buf_release(&b);
}

/* As wide as the terminal is now. */
static void render(struct buf *out, const struct term *t, void *arg)
{
	struct asking *q = arg;
	const struct asm_view view = {
		.k = &q->k,
		.t = t,
		.source = cmd_has(q->a, "source"),
	};

	add_heading(out, t, q);
	if (q->v[0])
		asm_show(out, &view, q->v[0], q->v[1]);
	else
		asm_list(out, t, &q->c);
	add_hint(out, t, q);
}

static int show(struct asking *q, struct err *e)
{
	int r = q->nnames ? choose(q, q->v, e) : 0;

	if (r == 0)
		page_render(&q->k.s->term, render, q);
	return r < 0 ? -1 : 0;
}

static int run(struct asking *q, struct session *s, struct err *e)
{
	struct look_build b = {.name = "build", .script = MCODE_SCRIPT};
	int r;

	if (read_words(q, s, e) < 0 ||
	    look_open(&q->k, s, q->lesson, cmd_value(q->a, "dir"), e) < 0)
		return -1;
	b.vars = q->strict ? NULL : MCODE_PLAIN;
	r = look_build(&q->k, &b, e);
	if (r != 0)
		return r;
	return mcode_read(&q->c, &q->k.built, e) < 0 ? -1 : show(q, e);
}

static int exec_asm(struct session *s, const struct cmd_args *a)
{
	struct asking q = {.a = a, .strict = cmd_has(a, "strict")};
	struct err e = ERR_INIT;
	int r = run(&q, s, &e);

	if (r < 0)
		r = cmd_fail(&e);
	mcode_release(&q.c);
	look_close(&q.k);
	return r;
}

static const struct cmd_flag flags[] = {
	{"source", NULL, "the lines of the source between"},
	{"strict", NULL, "with the sanitizers, as the guest runs it"},
	{"dir", "DIR", "build the files in DIR instead of your own"},
	{NULL, NULL, NULL},
};

const struct cmd_entry cmd_asm_entry = {
	.name = "asm",
	.usage = "[FUNCTION [FUNCTION]] [LESSON]",
	.summary = "your functions as machine code, C beside Rust",
	.about = "Without a function it lists all of them with their size in "
		 "bytes, the number of instructions and the bytes of stack "
		 "that a call takes, and how large each object and module "
		 "is.\n\n"
		 "With one it shows the code, and beside it that of the "
		 "function in the other language that has the same name, or "
		 "one with rust_ in front; with two, those two. FILE:NAME "
		 "tells functions of one name apart.\n\n"
		 "The kernel that runs your work checks each access to "
		 "memory, which makes code several times as long. To see what "
		 "the language costs, the files are built without that; "
		 "--strict leaves it in.",
	.flags = flags,
	.max_args = 3,
	.takes = CMD_TAKES_FUNCTION,
	.exec = exec_asm,
};
