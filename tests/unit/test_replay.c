/* SPDX-License-Identifier: GPL-2.0-or-later */
/* replay: what has changed around a verdict, and in it. */
#include "record_fixture.h"

#include "checker/replay.h"

#include <jansson.h>

/* Exactly one change, as "what name then now"; "" for none at all. */
static void changed(const struct changes *c, const char *want)
{
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < c->n; i++)
		buf_addf(&b, "%s%s %s %.8s %.8s", i ? "; " : "", c->v[i].what,
			 c->v[i].name ? c->v[i].name : "-",
			 c->v[i].then ? c->v[i].then : "-",
			 c->v[i].now ? c->v[i].now : "-");
	assert_string_equal(buf_str(&b), want);
	buf_release(&b);
}

/* ---- the ground ---- */

static void ground_is(const char *want)
{
	struct replay p = REPLAY_INIT;
	struct record r;
	struct err e = ERR_INIT;

	fine(record_read(&r, in_tmp("x.tar"), &e), &e);
	fine(replay_ground(&p, &r, &spec, &store, "0.1.0", &e), &e);
	changed(&p.ground, want);
	replay_release(&p);
	record_release(&r);
}

static void the_lesson(void **state)
{
	keep_one("x.tar");
	ground_is("");
	put("lesson/tests/x.c", "int y;\n");
	ground_is("lesson-file tests/x.c 7c725f30 4b9804fd");
	put("lesson/tests/x.c", "int x;\n");
	put("lesson/tests/new.c", "");
	ground_is("lesson-file tests/new.c - e3b0c442");
	unlink(in_tmp("lesson/tests/new.c"));
	unlink(in_tmp("lesson/text.md"));
	ground_is("lesson-file text.md 814e10e8 -");
	put("lesson/text.md", "# A lesson\n");
	put("lesson/wrong/one/wrap.rs", "// as wrong\n");
	ground_is("");
	free(spec.id);
	spec.id = strdup("1.3");
	ground_is("lesson-id - 1.2 1.3");
}

static void kernel_and_tools(void **state)
{
	keep_one("x.tar");
	put("linux/.complete", "7.3.4\nother tools\n");
	ground_is("kernel-stamp - b80c623e 0dc6b8d1");
	store.linux_key[0] = 'f';
	ground_is("kernel - 7.3.4 (0 7.3.4 (f");
	store.linux_key[0] = '0';
	put("linux/.complete", RELEASE);
	put("toolroot/.complete", "rustc 1.96\n");
	ground_is("toolroot-stamp - 25a7b558 81f1250e");
	store.toolroot_key[0] = '0';
	ground_is("toolroot - fedcba98 0edcba98");
}

static void kilns(void **state)
{
	struct replay p = REPLAY_INIT;
	struct record r;
	struct err e = ERR_INIT;

	keep_one("x.tar");
	fine(record_read(&r, in_tmp("x.tar"), &e), &e);
	fine(replay_ground(&p, &r, &spec, &store, "0.2.0", &e), &e);
	changed(&p.ground, "kiln - 0.1.0 0.2.0");
	replay_release(&p);
	record_release(&r);
}

static void not_set_up(void **state)
{
	struct replay p = REPLAY_INIT;
	struct record r;
	struct err e = ERR_INIT;

	keep_one("x.tar");
	unlink(in_tmp("linux/.complete"));
	fine(record_read(&r, in_tmp("x.tar"), &e), &e);
	assert_int_equal(replay_ground(&p, &r, &spec, &store, NULL, &e), -1);
	assert_int_equal(e.code, ERR_ENV);
	assert_non_null(strstr(e.next, "setup"));
	record_release(&r);
}

/* ---- verdicts ---- */

#define CHECK(id, r) "{\"id\":\"" id "\",\"result\":\"" r "\"}"
#define FOUND(k)     "{\"kind\":\"" k "\",\"title\":\"t\"}"
#define VERDICT(v, e, checks, findings)                                        \
	"{\"verdict\":\"" v "\",\"score\":{\"earned\":" #e                     \
	",\"possible\":5},\"checks\":[" checks "],\"findings\":[" findings     \
	"],\"seed\":1,\"guest\":\"warm\"}"

static void compared(const char *then, const char *now, const char *want)
{
	struct changes c = CHANGES_INIT;
	struct err e = ERR_INIT;

	fine(replay_compare(&c, then, now, &e), &e);
	changed(&c, want);
	changes_release(&c);
}

static void the_same(void **state)
{
	const char *v =
		VERDICT("crash", 2, CHECK("a", "pass") "," CHECK("b", "fail"),
			FOUND("kasan") "," FOUND("oops"));

	compared(v, v, "");
	/* The order of findings, times and messages are no difference. */
	compared(v,
		 "{\"verdict\":\"crash\",\"score\":{\"earned\":2,\"possible\":"
		 "5},\"checks\":[{\"id\":\"a\",\"result\":\"pass\","
		 "\"message\":\"m\"},{\"id\":\"b\",\"result\":\"fail\"}],"
		 "\"findings\":[{\"kind\":\"oops\"},{\"kind\":\"kasan\"}],"
		 "\"seed\":2}",
		 "");
}

static void others(void **state)
{
	const char *v = VERDICT("pass", 5, CHECK("a", "pass"), "");

	compared(v, VERDICT("fail", 0, CHECK("a", "fail"), ""),
		 "verdict - pass fail; score - 5/5 0/5; check a pass fail");
	compared(v, VERDICT("pass", 4, CHECK("a", "pass"), ""),
		 "score - 5/5 4/5");
	compared(v, VERDICT("pass", 5, CHECK("b", "pass"), ""),
		 "check a pass -; check b - pass");
	compared(v, VERDICT("pass", 5, "", ""), "check a pass -");
}

static void findings_are_counted(void **state)
{
	const char *none = VERDICT("fail", 0, "", "");
	const char *two =
		VERDICT("fail", 0, "", FOUND("leak") "," FOUND("leak"));
	const char *one =
		VERDICT("fail", 0, "", FOUND("leak") "," FOUND("bug"));

	compared(none, two, "finding leak 0 2");
	compared(two, none, "finding leak 2 0");
	compared(two, one, "finding leak 2 1; finding bug 0 1");
}

static void no_verdict(void **state)
{
	struct changes c = CHANGES_INIT;
	struct err e = ERR_INIT;

	assert_int_equal(replay_compare(&c, "[]", "{}", &e), -1);
	assert_int_equal(e.code, ERR_USAGE);
	assert_int_equal(replay_compare(&c, "pass", "{}", &e), -1);
	changes_release(&c);
}

/* ---- as JSON ---- */

static const char *text_in(json_t *o, const char *key)
{
	return json_string_value(json_object_get(o, key));
}

static void as_json(void **state)
{
	struct replay p = {.now = strdup(VERDICT("pass", 5, "", ""))};
	struct record r;
	struct err e = ERR_INIT;
	char *text = NULL;
	size_t len;
	FILE *f = open_memstream(&text, &len);
	json_t *o, *first;

	keep_one("x.tar");
	fine(record_read(&r, in_tmp("x.tar"), &e), &e);
	fine(replay_compare(&p.differs, r.verdict, p.now, &e), &e);
	assert_int_equal(replay_json(&p, &r, f), 0);
	fclose(f);
	assert_ptr_equal(strchr(text, '\n'), text + len - 1);
	o = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(o);
	assert_int_equal(json_object_size(o), 8);
	assert_int_equal(json_integer_value(json_object_get(o, "format")), 1);
	assert_true(json_is_false(json_object_get(o, "same")));
	assert_string_equal(text_in(o, "lesson"), "1.2");
	assert_string_equal(text_in(o, "created"), "2026-02-03T14:05:07Z");
	assert_int_equal(json_array_size(json_object_get(o, "ground")), 0);
	assert_string_equal(text_in(json_object_get(o, "then"), "verdict"),
			    "fail");
	assert_string_equal(text_in(json_object_get(o, "now"), "verdict"),
			    "pass");
	first = json_array_get(json_object_get(o, "differs"), 0);
	assert_string_equal(text_in(first, "what"), "verdict");
	assert_true(json_is_null(json_object_get(first, "name")));
	assert_string_equal(text_in(first, "then"), "fail");
	assert_string_equal(text_in(first, "now"), "pass");
	json_decref(o);
	free(text);
	replay_release(&p);
	record_release(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		RECORD_TEST(the_lesson),
		RECORD_TEST(kernel_and_tools),
		RECORD_TEST(kilns),
		RECORD_TEST(not_set_up),
		RECORD_TEST(the_same),
		RECORD_TEST(others),
		RECORD_TEST(findings_are_counted),
		RECORD_TEST(no_verdict),
		RECORD_TEST(as_json),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
