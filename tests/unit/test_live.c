/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "shell/live.h"
#include "shell/term.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

struct shown {
	struct term t;
	struct live *live;
	char *text;
	size_t len;
};

static void open_shown(struct shown *x, bool moves)
{
	*x = (struct shown){.text = NULL};
	x->t = (struct term){.tty = true, .moves = moves, .width = 80};
	x->t.out = open_memstream(&x->text, &x->len);
	assert_non_null(x->t.out);
	x->live = live_new_brief(&x->t);
	assert_non_null(x->live);
	live_begin(x->live, "boot");
	live_detail(x->live, "making it, once");
}

static void quick(bool moves)
{
	struct shown x;

	open_shown(&x, moves);
	live_end(x.live, TIER_OK, 5);
	live_free(x.live);
	fclose(x.t.out);
	assert_string_equal(x.text, "");
	free(x.text);
}

/* What is quick is not worth a word. */
static void test_quick(void **state)
{
	quick(true);
	quick(false);
}

static void close_shown(struct shown *x)
{
	live_end(x->live, TIER_OK, 1300);
	live_free(x->live);
	fclose(x->t.out);
}

/* What is not is told, and leaves nothing where it can be drawn over. */
static void test_long(void **state)
{
	struct shown drawn, plain;

	open_shown(&drawn, true);
	open_shown(&plain, false);
	nanosleep(&(struct timespec){.tv_sec = 1, .tv_nsec = 400000000}, NULL);
	close_shown(&drawn);
	close_shown(&plain);
	assert_non_null(strstr(drawn.text, "\r  boot"));
	assert_non_null(strstr(drawn.text, "making it, once"));
	assert_null(strchr(drawn.text, '\n'));
	assert_string_equal(strrchr(drawn.text, '\r'), "\r\033[K");
	assert_string_equal(plain.text, "  boot    ...  making it, once\n");
	free(drawn.text);
	free(plain.text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_quick),
		cmocka_unit_test(test_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
