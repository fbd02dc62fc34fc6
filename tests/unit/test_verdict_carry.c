/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A verdict that goes to another process, and is the same there. */
#include "checker/buf.h"
#include "checker/verdict-carry.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "verdict_fixture.h"

/* As JSON, which says most of it; the rest is looked at by hand. */
static char *as_json(const struct verdict *v)
{
	char *s = NULL;
	size_t n = 0;
	FILE *f = open_memstream(&s, &n);

	assert_non_null(f);
	assert_int_equal(verdict_json(v, f), 0);
	fclose(f);
	return s;
}

static void there_and_back(struct verdict *v)
{
	struct buf b = BUF_INIT;
	struct verdict got;
	char *before = as_json(v), *after;

	assert_int_equal(verdict_pack(&b, v), 0);
	assert_int_equal(verdict_unpack(&got, buf_str(&b), b.len), 0);
	after = as_json(&got);
	assert_string_equal(before, after);
	assert_int_equal(got.ndiags, v->ndiags);
	for (size_t i = 0; i < got.ndiags; i++) {
		assert_string_equal(got.diags[i].message, v->diags[i].message);
		assert_ptr_not_equal(got.diags[i].message, v->diags[i].message);
		assert_int_equal(got.diags[i].line, v->diags[i].line);
	}
	for (size_t i = 0; i < got.nfindings; i++)
		assert_int_equal(got.findings[i].nsites, v->findings[i].nsites);
	/* Cut anywhere it is nothing, and nothing leaks. */
	for (size_t n = 0; n < b.len; n += 7) {
		struct verdict cut;

		assert_int_equal(verdict_unpack(&cut, buf_str(&b), n), -1);
	}
	verdict_release(&got);
	verdict_release(v);
	buf_release(&b);
	free(before);
	free(after);
}

static void verdicts_travel(void **state)
{
	struct finding_site site = {
		.role = SITE_FRAME,
		.symbol = (char *)"fn+0x1/0x2 [m]",
		.line = 7,
	};
	struct verdict v;

	make_pass(&v);
	there_and_back(&v);
	make_no_checks(&v);
	there_and_back(&v);
	make_fail(&v);
	add_diag(&v, DIAG_ERROR, "E0308", "mismatched types");
	add_diag(&v, DIAG_WARNING, NULL, "unused");
	add_finding(&v, FINDING_KASAN, "slab-out-of-bounds", "a.c", 3, "So.");
	assert_int_equal(finding_add_site(&v.findings[0], &site), 0);
	v.build_output = long_text(300000);
	there_and_back(&v);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(verdicts_travel),
	};

	return cmocka_run_group_tests_name("verdict-carry", tests, NULL, NULL);
}
