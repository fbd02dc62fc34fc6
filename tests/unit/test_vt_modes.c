/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/buf.h"
#include "shell/vt-modes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* What is taken back after @said, which comes whole or byte by byte. */
static void after(const char *said, const char *undo)
{
	for (int whole = 0; whole < 2; whole++) {
		struct buf b = BUF_INIT;
		struct vt_modes m;

		vt_modes_init(&m);
		if (whole)
			vt_modes_feed(&m, said, strlen(said));
		for (const char *s = said; !whole && *s; s++)
			vt_modes_feed(&m, s, 1);
		vt_modes_undo(&m, &b);
		assert_string_equal(buf_str(&b), undo);
		buf_clear(&b);
		vt_modes_undo(&m, &b);
		assert_string_equal(buf_str(&b), "");
		buf_release(&b);
	}
}

static void plain_output_costs_nothing(void **state)
{
	after("guest# ls\r\n\ta  b \303\274\r\n", "");
	after("\033[2J\033[H\033[5;7Hx\033[K\033[6n", "");
	after("\033[1;31mred\033[0m \033[m", "");
	after("\033]0;a title ?1049h\007\033P1$r\033\\", "");
}

static void what_was_put_back_costs_nothing(void **state)
{
	after("\033[?1049h\033[?25l\033[?1l\033[?25h\033[?1049l", "");
	after("\033[?2004h(gdb) q\033[?2004l", "");
	after("\033[2;20r\033=\033(0\016\017\033(B\033>\033[r", "");
	after("\033[?1000;1006h\033[?7l\033[4h\033c", "");
	after("\033[?1h\033[5;9r\033[1m\033=\033[!p", "");
}

static void what_is_on_is_taken_back(void **state)
{
	after("\033[?1049h\033[H~", "\033[?1049l");
	after("\033[?47h", "\033[?47l");
	after("\033[?1;2004h\033=", "\033[?1l\033[?2004l\033>");
	after("\033[?25l\033[?7l", "\033[?7h\033[?25h");
	after("\033[?1002;1006h", "\033[?1002l\033[?1006l");
	after("\033[3;10r", "\0337\033[r\0338");
	after("\033[0;7minverse", "\033[m");
	after("\033(0\016", "\033(B\017");
	after("\033[4h\033[5 q", "\033[4l\033[0 q");
	/* A soft reset keeps the other screen. */
	after("\033[?1049h\033[?1h\033[!p", "\033[?1049l");
}

static void other_sequences_are_no_modes(void **state)
{
	after("\033[>4;1m\033[>1h\033[?5r\033[1049h", "");
	after("\033[?12;1049$p", "");
	after("\033[99999999999999999999999999999999999999999;1049h", "");
}

static void a_sequence_that_was_cut_off_ends(void **state)
{
	after("\033[?10", "\030");
	after("\033]0;half a tit", "\030");
	after("\033[?1049h\033", "\030\033[?1049l");
}

static void all_is_taken_back(void **state)
{
	struct buf b = BUF_INIT;
	const char *s;

	vt_modes_undo_all(&b);
	s = buf_str(&b);
	assert_non_null(strstr(s, "\033[?1049l"));
	assert_non_null(strstr(s, "\033[?25h"));
	assert_non_null(strstr(s, "\033[?7h"));
	assert_non_null(strstr(s, "\033[?2004l"));
	assert_non_null(strstr(s, "\033[?1006l"));
	/* The cursor stays where it is. */
	assert_memory_equal(s, "\0337", 2);
	assert_memory_equal(s + strlen(s) - 2, "\0338", 2);
	buf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_output_costs_nothing),
		cmocka_unit_test(what_was_put_back_costs_nothing),
		cmocka_unit_test(what_is_on_is_taken_back),
		cmocka_unit_test(other_sequences_are_no_modes),
		cmocka_unit_test(a_sequence_that_was_cut_off_ends),
		cmocka_unit_test(all_is_taken_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
