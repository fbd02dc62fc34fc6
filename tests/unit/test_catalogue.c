/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "shell/catalogue-memo.h"
#include "shell/catalogue.h"
#include "shell/suggest.h"

#include "tmp_fixture.h"
#include "lesson_fixture.h"

#include <time.h>

/* A lesson with place @track/@name, titled @title. */
static void add(const char *track, const char *name, const char *title)
{
	char dir[PATH_MAX + 128], line[256], *a, *b, *c;

	snprintf(dir, sizeof(dir), "%s/lessons/%s/%s", tmp, track, name);
	snprintf(line, sizeof(line), "id = \"%d.%d\"", atoi(track), atoi(name));
	a = replaced(fixture_script, "id = \"1.2\"", line);
	snprintf(line, sizeof(line), "slug = \"%s\"", strchr(name, '-') + 1);
	b = replaced(a, "slug = \"rust-calls-c\"", line);
	snprintf(line, sizeof(line), "title = \"%s\"", title);
	c = replaced(b, "title = \"Rust calls C, safely wrapped\"", line);
	put_lesson(dir, c);
	free(a);
	free(b);
	free(c);
}

static int setup(void **state)
{
	if (make_tmp(state) < 0)
		return -1;
	add("1-boundary", "02-rust-calls-c", "Rust calls C");
	add("1-boundary", "11-shared-lists", "Shared lists");
	add("1-boundary", "03-repr-c", "repr(C) or garbage");
	add("0-first-contact", "02-mutability", "Mutability");
	add("10-more", "01-rust-more", "More Rust");
	return 0;
}

static void open_it(struct catalogue *c)
{
	struct err e = ERR_INIT;

	if (catalogue_open(c, tmp, NULL, &e) < 0)
		fail_msg("%s: %s", e.where, e.what);
}

static void test_order(void **state)
{
	static const char *const ids[] = {"0.2", "1.2", "1.3", "1.11", "10.1"};
	struct catalogue c;

	open_it(&c);
	assert_int_equal(c.n, 5);
	for (size_t i = 0; i < c.n; i++) {
		assert_string_equal(c.v[i].id, ids[i]);
		assert_false(c.v[i].broken);
		assert_int_equal(c.v[i].minutes, 20);
		assert_string_equal(c.v[i].needs.v[0], "1.1");
	}
	assert_string_equal(c.v[0].track, "0-first-contact");
	assert_string_equal(c.v[0].track_title, "First contact");
	assert_string_equal(c.v[3].title, "Shared lists");
	assert_string_equal(c.v[3].slug, "shared-lists");
	assert_int_equal(c.v[3].track_no, 1);
	assert_int_equal(c.v[3].number, 11);
	catalogue_release(&c);
}

static void test_broken(void **state)
{
	struct catalogue c;

	put_file("return lesson {\n  format = 1\n  id\n}\n",
		 "%s/lessons/1-boundary/03-repr-c/lesson.lua", tmp);
	put_file("hello", "%s/lessons/2-next/01-empty/notes", tmp);
	put_file("while true do end", "%s/lessons/2-next/02-endless/lesson.lua",
		 tmp);
	put_file("", "%s/lessons/2-next/02-endless/text.md", tmp);
	open_it(&c);
	assert_int_equal(c.n, 7);
	assert_true(c.v[2].broken);
	assert_string_equal(c.v[2].id, "1.3");
	assert_string_equal(c.v[2].title, "repr-c");
	assert_string_equal(c.v[2].error.where,
			    "lessons/1-boundary/03-repr-c/lesson.lua:3");
	assert_non_null(strstr(c.v[2].error.what, "'}' expected"));
	assert_false(c.v[1].broken);
	assert_false(c.v[3].broken);
	assert_true(c.v[4].broken);
	assert_string_equal(c.v[4].error.what,
			    "the lesson has no file lesson.lua");
	assert_true(c.v[5].broken);
	assert_non_null(strstr(c.v[5].error.what, "ran too long"));
	catalogue_release(&c);
}

static void test_what_is_no_lesson(void **state)
{
	struct catalogue c;

	put_file("", "%s/lessons/README.md", tmp);
	put_file("", "%s/lessons/1-boundary/notes.md", tmp);
	put_file("", "%s/lessons/1-boundary/.hidden/lesson.lua", tmp);
	put_file("", "%s/lessons/1-boundary/no-number/lesson.lua", tmp);
	put_file("", "%s/lessons/templates/01-a/lesson.lua", tmp);
	open_it(&c);
	assert_int_equal(c.n, 5);
	catalogue_release(&c);
}

static void test_doubles(void **state)
{
	struct catalogue c;

	add("1-boundary", "02-another", "Another");
	open_it(&c);
	assert_int_equal(c.n, 6);
	assert_string_equal(c.v[1].slug, "another");
	assert_false(c.v[1].broken);
	assert_true(c.v[2].broken);
	assert_non_null(strstr(c.v[2].error.what, "1.2 is taken"));
	catalogue_release(&c);
}

static void test_no_lessons(void **state)
{
	struct err e = ERR_INIT;
	struct catalogue c;

	assert_int_equal(catalogue_open(&c, in_tmp("nowhere"), NULL, &e), -1);
	assert_int_equal(e.code, ERR_ENV);
	assert_int_equal(c.n, 0);
	put_file("", "%s/none/lessons/x", tmp);
	assert_int_equal(catalogue_open(&c, in_tmp("none"), NULL, &e), 0);
	assert_int_equal(c.n, 0);
	assert_null(catalogue_find(&c, "1.2", &e));
	catalogue_release(&c);
}

static void assert_finds(const struct catalogue *c, const char *name,
			 const char *id)
{
	const struct catalogue_entry *en;
	struct err e = ERR_INIT;

	en = catalogue_find(c, name, &e);
	if (!en)
		fail_msg("%s: %s", name, e.what);
	assert_string_equal(en->id, id);
}

static struct err assert_lost(const struct catalogue *c, const char *name,
			      const char *what, const char *next)
{
	struct err e = ERR_INIT;

	assert_null(catalogue_find(c, name, &e));
	assert_int_equal(e.code, ERR_USAGE);
	if (!strstr(e.what, what))
		fail_msg("%s: \"%s\" is not in \"%s\"", name, what, e.what);
	assert_string_equal(e.next, next);
	return e;
}

static void test_find(void **state)
{
	struct catalogue c;

	add("1-boundary", "01-c-calls-rust", "C calls Rust");
	open_it(&c);
	assert_finds(&c, "1.2", "1.2");
	assert_finds(&c, "1.1", "1.1"); /* though 1.11 begins so too */
	assert_finds(&c, "1.11", "1.11");
	assert_finds(&c, "rust-calls-c", "1.2");
	assert_finds(&c, "02-rust-calls-c", "1.2");
	assert_finds(&c, "rust-c", "1.2");
	assert_finds(&c, "sh", "1.11");
	assert_finds(&c, "0", "0.2");
	assert_lost(&c, "rust", "'rust' could be several lessons",
		    "say which: 1.2 rust-calls-c, 10.1 rust-more");
	assert_lost(&c, "", "the lesson is missing",
		    "'list' shows all lessons");
	assert_lost(&c, "shraed-lists", "there is no lesson",
		    "did you mean 'shared-lists'?");
	assert_lost(&c, "mutbility", "there is no lesson",
		    "did you mean 'mutability'?");
	assert_lost(&c, "quantum-mechanics", "there is no lesson",
		    "'list' shows all lessons");
	catalogue_release(&c);
}

static void test_suggest(void **state)
{
	static const char *const words[] = {"list", "lint", "check", "hint",
					    NULL};

	assert_string_equal(suggest("chekc", words), "check");
	assert_string_equal(suggest("lst", words), "list");
	assert_string_equal(suggest("list", words), "list");
	assert_null(suggest("grade", words));
	assert_null(suggest("li", words));
	assert_null(suggest("x", NULL));
	assert_int_equal(edit_distance("", "abc"), 3);
	assert_int_equal(edit_distance("kitten", "sitting"), 3);
	assert_int_equal(edit_distance("ab", "ba"), 1);
	assert_int_equal(edit_distance("same", "same"), 0);
}

static int64_t now_us(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

/* `kiln list` is to take 30 ms; most of it is this. */
static void test_fast(void **state)
{
	int64_t best = INT64_MAX;
	char name[64];

	for (int i = 1; i <= 40; i++) {
		snprintf(name, sizeof(name), "%02d-lesson-%d", i, i);
		add("3-many", name, "One of many");
	}
	for (int i = 0; i < 5; i++) {
		int64_t start = now_us();
		struct catalogue c;

		open_it(&c);
		assert_int_equal(c.n, 45);
		catalogue_release(&c);
		if (now_us() - start < best)
			best = now_us() - start;
	}
	/* Twice as many lessons in the time; sanitizers are slow. */
#ifdef __SANITIZE_ADDRESS__
	best /= 8;
#endif
	assert_true(best < 30000);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, drop_tmp)

/* All that changed long ago: what is new is not remembered. */
static void let_settle(void)
{
	struct timespec ts = {.tv_sec = 2, .tv_nsec = 100000000};

	nanosleep(&ts, NULL);
}

static bool knows(const char *path, const char *dir, const char *title)
{
	struct catalogue_entry en = {.dir = (char *)dir};
	struct memo *m = memo_new(path);
	bool known = memo_recall(m, &en);

	assert_non_null(m);
	if (known) {
		assert_string_equal(en.title, title);
		assert_int_equal(en.minutes, 20);
		assert_int_equal(en.needs.n, 1);
		assert_string_equal(en.needs.v[0], "1.1");
	}
	free(en.title);
	strv_release(&en.needs);
	memo_free(m);
	return known;
}

/* What is remembered holds until anything in the lesson's folder changes. */
static void test_memo(void **state)
{
	char path[PATH_MAX + 16], dir[PATH_MAX + 64], other[PATH_MAX + 64];
	char file[PATH_MAX + 128];
	struct catalogue c;
	FILE *f;

	snprintf(path, sizeof(path), "%s/memo", tmp);
	snprintf(dir, sizeof(dir), "%s/lessons/1-boundary/03-repr-c", tmp);
	snprintf(other, sizeof(other), "%s/lessons/10-more/01-rust-more", tmp);
	assert_false(knows(path, dir, ""));
	open_it(&c);
	memo_write(path, &c);
	assert_false(knows(path, dir, "")); /* too new */
	let_settle();
	memo_write(path, &c);
	catalogue_release(&c);
	assert_true(knows(path, dir, "repr(C) or garbage"));
	assert_true(knows(path, other, "More Rust"));
	assert_false(knows(path, tmp, ""));

	snprintf(file, sizeof(file), "%s/solution/new", dir);
	f = fopen(file, "w");
	assert_non_null(f);
	fclose(f);
	assert_false(knows(path, dir, ""));
	assert_true(knows(path, other, "More Rust"));
	snprintf(file, sizeof(file), "%s/lesson.lua", other);
	f = fopen(file, "a");
	assert_non_null(f);
	fputs("-- more\n", f);
	fclose(f);
	assert_false(knows(path, other, ""));

	/* Of another Kiln, or no such file at all. */
	f = fopen(path, "w");
	fputs("kiln-lessons 1 another\n1\t2\t3\t4\t5\n\tx\n", f);
	fclose(f);
	assert_false(knows(path, "3", ""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_order),
		TEST(test_broken),
		TEST(test_what_is_no_lesson),
		TEST(test_doubles),
		TEST(test_no_lessons),
		TEST(test_find),
		cmocka_unit_test(test_suggest),
		TEST(test_fast),
		TEST(test_memo),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
