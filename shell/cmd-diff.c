/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/err.h"
#include "cmd.h"
#include "difference.h"
#include "fileset.h"
#include "page.h"
#include "session.h"
#include "work.h"
#include "wrap.h"

#include <string.h>

/* One side: some files, and what they are called, briefly and in full. */
struct side {
	struct fileset f;
	char name[32];
	char full[80];
};

static void name_version(struct side *s, const struct progress_version *v)
{
	snprintf(s->name, sizeof(s->name), "version %u", v->number);
	snprintf(s->full, sizeof(s->full), "version %u", v->number);
}

static int load_version(const struct work *w, const char *arg, struct side *s,
			struct err *e)
{
	const struct progress_version *v = work_version(w, arg, e);

	if (!v)
		return -1;
	name_version(s, v);
	return work_load(w, v, &s->f, e);
}

static int load_starter(const struct work *w, struct side *s, struct err *e)
{
	snprintf(s->name, sizeof(s->name), "starter");
	snprintf(s->full, sizeof(s->full), "the starter");
	return work_lesson(w, &s->f, STARTER_START, e);
}

/* What was checked last; before the first check, the starter. */
static int load_checked(const struct work *w, struct side *s, struct err *e)
{
	const struct progress_version *v = work_checked(w);
	int r;

	if (!v) {
		r = load_starter(w, s, e);
		snprintf(s->full, sizeof(s->full),
			 "the starter (nothing was checked yet)");
		return r;
	}
	name_version(s, v);
	snprintf(s->full, sizeof(s->full), "your last check (version %u)",
		 v->number);
	return work_load(w, v, &s->f, e);
}

static int load(const struct work *w, const char *const *numbers, bool start,
		struct side *a, struct side *b, struct err *e)
{
	const char *from = start ? NULL : numbers[0];
	const char *to = start ? numbers[0] : numbers[0] ? numbers[1] : NULL;
	int r = start  ? load_starter(w, a, e)
		: from ? load_version(w, from, a, e)
		       : load_checked(w, a, e);

	if (r == 0 && to)
		return load_version(w, to, b, e);
	snprintf(b->name, sizeof(b->name), "yours");
	snprintf(b->full, sizeof(b->full), "your files");
	return r == 0 ? work_now(w, &b->f, &a->f, e) : -1;
}

static void tell_same(const struct term *t, const struct side *a,
		      const struct side *b)
{
	bool yours = strcmp(b->name, "yours") == 0;
	struct buf text = BUF_INIT;

	buf_addf(&text, "No difference: %s %s as in %s.", b->full,
		 yours ? "are" : "is", a->full);
	term_para(t, 0, buf_str(&text));
	buf_release(&text);
}

/* What is compared, before the difference itself. */
static void add_title(struct buf *out, const struct term *t,
		      const struct side *a, const struct side *b)
{
	struct wrap wrap = {.width = t->width};
	struct buf text = BUF_INIT;

	buf_addf(&text, "From %s to %s:", a->full, b->full);
	wrap_text(out, &wrap, buf_str(&text));
	buf_addc(out, '\n');
	buf_release(&text);
}

static int compare(const struct work *w, const struct side *a,
		   const struct side *b, struct err *e)
{
	struct term *t = &w->s->term;
	struct buf out = BUF_INIT;
	struct difference d;

	if (difference_make(&d, &a->f, a->name, &b->f, b->name, NULL, e) < 0)
		return -1;
	if (d.text.len)
		add_title(&out, t, a, b);
	difference_add(&out, t, &d);
	if (out.len)
		page_show(t, buf_str(&out), out.len);
	else
		tell_same(t, a, b);
	difference_release(&d);
	buf_release(&out);
	return 0;
}

static int diff(struct session *s, const struct cmd_args *a, struct err *e)
{
	const char *lesson =
		a->npos && !work_is_number(a->pos[0]) ? a->pos[0] : NULL;
	struct side left = {.name = ""}, right = {.name = ""};
	size_t most = (lesson ? 1 : 0) + (cmd_has(a, "start") ? 1 : 2);
	struct work w;
	int r;

	if (a->npos > most) {
		err_set(e, ERR_USAGE, 0, "'%.60s' is one too many for 'diff'",
			a->pos[most]);
		return err_next(e, "usage: diff [LESSON] [N [M]], or diff "
				   "--start [LESSON] [N]");
	}
	r = work_open(&w, s, lesson, e);

	if (r == 0)
		r = load(&w, a->pos + (lesson ? 1 : 0), cmd_has(a, "start"),
			 &left, &right, e);
	if (r == 0)
		r = compare(&w, &left, &right, e);
	fileset_release(&left.f);
	fileset_release(&right.f);
	work_release(&w);
	return r;
}

static int exec_diff(struct session *s, const struct cmd_args *a)
{
	struct err e = ERR_INIT;

	return diff(s, a, &e) < 0 ? cmd_fail(&e) : 0;
}

static const struct cmd_flag flags[] = {
	{"start", NULL, "against the starter of the lesson"},
	{NULL, NULL, NULL},
};

const struct cmd_entry cmd_diff_entry = {
	.name = "diff",
	.usage = "[LESSON] [N [M]]",
	.summary = "what changed since the last check, or since version N",
	.about = "'diff' alone compares your files with those of the last "
		 "check. 'diff N' compares them with version N, 'diff N M' "
		 "version N with version M, 'diff --start' them, or with a "
		 "number that version, with the starter. 'history' has the "
		 "numbers.",
	.flags = flags,
	.max_args = 3,
	.takes = CMD_TAKES_VERSION,
	.exec = exec_diff,
};
