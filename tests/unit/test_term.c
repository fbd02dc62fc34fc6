/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/buf.h"
#include "checker/err.h"
#include "shell/glyph.h"
#include "shell/term.h"
#include "shell/wrap.h"

#include <locale.h>
#include <pty.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <cmocka.h>

static const char *cleaned(struct buf *b, const char *s)
{
	buf_clear(b);
	glyph_clean(b, s, strlen(s));
	return buf_str(b);
}

static void test_clean(void **state)
{
	struct buf b = BUF_INIT;

	assert_string_equal(cleaned(&b, "a\tb\n"), "a\tb\n");
	assert_string_equal(cleaned(&b, "\033[2J\033]0;x\007"), "?[2J?]0;x?");
	assert_string_equal(cleaned(&b, "a\rb\x7f"), "a?b?");
	/* A C1 control, spelled in UTF-8. */
	assert_string_equal(cleaned(&b, "\xc2\x9b"
					"2J"),
			    "?2J");
	/* Overlong, a surrogate, beyond the last, cut off. */
	assert_string_equal(cleaned(&b, "\xc0\xaf"), "??");
	assert_string_equal(cleaned(&b, "\xed\xa0\x80"), "???");
	assert_string_equal(cleaned(&b, "\xf4\x90\x80\x80"), "????");
	assert_string_equal(cleaned(&b, "\xe2\x82"), "??");
	assert_string_equal(cleaned(&b, "\xe2\x82\xac"), "\xe2\x82\xac");
	/* Right-to-left override: code would read as it is not. */
	assert_string_equal(cleaned(&b, "a\xe2\x80\xae"
					"b"),
			    "a?b");
	buf_release(&b);
}

static unsigned columns(const char *s)
{
	return glyph_columns(s, strlen(s));
}

static void test_columns(void **state)
{
	assert_int_equal(columns(""), 0);
	assert_int_equal(columns("abc"), 3);
	assert_int_equal(columns("\033[1;31mab\033[0mc"), 3);
	assert_int_equal(columns("\xc3\xa4"), 1);
	assert_int_equal(columns("\xe6\xbc\xa2"), 2);
	assert_int_equal(columns("\xff\xff"), 2);
	/* Not a style: it is counted, so that nothing can hide in it. */
	assert_int_equal(columns("\033[2J"), 3);
	assert_int_equal(glyph_fit("abcdef", 6, 4), 4);
	assert_int_equal(glyph_fit("ab\xe6\xbc\xa2", 5, 3), 2);
	assert_int_equal(glyph_fit("ab\xe6\xbc\xa2", 5, 4), 5);
	assert_int_equal(glyph_fit("\033[1mab", 6, 1), 5);
}

static void test_ascii(void **state)
{
	static const char s[] = "a \xe2\x86\x92 b \xe2\x80\x94 \xe2\x80\x9cq"
				"\xe2\x80\x9d \xe6\xbc\xa2\xff";
	struct buf b = BUF_INIT;

	glyph_to_ascii(&b, s, strlen(s));
	assert_string_equal(buf_str(&b), "a -> b -- \"q\" ??");
	buf_release(&b);
}

static const char *wrapped(struct buf *b, unsigned width, const char *first,
			   const char *rest, const char *s)
{
	struct wrap w = {.width = width};

	strncat(w.first, first, sizeof(w.first) - 1);
	strncat(w.rest, rest, sizeof(w.rest) - 1);
	buf_clear(b);
	wrap_text(b, &w, s);
	return buf_str(b);
}

static void test_wrap(void **state)
{
	struct buf b = BUF_INIT;

	assert_string_equal(wrapped(&b, 10, "", "", "one two three"),
			    "one two\nthree\n");
	/* Exactly as wide as the line. */
	assert_string_equal(wrapped(&b, 7, "", "", "one two three"),
			    "one two\nthree\n");
	assert_string_equal(wrapped(&b, 6, "", "", "one two three"),
			    "one\ntwo\nthree\n");
	assert_string_equal(wrapped(&b, 10, "- ", "  ", "one two three"),
			    "- one two\n  three\n");
	assert_string_equal(wrapped(&b, 5, "", "", "/a/long/path x"),
			    "/a/long/path\nx\n");
	assert_string_equal(wrapped(&b, 80, "", "", "a\nb  c\n"), "a\nb c\n");
	assert_string_equal(wrapped(&b, 80, "  ", "  ", ""), "\n");
	/* A style does not leak into the prefix of the next line. */
	assert_string_equal(wrapped(&b, 6, "", "| ", "\033[1mone two\033[0m x"),
			    "\033[1mone\033[0m\n| \033[1mtwo\033[0m\n| x\n");
	buf_release(&b);
}

static void test_not_a_terminal(void **state)
{
	FILE *f = tmpfile();
	struct term t;

	setenv("TERM", "xterm", 1);
	setenv("COLUMNS", "100", 1);
	term_init(&t, f);
	assert_false(t.tty);
	assert_false(t.color);
	assert_false(t.moves);
	assert_int_equal(t.width, 100);
	assert_string_equal(term_on(&t, TERM_BAD), "");
	setenv("COLUMNS", "3", 1);
	term_resize(&t);
	assert_int_equal(t.width, 20);
	setenv("COLUMNS", "-1", 1);
	term_resize(&t);
	assert_int_equal(t.width, 80);
	unsetenv("COLUMNS");
	fclose(f);
}

static void test_terminal(void **state)
{
	struct winsize ws = {.ws_row = 24, .ws_col = 132};
	int master, slave;
	struct term t;
	FILE *f;

	assert_int_equal(openpty(&master, &slave, NULL, NULL, &ws), 0);
	f = fdopen(slave, "w");
	setenv("TERM", "xterm", 1);
	unsetenv("NO_COLOR");
	term_init(&t, f);
	assert_true(t.tty && t.color && t.moves);
	assert_int_equal(t.width, 132);
	assert_int_equal(t.height, 24);
	assert_string_not_equal(term_on(&t, TERM_BAD), "");
	setenv("NO_COLOR", "1", 1);
	term_init(&t, f);
	assert_true(t.moves);
	assert_false(t.color);
	/* https://no-color.org: set and not empty. */
	setenv("NO_COLOR", "", 1);
	term_init(&t, f);
	assert_true(t.color);
	setenv("TERM", "dumb", 1);
	term_init(&t, f);
	assert_false(t.color || t.moves);
	assert_true(t.plain);
	unsetenv("TERM");
	term_init(&t, f);
	assert_false(t.color || t.moves);
	fclose(f);
	close(master);
}

/* Words for signs, nothing drawn over; but a line may still be edited. */
static void test_plain(void **state)
{
	int master, slave;
	struct term t;
	FILE *f;

	assert_int_equal(openpty(&master, &slave, NULL, NULL, NULL), 0);
	f = fdopen(slave, "w");
	setenv("TERM", "xterm", 1);
	unsetenv("NO_COLOR");
	setenv("KILN_PLAIN", "0", 1);
	term_init(&t, f);
	assert_true(!t.plain && t.moves && t.color);
	assert_string_equal(term_sign(&t, "! ", "report: "), "! ");
	unsetenv("KILN_PLAIN");
	term_ask_plain();
	term_init(&t, f);
	assert_true(t.plain && t.edits);
	assert_false(t.moves || t.color);
	assert_string_equal(term_sign(&t, "! ", "report: "), "report: ");
	unsetenv("KILN_PLAIN");
	fclose(f);
	close(master);
}

/* Said in an ASCII locale, UTF-8 is spelled in ASCII. */
static void test_locale(void **state)
{
	FILE *f = tmpfile();
	char line[64] = "";
	struct term t;

	assert_non_null(setlocale(LC_ALL, "C"));
	term_init(&t, f);
	assert_false(t.utf8);
	term_say(&t, "a \xe2\x86\x92 %s\n", "b");
	rewind(f);
	assert_non_null(fgets(line, sizeof(line), f));
	assert_string_equal(line, "a -> b\n");
	assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
	term_init(&t, f);
	assert_true(t.utf8);
	fclose(f);
}

/*
 * A program that dies of @sig with the terminal raw leaves it as it was.
 * The child's terminal is its own; the parent looks at it from outside.
 */
static void dies_sane(int sig)
{
	int master, slave, status;
	struct termios before, after;
	pid_t pid;

	assert_int_equal(openpty(&master, &slave, NULL, NULL, NULL), 0);
	assert_int_equal(tcgetattr(slave, &before), 0);
	pid = fork();
	if (pid == 0) {
		struct termios raw = before;

		dup2(slave, STDIN_FILENO);
		term_guard();
		cfmakeraw(&raw);
		tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
		if (sig)
			raise(sig);
		exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (sig)
		assert_int_equal(WTERMSIG(status), sig);
	assert_int_equal(tcgetattr(slave, &after), 0);
	assert_int_equal(after.c_lflag, before.c_lflag);
	assert_int_equal(after.c_iflag, before.c_iflag);
	assert_int_equal(after.c_oflag, before.c_oflag);
	close(slave);
	close(master);
}

static void test_guard(void **state)
{
	dies_sane(0);
	dies_sane(SIGTERM);
	dies_sane(SIGHUP);
	dies_sane(SIGQUIT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_clean),
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_ascii),
		cmocka_unit_test(test_wrap),
		cmocka_unit_test(test_not_a_terminal),
		cmocka_unit_test(test_terminal),
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_locale),
		cmocka_unit_test(test_guard),
	};

	setlocale(LC_ALL, "C.UTF-8");
	/* Whoever runs tests in the background ignores these, and so would we. */
	signal(SIGINT, SIG_DFL);
	signal(SIGQUIT, SIG_DFL);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
