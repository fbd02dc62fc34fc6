/* SPDX-License-Identifier: GPL-2.0-or-later */
/* record: files that were tampered with, or never were records. */
#include "record_fixture.h"

#include "checker/record-int.h"

/* The members of x.tar, to be changed and written to y.tar. */
static struct archive *x;
static struct archive_member m[16];
static size_t n;

static const struct archive_limits most = {16, 1 << 20, 4 << 20};

static int begin_bad(void **state)
{
	struct err e = ERR_INIT;

	begin(state);
	keep_one("x.tar");
	fine(archive_read(&x, in_tmp("x.tar"), &most, &e), &e);
	n = archive_count(x);
	for (size_t i = 0; i < n; i++)
		m[i] = *archive_member(x, i);
	return 0;
}

static int end_bad(void **state)
{
	archive_free(x);
	return end(state);
}

#define BAD_TEST(name) cmocka_unit_test_setup_teardown(name, begin_bad, end_bad)

static void refused(const char *why, const char *where)
{
	struct record r;
	struct err e = ERR_INIT;

	fine(archive_write(in_tmp("y.tar"), m, n, 0, &e), &e);
	assert_int_equal(record_read(&r, in_tmp("y.tar"), &e), -1);
	assert_int_equal(e.code, ERR_USAGE);
	if (!strstr(e.what, why))
		fail_msg("'%s' is not in: %s", why, e.what);
	assert_string_equal(e.where, where ? where : in_tmp("y.tar"));
	assert_null(r.archive);
	/* So the next one begins anew. */
	for (size_t i = 0; i < archive_count(x); i++)
		m[i] = *archive_member(x, i);
	n = archive_count(x);
}

/* @text with the first @from in it become @to; the caller frees it. */
static char *replaced(const struct archive_member *in, const char *from,
		      const char *to)
{
	struct buf b = BUF_INIT;
	const char *text = in->data;
	const char *at = memmem(text, in->len, from, strlen(from));

	if (!at)
		fail_msg("%s is not in %s", from, in->name);
	buf_add(&b, text, (size_t)(at - text));
	buf_adds(&b, to);
	at += strlen(from);
	buf_add(&b, at, in->len - (size_t)(at - text));
	return buf_steal(&b);
}

static void manifest(const char *from, const char *to, const char *why)
{
	char *text = replaced(&m[0], from, to);

	m[0].data = text;
	m[0].len = strlen(text);
	refused(why, NULL);
	free(text);
}

/* Member @i says something else, and the manifest has its hash and size. */
static void member(size_t i, const char *text, const char *why)
{
	char was[HASH_HEX_LEN + 1], is[HASH_HEX_LEN + 1];
	char size_was[64], size_is[64];
	struct archive_member manifest_ = m[0];
	char *a, *b;

	hash_hex(m[i].data, m[i].len, was);
	hash_hex(text, strlen(text), is);
	snprintf(size_was, sizeof(size_was), "\"size\": %zu", m[i].len);
	snprintf(size_is, sizeof(size_is), "\"size\": %zu", strlen(text));
	a = replaced(&manifest_, was, is);
	manifest_.data = a;
	manifest_.len = strlen(a);
	b = replaced(&manifest_, size_was, size_is);
	m[0].data = b;
	m[0].len = strlen(b);
	m[i].data = text;
	m[i].len = strlen(text);
	refused(why, NULL);
	free(a);
	free(b);
}

static void unchanged(void **state)
{
	struct record r;
	struct err e = ERR_INIT;

	fine(archive_write(in_tmp("y.tar"), m, n, 0, &e), &e);
	fine(record_read(&r, in_tmp("y.tar"), &e), &e);
	record_release(&r);
}

static void a_member_was_changed(void **state)
{
	static const char *const names[] = {"verdict.json", "kernel.log",
					    "files/wrap.rs"};

	for (size_t i = 1; i <= 3; i++) {
		char *text = strndup(m[i].data, m[i].len);

		text[3] ^= 1;
		m[i].data = text;
		refused("not what its manifest says", names[i - 1]);
		free(text);
	}
	/* Of the same size, or another. */
	m[3] = (struct archive_member){"files/wrap.rs", "// mine!\n", 9};
	refused("not what its manifest says", "files/wrap.rs");
}

static void members_come_and_go(void **state)
{
	n--;
	refused("does not list what is in it", NULL);
	m[n++] = (struct archive_member){"files/more", "x", 1};
	refused("does not list what is in it", NULL);
	m[n - 1].name = "files/other.c";
	refused("does not list what is in it", NULL);
	m[0].name = "files/manifest.json";
	refused("does not begin with manifest.json", NULL);
	m[0] = (struct archive_member){"manifest.json", "x", 1};
	n = 1;
	refused("no JSON object", NULL);
	m[0] = m[1];
	m[1] = *archive_member(x, 0);
	refused("does not begin with manifest.json", NULL);
	n = 0;
	refused("does not begin with manifest.json", NULL);
}

static void files_nobody_asked_for(void **state)
{
	char *text = replaced(&m[0], "files/wrap.rs", "files/Makefile");

	m[0].data = text;
	m[0].len = strlen(text);
	m[3].name = "files/Makefile";
	refused("was not asked for", "files/Makefile");
	free(text);
	text = replaced(&m[0], "files/wrap.rs", "solution/wrap.rs");
	m[0].data = text;
	m[0].len = strlen(text);
	m[3].name = "solution/wrap.rs";
	refused("was not asked for", "solution/wrap.rs");
	free(text);
}

static void fields_of_the_manifest(void **state)
{
	static const char *const odd[][2] = {
		{"\"created\": \"2026", "\"created\": \"\\u001b[2J"},
		{"\"created\"", "\"made\""},
		{"\"seed\": 42", "\"seed\": 0"},
		{"\"seed\": 42", "\"seed\": -1"},
		{"\"seed\": 42", "\"seed\": 4.2"},
		{"\"seed\": 42", "\"seed\": \"0x2a\""},
		{"\"seed\": 42", "\"seed\": \"99999999999999999999\""},
		{"\"seed\": 42", "\"seed\": null"},
		{"\"cold\": true", "\"cold\": 1"},
		{"\"options\"", "\"choices\""},
		{"\"id\": \"1.2\"", "\"id\": \"1.2\\n1.3\""},
		{"\"slug\"", "\"slugs\""},
		{"0123456789abcdef", "0123456789ABCDEF"},
		{"0123456789abcdef", "../../../../etc"},
		{"fedcba9876543210", "fedcba987654321"},
		{"\"stamp\": \"", "\"stamp\": \"x"},
		{"\"lesson.lua\": \"", "\"lesson.lua\": \"0"},
		{"\"lesson.lua\"", "\"lesson\\u0007lua\""},
		{"\"release\"", "\"version\""},
		{"\"sub/more.c\"", "\"wrap.rs\""},
		{"\"sub/more.c\"", "7"},
		{"\"kiln\": \"0.1.0\"", "\"kiln\": {}"},
		{"\"edit\"", "\"files\""},
	};
	char *text;

	for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++)
		manifest(odd[i][0], odd[i][1], "a field of its manifest");
	manifest("\"format\": 1", "\"format\": 2", "its format is 2");
	manifest("\"format\": 1", "\"format\": \"1\"", "is not one");
	manifest("kiln-record", "kiln-pack", "is not one");
	manifest("\"members\": [", "\"members\": {", "no JSON object");
	manifest("\"members\"", "\"parts\"", "does not list");
	manifest("\"format\"", "\"seed\": 1, \"format\"", "no JSON object");
	/* Of the size in bytes too: its hash is right. */
	text = replaced(&m[0], "\"size\": 8", "\"size\": 9");
	m[0].data = text;
	m[0].len = strlen(text);
	refused("not what its manifest says", "files/wrap.rs");
	free(text);
}

static void long_texts(void **state)
{
	char title[400];

	snprintf(title, sizeof(title), "\"title\": \"%0300d", 0);
	manifest("\"title\": \"", title, "a field of its manifest");
}

static void verdicts(void **state)
{
	static const char *const odd[][2] = {
		{"\"lesson\":\"1.2\"", "\"lesson\":\"1.3\""},
		{"\"format\":1", "\"format\":2"},
		{"\"verdict\":\"fail\"", "\"verdict\":\"perfect\""},
		{"\"verdict\":\"fail\"", "\"verdict\":true"},
		{"\"earned\":1", "\"earned\":\"1\""},
		{"\"checks\":[", "\"cheques\":["},
		{"\"id\":\"loads\"", "\"id\":\"\\u001b]0;x\""},
		{"\"id\":\"loads\"", "\"id\":5"},
		{"\"findings\":[]", "\"findings\":[7]"},
		{"\"findings\":[]", "\"findings\":null"},
		{"kernel.log", "/etc/shadow"},
		{"\"kernel.log\"", "null"},
	};

	for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
		char *text = replaced(&m[1], odd[i][0], odd[i][1]);

		member(1, text, "its verdict is none");
		free(text);
	}
	member(1, "pass", "its verdict is none");
}

/* Found by fuzz_record: jansson lets it pass, and then a string ends. */
static void a_zero_byte(void **state)
{
	const char *at = memmem(m[1].data, m[1].len, "\"possible\":3", 12);
	size_t n_before = (size_t)(at - (const char *)m[1].data) + 12;
	struct buf b = BUF_INIT;

	assert_non_null(at);
	buf_add(&b, m[1].data, n_before);
	buf_addc(&b, '\0');
	buf_add(&b, at + 12, m[1].len - n_before);
	assert_false(verdict_text_ok(b.data, b.len, "1.2", true));
	b.data[n_before] = ' ';
	assert_true(verdict_text_ok(b.data, b.len, "1.2", true));
	buf_release(&b);
}

static void no_records(void **state)
{
	struct record r;
	struct err e = ERR_INIT;

	assert_int_equal(record_read(&r, in_tmp("none"), &e), -1);
	assert_int_equal(e.code, ERR_ENV);
	assert_int_equal(record_read(&r, in_tmp("raw.log"), &e), -1);
	assert_int_equal(e.code, ERR_USAGE);
	assert_int_equal(record_read(&r, tmp, &e), -1);
	m[0] = (struct archive_member){"hello.c", "int x;\n", 7};
	n = 1;
	refused("does not begin with manifest.json", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BAD_TEST(unchanged),
		BAD_TEST(a_member_was_changed),
		BAD_TEST(members_come_and_go),
		BAD_TEST(files_nobody_asked_for),
		BAD_TEST(fields_of_the_manifest),
		BAD_TEST(long_texts),
		BAD_TEST(verdicts),
		BAD_TEST(a_zero_byte),
		BAD_TEST(no_records),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
