/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tmp_fixture.h"
#include "lesson_fixture.h"
#include "session_fixture.h"

#include "checker/hash.h"
#include "shell/fileset.h"
#include "shell/put-back.h"
#include "shell/version.h"

#include <time.h>

#define WORK "work/" SLUG

static void fill(struct fileset *f, const char *name, const char *text)
{
	struct buf *b = fileset_add(f, name);

	assert_non_null(b);
	buf_adds(b, text);
}

static void holds(const char *name, const char *text)
{
	struct buf b = BUF_INIT;

	assert_int_equal(buf_read_file(&b, in_tmp(name), 1 << 20, NULL), 0);
	assert_string_equal(buf_str(&b), text);
	buf_release(&b);
}

/* Keep one file of that text; its number. */
static unsigned keep(const char *text, const char *reason)
{
	struct fileset f = FILESET_INIT;
	struct err e = ERR_INIT;
	unsigned number = 0;
	int64_t id;

	fill(&f, "wrap.rs", text);
	if (version_keep(&session, SLUG, &f, reason, &id, &number, &e) < 0)
		fail_msg("%s %s", e.what, e.where);
	fileset_release(&f);
	return number;
}

static struct progress_version *rows;
static size_t nrows;

static void read_rows(void)
{
	struct err e = ERR_INIT;

	progress_versions_free(rows, nrows);
	if (progress_versions(session.progress, SLUG, &rows, &nrows, &e) < 0)
		fail_msg("%s %s", e.what, e.where);
}

static int drop(void **state)
{
	progress_versions_free(rows, nrows);
	rows = NULL;
	nrows = 0;
	return drop_session(state);
}

/* ---- the archive ---- */

static void test_canonical(void **state)
{
	struct fileset a = FILESET_INIT, b = FILESET_INIT, c = FILESET_INIT;
	struct buf one = BUF_INIT, two = BUF_INIT;

	fill(&a, "b.rs", "two\n");
	fill(&a, "a.c", "one\n");
	fill(&a, "sub/a.h", "");
	fill(&b, "sub/a.h", "");
	fill(&b, "a.c", "one\n");
	fill(&b, "b.rs", "two\n");
	assert_int_equal(fileset_pack(&a, &one, NULL), 0);
	/* Were there a time in it, it would be another one now. */
	nanosleep(&(struct timespec){.tv_sec = 1, .tv_nsec = 50000000}, NULL);
	assert_int_equal(fileset_pack(&b, &two, NULL), 0);
	assert_int_equal(one.len, two.len);
	assert_memory_equal(one.data, two.data, one.len);

	assert_int_equal(fileset_unpack(&c, &one, NULL), 0);
	assert_true(fileset_same(&a, &c));
	assert_string_equal(c.v[0].name, "a.c");
	buf_adds(&c.v[0].text, "more\n");
	assert_false(fileset_same(&a, &c));
	buf_release(&one);
	buf_release(&two);
	fileset_release(&a);
	fileset_release(&b);
	fileset_release(&c);
}

static void test_not_text(void **state)
{
	static const char bytes[] = "\0\377\0x";
	struct fileset a = FILESET_INIT, b = FILESET_INIT;
	struct buf tar = BUF_INIT;

	buf_add(fileset_add(&a, "binary"), bytes, 4);
	buf_add(fileset_add(&a, "empty"), "", 0);
	assert_int_equal(fileset_pack(&a, &tar, NULL), 0);
	assert_int_equal(fileset_unpack(&b, &tar, NULL), 0);
	assert_int_equal(b.v[0].text.len, 4);
	assert_memory_equal(b.v[0].text.data, bytes, 4);
	assert_int_equal(b.v[1].text.len, 0);
	buf_release(&tar);
	fileset_release(&a);
	fileset_release(&b);
}

/* ---- rows and files ---- */

static void test_dedupe(void **state)
{
	assert_int_equal(keep("one", "check"), 1);
	assert_int_equal(keep("one", "check"), 1);
	/* The reason of the first one stays. */
	assert_int_equal(keep("one", "reset"), 1);
	assert_int_equal(keep("two", "check"), 2);
	/* What is there under any number is found under that. */
	assert_int_equal(keep("one", "restore"), 1);
	/* But checks stand in their order. */
	assert_int_equal(keep("one", "check"), 3);
	assert_int_equal(count_entries(in_tmp("state/versions/" SLUG)), 2);
	read_rows();
	assert_int_equal(nrows, 3);
	assert_string_equal(rows[0].reason, "check");
	assert_string_equal(rows[0].hash, rows[2].hash);
	assert_string_not_equal(rows[0].hash, rows[1].hash);
	assert_int_equal(rows[2].number, 3);
	assert_int_equal(rows[2].checks, 0);
	assert_null(rows[2].verdict);
}

/* The name is what sha256sum says of the file. */
static void test_named_by_hash(void **state)
{
	char path[256], hex[HASH_HEX_LEN + 1];

	keep("one", "check");
	read_rows();
	snprintf(path, sizeof(path), "state/versions/" SLUG "/%s.tar",
		 rows[0].hash);
	assert_int_equal(hash_hex_file(in_tmp(path), hex, NULL), 0);
	assert_string_equal(hex, rows[0].hash);
}

static void test_other_lesson(void **state)
{
	struct fileset f = FILESET_INIT;
	unsigned number;
	int64_t id;

	keep("one", "check");
	fill(&f, "wrap.rs", "one");
	assert_int_equal(version_keep(&session, "other", &f, "check", &id,
				      &number, NULL), 0);
	assert_int_equal(number, 1);
	assert_int_equal(id, 2);
	fileset_release(&f);
}

static void test_load(void **state)
{
	struct fileset f = FILESET_INIT;

	keep("one", "check");
	keep("two", "check");
	read_rows();
	assert_int_equal(version_load(&session, SLUG, rows[0].hash, &f, NULL),
			 0);
	assert_int_equal(f.n, 1);
	assert_string_equal(buf_str(&f.v[0].text), "one");
	fileset_release(&f);
}

static const char *archive(size_t i)
{
	char path[256];

	snprintf(path, sizeof(path), "state/versions/" SLUG "/%s.tar",
		 rows[i].hash);
	return in_tmp(path);
}

static void cannot_load(const char *why)
{
	struct fileset f = FILESET_INIT;
	struct err e = ERR_INIT;

	assert_int_equal(version_load(&session, SLUG, rows[0].hash, &f, &e),
			 -1);
	assert_int_equal(e.code, ERR_ENV);
	assert_non_null(strstr(e.what, why));
	assert_string_equal(e.where, archive(0));
	assert_int_equal(f.n, 0);
}

static void test_damaged(void **state)
{
	struct fileset f = FILESET_INIT;
	FILE *file;

	keep("one", "check");
	read_rows();
	/* A tar file still, and of the same length. */
	file = fopen(archive(0), "r+");
	fseek(file, 512, SEEK_SET);
	fputs("0", file);
	fclose(file);
	cannot_load("damaged");
	/* Kept once more it is whole again. */
	assert_int_equal(keep("one", "check"), 1);
	assert_int_equal(version_load(&session, SLUG, rows[0].hash, &f, NULL),
			 0);
	fileset_release(&f);
	assert_int_equal(truncate(archive(0), 600), 0);
	cannot_load("damaged");
	unlink(archive(0));
	cannot_load("gone");
}

/* What a killed writer left goes, when it is old; all else stays. */
static void test_sweep(void **state)
{
	struct timespec old[2] = {{1000, 0}, {1000, 0}};
	char stale[128], fresh[128];

	keep("one", "check");
	snprintf(stale, sizeof(stale),
		 "state/versions/" SLUG "/.%064d.tar.kiln-abcdef", 1);
	snprintf(fresh, sizeof(fresh),
		 "state/versions/" SLUG "/.%064d.tar.kiln-abcdef", 2);
	put(stale, "");
	put(fresh, "");
	utimensat(AT_FDCWD, in_tmp(stale), old, 0);
	read_rows();
	utimensat(AT_FDCWD, archive(0), old, 0);
	keep("two", "check");
	assert_false(exists(in_tmp(stale)));
	assert_true(exists(in_tmp(fresh)));
	assert_true(exists(archive(0)));
}

/* ---- attempts ---- */

static void try(int64_t version, const char *verdict)
{
	struct attempt a = {
		.slug = SLUG,
		.verdict = verdict,
		.at = time(NULL),
		.ms = 1500,
		.earned = 2,
		.possible = 7,
		.seed = 1,
		.version = version,
	};

	assert_int_equal(progress_attempt(session.progress, &a, NULL), 0);
}

static void test_attempts(void **state)
{
	keep("one", "check");
	try(1, "fail");
	try(1, "crash");
	try(0, "timeout"); /* its files could not be kept */
	read_rows();
	assert_int_equal(nrows, 2);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(rows[i].ms, 1500);
		assert_int_equal(rows[i].possible, 7);
		if (rows[i].number == 0) {
			assert_string_equal(rows[i].verdict, "timeout");
			assert_null(rows[i].hash);
			continue;
		}
		assert_int_equal(rows[i].number, 1);
		assert_int_equal(rows[i].checks, 2);
		assert_string_equal(rows[i].verdict, "crash");
	}
}

static void test_solution_at(void **state)
{
	struct progress_lesson l;

	assert_int_equal(progress_solution(session.progress, SLUG, NULL), 0);
	assert_int_equal(progress_lesson(session.progress, SLUG, &l, NULL), 0);
	assert_true(l.solution_at > 0);
	assert_false(progress_saw_solution(&l));
	l.passed_at = l.solution_at + 1;
	assert_true(progress_saw_solution(&l));
	l.passed_at = l.solution_at - 1;
	assert_false(progress_saw_solution(&l));
	progress_lesson_release(&l);
}

/* ---- written over ---- */

static int back(const char *text, struct putting *p, struct err *e)
{
	struct fileset f = FILESET_INIT;
	int r;

	*p = (struct putting){
		.s = &session,
		.slug = SLUG,
		.reason = "restore",
		.edit = &lesson.spec.edit,
	};
	fill(&f, "wrap.rs", text);
	r = put_back(in_tmp(WORK), &f, version_put_away, p, e);
	fileset_release(&f);
	return r;
}

static void test_put_back(void **state)
{
	struct putting p;

	put(WORK "/wrap.rs", "mine");
	put(WORK "/notes", "not of the lesson");
	assert_int_equal(back("theirs", &p, NULL), 0);
	assert_int_equal(p.number, 1);
	assert_null(p.where);
	holds(WORK "/wrap.rs", "theirs");
	holds(WORK "/notes", "not of the lesson");
	version_tell(&p);
	assert_true(was_said("restore 1"));
	read_rows();
	assert_string_equal(rows[0].reason, "restore");

	/* Nothing is in the way: nothing is kept, nothing written. */
	assert_int_equal(back("theirs", &p, NULL), 1);
	assert_int_equal(p.number, 0);
	unlink(in_tmp(WORK "/wrap.rs"));
	assert_int_equal(back("theirs", &p, NULL), 0);
	assert_int_equal(p.number, 0);
	holds(WORK "/wrap.rs", "theirs");
}

/* A link that leads nowhere fits no archive, and is not lost either. */
static void test_odd(void **state)
{
	char target[16] = "", path[PATH_MAX + 32];
	struct putting p;

	assert_int_equal(symlink("nowhere", in_tmp(WORK "/wrap.rs")), 0);
	assert_int_equal(back("theirs", &p, NULL), 0);
	assert_int_equal(p.number, 0);
	assert_non_null(p.where);
	snprintf(path, sizeof(path), "%s/wrap.rs", p.where);
	assert_int_equal(readlink(path, target, 15), 7);
	assert_string_equal(target, "nowhere");
	putting_release(&p);
	holds(WORK "/wrap.rs", "theirs");
}

static void test_cannot_keep(void **state)
{
	struct err e = ERR_INIT;
	struct putting p;

	/* A file where the folder of archives has to be. */
	put("state/versions", "");
	put(WORK "/wrap.rs", "mine");
	assert_int_equal(back("theirs", &p, &e), -1);
	assert_int_equal(e.code, ERR_ENV);
	holds(WORK "/wrap.rs", "mine");
	unlink(in_tmp("state/versions"));
}

/* What is behind a link out of the folder is in no version. */
static void test_link_out(void **state)
{
	struct fileset f = FILESET_INIT;
	struct strv odd = STRV_INIT;
	char target[PATH_MAX] = "", path[PATH_MAX + 32];
	struct putting p;

	put("secret", "theirs");
	assert_int_equal(symlink(in_tmp("secret"), in_tmp(WORK "/wrap.rs")),
			 0);
	assert_int_equal(fileset_read(&f, in_tmp(WORK), &lesson.spec.edit,
				      &odd, NULL), 0);
	assert_int_equal(f.n, 0);
	assert_true(strv_has(&odd, "wrap.rs"));
	assert_int_equal(version_checked(&session, SLUG, in_tmp(WORK),
					 &lesson.spec.edit), 0);
	/* Though it reads the same, it is no file of the learner's. */
	assert_int_equal(back("theirs", &p, NULL), 0);
	assert_int_equal(p.number, 0);
	assert_non_null(p.where);
	snprintf(path, sizeof(path), "%s/wrap.rs", p.where);
	assert_true(readlink(path, target, sizeof(target) - 1) > 0);
	assert_string_equal(target, in_tmp("secret"));
	putting_release(&p);
	holds("secret", "theirs");
	fileset_release(&f);
	strv_release(&odd);
}

static void test_folder(void **state)
{
	char path[PATH_MAX + 32];
	struct putting p;

	mkdir(in_tmp(WORK "/wrap.rs"), 0755);
	assert_int_equal(back("theirs", &p, NULL), 0);
	assert_non_null(p.where);
	snprintf(path, sizeof(path), "%s/wrap.rs/", p.where);
	assert_int_equal(access(path, F_OK), 0);
	holds(WORK "/wrap.rs", "theirs");
	putting_release(&p);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, make_session, drop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_canonical),	TEST(test_not_text),
		TEST(test_dedupe),	TEST(test_named_by_hash),
		TEST(test_other_lesson), TEST(test_load),
		TEST(test_damaged),	TEST(test_sweep),
		TEST(test_attempts),	TEST(test_solution_at),
		TEST(test_put_back),	TEST(test_odd),
		TEST(test_cannot_keep),	TEST(test_link_out),
		TEST(test_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
