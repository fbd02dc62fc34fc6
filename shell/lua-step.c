/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * steps: what the learner is led through. What each shows is a section of
 * the text, by name.
 */
#include "lua-int.h"
#include "lesson.h"
#include "section.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STEPS_MAX  64
#define CHOICES	   9
#define CHOICE_MAX 300
#define SECTIONS   32 /* that a message can name */

struct text {
	const char *data;
	size_t len;
};

static struct lesson_step *add_step(lua_State *L, struct lesson *l)
{
	struct lesson_step *v;

	v = realloc(l->steps, (l->nsteps + 1) * sizeof(*v));
	if (!v)
		lua_host_nomem(L);
	l->steps = v;
	v += l->nsteps++;
	*v = (struct lesson_step){.kind = LESSON_READ};
	return v;
}

__attribute__((noreturn)) static void
fail_section(const struct rec *r, const char *name, const struct text *t)
{
	struct section s;
	unsigned line = 0;
	char names[SECTIONS][sizeof(s.name)], all[300], maybe[128];
	const char *words[SECTIONS + 1] = {NULL};
	size_t at = 0, n = 0;

	while (n < SECTIONS && section_next(&s, t->data, t->len, &at, &line)) {
		if (!s.name[0])
			continue;
		snprintf(names[n], sizeof(names[n]), "%s", s.name);
		words[n] = names[n];
		n++;
	}
	say_suggestion(maybe, sizeof(maybe), name, words);
	say_all(all, sizeof(all), words);
	rec_fail(r, NULL,
		 "text.md has no section \"%s\"%s; its sections are: %s", name,
		 maybe, n ? all : "none");
}

/* What the step shows: where it must exist, it does. */
/** [read] read "section"
 * Shows the section of `text.md` with that name, which must be there. It has no
 * fields.
 * > read "the-boundary",
 */
static void take_section(const struct rec *r, const struct item *it,
			 struct lesson_step *st, const struct text *t)
{
	bool own = it->kind == ITEM_READ || it->kind == ITEM_WRITE;
	/** predict.section
	 * The section of `text.md` that is shown with it; if left out, that of
	 * the step's own name, if there is one.
	 * > section = "the-boundary",
	 */
	/** explore.section
	 * As with [predict](#predict-section).
	 * > section = "the-boundary",
	 */
	bool named =
		!own && get_string(r, "section", &st->section, 79, GET_LINE);
	struct section s;

	if (!named)
		keep_string(r->L, &st->section, it->name);
	if (section_find(&s, t->data, t->len, st->section))
		return;
	if (own || named)
		fail_section(r, st->section, t);
	free(st->section);
	st->section = NULL;
}

/* { "text", log = … }: a choice with a sign. The table is on the stack. */
static void take_signed(const struct rec *r, struct lesson_step *st,
			const struct spec *plan, int n)
{
	struct check_spec *sign;
	struct rec c = rec_item(r, -1, r->line);
	char id[] = {lesson_letter(n), '\0'};

	c.parent = "choices";
	snprintf(c.name, sizeof(c.name), "%.70s, choice %s", r->name, id);
	lua_rawgeti(r->L, c.table, 1);
	keep_in(r->L, &st->choices,
		rec_text(&c, NULL, -1, "its text", CHOICE_MAX, 0));
	/* For a moment: what is left must have names. */
	lua_pushnil(r->L);
	lua_rawseti(r->L, c.table, 1);
	sign = spec_add_check(&st->signs);
	if (!sign)
		lua_host_nomem(r->L);
	keep_string(r->L, &sign->id, id);
	keep_string(r->L, &sign->title, st->choices.v[n]);
	sign->required = true;
	lua_sign_read(&c, plan, sign);
	if (!st->try && sign->kind != CHECK_LOG && sign->kind != CHECK_ABSENT)
		rec_fail(&c, NULL,
			 "without try it is the learner's own log that "
			 "tells; only log and absent are allowed then");
	lua_rawseti(r->L, c.table, 1);
}

static void take_choices(const struct rec *r, struct lesson_step *st,
			 const struct spec *plan)
{
	lua_State *L = r->L;
	struct rec list;
	int n;

	/** predict.choices: list of 2 to {CHOICES} choices, required
	 * Each a string of at most {CHOICE_MAX} characters, or one [with a
	 * sign](#sign).
	 * > choices = { "Yes.", { "No.", log = "wrap: EINVAL" } },
	 */
	rec_open(&list, r, "choices", true);
	n = rec_length(&list, NULL, CHOICES);
	if (n < 2)
		rec_fail(r, "choices",
			 "choices has %s, at least two are needed",
			 n ? "one choice" : "none");
	for (int i = 0; i < n; i++) {
		lua_rawgeti(L, list.table, i + 1);
		if (lua_istable(L, -1))
			take_signed(r, st, plan, i);
		else
			keep_in(L, &st->choices,
				rec_text(r, "choices", -1, "a choice",
					 CHOICE_MAX, 0));
		lua_pop(L, 1);
	}
	lua_pop(L, 1);
}

static void swap_plans(struct spec *a, struct spec *b)
{
	struct plan_step *plan = a->plan;
	size_t n = a->nplan;

	a->plan = b->plan;
	a->nplan = b->nplan;
	b->plan = plan;
	b->nplan = n;
}

/* The experiment; its plan is read as the lesson's is, in the place of it. */
static void take_try(const struct rec *r, struct lesson *l,
		     struct lesson_step *st)
{
	/** predict.try
	 * The experiment: the files of the folder `try/NAME/` are laid over the
	 * solution, which is built and run as soon as the learner has answered.
	 * > try = "negative",
	 */
	if (get_string(r, "try", &st->try, 64, GET_LINE))
		need_folder(r, "try", l, "try", st->try);
	/** predict.run: a function of the guest
	 * The experiment's own plan, in the place of the lesson's. Only with
	 * `try`.
	 * > run = function(guest) guest:insmod "wrap.ko" end,
	 */
	if (!rec_has(r, "run"))
		return;
	if (!st->try)
		rec_fail(r, NULL,
			 "run is there for an experiment, and there "
			 "is no try");
	swap_plans(&l->spec, &st->signs);
	lua_plan_read(r, l);
	swap_plans(&l->spec, &st->signs);
}

static void take_predict(const struct rec *r, struct lesson *l,
			 struct lesson_step *st)
{
	/** [predict] predict "name" { ... }
	 * A question that is answered before anything runs: see
	 * [Questions](lesson-format.md#questions).
	 * > predict "negative" {
	 * >   question = "What does the caller get?",
	 * >   choices = { "Err(ENXIO)", { "Ok(-6)", log = "gets Ok(-6)" } },
	 * >   answer = 2,
	 * >   why = "`as` is never checked.",
	 * >   try = "negative",
	 * > },
	 */
	static const char *const allowed[] = {
		"question", "choices", "answer", "why",
		"section",  "try",     "run",	 NULL,
	};
	long answer = 0;

	rec_only(r, allowed);
	/** predict.question
	 * May have line breaks.
	 * > question = "What does the log say?",
	 */
	get_string(r, "question", &st->question, 2000, GET_REQUIRED);
	take_try(r, l, st);
	take_choices(r, st, st->signs.nplan ? &st->signs : &l->spec);
	/** predict.answer: whole number, 1 to the number of choices, required
	 * Which choice is right. When there is `try`, or any choice has a sign,
	 * this one has.
	 * > answer = 2,
	 */
	get_number(r, "answer", &answer, 1, (long)st->choices.n, GET_REQUIRED);
	st->answer = (unsigned)answer - 1;
	/** predict.why
	 * Shown after the answer. May have line breaks.
	 * > why = "A negative return is an errno.",
	 */
	get_string(r, "why", &st->why, 4000, GET_REQUIRED);
	if ((st->try || st->signs.nchecks) && !lesson_sign(st, st->answer))
		rec_fail(r, NULL,
			 "the answer, choice %c, does not say what the log "
			 "shows then: { \"…\", log = \"…\" }",
			 lesson_letter(st->answer));
}

static void take_explore(const struct rec *r, struct lesson_step *st)
{
	/** [explore] explore "name" { ... }
	 * A visit to a live guest.
	 * > explore "look" { commands = "lsmod", notice = "The order." },
	 */
	static const char *const allowed[] = {"commands", "notice", "section",
					      NULL};

	rec_only(r, allowed);
	/** explore.commands
	 * What is worth trying there.
	 * > commands = { "insmod wrap.ko", "lsmod" },
	 */
	get_list(r, "commands", &st->commands, 32, 300,
		 GET_REQUIRED | GET_LINE);
	/** explore.notice
	 * What to look for. May have line breaks.
	 * > notice = "Which module is used by which?",
	 */
	get_string(r, "notice", &st->notice, 4000, 0);
}

static void take_write(const struct rec *r, struct lesson_step *st,
		       const struct spec *spec)
{
	/** [write] write "section"
	 * Edit, then check. Shows the section of that name, which must be
	 * there. A table may follow: which files and checks belong to this
	 * step.
	 * > write "the-wrapper" { checks = { "loads", "errors" } },
	 */
	static const char *const allowed[] = {"files", "checks", NULL};

	rec_only(r, allowed);
	/** write.files
	 * Of the files to edit; all if left out.
	 * > files = { "wrap.rs" },
	 */
	get_list(r, "files", &st->files, 64, 200, 0);
	/** write.checks
	 * Ids of checks; all if left out.
	 * > checks = { "loads", "errors" },
	 */
	get_list(r, "checks", &st->checks, 64, 64, 0);
	for (size_t i = 0; i < st->files.n; i++)
		must_be_in(r, NULL, st->files.v[i], &spec->edit,
			   "file to edit");
	for (size_t i = 0; i < st->checks.n; i++)
		must_be_check(r, NULL, st->checks.v[i], spec);
}

static void default_write(lua_State *L, struct lesson_step *st,
			  const struct spec *spec)
{
	bool all_files = !st->files.n, all_checks = !st->checks.n;

	for (size_t i = 0; all_files && i < spec->edit.n; i++)
		keep_in(L, &st->files, spec->edit.v[i]);
	for (size_t i = 0; all_checks && i < spec->nchecks; i++)
		keep_in(L, &st->checks, spec->checks[i].id);
}

/* The item's fields, or nil, are on top of the stack. */
static void take_fields(const struct rec *r, const struct item *it,
			struct lesson *l, struct lesson_step *st)
{
	bool table = lua_istable(r->L, -1);

	if (!table && (it->kind == ITEM_PREDICT || it->kind == ITEM_EXPLORE))
		rec_fail(r, NULL, "no { ... } follows");
	if (table && it->kind == ITEM_READ)
		rec_fail(r, NULL,
			 "a table follows, which read does not take; "
			 "is a comma missing?");
	if (it->kind == ITEM_PREDICT)
		take_predict(r, l, st);
	else if (it->kind == ITEM_EXPLORE)
		take_explore(r, st);
	else if (it->kind == ITEM_WRITE && table)
		take_write(r, st, &l->spec);
}

static void need_new_name(const struct rec *r, const struct lesson *l,
			  const char *name)
{
	for (size_t i = 0; i < l->nsteps; i++)
		if (strcmp(l->steps[i].name, name) == 0)
			rec_fail(r, NULL,
				 "a second step with this name; each needs one "
				 "of its own");
}

static void take_step(const struct rec *r, struct lesson *l,
		      const struct item *it, const struct text *t)
{
	static const enum lesson_step_kind kinds[] = {
		[ITEM_READ] = LESSON_READ,
		[ITEM_PREDICT] = LESSON_PREDICT,
		[ITEM_EXPLORE] = LESSON_EXPLORE,
		[ITEM_WRITE] = LESSON_WRITE,
	};
	struct lesson_step *st;

	need_new_name(r, l, it->name);
	st = add_step(r->L, l);
	st->kind = kinds[it->kind];
	keep_string(r->L, &st->name, it->name);
	take_fields(r, it, l, st);
	if (it->kind == ITEM_WRITE)
		default_write(r->L, st, &l->spec);
	take_section(r, it, st, t);
}

void lua_step_read(const struct rec *lesson, struct lesson *l, const char *text,
		   size_t len)
{
	struct text t = {.data = text, .len = len};
	lua_State *L = lesson->L;
	struct rec list, r;
	int n;

	/** lesson.steps: list of 1 to {STEPS_MAX} steps, required
	 * What the learner is led through: [read](#read), [predict](#predict),
	 * [explore](#explore), [write](#write). No two have the same name.
	 * > steps = { read "the-boundary", write "the-wrapper" },
	 */
	rec_open(&list, lesson, "steps", true);
	n = rec_length(&list, NULL, STEPS_MAX);
	if (n == 0)
		rec_fail(&list, NULL, "there is no step");
	for (int i = 1; i <= n; i++) {
		const struct item *it;

		lua_rawgeti(L, list.table, i);
		it = lua_item_get(L, -1);
		if (!it || it->kind < ITEM_READ)
			rec_fail(&list, NULL,
				 "element %d is no step; only read, predict, "
				 "explore and write are allowed",
				 i);
		r = rec_item(lesson, -1, it->line);
		snprintf(r.name, sizeof(r.name), "%s \"%s\"",
			 item_word(it->kind), it->name);
		take_step(&r, l, it, &t);
		lua_pop(L, 2);
	}
	lua_pop(L, 1);
}
