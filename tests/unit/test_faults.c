/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The faults of tests/faults, their logs in tests/golden, and what is told
 * of them: each fault has its log, each log its maker, each explanation a
 * log that needs it.
 */
#include "checker/buf.h"
#include "checker/explain-int.h"
#include "checker/explain.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#define GOLDEN "tests/golden/"

static const struct explanations *const tables[] = {
	&explain_memory,
	&explain_locks,
	&explain_faults,
};
#define NTABLES (sizeof(tables) / sizeof(*tables))

struct fault {
	char file[64], name[64], lesson[32], kind[32], headline[96];
};

static char *read_whole(const char *path)
{
	struct buf b = BUF_INIT;

	if (buf_read_file(&b, path, 1 << 20, NULL) < 0)
		fail_msg("cannot read %s", path);
	return buf_steal(&b);
}

/* A line of tests/faults/list; false for a comment or an empty one. */
static bool parse_fault(struct fault *f, const char *line)
{
	if (sscanf(line, " %63s %31s %31s %95[^\n]", f->file, f->lesson,
		   f->kind, f->headline) != 4 ||
	    *f->file == '#')
		return false;
	snprintf(f->name, sizeof(f->name), "%.*s", (int)strcspn(f->file, "."),
		 f->file);
	return true;
}

static void each_fault(void (*fn)(const struct fault *f))
{
	char *text = read_whole("tests/faults/list");
	char *line = text, *nl;
	struct fault f;
	size_t n = 0;

	for (; *line; line = nl) {
		nl = line + strcspn(line, "\n");
		if (*nl)
			*nl++ = '\0';
		if (!parse_fault(&f, line))
			continue;
		fn(&f);
		n++;
	}
	assert_true(n > 90);
	free(text);
}

static json_t *findings_of(const char *name)
{
	char path[256];
	json_t *o, *all;

	snprintf(path, sizeof(path), GOLDEN "%s.json", name);
	o = json_load_file(path, 0, NULL);
	if (!o)
		fail_msg("%s cannot be read: tests/golden/record %s", path,
			 name);
	all = json_incref(json_object_get(o, "findings"));
	json_decref(o);
	return all;
}

static const char *text_of(const json_t *o, const char *key)
{
	return json_string_value(json_object_get(o, key));
}

static void check_fault(const struct fault *f)
{
	json_t *all = findings_of(f->name), *v;
	bool in_log = strcmp(f->headline, "-") != 0;
	bool found = false;
	char path[256];
	size_t i;

	snprintf(path, sizeof(path), "tests/faults/%s", f->file);
	if (access(path, R_OK) != 0)
		fail_msg("%s is missing", path);
	if (strcmp(f->kind, "none") != 0)
		assert_true(finding_from_name(f->kind) < FINDING_NKINDS);
	json_array_foreach(all, i, v) found |=
		strcmp(text_of(v, "kind"), f->kind) == 0 &&
		strstr(text_of(v, "title"), f->headline);
	if (in_log && !found)
		fail_msg(GOLDEN "%s.json has no %s: %s", f->name, f->kind,
			 f->headline);
	if (!in_log && json_array_size(all) > 0)
		fail_msg(GOLDEN "%s.json has findings", f->name);
	json_decref(all);
}

static void every_fault_is_found(void **state)
{
	each_fault(check_fault);
}

/* Is @name the first word of a line of the file, but for a suffix? */
static bool is_listed(const char *path, const char *name)
{
	char *text = read_whole(path), *line = text;
	size_t n = strlen(name);
	bool found = false;

	for (; line && !found; line = strchr(line, '\n')) {
		line += *line == '\n';
		found = strncmp(line, name, n) == 0 && strchr(". \t", line[n]);
	}
	free(text);
	return found;
}

static void every_log_has_a_maker(void **state)
{
	size_t skip = strlen(GOLDEN), len;
	char name[256];
	glob_t logs;

	assert_int_equal(glob(GOLDEN "*.log", 0, NULL, &logs), 0);
	for (size_t i = 0; i < logs.gl_pathc; i++) {
		len = strlen(logs.gl_pathv[i]) - skip - strlen(".log");
		snprintf(name, sizeof(name), "%.*s", (int)len,
			 logs.gl_pathv[i] + skip);
		if (!is_listed("tests/faults/list", name) &&
		    !is_listed(GOLDEN "by-hand", name))
			fail_msg("%s: who made it?", logs.gl_pathv[i]);
	}
	globfree(&logs);
}

static void every_module_is_listed(void **state)
{
	static const char *const kinds[] = {"*.c", "*.rs"};
	size_t skip = strlen("tests/faults/");
	char pattern[64];
	glob_t all;

	for (size_t k = 0; k < 2; k++) {
		snprintf(pattern, sizeof(pattern), "tests/faults/%s",
			 kinds[k]);
		assert_int_equal(glob(pattern, 0, NULL, &all), 0);
		for (size_t i = 0; i < all.gl_pathc; i++)
			if (!is_listed("tests/faults/list",
				       all.gl_pathv[i] + skip))
				fail_msg("%s is not in the list",
					 all.gl_pathv[i]);
		globfree(&all);
	}
}

/* ---- the explanations ---- */

/* Ends of sentences: a stop before a blank or at the end. */
static unsigned sentences(const char *s)
{
	unsigned n = 0;

	for (; *s; s++)
		n += *s == '.' && (s[1] == ' ' || !s[1]) && s[-1] != '.';
	return n;
}

static void check_text(const struct explanation *e)
{
	unsigned n = sentences(e->text);

	if (n < 2 || n > 4 || strlen(e->text) > 500)
		fail_msg("%s, %s: %u sentences, %zu bytes",
			 finding_name(e->kind), e->title, n, strlen(e->text));
	if (strstr(e->text, "  ") || e->text[strlen(e->text) - 1] != '.')
		fail_msg("%s, %s: blanks or no stop", finding_name(e->kind),
			 e->title);
}

static void explanations_are_short(void **state)
{
	for (size_t t = 0; t < NTABLES; t++)
		for (size_t i = 0; i < tables[t]->n; i++)
			check_text(&tables[t]->v[i]);
}

/* An entry that another before it hides teaches nobody. */
static void check_reached(glob_t *logs, const struct explanation *e)
{
	for (size_t i = 0; i < logs->gl_pathc; i++) {
		json_t *o = json_load_file(logs->gl_pathv[i], 0, NULL), *v;
		bool hit = false;
		size_t j;

		assert_non_null(o);
		json_array_foreach(json_object_get(o, "findings"), j, v) hit |=
			finding_explain(finding_from_name(text_of(v, "kind")),
					text_of(v, "title")) == e->text;
		json_decref(o);
		if (hit)
			return;
	}
	fail_msg("no golden log of %s, \"%s\"", finding_name(e->kind),
		 e->title);
}

/*
 * Those for any other title are for what nobody has foreseen; and what is
 * forged is found by comparing, not in a log alone (tests/cheats).
 */
static void every_explanation_has_a_log(void **state)
{
	glob_t logs;

	assert_int_equal(glob(GOLDEN "*.json", 0, NULL, &logs), 0);
	for (size_t t = 0; t < NTABLES; t++)
		for (size_t i = 0; i < tables[t]->n; i++)
			if (tables[t]->v[i].title &&
			    tables[t]->v[i].kind != FINDING_FORGED)
				check_reached(&logs, &tables[t]->v[i]);
	globfree(&logs);
}

/* Faults with another cause must not be told the same. */
static void each_is_told_what_is_its_own(void **state)
{
	static const struct {
		const char *log, *says;
	} want[] = {
		{"kasan-heap-write", "past the end, or before the start"},
		{"kasan-use-after-free", "given back with kfree()"},
		{"kasan-use-after-free-work", "timer in it was still pending"},
		{"kasan-rust-double-free", "both think they own it"},
		{"kasan-invalid-free", "not the start of a live"},
		{"kasan-stack", "local variable"},
		{"kasan-global", "global or static"},
		{"kasan-vmalloc", "outside a live allocation of vmalloc()"},
		{"kasan-null-read", "offset of a field"},
		{"kasan-user", "copy_from_user()"},
		{"left-work", "unloaded"},
		{"left-timer", "unloaded"},
		{"left-thread", "unloaded"},
		{"oops-null-call", "callback"},
		{"oops-wild-call", "holds data, not code"},
		{"oops-error-pointer", "IS_ERR()"},
		{"oops-write-const", "read-only"},
		{"oops-stack-overflow", "calls itself"},
		{"lockdep-circular", "one order for all paths"},
		{"lockdep-recursive-mutex", "holds it already"},
		{"lockdep-hardirq", "spin_lock_irqsave()"},
		{"lockdep-softirq", "spin_lock_bh()"},
		{"lockdep-wait-context", "real-time kernels"},
		{"lockdep-freed", "Unlock first"},
		{"held-mutex", "back to user space"},
		{"held-spinlock", "preempt_enable()"},
		{"held-interrupts", "interrupts off"},
		{"atomic-mutex", "with a spinlock held"},
		{"atomic-timer", "schedule_work()"},
		{"atomic-rcu-mutex", "rcu_read_unlock()"},
		{"refcount-leak", "refcount_dec_and_test()"},
		{"list-double-del", "removed from its list twice"},
		{"leak-cache", "kmem_cache_destroy()"},
		{"rust-panic-overflow", "checked_add()"},
		{"rust-panic-index", "get()"},
		{"rust-panic-unwrap", ".ok_or("},
		{"rust-panic-precondition", "SAFETY comment"},
	};

	for (size_t i = 0; i < sizeof(want) / sizeof(*want); i++) {
		json_t *all = findings_of(want[i].log);
		json_t *v = json_array_get(all, 0);
		const char *text =
			finding_explain(finding_from_name(text_of(v, "kind")),
					text_of(v, "title"));

		if (!strstr(text, want[i].says))
			fail_msg("%s is told: %s", want[i].log, text);
		json_decref(all);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_fault_is_found),
		cmocka_unit_test(every_log_has_a_maker),
		cmocka_unit_test(every_module_is_listed),
		cmocka_unit_test(explanations_are_short),
		cmocka_unit_test(every_explanation_has_a_log),
		cmocka_unit_test(each_is_told_what_is_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
