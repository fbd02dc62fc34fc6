/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/err.h"
#include "checker/proc.h"
#include "shell/cell.h"
#include "shell/progress.h"
#include "shell/session.h"
#include "shell/spent.h"
#include "tmp_fixture.h"

#include <locale.h>

enum { DAY = 24 * 60 * 60 };

static struct progress *open_new(void)
{
	struct err e = ERR_INIT;
	struct progress *p;

	p = progress_new(in_tmp("progress.db"));
	assert_non_null(p);
	assert_int_equal(progress_start(p, "one", &e), 0);
	return p;
}

/* Days add up, and today's are told apart. */
static void test_days(void **state)
{
	struct progress_spent *v;
	struct progress *p = open_new();
	size_t n;

	assert_int_equal(progress_spend(p, "one", 10 * DAY + 1, 30, NULL), 0);
	assert_int_equal(progress_spend(p, "one", 10 * DAY + 2, 40, NULL), 0);
	assert_int_equal(progress_spend(p, "one", 11 * DAY, 5, NULL), 0);
	assert_int_equal(progress_spend(p, "two", 11 * DAY, 9, NULL), 0);
	assert_int_equal(progress_spent(p, 11 * DAY + 7, &v, &n, NULL), 0);
	assert_int_equal(n, 2);
	assert_string_equal(v[0].slug, "one");
	assert_int_equal(v[0].seconds, 75);
	assert_int_equal(v[0].today, 5);
	assert_int_equal(v[1].seconds, 9);
	progress_spent_free(v, n);
	progress_free(p);
}

static int64_t all_of(struct progress *p)
{
	struct progress_spent *v;
	int64_t all = 0;
	size_t n;

	assert_int_equal(progress_spent(p, 0, &v, &n, NULL), 0);
	for (size_t i = 0; i < n; i++)
		all += v[i].seconds;
	progress_spent_free(v, n);
	return all;
}

/* A long pause counts as five minutes, and nothing before the first mark. */
static void test_marks(void **state)
{
	struct progress *p = open_new();
	struct session s = {.is_open = true, .progress = p};

	spent_mark(&s);
	assert_int_equal(all_of(p), 0);
	s.active_at -= 60 * 1000;
	spent_mark(&s); /* no lesson yet */
	assert_int_equal(all_of(p), 0);
	s.current = (char *)"one";
	s.active_at -= 60 * 1000;
	spent_mark(&s);
	assert_int_equal(all_of(p), 60);
	s.active_at -= 3 * 60 * 60 * 1000;
	spent_mark(&s);
	assert_int_equal(all_of(p), 60 + SPENT_IDLE_S);
	/* Little is kept in mind until it is worth a write. */
	s.active_at -= 3000;
	spent_mark(&s);
	assert_int_equal(all_of(p), 60 + SPENT_IDLE_S);
	s.active_at -= 3000;
	spent_mark(&s);
	assert_in_range(all_of(p), 66 + SPENT_IDLE_S, 67 + SPENT_IDLE_S);
	progress_free(p);
}

static void test_words(void **state)
{
	char out[32];

	assert_string_equal(spent_words(out, 59), "under a minute");
	assert_string_equal(spent_words(out, 60), "1 min");
	assert_string_equal(spent_words(out, 3900), "1 h 05 min");
}

static const char *celled(struct buf *b, const struct term *t, const char *s,
			  unsigned columns)
{
	buf_clear(b);
	cell_add(b, t, s, columns);
	return buf_str(b);
}

static void test_cells(void **state)
{
	struct term wide = {.utf8 = true}, ascii = {.utf8 = false};
	struct buf b = BUF_INIT;

	assert_string_equal(celled(&b, &wide, "abc", 5), "abc  ");
	assert_string_equal(celled(&b, &wide, "abcdef", 5), "abcd\u2026");
	assert_string_equal(celled(&b, &ascii, "abcdef", 5), "ab...");
	/* An ellipsis in the text itself becomes longer in ASCII. */
	assert_string_equal(celled(&b, &ascii, "a\u2026b", 5), "a...b");
	assert_string_equal(celled(&b, &ascii, "ab\u2026b", 5), "ab...");
	assert_string_equal(celled(&b, &wide, "\u6f22\u6f22", 3),
			    "\u6f22\u2026");
	buf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TMP_TEST(test_days),
		TMP_TEST(test_marks),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_cells),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
