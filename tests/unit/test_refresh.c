/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A lesson that is updated while somebody works on it. */
#include "tmp_fixture.h"
#include "lesson_fixture.h"
#include "session_fixture.h"

#include "shell/refresh.h"
#include "shell/starter.h"

#define WORK "work/" SLUG
#define NEWS "has changed since you began"

static void holds(const char *name, const char *text)
{
	struct buf b = BUF_INIT;
	char path[128];

	snprintf(path, sizeof(path), WORK "/%s", name);
	assert_int_equal(buf_read_file(&b, in_tmp(path), 1 << 20, NULL), 0);
	assert_string_equal(buf_str(&b), text);
	buf_release(&b);
}

static mode_t mode_of(const char *name)
{
	struct stat st;
	char path[128];

	snprintf(path, sizeof(path), WORK "/%s", name);
	assert_int_equal(stat(in_tmp(path), &st), 0);
	return st.st_mode & 0777;
}

static void refresh(bool missing)
{
	struct err e = ERR_INIT;

	forget_said();
	if (lesson_refresh(&session, &lesson, in_tmp(WORK), missing, NULL, &e) <
	    0)
		fail_msg("%s %s", e.what, e.where);
}

/* As 'start' does it. */
static void begin(void)
{
	assert_int_equal(lesson_write_starter(&lesson, in_tmp(WORK),
					      STARTER_START, NULL, NULL, NULL,
					      NULL),
			 0);
	refresh(true);
	assert_false(was_said(NEWS));
}

static void update(const char *file, const char *text)
{
	put_file(text, "%s/solution/%s", lesson_dir, file);
}

static const char new_wrap[] = "// BEGIN SOLUTION\nfn it() {}\n// STUB\n"
			       "// // TODO, anew\n// END SOLUTION\n";

static void update_script(const char *from, const char *to)
{
	char *script = replaced(fixture_script, from, to);
	struct err e = ERR_INIT;

	put_file(script, "%s/lesson.lua", lesson_dir);
	free(script);
	lesson_release(&lesson);
	if (lesson_load(&lesson, lesson_dir, &e) < 0)
		fail_msg("%s %s", e.what, e.where);
}

static void test_nothing_changed(void **state)
{
	begin();
	put(WORK "/wrap.rs", "mine");
	refresh(false);
	assert_false(was_said(NEWS));
	holds("wrap.rs", "mine");
}

static void test_given(void **state)
{
	begin();
	update("legacy.c", "int newer;\n");
	refresh(false);
	assert_true(was_said(NEWS));
	assert_true(was_said("legacy.c: the new one is in place"));
	holds("legacy.c", "int newer;\n");
	assert_int_equal(mode_of("legacy.c"), 0444);
	/* Once. */
	refresh(false);
	assert_false(was_said("legacy.c"));
}

static void test_given_edited(void **state)
{
	begin();
	assert_int_equal(unlink(in_tmp(WORK "/legacy.c")), 0);
	put(WORK "/legacy.c", "mine");
	refresh(false);
	assert_false(was_said(NEWS));
	assert_true(was_said("a check takes the lesson's"));
	update("legacy.c", "int newer;\n");
	refresh(false);
	assert_true(was_said(NEWS));
	holds("legacy.c", "mine");
}

static void test_starter_unedited(void **state)
{
	begin();
	update("wrap.rs", new_wrap);
	refresh(false);
	assert_true(was_said("wrap.rs: the new one is in place"));
	holds("wrap.rs", "// TODO, anew\n");
	assert_int_equal(mode_of("wrap.rs"), 0644);
}

static void test_starter_edited(void **state)
{
	begin();
	put(WORK "/wrap.rs", "mine");
	update("wrap.rs", new_wrap);
	refresh(true);
	assert_true(was_said("yours stays as it is"));
	holds("wrap.rs", "mine");
	refresh(true);
	assert_false(was_said("wrap.rs"));
	/* Not even when it goes back to what it was. */
	update("wrap.rs", "// BEGIN SOLUTION\nfn it() {}\n// STUB\n// // TODO\n"
			  "// END SOLUTION\n");
	refresh(true);
	holds("wrap.rs", "mine");
}

static void test_list_grew(void **state)
{
	begin();
	put(WORK "/wrap.rs", "mine");
	update("more.rs", "fn more() {}\n");
	update_script("{ \"wrap.rs\" },", "{ \"wrap.rs\", \"more.rs\" },");
	refresh(false);
	assert_true(was_said("more.rs: laid down"));
	holds("more.rs", "fn more() {}\n");
	holds("wrap.rs", "mine");
	/* One that the learner took away comes back at 'start' alone. */
	unlink(in_tmp(WORK "/more.rs"));
	refresh(false);
	assert_false(exists(in_tmp(WORK "/more.rs")));
	refresh(true);
	holds("more.rs", "fn more() {}\n");
}

static void test_list_shrank(void **state)
{
	begin();
	update_script("\"inc/legacy.h\", ", "");
	refresh(false);
	assert_true(was_said("inc/legacy.h: no longer part"));
	holds("inc/legacy.h", "extern int legacy;\n");
	refresh(false);
	assert_false(was_said("legacy.h"));
}

/* What was to be edited is given now, and what was given is to be edited. */
static void test_changed_sides(void **state)
{
	char *once, *twice;

	begin();
	put(WORK "/wrap.rs", "mine");
	once = replaced(fixture_script, "\"legacy.c\", ", "\"wrap.rs\", ");
	twice = replaced(once, "edit = { \"wrap.rs\" }",
			 "edit = { \"legacy.c\" }");
	put_file(twice, "%s/lesson.lua", lesson_dir);
	free(once);
	free(twice);
	lesson_release(&lesson);
	assert_int_equal(lesson_load(&lesson, lesson_dir, NULL), 0);
	refresh(false);
	holds("wrap.rs", "mine");
	assert_true(was_said("wrap.rs: it is given"));
	assert_int_equal(mode_of("legacy.c"), 0644);
}

/* Begun with a Kiln that did not remember: nothing is taken for ours. */
static void test_unknown(void **state)
{
	begin();
	put(WORK "/wrap.rs", "mine");
	assert_int_equal(progress_lay(session.progress, SLUG, NULL, 0, NULL),
			 0);
	update("wrap.rs", new_wrap);
	refresh(false);
	holds("wrap.rs", "mine");
	assert_false(was_said(NEWS));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SESSION_TEST(test_nothing_changed),
		SESSION_TEST(test_given),
		SESSION_TEST(test_given_edited),
		SESSION_TEST(test_starter_unedited),
		SESSION_TEST(test_starter_edited),
		SESSION_TEST(test_list_grew),
		SESSION_TEST(test_list_shrank),
		SESSION_TEST(test_changed_sides),
		SESSION_TEST(test_unknown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
