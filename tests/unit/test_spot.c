/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where to go on in a lesson: what a check named, a TODO, or by name. */
#include "checker/buf.h"
#include "checker/err.h"
#include "checker/store.h"
#include "checker/verdict.h"
#include "shell/lesson.h"
#include "shell/session.h"
#include "shell/spot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unistd.h>

#include <cmocka.h>

static char root[64], dir[100];
static struct session s;
static struct lesson l;

static void put(const char *name, const char *text)
{
	struct buf path = BUF_INIT;
	struct buf b = BUF_INIT;

	buf_addf(&path, "%s/%s", root, name);
	buf_adds(&b, text);
	assert_int_equal(buf_write_file(&b, buf_str(&path), 0600, NULL), 0);
	buf_release(&path);
	buf_release(&b);
}

static int setup(void **state)
{
	char logs[100];

	snprintf(root, sizeof(root), "/tmp/kiln-spot-XXXXXX");
	if (!mkdtemp(root))
		return -1;
	snprintf(dir, sizeof(dir), "%s/work", root);
	snprintf(logs, sizeof(logs), "%s/logs", root);
	s = (struct session){
		.store = {.state = root, .work = dir, .linux_dir = root}};
	l = (struct lesson){.spec = {.id = (char *)"1.2", .slug = (char *)"x"}};
	strv_add(&l.spec.edit, "a.rs");
	strv_add(&l.spec.edit, "b.rs");
	strv_add(&l.spec.given, "given.c");
	return make_dirs(dir, NULL) < 0 || make_dirs(logs, NULL) < 0 ? -1 : 0;
}

static int teardown(void **state)
{
	strv_release(&l.spec.edit);
	strv_release(&l.spec.given);
	return remove_tree(root, NULL);
}

static void assert_next(const char *name, unsigned line, enum spot_why why)
{
	struct spot p;
	char path[200];

	assert_int_equal(spot_next(&p, &s, &l, dir, NULL), 0);
	assert_string_equal(p.name, name);
	snprintf(path, sizeof(path), "%s/%s", dir, name);
	assert_string_equal(p.path, path);
	assert_int_equal(p.line, line);
	assert_int_equal(p.why, why);
	spot_release(&p);
}

static void test_next(void **state)
{
	struct err e = ERR_INIT;
	struct spot p;

	assert_int_equal(spot_next(&p, &s, &l, dir, &e), -1);
	assert_int_equal(e.code, ERR_USAGE);
	assert_non_null(strstr(e.next, "start 1.2"));
	put("work/b.rs", "one\ntwo\n// TODO: three\n// TODO\n");
	assert_next("b.rs", 3, SPOT_TODO);
	put("work/a.rs", "nothing to do\n");
	assert_next("b.rs", 3, SPOT_TODO);
	put("work/b.rs", "done\n");
	assert_next("a.rs", 0, SPOT_FIRST);
}

static void test_last_check(void **state)
{
	put("work/a.rs", "// TODO\n");
	put("work/b.rs", "x\n");
	put("work/given.c", "x\n");
	/* The kernel's and the lesson's files are not the learner's. */
	put("logs/x.place", "/kiln/src/rust/kernel/lib.rs:4\ngiven.c:2\n"
			    "nonsense\nb.rs:0\nb.rs:7x\n:3\nb.rs:17\na.rs:1\n");
	assert_next("b.rs", 17, SPOT_CHECK);
	put("logs/x.place", "");
	assert_next("a.rs", 1, SPOT_TODO);
	put("logs/x.place", "a.rs:99999999999999999999\na.rs:5");
	assert_next("a.rs", 5, SPOT_CHECK);
	spot_forget(&s, "x");
	assert_next("a.rs", 1, SPOT_TODO);
}

static void assert_find(const char *word, const char *name, unsigned line)
{
	struct spot p;

	assert_int_equal(spot_find(&p, &s, &l, dir, word, NULL), 0);
	assert_string_equal(p.name, name);
	assert_int_equal(p.line, line);
	assert_int_equal(p.why, SPOT_ASKED);
	spot_release(&p);
}

static void test_find(void **state)
{
	char absolute[200], kernel[200];
	struct err e = ERR_INIT;
	struct spot p;

	put("work/a.rs", "x\n");
	put("work/odd:7", "x\n");
	assert_find("a.rs", "a.rs", 0);
	assert_find("a.rs:12", "a.rs", 12);
	assert_find("a.rs:12:3", "a.rs", 12);
	assert_find("odd:7", "odd:7", 0);
	assert_find("odd:7:2", "odd:7", 2);
	snprintf(absolute, sizeof(absolute), "%s/a.rs", dir);
	assert_find(absolute, "a.rs", 0);
	snprintf(kernel, sizeof(kernel), "%s/src/rust", root);
	make_dirs(kernel, NULL);
	put("src/rust/k.rs", "x\n");
	snprintf(kernel, sizeof(kernel), "%s/src/rust/k.rs", root);
	assert_find("rust/k.rs:3", kernel, 3);
	assert_int_equal(spot_find(&p, &s, &l, dir, "b.sr", &e), -1);
	assert_int_equal(e.code, ERR_USAGE);
	assert_non_null(strstr(e.next, "'b.rs'"));
	assert_int_equal(spot_find(&p, &s, &l, dir, "../../etc", &e), -1);
	/* Nothing of anybody else's, by whatever name. */
	assert_int_equal(spot_find(&p, &s, &l, dir, "/etc/passwd", &e), -1);
	assert_int_equal(e.code, ERR_USAGE);
	put("outside", "x\n");
	assert_int_equal(spot_find(&p, &s, &l, dir, "../outside", &e), -1);
	snprintf(absolute, sizeof(absolute), "%s/link", dir);
	assert_int_equal(symlink("../outside", absolute), 0);
	assert_int_equal(spot_find(&p, &s, &l, dir, "link", &e), -1);
	assert_int_equal(spot_find(&p, &s, &l, dir, absolute, &e), -1);
}

static void test_places(void **state)
{
	struct diag diags[] = {
		{.level = DIAG_ERROR, .file = NULL, .line = 3},
		{.level = DIAG_WARNING, .file = (char *)"w.rs", .line = 9},
		{.level = DIAG_ERROR, .file = (char *)"e.rs", .line = 2},
	};
	struct finding_site sites[] = {{.file = (char *)"s.c", .line = 8},
				       {.file = NULL}};
	struct finding found = {.file = (char *)"mm/slub.c",
				.line = 5,
				.sites = sites,
				.nsites = 2};
	struct verdict v = {.outcome = OUTCOME_CRASH,
			    .diags = diags,
			    .ndiags = 3,
			    .findings = &found,
			    .nfindings = 1};
	struct buf b = BUF_INIT;

	spot_add_places(&b, &v);
	assert_string_equal(buf_str(&b),
			    "e.rs:2\nmm/slub.c:5\ns.c:8\nw.rs:9\n");
	buf_clear(&b);
	v.outcome = OUTCOME_PASS;
	spot_add_places(&b, &v);
	assert_int_equal(b.len, 0);
	buf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_next, setup, teardown),
		cmocka_unit_test_setup_teardown(test_last_check, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_find, setup, teardown),
		cmocka_unit_test(test_places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
