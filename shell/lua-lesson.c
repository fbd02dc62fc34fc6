/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "lua-int.h"
#include "lua-lesson.h"
#include "lesson.h"
#include "checker/err.h"

#include <ctype.h>
#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

#define FORMAT	       1
#define SOLUTION_AFTER 5
#define BUDGET	       3

/* One reading; all that it allocates is here or in the lesson. */
struct reading {
	struct lesson *l;
	const char *script, *text;
	size_t script_len, text_len;
	struct strv scratch;
};

void must_be_in(const struct rec *r, const char *field, const char *word,
		const struct strv *list, const char *what)
{
	char maybe[128], all[256];

	if (strv_has(list, word))
		return;
	say_suggestion(maybe, sizeof(maybe), word,
		       (const char *const *)list->v);
	say_all(all, sizeof(all), (const char *const *)list->v);
	rec_fail(r, field, "there is no %s \"%.80s\"%s; there %s%s", what, word,
		 maybe, list->n ? "is: " : "is none", all);
}

void must_be_check(const struct rec *r, const char *field, const char *id,
		   const struct spec *spec)
{
	const char *words[65];
	struct strv ids = {.v = (char **)words};

	for (; ids.n < spec->nchecks && ids.n < 64; ids.n++)
		words[ids.n] = spec->checks[ids.n].id;
	words[ids.n] = NULL;
	must_be_in(r, field, id, &ids, "check");
}

static void take_place(const struct rec *r, struct lesson *l)
{
	unsigned track, number;
	const char *slug;
	char id[32];

	/** lesson.id
	 * `"TRACK.NUMBER"`, as the folders say: `1-.../02-...` is `"1.2"`.
	 * > id = "1.2",
	 */
	get_string(r, "id", &l->spec.id, 31, GET_REQUIRED | GET_LINE);
	/** lesson.slug
	 * The name of the folder after its number.
	 * > slug = "rust-calls-c",
	 */
	get_string(r, "slug", &l->spec.slug, 63, GET_REQUIRED | GET_SLUG);
	if (!lesson_place(l->spec.dir, &track, &number, &slug))
		rec_fail(r, NULL,
			 "the folder \"%s\" is not named like that "
			 "of a lesson, N-track/NN-slug",
			 l->spec.dir);
	snprintf(id, sizeof(id), "%u.%u", track, number);
	if (strcmp(id, l->spec.id) != 0)
		rec_fail(r, "id", "id is \"%s\", but the folder says \"%s\"",
			 l->spec.id, id);
	if (strcmp(slug, l->spec.slug) != 0)
		rec_fail(r, "slug",
			 "slug is \"%s\", but the folder says "
			 "\"%s\"",
			 l->spec.slug, slug);
}

/* "1.2": numbers joined by dots, @min to @max of them. */
static bool is_dotted(const char *s, int min, int max)
{
	int n = 0;

	do {
		size_t digits = strspn(s, "0123456789");

		if (digits == 0 || digits > 4)
			return false;
		s += digits;
		n++;
	} while (*s++ == '.');
	return s[-1] == '\0' && n >= min && n <= max;
}

static void take_numbers(const struct rec *r, struct lesson *l)
{
	long minutes, budget = BUDGET, after = SOLUTION_AFTER;

	/** lesson.minutes
	 * How long a learner takes, about.
	 * > minutes = 20,
	 */
	get_number(r, "minutes", &minutes, 1, 240, GET_REQUIRED);
	/** lesson.budget
	 * Seconds of guest time that one step of `run` may take; {BUDGET} if
	 * left out.
	 * > budget = 10,
	 */
	get_number(r, "budget", &budget, 1, 120, 0);
	/** lesson.solution_after
	 * After so many checks, or a pass, `solution` may be seen; 0: at once.
	 * {SOLUTION_AFTER} if left out.
	 * > solution_after = 3,
	 */
	get_number(r, "solution_after", &after, 0, 100, 0);
	l->minutes = (unsigned)minutes;
	l->solution_after = (unsigned)after;
	l->spec.guest_seconds = (unsigned)budget;
	/** lesson.needs
	 * Ids of the lessons that come before this one.
	 * > needs = { "0.1", "1.1" },
	 */
	get_list(r, "needs", &l->needs, 32, 15, GET_LINE);
	for (size_t i = 0; i < l->needs.n; i++) {
		if (!is_dotted(l->needs.v[i], 2, 2))
			rec_fail(r, "needs",
				 "\"%s\" is not the id of a "
				 "lesson, such as \"1.2\"",
				 l->needs.v[i]);
		if (strcmp(l->needs.v[i], l->spec.id) == 0)
			rec_fail(r, "needs", "the lesson needs itself");
	}
	/** lesson.kernel
	 * The series of Linux, or releases, that it was tested on.
	 * > kernel = { "7.3" },
	 */
	get_list(r, "kernel", &l->kernels, 16, 15, GET_REQUIRED | GET_LINE);
	for (size_t i = 0; i < l->kernels.n; i++)
		if (!is_dotted(l->kernels.v[i], 2, 3))
			rec_fail(r, "kernel",
				 "\"%s\" is not a version, such "
				 "as \"7.3\"",
				 l->kernels.v[i]);
}

/* Of a step of many rounds the host decides in between how it goes on. */
static void no_rounds_and_races(const struct rec *r, const struct lesson *l)
{
	for (size_t i = 0; l->spec.races.runs && i < l->spec.nplan; i++)
		if (plan_unwinds(l->spec.plan[i].op))
			rec_fail(r, "races",
				 "races do not go together with "
				 "\"%s\" in run",
				 l->spec.plan[i].label);
}

static void take_lesson(const struct rec *r, struct reading *rd)
{
	/** [lesson] lesson { ... }
	 * What `lesson.lua` returns: a table of these fields and no others.
	 * They may stand in any order.
	 * > return lesson {
	 * >   format = 1,
	 * >   ...
	 * > }
	 */
	static const char *const allowed[] = {
		"format",
		"id",
		"slug",
		"title",
		"minutes",
		"needs",
		"kernel",
		"files",
		"programs",
		"machine",
		"steps",
		"run",
		"checks",
		"hints",
		"wrong",
		"budget",
		"kernel_symbols",
		"races",
		"swap",
		"solution_after",
		NULL,
	};
	struct lesson *l = rd->l;
	long format;

	/* First: another format may have other fields. */
	/** lesson.format: the number {FORMAT}, required
	 * The format that the rest is written in.
	 * > format = 1,
	 */
	get_number(r, "format", &format, FORMAT, FORMAT, GET_REQUIRED);
	rec_only(r, allowed);
	take_place(r, l);
	/** lesson.title
	 * What lists and the prompt call the lesson.
	 * > title = "Rust calls C, safely wrapped",
	 */
	get_string(r, "title", &l->spec.title, 60, GET_REQUIRED | GET_LINE);
	take_numbers(r, l);
	lua_files_read(r, l);
	lua_machine_read(r, l);
	lua_plan_read(r, l);
	no_rounds_and_races(r, l);
	lua_check_read(r, l);
	lua_step_read(r, l, rd->text, rd->text_len);
	lua_hint_read(r, l, &rd->scratch);
	lua_wrong_read(r, l, &rd->scratch);
}

static void setup(lua_State *L, void *arg)
{
	lua_item_open(L);
}

static void take(lua_State *L, void *arg)
{
	struct reading *rd = arg;
	const struct item *it = lua_item_get(L, -1);
	struct rec r;

	if (!it || it->kind != ITEM_LESSON)
		lua_host_fail(L, it ? it->line : lua_item_lesson_line(L),
			      "the script returned a %s; it must be "
			      "written return lesson { ... }",
			      it ? item_word(it->kind) : luaL_typename(L, -1));
	r = rec_make(L, -1, it->line);
	r.text = rd->script;
	r.len = rd->script_len;
	take_lesson(&r, rd);
}

int lua_lesson_read(struct lesson *l, const char *name,
		    const struct buf *script, const struct buf *text,
		    struct err *e)
{
	static const struct lua_limits limits = LUA_LIMITS_LESSON;
	struct reading rd = {
		.l = l,
		.script = buf_str(script),
		.script_len = script->len,
		.text = buf_str(text),
		.text_len = text->len,
	};
	struct lua_host *h = lua_host_new(&limits, e);
	int ret = -1;

	if (h)
		ret = lua_host_run(h, name, rd.script, rd.script_len, setup,
				   take, &rd, e);
	lua_host_free(h);
	strv_release(&rd.scratch);
	return ret;
}
