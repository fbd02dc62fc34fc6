/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/klog.h"
#include "klog_logs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NONCE "0123456789abcdef"

static struct klog *read_log(const char *nonce, const char *log, size_t len)
{
	struct klog *k = klog_new(nonce, 0);

	assert_non_null(k);
	klog_feed(k, log, len);
	klog_finish(k);
	return k;
}

static void assert_line(const char *raw, size_t len, const char *want)
{
	struct klog *k = read_log(NULL, raw, len);

	assert_int_equal(klog_nlines(k), 1);
	assert_string_equal(klog_line(k, 0).text, want);
	assert_int_equal(klog_line(k, 0).len, strlen(want));
	klog_free(k);
}

static void prefixes_come_off(void **state)
{
	static const char *const rows[][2] = {
		{"[    1.234567] text\n", "text"},
		{"[12345.678901] text\n", "text"},
		{"[    1.234567]     KTAP version 1\n", "    KTAP version 1"},
		{"[    1.234567][   T42] text\n", "text"},
		{"[    1.234567][    C0] text\n", "text"},
		{"[   T42] text\n", "text"},
		{"<6>[    1.234567] text\n", "text"},
		{"<6>text\n", "text"},
		{"[    1.234567]\n", ""},
		{"[    1.234567] text\r\n", "text"},
		{"text", "text"},
		/* Not prefixes. */
		{"[ BUG: Invalid wait context ]\n",
		 "[ BUG: Invalid wait context ]"},
		{"[    1.23] text\n", "[    1.23] text"},
		{"[Tx] text\n", "[Tx] text"},
		{"<text> text\n", "<text> text"},
		{"<6text\n", "<6text"},
		{"[    1.234567] [    1.234567] twice\n",
		 "[    1.234567] twice"},
		{"  indented\n", "  indented"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_line(rows[i][0], strlen(rows[i][0]), rows[i][1]);
}

static void bytes_are_made_safe(void **state)
{
	static const struct {
		const char *raw;
		size_t len;
		const char *want;
	} rows[] = {
#define ROW(raw, want) {raw, sizeof(raw) - 1, want}
		ROW("a\0b\001c\177d\n", "abcd"),
		ROW("only DEL\177 is in it\n", "only DEL is in it"),
		ROW("a\tb\n", "a\tb"),
		ROW("\033[31mred\033[0m\n", "red"),
		ROW("\033c\033[?7l\033[2J[    1.234567] boot\n", "boot"),
		ROW("\033]0;title\atext\n", "text"),
		ROW("end\033[3\n", "end"),
		ROW("end\033\n", "end"),
		ROW("gr\xc3\xbc\xc3\x9f\n", "gr\xc3\xbc\xc3\x9f"),
		ROW("bad \xff.\n", "bad \xef\xbf\xbd."),
		ROW("c1 \xc2\x9b.\n", "c1 \xef\xbf\xbd."),
		ROW("12345678\001\n", "12345678"),
		ROW("1234567\xff" "8\n", "1234567\xef\xbf\xbd" "8"),
#undef ROW
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_line(rows[i].raw, rows[i].len, rows[i].want);
}

static void assert_same(const struct klog *a, const struct klog *b)
{
	const struct finding *fa, *fb;
	size_t na, nb;

	assert_int_equal(klog_nlines(a), klog_nlines(b));
	assert_int_equal(klog_total_lines(a), klog_total_lines(b));
	for (size_t i = 0; i < klog_nlines(a); i++) {
		assert_string_equal(klog_line(a, i).text,
				    klog_line(b, i).text);
		assert_int_equal(klog_line(a, i).number, i + 1);
	}
	fa = klog_findings(a, &na);
	fb = klog_findings(b, &nb);
	assert_int_equal(na, nb);
	for (size_t i = 0; i < na; i++) {
		assert_string_equal(fa[i].title, fb[i].title);
		assert_int_equal(fa[i].log_line, fb[i].log_line);
		assert_int_equal(fa[i].log_end, fb[i].log_end);
	}
}

static void pieces_do_not_matter(void **state)
{
	static const char log[] =
		"KTAP version 1\r\n1..1\n\n\033[1mok 1 a\n"
		KASAN("null-ptr-deref", "42", "f+0x1/0x2 [wrap]")
		NULL_OOPS("42", "f+0x1/0x2 [wrap]")
		WARN("message\n", "w.c:1", "43", "g+0x1/0x2 [wrap]") "tail";
	size_t len = sizeof(log) - 1;
	struct klog *whole = read_log(NULL, log, len);
	size_t n;

	klog_findings(whole, &n);
	assert_int_equal(n, 2);
	assert_int_equal(ktap_counts(klog_ktap(whole)).passed, 1);
	for (size_t piece = 1; piece < 70; piece++) {
		struct klog *k = klog_new(NULL, 0);

		for (size_t i = 0; i < len; i += piece)
			klog_feed(k, log + i,
				  len - i < piece ? len - i : piece);
		klog_finish(k);
		assert_same(whole, k);
		klog_free(k);
	}
	klog_free(whole);
}

static void markers_cut_steps(void **state)
{
	static const char log[] =
		"[    1.000000] boot\n"
		"[    1.000001] kiln: " NONCE " begin 0\n"
		"[    1.000002] wrap: zero\n"
		"[    1.000003] kiln: " NONCE " end 0 -22\n"
		"[    1.000004] between\n"
		"[    1.000005] kiln: " NONCE " begin 2\n"
		"[    1.000006] wrap: two\n";
	struct klog *k = klog_new(NONCE, 0);

	klog_feed(k, log, sizeof(log) - 1);
	assert_false(klog_saw_end(k));
	assert_int_equal(klog_line(k, 0).step, -1);
	assert_int_equal(klog_line(k, 1).step, -1);
	assert_int_equal(klog_line(k, 2).step, 0);
	assert_int_equal(klog_line(k, 3).step, -1);
	assert_int_equal(klog_line(k, 4).step, -1);
	assert_int_equal(klog_line(k, 6).step, 2);
	assert_true(klog_step_began(k, 0) && klog_step_ended(k, 0));
	assert_false(klog_step_began(k, 1) || klog_step_ended(k, 1));
	assert_true(klog_step_began(k, 2) && !klog_step_ended(k, 2));
	klog_feed(k, "kiln: " NONCE " done\n", 6 + 16 + 6);
	assert_true(klog_saw_end(k));
	klog_free(k);
}

static void markers_cut_rounds(void **state)
{
	static const char log[] = "kiln: " NONCE " begin 1\n"
				  "before\n"
				  "kiln: " NONCE " round 1 1\n"
				  "one\n"
				  "kiln: " NONCE " round 1 2\n"
				  "two\n"
				  /* Of another step; not quite one. */
				  "kiln: " NONCE " round 2 3\n"
				  "kiln: " NONCE " round 1\n"
				  "kiln: " NONCE " round 1 x\n"
				  "still two\n"
				  "kiln: " NONCE " end 1 0\n"
				  "kiln: " NONCE " begin 2\n"
				  "none\n";
	static const struct {
		int step;
		unsigned round;
	} want[] = {{-1, 0}, {1, 0}, {-1, 1}, {1, 1},  {-1, 2}, {1, 2}, {1, 2},
		    {1, 2},  {1, 2}, {1, 2},  {-1, 0}, {-1, 0}, {2, 0}};
	struct klog *k = read_log(NONCE, log, sizeof(log) - 1);

	assert_int_equal(klog_nlines(k), sizeof(want) / sizeof(*want));
	for (size_t i = 0; i < klog_nlines(k); i++) {
		assert_int_equal(klog_line(k, i).step, want[i].step);
		assert_int_equal(klog_line(k, i).round, want[i].round);
	}
	klog_free(k);
}

/* Without the nonce, or not quite a marker: only a line. */
static void forged_markers(void **state)
{
	static const char *const forged[] = {
		"kiln: fedcba9876543210 begin 1",
		"kiln: " NONCE " begin",
		"kiln: " NONCE " begin ",
		"kiln: " NONCE " begin x",
		"kiln: " NONCE " begin 1 2",
		"kiln: " NONCE " begin -1",
		"kiln: " NONCE " begin 99999999999999999999",
		"kiln: " NONCE " end 1",
		"kiln: " NONCE " done?",
		"kiln: " NONCE " don",
		"kiln: " NONCE,
		"wrap: kiln: " NONCE " begin 1",
		" kiln: " NONCE " begin 1",
	};

	for (size_t i = 0; i < sizeof(forged) / sizeof(*forged); i++) {
		struct klog *k = read_log(NONCE, forged[i], strlen(forged[i]));

		for (int step = -1; step < 5000; step++) {
			assert_false(klog_step_began(k, step));
			assert_false(klog_step_ended(k, step));
		}
		assert_false(klog_saw_end(k));
		assert_int_equal(klog_nlines(k), 1);
		klog_free(k);
	}
}

static void markers_come_once(void **state)
{
	static const char once[] = "kiln: " NONCE " begin 0\n"
				   "kiln: " NONCE " end 0 0\n"
				   "kiln: " NONCE " begin 1\n"
				   "kiln: " NONCE " end 1 -22\n"
				   "kiln: " NONCE " done\n";
	static const char *const again[] = {
		"kiln: " NONCE " begin 1\n",
		"kiln: " NONCE " end 0 0\n",
		"kiln: " NONCE " end 0 -1\n",
		"kiln: " NONCE " done\n",
	};

	for (size_t i = 0; i < sizeof(again) / sizeof(*again); i++) {
		struct klog *k = klog_new(NONCE, 0);

		klog_feed(k, once, sizeof(once) - 1);
		assert_int_equal(klog_marked_twice(k), 0);
		klog_feed(k, again[i], strlen(again[i]));
		klog_feed(k, again[i], strlen(again[i]));
		assert_int_equal(klog_marked_twice(k), 6);
		klog_free(k);
	}
}

static void a_saved_log_has_no_steps(void **state)
{
	static const char log[] = "kiln:  begin 0\nkiln: (null) begin 0\n"
				  "kiln: " NONCE " begin 0\nx\n";
	struct klog *k = read_log(NULL, log, sizeof(log) - 1);

	assert_false(klog_step_began(k, 0));
	assert_int_equal(klog_line(k, 3).step, -1);
	klog_free(k);
}

/* What is not kept is still read. */
static void the_cap_keeps_the_beginning(void **state)
{
	static const char end[] = WARN("", "w.c:1", "42", "f+0x1/0x2 [wrap]");
	struct klog *k = klog_new(NULL, 10000);
	const struct finding *f;
	size_t n;

	for (int i = 0; i < 5000; i++)
		klog_feed(k, "wrap: flooding the log\n", 23);
	klog_feed(k, end, sizeof(end) - 1);
	klog_finish(k);
	assert_in_range(klog_nlines(k), 100, 435);
	assert_true(klog_total_lines(k) > 5000);
	f = klog_findings(k, &n);
	assert_int_equal(n, 1);
	assert_int_equal(f[0].log_line, 5001);
	klog_free(k);
}

static void a_line_without_end(void **state)
{
	size_t len = 10 << 20;
	char *log = malloc(len);
	struct klog *k;

	memset(log, 'x', len);
	k = klog_new(NULL, 0);
	for (size_t i = 0; i < len; i += 4096)
		klog_feed(k, log + i, 4096);
	klog_feed(k, "\nnext\n", 6);
	klog_finish(k);
	assert_int_equal(klog_total_lines(k), 2);
	assert_in_range(klog_line(k, 0).len, 1000, 100000);
	assert_string_equal(klog_line(k, 1).text, "next");
	klog_free(k);

	/* The same in one piece, and all of it to be cleaned. */
	memset(log, 0xff, len);
	log[len - 1] = '\n';
	k = read_log(NULL, log, len);
	assert_int_equal(klog_total_lines(k), 1);
	assert_in_range(klog_line(k, 0).len, 1000, 300000);
	klog_free(k);
	free(log);
}

static void an_empty_log(void **state)
{
	struct klog *k = read_log(NULL, "", 0);
	size_t n;

	assert_int_equal(klog_nlines(k), 0);
	klog_findings(k, &n);
	assert_int_equal(n, 0);
	assert_int_equal(ktap_status(klog_ktap(k)), KTAP_NONE);
	klog_free(k);
	klog_free(NULL);
}

static void kinds_have_names(void **state)
{
	for (int k = 0; k < FINDING_NKINDS; k++)
		assert_int_equal(finding_from_name(finding_name(k)), k);
	assert_int_equal(finding_from_name("no such kind"), FINDING_NKINDS);
	assert_int_equal(finding_from_name(""), FINDING_NKINDS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prefixes_come_off),
		cmocka_unit_test(bytes_are_made_safe),
		cmocka_unit_test(pieces_do_not_matter),
		cmocka_unit_test(markers_cut_steps),
		cmocka_unit_test(markers_cut_rounds),
		cmocka_unit_test(forged_markers),
		cmocka_unit_test(markers_come_once),
		cmocka_unit_test(a_saved_log_has_no_steps),
		cmocka_unit_test(the_cap_keeps_the_beginning),
		cmocka_unit_test(a_line_without_end),
		cmocka_unit_test(an_empty_log),
		cmocka_unit_test(kinds_have_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
