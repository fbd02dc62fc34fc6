/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "lua-int.h"
#include "lua-lesson.h"
#include "lesson.h"
#include "checker/err.h"

#include <ctype.h>
#include <lauxlib.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define FORMAT 1
#define SOLUTION_AFTER 5

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
	rec_fail(r, field, "there is no %s \"%.80s\"%s; there %s%s", what,
		 word, maybe, list->n ? "is: " : "is none", all);
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

	get_string(r, "id", &l->spec.id, 31, GET_REQUIRED | GET_LINE);
	get_string(r, "slug", &l->spec.slug, 63, GET_REQUIRED | GET_SLUG);
	if (!lesson_place(l->spec.dir, &track, &number, &slug))
		rec_fail(r, NULL, "the folder \"%s\" is not named like that "
				  "of a lesson, N-track/NN-slug",
			 l->spec.dir);
	snprintf(id, sizeof(id), "%u.%u", track, number);
	if (strcmp(id, l->spec.id) != 0)
		rec_fail(r, "id", "id is \"%s\", but the folder says \"%s\"",
			 l->spec.id, id);
	if (strcmp(slug, l->spec.slug) != 0)
		rec_fail(r, "slug", "slug is \"%s\", but the folder says "
				    "\"%s\"", l->spec.slug, slug);
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
	long minutes, budget = 3, after = SOLUTION_AFTER;

	get_number(r, "minutes", &minutes, 1, 240, GET_REQUIRED);
	get_number(r, "budget", &budget, 1, 120, 0);
	get_number(r, "solution_after", &after, 0, 100, 0);
	l->minutes = (unsigned)minutes;
	l->solution_after = (unsigned)after;
	l->spec.guest_seconds = (unsigned)budget;
	get_list(r, "needs", &l->needs, 32, 15, GET_LINE);
	for (size_t i = 0; i < l->needs.n; i++) {
		if (!is_dotted(l->needs.v[i], 2, 2))
			rec_fail(r, "needs", "\"%s\" is not the id of a "
					     "lesson, such as \"1.2\"",
				 l->needs.v[i]);
		if (strcmp(l->needs.v[i], l->spec.id) == 0)
			rec_fail(r, "needs", "the lesson needs itself");
	}
	get_list(r, "kernel", &l->kernels, 16, 15, GET_REQUIRED | GET_LINE);
	for (size_t i = 0; i < l->kernels.n; i++)
		if (!is_dotted(l->kernels.v[i], 2, 3))
			rec_fail(r, "kernel", "\"%s\" is not a version, such "
					      "as \"7.3\"", l->kernels.v[i]);
}

/* A plain file below the lesson, reached through no symbolic link. */
static bool is_file(const struct lesson *l, const char *rel, off_t *size)
{
	char path[4096];
	struct stat st;
	size_t base;
	int n;

	base = strlen(l->spec.dir) + 1;
	n = snprintf(path, sizeof(path), "%s/%s", l->spec.dir, rel);
	if (n < 0 || (size_t)n >= sizeof(path))
		return false;
	for (char *p = path + base; (p = strchr(p, '/')); p++) {
		*p = '\0';
		if (lstat(path, &st) < 0 || !S_ISDIR(st.st_mode))
			return false;
		*p = '/';
	}
	if (lstat(path, &st) < 0 || !S_ISREG(st.st_mode))
		return false;
	*size = st.st_size;
	return true;
}

static void check_files(const struct rec *r, const struct lesson *l,
			const char *field, const struct strv *files)
{
	char rel[256];
	off_t size;

	for (size_t i = 0; i < files->n; i++) {
		snprintf(rel, sizeof(rel), "solution/%s", files->v[i]);
		if (!is_file(l, rel, &size))
			rec_fail(r, field, "there is no file %s", rel);
		if (size > (off_t)LESSON_FILE_MAX)
			rec_fail(r, field, "%s has %lld bytes, at most %zu "
					   "are allowed", rel,
				 (long long)size, LESSON_FILE_MAX);
		for (size_t j = 0; j < i; j++)
			if (strcmp(files->v[i], files->v[j]) == 0)
				rec_fail(r, field, "\"%s\" is listed twice",
					 files->v[i]);
	}
}

static void take_files(const struct rec *r, struct lesson *l)
{
	static const char *const allowed[] = {"given", "edit", NULL};
	struct spec *s = &l->spec;
	struct rec f;

	rec_open(&f, r, "files", true);
	rec_only(&f, allowed);
	get_list(&f, "given", &s->given, 64, 200, GET_PATH);
	get_list(&f, "edit", &s->edit, 64, 200, GET_REQUIRED | GET_PATH);
	check_files(&f, l, "given", &s->given);
	check_files(&f, l, "edit", &s->edit);
	for (size_t i = 0; i < s->edit.n; i++)
		if (strv_has(&s->given, s->edit.v[i]))
			rec_fail(&f, "edit", "\"%s\" is both given and to be "
					     "edited", s->edit.v[i]);
	lua_pop(r->L, 1);
}

static void take_programs(const struct rec *r, struct lesson *l)
{
	struct strv *p = &l->spec.programs;
	char rel[256];
	off_t size;

	get_list(r, "programs", p, 16, 60, GET_PATH);
	for (size_t i = 0; i < p->n; i++) {
		snprintf(rel, sizeof(rel), "tests/%s.c", p->v[i]);
		if (strchr(p->v[i], '/') || !is_file(l, rel, &size))
			rec_fail(r, "programs", "there is no file %s", rel);
	}
	l->spec.has_test_modules = is_file(l, "tests/Makefile", &size);
}

static void take_machine(const struct rec *r, struct lesson *l)
{
	static const char *const allowed[] = {"cpus", "devices", NULL};
	struct machine *m = &l->spec.machine;
	struct rec f;
	long cpus = rec_has(r, "races") ? 2 : 1;

	m->cpus = (unsigned)cpus;
	if (!rec_open(&f, r, "machine", false))
		return;
	rec_only(&f, allowed);
	get_number(&f, "cpus", &cpus, 1, 4, 0);
	m->cpus = (unsigned)cpus;
	/* A name alone: properties could name files of the host. */
	get_list(&f, "devices", &m->devices, 8, 40, GET_PATH);
	for (size_t i = 0; i < m->devices.n; i++)
		if (strchr(m->devices.v[i], '/'))
			rec_fail(&f, "devices", "\"%s\" is not the name of a "
						"QEMU device",
				 m->devices.v[i]);
	lua_pop(r->L, 1);
}

/* Two CPUs unless the machine has more: on one there is little to race. */
static void take_races(const struct rec *r, struct lesson *l)
{
	static const char *const allowed[] = {"runs", "pass", NULL};
	long runs = 20, pass;
	struct rec f;

	if (!rec_open(&f, r, "races", false))
		return;
	rec_only(&f, allowed);
	get_number(&f, "runs", &runs, 2, 100, 0);
	pass = runs;
	get_number(&f, "pass", &pass, 1, runs, 0);
	l->spec.races.runs = (unsigned)runs;
	l->spec.races.pass = (unsigned)pass;
	if (l->spec.machine.cpus == 1)
		rec_fail(r, "races",
			 "the machine has one CPU; leave cpus out, "
			 "or let there be 2 to 4");
	lua_pop(r->L, 1);
}

static void take_side(const struct rec *f, const struct lesson *l,
		      const char *field, const char *suffix, struct strv *out)
{
	get_list(f, field, out, 32, 200, GET_REQUIRED | GET_PATH);
	for (size_t i = 0; i < out->n; i++) {
		const char *name = out->v[i], *dot = strrchr(name, '.');

		must_be_in(f, field, name, &l->spec.edit, "file to edit");
		/* It is put into a shell's line. */
		if (!dot || strcmp(dot, suffix) != 0 ||
		    name[strspn(name, "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789_-./")])
			rec_fail(f, field,
				 "\"%s\" is no %s file with a "
				 "plain name",
				 name, suffix);
	}
}

static void take_swap(const struct rec *r, struct lesson *l)
{
	static const char *const allowed[] = {"c", "rust", "always", NULL};
	struct rec f;

	if (!rec_open(&f, r, "swap", false))
		return;
	rec_only(&f, allowed);
	take_side(&f, l, "c", ".c", &l->spec.swap.c);
	take_side(&f, l, "rust", ".rs", &l->spec.swap.rust);
	get_bool(&f, "always", &l->spec.swap.always);
	/* One run says little of a side that fails now and then. */
	if (l->spec.races.runs)
		rec_fail(r, "swap", "swap and races do not go together");
	lua_pop(r->L, 1);
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
	static const char *const allowed[] = {
		"format", "id", "slug", "title", "minutes", "needs", "kernel",
		"files", "programs", "machine", "steps", "run", "checks",
		"hints", "wrong", "budget", "kernel_symbols", "races", "swap",
		"solution_after", NULL,
	};
	struct lesson *l = rd->l;
	long format;

	/* First: another format may have other fields. */
	get_number(r, "format", &format, FORMAT, FORMAT, GET_REQUIRED);
	rec_only(r, allowed);
	take_place(r, l);
	get_string(r, "title", &l->spec.title, 60, GET_REQUIRED | GET_LINE);
	take_numbers(r, l);
	take_files(r, l);
	get_list(r, "kernel_symbols", &l->spec.kernel_symbols, 32, 60,
		 GET_LINE);
	take_programs(r, l);
	take_machine(r, l);
	take_races(r, l);
	take_swap(r, l);
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
		lua_host_fail(L, it ? it->line : 0,
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
