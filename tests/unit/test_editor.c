/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which editor is opened, and with which words. */
#include "checker/buf.h"
#include "checker/err.h"
#include "shell/editor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static void set(const char *visual, const char *editor)
{
	setenv("VISUAL", visual, 1);
	setenv("EDITOR", editor, 1);
}

/* The words for "/w/a b.rs" at line 12, joined by '|'. */
static void assert_words(const char *editor, unsigned line, const char *want)
{
	struct strv argv = STRV_INIT;
	struct buf b = BUF_INIT;

	set("", editor);
	assert_int_equal(editor_words(&argv, true, NULL), 0);
	assert_int_equal(editor_add_file(&argv, "/w/a b.rs", line), 0);
	for (size_t i = 0; i < argv.n; i++)
		buf_addf(&b, "%s%s", i ? "|" : "", argv.v[i]);
	assert_string_equal(buf_str(&b), want);
	buf_release(&b);
	strv_release(&argv);
}

static void test_styles(void **state)
{
	assert_words("vim", 12, "vim|+12|/w/a b.rs");
	assert_words("vim", 0, "vim|/w/a b.rs");
	assert_words("/usr/bin/vim.basic -u NONE", 12,
		     "/usr/bin/vim.basic|-u|NONE|+12|/w/a b.rs");
	assert_words("emacs-nox", 1, "emacs-nox|+1|/w/a b.rs");
	assert_words("hx", 12, "hx|/w/a b.rs:12");
	assert_words("code", 12, "code|--wait|--goto|/w/a b.rs:12");
	assert_words("code", 0, "code|--wait|/w/a b.rs");
	assert_words("code-insiders -w", 12,
		     "code-insiders|-w|--goto|/w/a b.rs:12");
	assert_words("'my editor' --x='1 2'", 12,
		     "my editor|--x=1 2|/w/a b.rs");
	/* Not all that begins like one is one. */
	assert_words("vimdiff", 12, "vimdiff|/w/a b.rs");
	assert_words("v", 12, "v|/w/a b.rs");
}

static void first_word(bool full_screen, const char *want)
{
	struct strv argv = STRV_INIT;

	assert_int_equal(editor_words(&argv, full_screen, NULL), 0);
	assert_string_equal(argv.v[0], want);
	strv_release(&argv);
}

static void test_which(void **state)
{
	set("code", "ed");
	first_word(true, "code");
	first_word(false, "ed");
	set(" ", "ed");
	first_word(true, "ed");
	set("code", "");
	first_word(true, "code");
}

static void test_installed(void **state)
{
	char dir[] = "/tmp/kiln-editor-XXXXXX";
	struct strv argv = STRV_INIT;
	struct buf path = BUF_INIT;
	char *was = strdup(getenv("PATH"));
	struct err e = ERR_INIT;

	assert_non_null(mkdtemp(dir));
	set("", "");
	setenv("PATH", dir, 1);
	assert_int_equal(editor_words(&argv, true, &e), -1);
	assert_int_equal(e.code, ERR_ENV);
	assert_non_null(strstr(e.next, "EDITOR"));
	buf_addf(&path, "%s/vi", dir);
	assert_int_equal(buf_write_file(&path, buf_str(&path), 0755, NULL), 0);
	first_word(true, "vi");
	unlink(buf_str(&path));
	rmdir(dir);
	setenv("PATH", was, 1);
	buf_release(&path);
	free(was);
}

static void test_nonsense(void **state)
{
	struct strv argv = STRV_INIT;
	struct err e = ERR_INIT;

	set("", "vim 'x");
	assert_int_equal(editor_words(&argv, true, &e), -1);
	assert_int_equal(e.code, ERR_USAGE);
	assert_string_equal(e.where, "EDITOR=vim 'x");
	strv_release(&argv);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_styles),
		cmocka_unit_test(test_which),
		cmocka_unit_test(test_installed),
		cmocka_unit_test(test_nonsense),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
