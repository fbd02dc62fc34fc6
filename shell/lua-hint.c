/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hints, and wrong answers: both are tables by name, read in the order of
 * their names.
 */
#include "lua-int.h"
#include "lesson.h"
#include "names.h"
#include "checker/finding.h"

#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define HINTS_MAX     64
#define HINTS_KEY_MAX 8
#define HINT_MAX      1000
#define WRONGS_MAX    32

/* The verdict of that name, or -1. */
static int outcome_by_name(const char *name)
{
	for (int o = OUTCOME_PASS; o <= OUTCOME_ENV_FAULT; o++)
		if (strcmp(outcome_name(o), name) == 0)
			return o;
	return -1;
}

/* Verdicts that a learner's answer can earn by being wrong. */
static int fault_by_name(const char *name)
{
	int o = outcome_by_name(name);

	return o > OUTCOME_PASS && o < OUTCOME_LESSON_FAULT ? o : -1;
}

/* E0308, clippy::x, -Wx, and rustc's lints, which have a "_" in them. */
static bool is_code(const char *s)
{
	if (s[0] == 'E' && strlen(s) == 5 && strspn(s + 1, "0123456789") == 4)
		return true;
	if (strncmp(s, "clippy::", 8) == 0 || strncmp(s, "-W", 2) == 0)
		return true;
	return strchr(s, '_') &&
	       !s[strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_")];
}

/** [hints] hints = { ... }
 * From what went wrong to hints, the vaguest first; the learner is given one
 * more each time. At most {HINTS_MAX} keys with a string or a list of at most
 * {HINTS_KEY_MAX} strings, of at most {HINT_MAX} characters each. A key is the
 * id of a check; a code of rustc, `E0308`; a lint or warning,
 * `["clippy::..."]`, `unused_must_use`, `["-Wshadow"]`; a kind of finding,
 * `kasan`; a verdict, `["build-failed"]`, `crash`; or `start`, for who has not
 * tried anything yet.
 * > hints = {
 * >   start = { "Read `legacy.h` first." },
 * >   errors = { "Where did the sign get lost?", "`to_result(n)?;`" },
 * >   E0308 = "Which of the two types comes from C?",
 * >   ["build-failed"] = "Mend the first error, then check again.",
 * > },
 */
static void need_key(const struct rec *r, const struct spec *spec,
		     const char *key)
{
	const char *words[64 + FINDING_NKINDS + 1];
	char maybe[128];
	size_t n = 0;

	if (spec_check(spec, key) || is_code(key) ||
	    finding_from_name(key) != FINDING_NKINDS ||
	    fault_by_name(key) >= 0 || strcmp(key, "start") == 0)
		return;
	for (; n < spec->nchecks && n < 64; n++)
		words[n] = spec->checks[n].id;
	for (int k = 0; k < FINDING_NKINDS; k++)
		words[n++] = finding_name(k);
	words[n] = NULL;
	say_suggestion(maybe, sizeof(maybe), key, words);
	rec_fail(r, key,
		 "\"%.80s\" is nothing that hints can be for%s; "
		 "allowed are the id of a check, a compiler's code or "
		 "lint, a kind of finding, a verdict, and \"start\"",
		 key, maybe);
}

static struct lesson_hints *add_hints(lua_State *L, struct lesson *l)
{
	struct lesson_hints *v;

	v = realloc(l->hints, (l->nhints + 1) * sizeof(*v));
	if (!v)
		lua_host_nomem(L);
	l->hints = v;
	v += l->nhints++;
	*v = (struct lesson_hints){.key = NULL};
	return v;
}

void lua_hint_read(const struct rec *lesson, struct lesson *l,
		   struct strv *scratch)
{
	struct lesson_hints *h;
	struct rec r;

	/** lesson.hints
	 * What helps who is stuck: [hints](#hints).
	 * > hints = { start = "Read `legacy.h` first." },
	 */
	if (!rec_open(&r, lesson, "hints", false))
		return;
	rec_keys(&r, scratch, HINTS_MAX);
	for (size_t i = 0; i < scratch->n; i++) {
		const char *key = scratch->v[i];

		need_key(&r, &l->spec, key);
		h = add_hints(r.L, l);
		keep_string(r.L, &h->key, key);
		get_list(&r, key, &h->texts, HINTS_KEY_MAX, HINT_MAX,
			 GET_REQUIRED);
	}
	strv_release(scratch);
	lua_pop(r.L, 1);
}

static struct lesson_wrong *add_wrong(lua_State *L, struct lesson *l)
{
	struct lesson_wrong *v;

	v = realloc(l->wrongs, (l->nwrongs + 1) * sizeof(*v));
	if (!v)
		lua_host_nomem(L);
	l->wrongs = v;
	v += l->nwrongs++;
	*v = (struct lesson_wrong){.name = NULL};
	return v;
}

__attribute__((noreturn)) static void no_verdict(const struct rec *r,
						 const char *name)
{
	const char *words[OUTCOME_ENV_FAULT + 1];
	char maybe[128], all[256];
	size_t n = 0;

	for (int o = OUTCOME_PASS + 1; o < OUTCOME_LESSON_FAULT; o++)
		words[n++] = outcome_name(o);
	words[n] = NULL;
	say_suggestion(maybe, sizeof(maybe), name, words);
	say_all(all, sizeof(all), words);
	rec_fail(r, "verdict", "verdict is \"%s\"%s; allowed are %s", name,
		 maybe, all);
}

static void take_verdict(const struct rec *r, struct lesson_wrong *w)
{
	char *name = NULL;
	int o;

	/* Kept in .check, which is still empty, so that it has an owner. */
	/** wrong.verdict: verdict
	 * `"fail"`, `"build-failed"`, `"abi-failed"`, `"crash"`, `"timeout"` or
	 * `"incomplete"`.
	 * > { verdict = "build-failed" },
	 */
	if (!get_string(r, "verdict", &w->check, 40, GET_LINE))
		return;
	name = w->check;
	o = fault_by_name(name);
	if (o < 0)
		no_verdict(r, name);
	w->has_verdict = true;
	w->verdict = (enum outcome)o;
	w->check = NULL;
	free(name);
}

/* { check = "id", verdict = "crash" } */
static void take_wrong_table(const struct rec *r, struct lesson_wrong *w)
{
	/** [wrong] wrong = { ... }
	 * From the name of a folder in `wrong/` to the id of the check that
	 * must reject it, or to a table, where the verdict is decided before
	 * any check is looked at. At most {WRONGS_MAX}. The table has one of
	 * these fields, or both.
	 * > wrong = {
	 * >   ["swallowed-errno"] = "errors",
	 * >   ["raw-pointer"] = { verdict = "build-failed" },
	 * >   ["whole-store"] = { check = "clean", verdict = "crash" },
	 * > },
	 */
	static const char *const allowed[] = {"check", "verdict", NULL};

	rec_only(r, allowed);
	take_verdict(r, w);
	/** wrong.check
	 * The check that must reject it.
	 * > { check = "clean", verdict = "crash" },
	 */
	get_string(r, "check", &w->check, 64, GET_LINE);
	if (!w->check && !w->has_verdict)
		rec_fail(r, NULL, "names neither a check nor a verdict");
}

__attribute__((noreturn)) static void
no_folder(const struct rec *r, const char *field, const struct lesson *l,
	  const char *parent, const char *name)
{
	char there[500];

	say_there(there, l, parent, true, name);
	rec_fail(r, field, "there is no folder %s/%.100s/%s", parent, name,
		 there);
}

void need_folder(const struct rec *r, const char *field, const struct lesson *l,
		 const char *parent, const char *name)
{
	char path[4096];
	struct stat st;

	if (!is_safe_path(name) || strchr(name, '/'))
		rec_fail(r, field,
			 "\"%.80s\" cannot be the name of a folder "
			 "in %s/",
			 name, parent);
	snprintf(path, sizeof(path), "%s/%s/%s", l->spec.dir, parent, name);
	if (lstat(path, &st) < 0 || !S_ISDIR(st.st_mode))
		no_folder(r, field, l, parent, name);
}

static void take_wrong(const struct rec *r, struct lesson *l, const char *name)
{
	struct lesson_wrong *w = add_wrong(r->L, l);
	struct rec sub;

	keep_string(r->L, &w->name, name);
	need_folder(r, name, l, "wrong", name);
	lua_pushstring(r->L, name);
	lua_rawget(r->L, r->table);
	if (lua_istable(r->L, -1)) {
		rec_open(&sub, r, name, true);
		take_wrong_table(&sub, w);
		lua_pop(r->L, 1);
	} else {
		keep_string(r->L, &w->check,
			    rec_text(r, name, -1, name, 64, GET_LINE));
	}
	lua_pop(r->L, 1);
	if (!w->check)
		return;
	if (!spec_check(&l->spec, w->check) && fault_by_name(w->check) >= 0)
		rec_fail(r, name,
			 "\"%s\" is a verdict, not a check: write "
			 "{ verdict = \"%s\" }",
			 w->check, w->check);
	must_be_check(r, name, w->check, &l->spec);
}

void lua_wrong_read(const struct rec *lesson, struct lesson *l,
		    struct strv *scratch)
{
	struct rec r;

	/** lesson.wrong
	 * Answers that must be rejected, each by the right check:
	 * [wrong](#wrong).
	 * > wrong = { ["swallowed-errno"] = "errors" },
	 */
	if (!rec_open(&r, lesson, "wrong", false))
		return;
	rec_keys(&r, scratch, WRONGS_MAX);
	for (size_t i = 0; i < scratch->n; i++)
		take_wrong(&r, l, scratch->v[i]);
	strv_release(scratch);
	lua_pop(r.L, 1);
}
