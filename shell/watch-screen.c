/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "watch-screen.h"
#include "checker/buf.h"
#include "checker/err.h"
#include "checker/proc.h"
#include "live.h"
#include "report.h"
#include "screen-block.h"
#include "term.h"
#include "wrap.h"
#include "watch-keys.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	TICK_MS = 100,
	LONG_MS = 1000, /* of what a stage does, before it is worth a line */
	PIPED_MS = 30000, /* likewise where nobody watches it come */
};

struct stage {
	enum tier_result result;
	int64_t ms;
};

struct watch_screen {
	struct term *t;
	bool keys;
	unsigned choices;
	struct check_watch watch;
	char title[200];
	char why[120];
	bool running;
	bool quiet; /* the result was left above: only the keys */
	struct stage stages[TIER_N];
	bool staged; /* one of the stages is under way: .tier */
	enum tier tier;
	int64_t since;
	int64_t what_since;
	char what[160];
	bool told; /* .what, where lines are written once */
	bool ruled; /* likewise: something is above */
	char *result; /* lines */
	char *score;
	char note[200];
	char question[200];
	struct block block;
};

/* ---- the lines ---- */

static void add_stage(struct buf *b, const struct term *t, enum tier tier,
		      const struct stage *s)
{
	bool ok = s->result == TIER_OK;
	char took[32];

	buf_addf(b, "  %-6s  %s%-4s%s  %10s\n", tier_name(tier),
		 term_on(t, ok ? TERM_GOOD : TERM_BAD), ok ? "ok" : "FAIL",
		 term_off(t), live_time(took, s->ms));
}

static void add_stages(struct buf *b, const struct watch_screen *sc)
{
	for (int i = 0; i < TIER_N; i++)
		if (sc->stages[i].result != TIER_NOT_RUN)
			add_stage(b, sc->t, (enum tier)i, &sc->stages[i]);
	if (sc->running && sc->staged)
		buf_addf(b, "  %-6s  %5.1f s  %s\n", tier_name(sc->tier),
			 (double)(mono_ms() - sc->since) / 1000, sc->what);
}

/* Where there is no room for more: "build 1.05 s  boot FAIL". */
static void add_stages_short(struct buf *b, const struct watch_screen *sc)
{
	char took[32];

	buf_addc(b, ' ');
	for (int i = 0; i < TIER_N; i++) {
		const struct stage *s = &sc->stages[i];

		if (s->result == TIER_FAILED)
			buf_addf(b, " %s FAIL ", tier_name((enum tier)i));
		else if (s->result == TIER_OK &&
			 (i == TIER_BUILD || i == TIER_BOOT))
			buf_addf(b, " %s %s ", tier_name((enum tier)i),
				 live_time(took, s->ms));
	}
	buf_addc(b, '\n');
}

static void add_title(struct buf *b, const struct watch_screen *sc)
{
	const struct term *t = sc->t;

	buf_addf(b, "%s%s%s", term_on(t, TERM_BOLD), sc->title, term_off(t));
	if (sc->why[0])
		buf_addf(b, "  %s%s%s", term_on(t, TERM_DIM), sc->why,
			 term_off(t));
	buf_addc(b, '\n');
}

/* The block leaves the last column free. */
static void add_wrapped(struct buf *b, const struct watch_screen *sc,
			const char *s)
{
	struct wrap w = {.width = term_prose(sc->t) - sc->t->moves};

	wrap_text(b, &w, s);
}

static void add_question(struct buf *b, const struct watch_screen *sc)
{
	buf_adds(b, term_on(sc->t, TERM_WARN));
	add_wrapped(b, sc, sc->question);
	b->len -= b->len > 0; /* its newline */
	buf_addf(b, " %s", term_off(sc->t));
}

static void add_foot(struct buf *b, const struct watch_screen *sc)
{
	if (sc->question[0])
		add_question(b, sc);
	else if (sc->keys)
		watch_keys(b, sc->t, sc->choices);
	else
		buf_adds(b, "Ctrl-C ends it.");
}

/* ---- the block ---- */

static void compose(struct watch_screen *sc, bool keys)
{
	struct block *k = &sc->block;

	block_clear(k);
	if (!sc->quiet) {
		add_title(&k->head, sc);
		add_stages(&k->head, sc);
		if (!sc->running)
			add_stages_short(&k->head_short, sc);
		buf_adds(&k->body, sc->result ? sc->result : "");
		buf_adds(&k->tail, sc->score ? sc->score : "");
	}
	if (sc->note[0])
		add_wrapped(&k->tail, sc, sc->note);
	if (keys)
		add_foot(&k->foot, sc);
}

void screen_draw(struct watch_screen *sc)
{
	if (!sc->t->moves)
		return;
	term_resize(sc->t);
	compose(sc, true);
	block_draw(&sc->block, sc->t);
}

void screen_hide(struct watch_screen *sc)
{
	if (sc->t->moves)
		block_erase(&sc->block, sc->t);
}

void screen_leave(struct watch_screen *sc)
{
	if (!sc->t->moves) {
		term_say(sc->t, "\n");
		return;
	}
	sc->note[0] = '\0';
	if (sc->running || sc->quiet) {
		screen_hide(sc);
		return;
	}
	compose(sc, false);
	block_draw(&sc->block, sc->t);
	block_settle(&sc->block, sc->t);
	sc->quiet = true;
}

/* Where lines are written once, each as it comes. */
static void plain(struct watch_screen *sc, struct buf *b)
{
	if (!sc->t->moves) {
		term_write(sc->t, buf_str(b), b->len);
		fflush(sc->t->out);
	}
	buf_release(b);
}

static void plain_foot(struct watch_screen *sc)
{
	struct buf b = BUF_INIT;

	if (!sc->keys && !sc->question[0])
		return;
	term_resize(sc->t);
	buf_addc(&b, '\n');
	add_foot(&b, sc);
	buf_addc(&b, '\n');
	plain(sc, &b);
}

void screen_return(struct watch_screen *sc)
{
	if (!sc->t->moves) {
		plain_foot(sc);
		return;
	}
	term_say(sc->t, "\n");
	screen_draw(sc);
}

/* ---- what happens ---- */

static void forget(struct watch_screen *sc)
{
	memset(sc->stages, 0, sizeof(sc->stages));
	free(sc->result);
	free(sc->score);
	sc->result = sc->score = NULL;
	sc->staged = false;
	sc->note[0] = '\0';
	sc->what[0] = '\0';
}

void screen_begin(struct watch_screen *sc, const char *title, const char *why)
{
	struct buf b = BUF_INIT;

	forget(sc);
	snprintf(sc->title, sizeof(sc->title), "%s", title);
	snprintf(sc->why, sizeof(sc->why), "%s", why ? why : "");
	sc->running = true;
	sc->quiet = false;
	screen_draw(sc);
	if (sc->ruled)
		buf_adds(&b, "\n----\n");
	add_title(&b, sc);
	sc->ruled = true;
	plain(sc, &b);
}

static void on_begin(void *arg, enum tier t)
{
	struct watch_screen *sc = arg;

	sc->tier = t;
	sc->staged = true;
	sc->since = sc->what_since = mono_ms();
	sc->what[0] = '\0';
	sc->told = false;
	screen_draw(sc);
}

static void on_detail(void *arg, enum tier t, const char *what)
{
	struct watch_screen *sc = arg;

	snprintf(sc->what, sizeof(sc->what), "%s", what ? what : "");
	sc->what_since = mono_ms();
	sc->told = false;
}

static void on_end(void *arg, enum tier t, enum tier_result r, int64_t ms)
{
	struct watch_screen *sc = arg;
	struct buf b = BUF_INIT;

	sc->stages[t] = (struct stage){.result = r, .ms = ms};
	sc->staged = false;
	screen_draw(sc);
	add_stage(&b, sc->t, t, &sc->stages[t]);
	plain(sc, &b);
}

const struct check_watch *screen_stages(struct watch_screen *sc)
{
	return &sc->watch;
}

void screen_stop(struct watch_screen *sc)
{
	struct buf b = BUF_INIT;

	sc->staged = false;
	buf_adds(&b, "  saved again: this check is stopped\n");
	plain(sc, &b);
}

/* What @fn writes to a terminal like ours, as text. */
static char *capture(const struct watch_screen *sc, const struct verdict *v,
		     const char *dir, const struct strv *later)
{
	struct term t = *sc->t;
	char *text = NULL;
	size_t len = 0;

	t.width -= t.moves; /* the block leaves the last column free */
	t.out = open_memstream(&text, &len);
	if (!t.out)
		return NULL;
	if (dir)
		report_brief(&t, v, dir, later);
	else
		report_score(&t, v);
	fclose(t.out);
	return text;
}

static void show_end(struct watch_screen *sc)
{
	struct buf b = BUF_INIT;

	sc->running = sc->staged = false;
	screen_draw(sc);
	buf_adds(&b, sc->result ? sc->result : "");
	buf_adds(&b, sc->score ? sc->score : "");
	plain(sc, &b);
	plain_foot(sc);
}

void screen_result(struct watch_screen *sc, const struct verdict *v,
		   const char *dir, const struct strv *later, const char *next)
{
	char *score;

	term_resize(sc->t);
	free(sc->result);
	free(sc->score);
	sc->result = capture(sc, v, dir, later);
	score = capture(sc, v, NULL, NULL);
	if (asprintf(&sc->score, "%s%s%s", score ? score : "", next ? next : "",
		     next ? "\n" : "") < 0)
		sc->score = NULL;
	free(score);
	show_end(sc);
}

void screen_error(struct watch_screen *sc, const struct err *e)
{
	const struct term *t = sc->t;

	free(sc->result);
	if (asprintf(&sc->result, "\n%s%s%s\n%s%s%s%s%s", term_on(t, TERM_BAD),
		     e->what, term_off(t), e->where[0] ? "  at " : "", e->where,
		     e->where[0] ? "\n" : "", e->next,
		     e->next[0] ? "\n" : "") < 0)
		sc->result = NULL;
	sc->quiet = false;
	show_end(sc);
}

void screen_note(struct watch_screen *sc, const char *note)
{
	struct buf b = BUF_INIT;

	snprintf(sc->note, sizeof(sc->note), "%s", note);
	screen_draw(sc);
	buf_addf(&b, "%s\n", note);
	plain(sc, &b);
}

void screen_ask(struct watch_screen *sc, const char *question)
{
	snprintf(sc->question, sizeof(sc->question), "%s",
		 question ? question : "");
	screen_draw(sc);
	if (question && !sc->t->moves)
		plain_foot(sc);
}

void screen_choices(struct watch_screen *sc, unsigned n)
{
	sc->choices = n;
}

int screen_tick(struct watch_screen *sc)
{
	struct buf b = BUF_INIT;
	int64_t most = sc->t->tty ? LONG_MS : PIPED_MS;

	if (!sc->running || !sc->staged)
		return -1;
	screen_draw(sc);
	if (sc->t->moves || sc->told || mono_ms() - sc->what_since < most)
		return TICK_MS;
	buf_addf(&b, "  %-6s  ...%s%s\n", tier_name(sc->tier),
		 sc->what[0] ? "  " : "", sc->what);
	plain(sc, &b);
	sc->told = true;
	return TICK_MS;
}

struct watch_screen *screen_new(struct term *t, bool keys)
{
	struct watch_screen *sc = calloc(1, sizeof(*sc));

	if (!sc)
		return NULL;
	sc->t = t;
	sc->keys = keys;
	sc->quiet = true;
	sc->watch = (struct check_watch){
		.arg = sc,
		.tier_begin = on_begin,
		.tier_detail = on_detail,
		.tier_end = on_end,
	};
	return sc;
}

void screen_free(struct watch_screen *sc)
{
	if (!sc)
		return;
	screen_ask(sc, NULL);
	screen_leave(sc);
	forget(sc);
	block_release(&sc->block);
	free(sc);
}
