/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "shell/health.h"
#include "checker/err.h"
#include "shell/progress.h"
#include "shell/session.h"
#include "tmp_fixture.h"

#include <locale.h>

static void look(struct health *h,
		 void (*at)(struct health *, const struct session *),
		 const struct session *s)
{
	at(h, s);
	assert_true(*h->note);
	/* What is not well says how to mend it. */
	assert_true(h->well || *h->mend);
}

static void test_locale(void **state)
{
	struct session s = {.term = {.utf8 = true}};
	struct health h;

	setenv("LC_ALL", "C.UTF-8", 1);
	look(&h, health_locale, &s);
	assert_true(h.well);
	assert_string_equal(h.note, "C.UTF-8");
	s.term.utf8 = false;
	setenv("LC_ALL", "C", 1);
	look(&h, health_locale, &s);
	assert_true(h.well);
	assert_non_null(strstr(h.note, "ASCII"));
	setenv("LC_ALL", "xx_YY.nothing", 1);
	look(&h, health_locale, &s);
	assert_false(h.well);
	setenv("LC_ALL", "C.UTF-8", 1);
}

static void test_editor(void **state)
{
	struct session s = {.is_open = false};
	struct health h;

	unsetenv("VISUAL");
	unsetenv("EDITOR");
	look(&h, health_editor, &s);
	assert_true(h.well);
	setenv("EDITOR", "sh -c", 1);
	look(&h, health_editor, &s);
	assert_true(h.well);
	setenv("EDITOR", "/bin/sh", 1);
	look(&h, health_editor, &s);
	assert_true(h.well);
	/* VISUAL goes first, as everywhere. */
	setenv("VISUAL", "no-such-editor", 1);
	look(&h, health_editor, &s);
	assert_false(h.well);
	unsetenv("VISUAL");
	unsetenv("EDITOR");
}

static void test_state(void **state)
{
	struct session s = {.store = {.state = tmp}};
	struct health h;

	look(&h, health_state, &s);
	assert_true(h.well);
	s.store.state = (char *)in_tmp("nowhere");
	look(&h, health_state, &s);
	assert_false(h.well);
}

static long size_of(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return (long)st.st_size;
}

/* A file whose middle was written over: it opens, and is not whole. */
static void test_progress(void **state)
{
	const char *path = in_tmp("progress.db");
	static const char junk[16] = {1};
	struct session s = {.progress = progress_new(path)};
	struct health h;
	FILE *f;

	look(&h, health_progress, &s);
	assert_true(h.well);
	for (int i = 0; i < 200; i++)
		assert_int_equal(progress_hint(s.progress, "one", "key", NULL),
				 0);
	assert_int_equal(progress_start(s.progress, "one", NULL), 0);
	look(&h, health_progress, &s);
	assert_true(h.well);
	assert_non_null(strstr(h.note, "1 lesson begun"));
	progress_free(s.progress);
	f = fopen(path, "r+");
	assert_non_null(f);
	/* The head of every page but the first. */
	for (long at = 4096; at < size_of(path); at += 4096) {
		assert_int_equal(fseek(f, at, SEEK_SET), 0);
		fwrite(junk, 1, sizeof(junk), f);
	}
	fclose(f);
	s.progress = progress_new(path);
	look(&h, health_progress, &s);
	assert_false(h.well);
	assert_non_null(strstr(h.mend, "recover"));
	progress_free(s.progress);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_locale),
		cmocka_unit_test(test_editor),
		TMP_TEST(test_state),
		TMP_TEST(test_progress),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
