/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/buf.h"
#include "shell/fold.h"
#include "shell/glyph.h"
#include "shell/term.h"
#include "shell/text-code.h"
#include "shell/text.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct buf out;

static const char *render(unsigned width, bool color, const char *md)
{
	struct term t = {.width = width, .color = color, .utf8 = true};

	buf_clear(&out);
	assert_int_equal(text_render(&out, &t, md, strlen(md)), 0);
	return buf_str(&out);
}

static const char *plain(const char *md)
{
	return render(40, false, md);
}

static const char *folded(bool tty, bool utf8, bool color, const char *line)
{
	struct term t = {.width = 20, .tty = tty, .utf8 = utf8, .color = color};

	buf_clear(&out);
	fold_line(&out, &t, "", line, strlen(line));
	return buf_str(&out);
}

/* Code that is too long is broken at a space, in its style, with a sign. */
static void test_fold(void **state)
{
	assert_string_equal(folded(true, true, false, "  one, two and three"),
			    "  one, two and three");
	assert_string_equal(folded(true, true, false, "  one, two and three!"),
			    "  one, two and\n  \u21b3 three!");
	assert_string_equal(folded(true, false, false,
				   "+ one, two and three"
				   " of"),
			    "+ one, two and three\n  > of");
	assert_string_equal(
		folded(true, true, false, "abcdefghijklmnopqrstuvwxyz"),
		"abcdefghijklmnopqrst\n\u21b3 uvwxyz");
	assert_string_equal(folded(true, true, true,
				   "\033[36maaaaaaaaaaaa bbbbbbbbbbb\033[0m"),
			    "\033[36maaaaaaaaaaaa\033[0m\n"
			    "\033[2m\u21b3\033[0m \033[36mbbbbbbbbbbb\033[0m");
	assert_string_equal(
		folded(false, true, false, "a pipe gets the line as it is"),
		"a pipe gets the line as it is");
}

static void test_paragraphs(void **state)
{
	assert_string_equal(plain(""), "");
	assert_string_equal(plain("a\nb\n\nc"), "a b\n\nc\n");
	assert_string_equal(plain("a  \nb"), "a\nb\n");
	assert_string_equal(plain("*e* **s** `x < y`"), "*e* s `x < y`\n");
}

/* Code in a line stays together where a line can hold it. */
static void test_inline_code(void **state)
{
	assert_string_equal(render(16, false, "one two `use a::*;` end"),
			    "one two\n`use a::*;` end\n");
	assert_string_equal(render(16, true, "one two `use a::b;`, end"),
			    "one two\n\033[0;36muse a::b;\033[0m, end\n");
	assert_string_equal(render(12, false, "a `b c d e f g h i` j"),
			    "a `b c d e f\ng h i` j\n");
	assert_string_equal(render(20, false, "- one two `a b c d e`"),
			    "  - one two\n    `a b c d e`\n");
	assert_null(strstr(buf_str(&out), "\u00a0"));
}

static void test_headings(void **state)
{
	assert_string_equal(plain("# One\n\ntext\n\n## Two\n### Three"),
			    "One\n===\n\ntext\n\nTwo\n---\n\nThree\n");
	assert_string_equal(render(40, true, "# One"), "\033[0;1mOne\033[0m\n");
}

static void test_lists(void **state)
{
	assert_string_equal(plain("a\n\n- one\n- two\n  - in\n\nb"),
			    "a\n\n  - one\n  - two\n      - in\n\nb\n");
	assert_string_equal(plain("9. nine\n10. ten\n"),
			    "  9. nine\n 10. ten\n");
	/* A loose list keeps its air, and its paragraphs their indent. */
	assert_string_equal(plain("- one\n\n  more\n\n- two\n"),
			    "  - one\n\n    more\n\n  - two\n");
	assert_string_equal(render(20, false, "- one two three four"),
			    "  - one two three\n    four\n");
}

static void test_code(void **state)
{
	assert_string_equal(plain("a\n\n```rust\nfn f() {\n\tx;\n\n}\n```\nb"),
			    "a\n\n    fn f() {\n            x;\n\n    }\n\n"
			    "b\n");
	/* Never wrapped: it is to be copied. */
	assert_string_equal(render(20, false, "    a b c d e f g h i j k l"),
			    "    a b c d e f g h i j k l\n");
	assert_string_equal(plain("- one\n\n      code\n"),
			    "  - one\n\n        code\n");
	assert_string_equal(plain("```\n```\n\nx"), "x\n");
}

static void test_others(void **state)
{
	assert_string_equal(plain("> a\n>\n> b\n\nc"), "| a\n|\n| b\n\nc\n");
	assert_string_equal(plain("<!-- hidden -->\n\na <!-- b --> c"),
			    "a c\n");
	assert_string_equal(plain("[t](https://e.org/x) [u](other.md)"),
			    "t (https://e.org/x) u\n");
	assert_string_equal(plain("<https://e.org/x>"), "https://e.org/x\n");
	assert_string_equal(plain("---"), "--------------------\n");
	assert_string_equal(plain("| a | b |\n|---|---|\n| 1 | 2 |"),
			    "| a | b |\n|---|---|\n| 1 | 2 |\n");
}

/* Generics look like HTML, and are told as they stand. */
static void test_angles(void **state)
{
	assert_string_equal(plain("return Result<isize>, a <b>x</b>"),
			    "return Result<isize>, a <b>x</b>\n");
	assert_string_equal(plain("size_of::<i64>() Vec<u8, A>"),
			    "size_of::<i64>() Vec<u8, A>\n");
	assert_string_equal(plain("size_of::<core::ffi::c_int>()"),
			    "size_of::<core::ffi::c_int>()\n");
	assert_string_equal(plain("a\n\n<T>\nis a type\n\nb"),
			    "a\n\n<T>\nis a type\n\nb\n");
	assert_string_equal(plain("- x\n\n  <div>\n"), "  - x\n\n    <div>\n");
	plain("<b\033[1m> <c x='\033[1m'>\n\n<div>\033[2J\n");
	assert_null(strchr(buf_str(&out), '\033'));
}

static void test_prefixes(void **state)
{
	struct term t = {.width = 20, .utf8 = true};

	buf_clear(&out);
	text_render_in(&out, &t, "  a) ", "     ", "one two three four", 18);
	assert_string_equal(buf_str(&out), "  a) one two three\n     four\n");
}

static const char *line(bool tty, bool utf8, unsigned used, const char *s)
{
	struct term t = {.width = 20, .tty = tty, .utf8 = utf8};

	buf_clear(&out);
	text_line(&out, &t, used, s, strlen(s));
	return buf_str(&out);
}

/* A terminal would break them in the middle of a word; a pipe would not. */
static void test_lines(void **state)
{
	struct term t = {.width = 20, .tty = true, .utf8 = true};

	assert_string_equal(line(true, true, 0, "12345678901234567890"),
			    "12345678901234567890");
	assert_string_equal(line(true, true, 0, "123456789012345678901"),
			    "1234567890123456789…");
	assert_string_equal(line(true, true, 2, "1234567890123456789"),
			    "12345678901234567…");
	assert_string_equal(line(true, false, 0, "123456789012345678901"),
			    "12345678901234567...");
	assert_string_equal(line(false, true, 0, "123456789012345678901"),
			    "123456789012345678901");
	assert_string_equal(line(true, true, 0, "a\tb\033[2J"),
			    "a       b?[2J");
	assert_string_equal(line(true, true, 40, "ab"), "…");
	assert_string_equal(line(true, true, 0, ""), "");
	buf_clear(&out);
	text_lines(&out, &t, "| ", "a\n\n12345678901234567890\nlast", 28);
	assert_string_equal(buf_str(&out),
			    "| a\n| \n| 12345678901234567…\n| last\n");
	buf_clear(&out);
	text_lines(&out, &t, "| ", "", 0);
	assert_string_equal(buf_str(&out), "");
}

/* What a text says can never move the cursor. */
static void test_escapes(void **state)
{
	plain("a\033[2Jb `c\033]0;x\007` [l](http://x\033[1m)\n\n"
	      "```\n\033[31mred\r\n```\n# h\033[1m\n");
	assert_null(strchr(buf_str(&out), '\033'));
	assert_null(strchr(buf_str(&out), '\007'));
	assert_null(strchr(buf_str(&out), '\r'));
}

static void test_style(void **state)
{
	assert_string_equal(render(40, true, "a `b` **c `d` e**"),
			    "a \033[0;36mb\033[0m \033[0;1mc "
			    "\033[0;1;36md\033[0;1m e\033[0m\n");
	/* Nothing stays on at the end of a line. */
	render(20, true, "**one two three four five six seven**\n\n    c\n");
	for (const char *s = buf_str(&out); *s; s++)
		if (*s == '\n' && s - buf_str(&out) > 4 && s[-1] != '\n')
			assert_memory_equal(s - 4, "\033[0m", 4);
}

static void test_width(void **state)
{
	static const char md[] =
		"# A heading that is rather long for this line\n\n"
		"Some *words* with `code` and **more** of them, so many "
		"that they have to wrap.\n\n- an item that wraps as well "
		"and goes on\n\n> a quote that wraps as well and goes on\n";

	for (unsigned width = 20; width < 100; width++) {
		const char *s = render(width, width % 2, md);

		while (*s) {
			size_t n = strcspn(s, "\n");

			assert_true(glyph_columns(s, n) <= width);
			s += n + 1;
		}
	}
}

/* Nesting without end is cut off, not followed. */
static void test_depth(void **state)
{
	struct buf md = BUF_INIT;

	for (int i = 0; i < 40000; i++)
		buf_adds(&md, "> ");
	buf_adds(&md, "x\n\n");
	for (int i = 0; i < 500; i++)
		buf_adds(&md, "**a _b ");
	plain(buf_str(&md));
	buf_release(&md);
}

static void test_verbatim(void **state)
{
	static const char s[] = "a\tb\n\xff\n\nlast";
	struct buf b = BUF_INIT;

	text_verbatim(&b, s, strlen(s), 2);
	assert_string_equal(buf_str(&b), "  a       b\n  ?\n  \n  last\n");
	buf_clear(&b);
	text_verbatim(&b, "x\n", 2, 0);
	assert_string_equal(buf_str(&b), "x\n");
	buf_release(&b);
}

/* ---- code in colours ---- */

/* Styles as letters: _keyword_, ~comment~, "string", <type>, !attribute!. */
static const char *colours(const char *word, const char *code)
{
	static const struct {
		enum term_style style;
		char mark;
	} marks[] = {{TERM_BOLD, '_'}, {TERM_DIM, '~'},	 {TERM_GOOD, '"'},
		     {TERM_CODE, '<'}, {TERM_WARN, '!'}, {TERM_PLAIN, '.'}};
	struct term t = {.width = 80, .color = true};
	struct buf raw = BUF_INIT;
	const char *s;

	code_text(&raw, &t, code_lang_by_word(word), code, strlen(code));
	buf_clear(&out);
	for (s = buf_str(&raw); *s;) {
		size_t i = 0, n = 0;

		for (; i < sizeof(marks) / sizeof(*marks); i++) {
			n = strlen(term_on(&t, marks[i].style));
			if (strncmp(s, term_on(&t, marks[i].style), n) == 0)
				break;
		}
		if (i < sizeof(marks) / sizeof(*marks))
			buf_addc(&out, marks[i].mark);
		else
			buf_addc(&out, *s);
		s += i < sizeof(marks) / sizeof(*marks) ? n : 1;
	}
	buf_release(&raw);
	return buf_str(&out);
}

static void test_colours(void **state)
{
	assert_string_equal(colours("c", "#include <x.h>\nint f(void);\n"),
			    "!#include. <x.h>\n<int. f(<void.);\n");
	assert_string_equal(
		colours("c", "if ('\\'') /* a\nb */ x(\"\\\"/*\");"),
		"_if. (\"'\\''.) ~/* a.\n~b */. x(\"\"\\\"/*\".);\n");
	assert_string_equal(colours("rust,ignore", "pub fn f<'a>(x: &'a u8)"),
			    "_pub. _fn. f<<'a.>(x: &<'a. <u8.)\n");
	assert_string_equal(colours("rust", "#[no_mangle]\npr_info!(\"{}\")"),
			    "!#[no_mangle].\n<pr_info.!(\"\"{}\".)\n");
	assert_string_equal(colours("rust", "r#\"a\"b\"# /* /* */ */ 'x' // c"),
			    "\"r#\"a\"b\"#. ~/* /* */ */. \"'x'. ~// c.\n");
	assert_string_equal(colours("make", "ifeq (a#b) # c"),
			    "_ifeq. (a#b) ~# c.\n");
	assert_string_equal(colours("sh", "echo 'a\\' \"b\nc\" if#"),
			    "echo \"'a\\'. \"\"b.\n\"c\". _if.#\n");
}

/* Whatever the text is, it stands there whole. */
static void test_colours_keep_text(void **state)
{
	static const char *const words[] = {"c", "rust", "make", "sh"};
	static const char bits[] = "'\"\\/*#![]r\n ax_!";
	struct term t = {.width = 80, .color = true};
	unsigned seed = 1;

	for (int i = 0; i < 20000; i++) {
		struct buf raw = BUF_INIT, plain = BUF_INIT, want = BUF_INIT;
		const char *lang = words[i % 4];
		char text[24];
		size_t n = (size_t)(rand_r(&seed) % 23);

		for (size_t k = 0; k < n; k++)
			text[k] = bits[(size_t)rand_r(&seed) %
				       (sizeof(bits) - 1)];
		text[n] = '\0';
		code_text(&raw, &t, code_lang_by_word(lang), text, n);
		text_verbatim(&want, text, n, 0);
		for (const char *s = buf_str(&raw); *s; s++) {
			if (*s == '\033')
				s += strcspn(s, "m");
			else
				buf_addc(&plain, *s);
		}
		if (strcmp(buf_str(&plain), buf_str(&want)) != 0)
			fail_msg("%s: \"%s\" became \"%s\"", lang, text,
				 buf_str(&plain));
		buf_release(&raw);
		buf_release(&plain);
		buf_release(&want);
	}
}

static void test_languages(void **state)
{
	assert_ptr_equal(code_lang_by_file("/a.b/x.rs"),
			 code_lang_by_word("rust"));
	assert_ptr_equal(code_lang_by_file("solution/Makefile"),
			 code_lang_by_word("make"));
	assert_ptr_equal(code_lang_by_file("legacy.h"), code_lang_by_word("c"));
	assert_null(code_lang_by_file("text.md"));
	assert_null(code_lang_by_file("c"
				      ".d/readme"));
	assert_null(code_lang_by_word("text"));
	assert_null(code_lang_by_word(""));
	assert_null(code_lang_by_word(NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fold),
		cmocka_unit_test(test_paragraphs),
		cmocka_unit_test(test_inline_code),
		cmocka_unit_test(test_headings),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_code),
		cmocka_unit_test(test_colours),
		cmocka_unit_test(test_colours_keep_text),
		cmocka_unit_test(test_languages),
		cmocka_unit_test(test_others),
		cmocka_unit_test(test_angles),
		cmocka_unit_test(test_prefixes),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_escapes),
		cmocka_unit_test(test_style),
		cmocka_unit_test(test_width),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_verbatim),
	};
	int r;

	setlocale(LC_ALL, "C.UTF-8");
	r = cmocka_run_group_tests(tests, NULL, NULL);
	buf_release(&out);
	return r;
}
