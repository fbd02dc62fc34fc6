/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * checks: what must hold. Exactly one field says of what kind a check is.
 */
#include "lua-int.h"
#include "lesson.h"
#include "checker/finding.h"

#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

#define CHECKS_MAX 64
#define LINES_MAX  64
#define ABI_MAX	   64
#define TEXT_MAX   300
#define NEEDS_MAX  8
#define COUNT_MAX  10000

static const struct kind {
	const char *field;
	enum check_kind kind;
	bool takes_job, takes_case;
} kinds[] = {
	/** check.ktap: string of at most 128 characters, one line
	 * The KUnit suite of that name ran and passed. With
	 * [case](#check-case), one case of it.
	 * > check "suite" { title = "errors stay", ktap = "wrap_suite" },
	 */
	{"ktap", CHECK_KTAP, false, true},
	/** check.tap: label of a step of guest:run
	 * The program that the step ran printed TAP, and all of it is ok. With
	 * [case](#check-case), one line of it.
	 * > check "ioctl" { title = "it answers", tap = "run ioctl_test" },
	 */
	{"tap", CHECK_TAP, false, true},
	/** check.log: list of at most {LINES_MAX} texts and [patterns](#pattern)
	 * Lines of the kernel log have these texts, of at most {TEXT_MAX}
	 * characters each, in them, in this order. With [job](#check-job),
	 * lines of that step. With [count](#check-count), so many lines.
	 * > check "order" { title = "C first", log = { "C", "Rust" } },
	 */
	{"log", CHECK_LOG, true, false},
	/** check.absent: list of at most {LINES_MAX} texts and [patterns](#pattern)
	 * No line of the kernel log has any of these texts in it. With
	 * [job](#check-job), no line of that step.
	 * > check "quiet" { title = "no second line", absent = "wrap: bye" },
	 */
	{"absent", CHECK_ABSENT, true, false},
	/** check.output: list of at most {LINES_MAX} texts and [patterns](#pattern)
	 * What the step printed or read has lines with these texts, in this
	 * order. [job](#check-job) is required: a step of `guest:run` or
	 * `guest:read`.
	 * > check "hits" { title = "two hits", output = "2", job = "run x" },
	 */
	{"output", CHECK_OUTPUT, true, false},
	/** check.lint: list of at most {NAMES_MAX} lints
	 * The compilers reported none of these, or no more than
	 * [most](#check-most), in the files to edit: lints of clippy and rustc,
	 * warnings of clang. They are switched on for that, whatever the kernel
	 * and the source say. See [Rules](lesson-format.md#rules).
	 * > check "used" { title = "errors count", lint = "unused_must_use" },
	 */
	{"lint", CHECK_LINT, false, false},
	/** check.forbid: list of at most {PATHS_MAX} paths
	 * The files to edit use none of these functions, types and macros of
	 * Rust, each named by its whole path.
	 * > check "drops" { title = "it is dropped", forbid = "core::mem::forget" },
	 */
	{"forbid", CHECK_FORBID, false, false},
	/** check.size: table, see [size](#size)
	 * How many bytes sections of a module have.
	 * > check "small" { title = "it stays small",
	 * >   size = { file = "wrap.ko", section = "text", most = 2000 } },
	 */
	{"size", CHECK_SIZE, false, false},
	/** check.source: table, see [source](#source)
	 * What a function of C calls, and what it does not use.
	 * > check "bounds" { title = "no strcpy",
	 * >   source = { file = "a.c", within = "f", avoids = "strcpy" } },
	 */
	{"source", CHECK_SOURCE, false, false},
	/** check.findings: "none" or { allow = { ... } }
	 * The kernel reported nothing that a healthy run does not report, or
	 * nothing but [these kinds](#findings). What no such check allows makes
	 * the verdict *crash* in any case.
	 * > check "clean" { title = "no fault", findings = "none" },
	 */
	{"findings", CHECK_FINDINGS, false, false},
	/** check.variant: name of a folder in `variant/`
	 * The learner's files are built again beside those of `variant/NAME/`,
	 * which take the place of the given ones of the same names, and then
	 * pass all checks of other kinds; unless [expect](#check-expect) says
	 * otherwise. See [Variants](lesson-format.md#variants).
	 * > check "any" { title = "any limit will do", variant = "limit-9" },
	 */
	{"variant", CHECK_VARIANT, false, false},
	/** check.abi: "all", or list of at most {ABI_MAX} names
	 * C and Rust agree about these functions and structs, or about all
	 * that crosses between them. The stage [abi](abi.md) compares in any
	 * case, and ends a check with the verdict *abi-failed*; this gives
	 * points for it, and hints of its own, name by name.
	 * > check "layout" { title = "one layout", abi = "struct ring" },
	 */
	{"abi", CHECK_ABI, false, false},
	/* Last: it is also what the others say where they look. */
	/** check.job: label of a step of run
	 * By itself: the step answered what it should. With `log` and `absent`:
	 * where they look; with `output` it is required.
	 * > check "loads" { title = "it loads", job = "insmod wrap.ko" },
	 */
	{"job", CHECK_JOB, true, false},
};

#define NKINDS (sizeof(kinds) / sizeof(kinds[0]))

static const struct kind *find_kind(const struct rec *r)
{
	const struct kind *found = NULL;

	for (size_t i = 0; i < NKINDS; i++) {
		if (!rec_has(r, kinds[i].field))
			continue;
		if (found && kinds[i].kind == CHECK_JOB)
			break;
		if (found)
			rec_fail(r, NULL,
				 "both \"%s\" and \"%s\": only one "
				 "of them is allowed in a check",
				 found->field, kinds[i].field);
		found = &kinds[i];
	}
	if (!found)
		rec_fail(r, NULL,
			 "nothing says what must hold; allowed are "
			 "job, ktap, tap, log, absent, output, lint, "
			 "forbid, size, source, findings, variant, "
			 "abi");
	return found;
}

static const struct plan_step *take_label(const struct rec *r,
					  const struct spec *spec,
					  const char *field, char **out)
{
	const char *words[65];
	char maybe[256], all[300];
	const struct plan_step *st;
	size_t n = 0;

	get_string(r, field, out, 256, GET_REQUIRED | GET_LINE);
	st = spec_step(spec, *out);
	if (st)
		return st;
	for (; n < spec->nplan && n < 64; n++)
		words[n] = spec->plan[n].label;
	words[n] = NULL;
	say_suggestion(maybe, sizeof(maybe), *out, words);
	say_all(all, sizeof(all), words);
	rec_fail(r, field,
		 "%s names \"%.80s\", which is no step of run%s; "
		 "steps are: %s",
		 field, *out, maybe, all);
}

static void need_op(const struct rec *r, const struct plan_step *st,
		    const char *field, bool read_too)
{
	if (st->op == PLAN_RUN || (read_too && st->op == PLAN_READ))
		return;
	rec_fail(r, field,
		 "\"%s\" prints nothing; only a step of guest:run%s "
		 "can be named here",
		 st->label, read_too ? " or guest:read" : "");
}

static void take_findings(const struct rec *r, struct check_spec *c)
{
	/** [findings] findings = { allow = ... }
	 * What the kernel may report. The kinds are {words:names}; see [What
	 * the kernel watches](findings.md).
	 */
	static const char *const allowed[] = {"allow", NULL};
	const char *words[FINDING_NKINDS + 1];
	struct strv all = {.v = (char **)words, .n = FINDING_NKINDS};
	struct rec f;

	lua_getfield(r->L, r->table, "findings");
	if (lua_type(r->L, -1) == LUA_TSTRING) {
		if (strcmp(lua_tostring(r->L, -1), "none") != 0)
			rec_fail(r, NULL,
				 "findings is \"%.40s\"; allowed are "
				 "\"none\" and { allow = { ... } }",
				 lua_tostring(r->L, -1));
		lua_pop(r->L, 1);
		return;
	}
	lua_pop(r->L, 1);
	rec_open(&f, r, "findings", true);
	rec_only(&f, allowed);
	/** findings.allow: list of kinds of finding, required
	 * These are no fault here.
	 * > findings = { allow = { "warn" } },
	 */
	get_list(&f, "allow", &c->lines, FINDING_NKINDS, 40, GET_REQUIRED);
	lua_pop(r->L, 1);
	for (int k = 0; k < FINDING_NKINDS; k++)
		words[k] = finding_name(k);
	words[FINDING_NKINDS] = NULL;
	for (size_t i = 0; i < c->lines.n; i++)
		must_be_in(r, NULL, c->lines.v[i], &all, "kind of finding");
}

static void take_tap(const struct rec *r, const struct spec *spec,
		     struct check_spec *c)
{
	need_op(r, take_label(r, spec, "tap", &c->job), "tap", false);
}

static void take_kind(const struct rec *r, const struct spec *spec,
		      struct check_spec *c, const struct kind *k)
{
	const struct plan_step *st = NULL;

	c->kind = k->kind;
	if (k->kind == CHECK_KTAP)
		get_string(r, "ktap", &c->suite, 128, GET_LINE);
	else if (k->kind == CHECK_TAP)
		take_tap(r, spec, c);
	else if (k->kind == CHECK_LINT)
		lua_lint_read(r, spec, c);
	else if (k->kind == CHECK_FORBID)
		lua_forbid_read(r, spec, c);
	else if (k->kind == CHECK_SIZE)
		lua_size_read(r, c);
	else if (k->kind == CHECK_SOURCE)
		lua_source_read(r, spec, c);
	else if (k->kind == CHECK_FINDINGS)
		take_findings(r, c);
	else if (k->kind == CHECK_ABI)
		get_list(r, "abi", &c->lines, ABI_MAX, 80,
			 GET_REQUIRED | GET_LINE);
	else if (k->kind != CHECK_JOB && k->kind != CHECK_VARIANT)
		lua_texts_read(r, k->field, LINES_MAX, TEXT_MAX, c);
	if (rec_has(r, "job") && !k->takes_job)
		rec_fail(r, NULL, "job does not go with %s", k->field);
	if (rec_has(r, "job") || k->kind == CHECK_OUTPUT)
		st = take_label(r, spec, "job", &c->job);
	if (k->kind == CHECK_OUTPUT)
		need_op(r, st, "job", true);
	if (rec_has(r, "case") && !k->takes_case)
		rec_fail(r, NULL, "case does not go with %s", k->field);
	/** check.case
	 * With `ktap` or `tap`: that case alone.
	 * > check "neg" { title = "no to -1", ktap = "wrap", case = "negative" },
	 */
	get_string(r, "case", &c->kase, 200, GET_LINE);
}

static void take_count(const struct rec *r, struct check_spec *c)
{
	long n;

	/** check.count
	 * With `log` and one text or pattern: exactly so many lines of the log,
	 * or of the step that `job` names, have it.
	 * > check "each" { title = "once a slot", log = "ring: slot", count = 4 },
	 */
	c->counted = get_number(r, "count", &n, 0, COUNT_MAX, 0);
	if (!c->counted)
		return;
	c->count = (unsigned)n;
	if (c->kind != CHECK_LOG)
		rec_fail(r, "count", "count goes with log, and with no other");
	if (c->lines.n != 1)
		rec_fail(r, "count",
			 "log has %zu texts, and only one can be counted",
			 c->lines.n);
}

void lua_sign_read(const struct rec *r, const struct spec *plan,
		   struct check_spec *c)
{
	/** [sign=check] A choice with a sign
	 * `{ "text", log = ... }`: the text of the choice, then what the kernel
	 * says if the choice is right, in the fields of a [check](#check).
	 * Without [try](#predict-try) only `log` and `absent`, for it is the
	 * learner's own log that tells.
	 * > { "It is refused.", log = "wrap: EINVAL", job = "insmod wrap.ko" },
	 */
	static const char *const allowed[] = {"job",	  "ktap",   "tap",
					      "log",	  "absent", "output",
					      "findings", "case",   NULL};

	rec_only(r, allowed);
	take_kind(r, plan, c, find_kind(r));
}

static void take_needs(const struct rec *r, const struct spec *spec,
		       struct check_spec *c)
{
	const char *words[CHECKS_MAX + 1] = {NULL};
	char maybe[128], all[300];

	/** check.needs: list of at most {NEEDS_MAX} ids of checks
	 * Checks that stand before this one. Unless they hold it is not run, so
	 * that one fault is one failed check; it earns nothing then, and the
	 * report names the check where that began.
	 * > needs = { "loads" },
	 */
	get_list(r, "needs", &c->needs, NEEDS_MAX, ITEM_NAME_MAX, GET_LINE);
	/* The last is @c. */
	for (size_t i = 0; i + 1 < spec->nchecks; i++)
		words[i] = spec->checks[i].id;
	for (size_t i = 0; i < c->needs.n; i++) {
		const struct check_spec *n = spec_check(spec, c->needs.v[i]);

		if (n && n != c)
			continue;
		say_suggestion(maybe, sizeof(maybe), c->needs.v[i], words);
		say_all(all, sizeof(all), words);
		rec_fail(r, "needs",
			 "needs names \"%.63s\", which is no check before "
			 "this one%s; before it are: %s",
			 c->needs.v[i], maybe, words[0] ? all : "none");
	}
}

static void take_check(const struct rec *r, struct spec *spec, const char *id)
{
	/** [check] check "id" { ... }
	 * The id is the check's own. `title`, and exactly one of `job`, `ktap`,
	 * `tap`, `log`, `absent`, `output`, `lint`, `forbid`, `size`, `source`,
	 * `findings`, `variant` and `abi`, which says of what kind the check is
	 * (`job` may stand beside some of the others).
	 * > check "loads" { title = "it loads", job = "insmod wrap.ko" },
	 */
	static const char *const allowed[] = {
		"title",  "points", "required", "job",	    "ktap",
		"tap",	  "log",    "absent",	"output",   "lint",
		"forbid", "size",   "source",	"findings", "variant",
		"expect", "code",   "says",	"case",	    "needs",
		"count",  "most",   "files",	"abi",	    NULL,
	};
	struct check_spec *c;
	long points = 1;

	rec_only(r, allowed);
	if (spec_check(spec, id))
		rec_fail(r, NULL,
			 "a second check with this id; each needs one of "
			 "its own");
	c = spec_add_check(spec);
	if (!c)
		lua_host_nomem(r->L);
	keep_string(r->L, &c->id, id);
	c->required = true;
	/** check.title
	 * What must hold, for the learner.
	 * > title = "every errno arrives as it was sent",
	 */
	get_string(r, "title", &c->title, 70, GET_REQUIRED | GET_LINE);
	/** check.required
	 * Whether it decides the verdict; true if left out. One that does not
	 * has points. At least one check of a lesson does.
	 * > required = false,
	 */
	get_bool(r, "required", &c->required);
	/** check.points
	 * 1 if left out.
	 * > points = 3,
	 */
	get_number(r, "points", &points, 0, 100, 0);
	c->points = (unsigned)points;
	if (!c->required && !points)
		rec_fail(r, NULL, "neither required nor worth points");
	take_needs(r, spec, c);
	take_kind(r, spec, c, find_kind(r));
	take_count(r, c);
	if (rec_has(r, "most") && c->kind != CHECK_LINT)
		rec_fail(r, "most", "most goes with lint, and with no other");
	if (rec_has(r, "files") && c->kind != CHECK_LINT &&
	    c->kind != CHECK_FORBID)
		rec_fail(r, "files",
			 "files goes with lint and forbid, and with no other");
}

static void need_required(const struct rec *r, const struct spec *spec)
{
	for (size_t i = 0; i < spec->nchecks; i++)
		if (spec->checks[i].required)
			return;
	rec_fail(r, "checks",
		 "no check is required, so that any answer would "
		 "pass");
}

void lua_check_read(const struct rec *lesson, struct lesson *l)
{
	lua_State *L = lesson->L;
	struct rec list, r;
	int n;

	/** lesson.checks: list of at most {CHECKS_MAX} checks, required
	 * What must hold: [check](#check).
	 * > checks = {
	 * >   check "loads" { title = "it loads", job = "insmod wrap.ko" },
	 * > },
	 */
	rec_open(&list, lesson, "checks", true);
	n = rec_length(&list, NULL, CHECKS_MAX);
	for (int i = 1; i <= n; i++) {
		const struct item *it;

		lua_rawgeti(L, list.table, i);
		it = lua_item_get(L, -1);
		if (!it || it->kind != ITEM_CHECK)
			rec_fail(&list, NULL,
				 "element %d is no check; only "
				 "check \"id\" { ... } is allowed",
				 i);
		if (!lua_istable(L, -1))
			lua_host_fail(L, it->line,
				      "check \"%s\" has no "
				      "{ ... }",
				      it->name);
		r = rec_item(lesson, -1, it->line);
		snprintf(r.name, sizeof(r.name), "check \"%s\"", it->name);
		take_check(&r, &l->spec, it->name);
		lua_variant_read(&r, l, &l->spec.checks[i - 1].variant);
		lua_pop(L, 2);
	}
	need_required(&list, &l->spec);
	lua_pop(L, 1);
}
