/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The advice on what real builds print: tests/golden-build/NAME has what was
 * built (by tests/golden-build/record), what the build printed as `output`,
 * and as `expect` the records of it, each with the advice that it gets.
 * GOLDEN_BUILD_WRITE=1 writes the `expect` of those that have none: look at
 * it.
 */
#include "checker/buf.h"
#include "checker/diag-advice-int.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define GOLDEN "tests/golden-build/"

struct parsed {
	struct diag *d;
	size_t n;
};

static void read_whole(struct buf *b, const char *path)
{
	if (buf_read_file(b, path, 1 << 20, NULL) < 0)
		fail_msg("cannot read %s", path);
}

static struct parsed parse(const char *path)
{
	struct parsed p = {NULL, 0};
	struct buf b = BUF_INIT;

	read_whole(&b, path);
	assert_int_equal(
		diag_parse(&p.d, &p.n, buf_str(&b), b.len, "/kiln/work"), 0);
	buf_release(&b);
	return p;
}

/* "x.rs:12: error: MESSAGE", and the advice below it. */
static void describe(struct buf *b, const struct diag *d)
{
	static const char *const levels[] = {"error", "warning", "note"};
	const char *advice = diag_advice(d);

	buf_addf(b, "%s", d->file ? d->file : "-");
	if (d->line)
		buf_addf(b, ":%u", d->line);
	buf_addf(b, ": %s: %.120s\n", levels[d->level], d->message);
	if (advice)
		buf_addf(b, "    %s\n", advice);
}

static void each_folder(void (*fn)(const char *name))
{
	glob_t g;
	char name[128];

	assert_int_equal(glob(GOLDEN "*/Makefile", 0, NULL, &g), 0);
	assert_true(g.gl_pathc >= 45);
	for (size_t i = 0; i < g.gl_pathc; i++) {
		const char *s = g.gl_pathv[i] + strlen(GOLDEN);

		snprintf(name, sizeof(name), "%.*s", (int)strcspn(s, "/"), s);
		fn(name);
	}
	globfree(&g);
}

static void check_folder(const char *name)
{
	struct buf want = BUF_INIT, got = BUF_INIT;
	char path[256];
	struct parsed p;

	snprintf(path, sizeof(path), GOLDEN "%s/output", name);
	p = parse(path);
	for (size_t i = 0; i < p.n; i++)
		describe(&got, &p.d[i]);
	snprintf(path, sizeof(path), GOLDEN "%s/expect", name);
	if (getenv("GOLDEN_BUILD_WRITE") && access(path, F_OK) != 0)
		assert_int_equal(buf_write_file(&got, path, 0644, NULL), 0);
	read_whole(&want, path);
	if (strcmp(buf_str(&want), buf_str(&got)) != 0)
		fail_msg("%s:\n%s---- now:\n%s", path, buf_str(&want),
			 buf_str(&got));
	diag_free(p.d, p.n);
	buf_release(&want);
	buf_release(&got);
}

static void every_build_gets_its_advice(void **state)
{
	each_folder(check_folder);
}

/* Is there a report on @place with advice that says @says? */
static bool is_advised(const char *name, const char *place, const char *says)
{
	char path[256], at[256];
	bool found = false;
	struct parsed p;

	snprintf(path, sizeof(path), GOLDEN "%s/output", name);
	p = parse(path);
	for (size_t i = 0; i < p.n; i++) {
		const char *advice = diag_advice(&p.d[i]);

		snprintf(at, sizeof(at), "%s:%u",
			 p.d[i].file ? p.d[i].file : "-", p.d[i].line);
		found |= advice && strcmp(at, place) == 0 &&
			 strstr(advice, says);
	}
	diag_free(p.d, p.n);
	return found;
}

static void the_advice_is_right(void **state)
{
	static const struct {
		const char *name, *place, *says;
	} want[] = {
		{"build-assert", "x.ko:0", "settled at build time"},
		{"duplicate-init", "x_main.c:5", "one entry"},
		{"duplicate-symbol", "a.c:7", "static"},
		{"no-licence", "x.ko:0", "MODULE_LICENSE(\"GPL\")"},
		{"gpl-only", "x.ko:0", "GPL-compatible"},
		{"gpl-only-rust", "x.ko:0", "all of the kernel's Rust"},
		{"same-stem", "m.ko:0", "a_rs.rs"},
		{"no-comma", "x.rs:7", "ends with a comma"},
		{"missing-field", "x.rs:8", "type, name and license"},
		{"unknown-field", "x.rs:10", "no field of that name"},
		{"no-log-prefix", "x_rs.rs:10", "const __LOG_PREFIX"},
		{"improper-ctypes", "x.rs:16", "pointer and a length"},
		{"improper-ctypes-struct", "x.rs:21", "#[repr(C)]"},
		{"question-mark-error", "x.rs:29", "map_err(|_| EINVAL)"},
		{"two-types", "x.rs:31", "kernel::bindings everywhere"},
		{"minus-errno", "x.rs:16", "n == 0"},
		{"minus-errno", "x.rs:17", "Err(EINVAL)"},
		{"question-mark-unit", "x.rs:16", "Ok(())"},
		{"question-mark-option", "x.rs:20", ".ok_or(ENOENT)"},
		{"no-binding", "x.rs:21", "misspelt"},
		{"inline-binding", "x.rs:21", "static inline"},
		{"inline-extern", "x.ko:0", "static inline"},
		{"not-exported", "use.ko:0", "EXPORT_SYMBOL_GPL()"},
		{"undefined", "x.ko:0", "Check its spelling"},
		{"rust-symbol", "x.ko:0", "mangled name"},
		{"helper", "x.ko:0", "rust_helper_NAME"},
		{"pin-init-missing", "x.rs:27", "every field"},
		{"pin-init-no-pin", "x.rs:27", "Put #[pin] before"},
		{"pin-init-arrow", "x.rs:28", "field <- initialiser"},
		{"pin-init-box", "x.rs:20", "KBox::pin_init("},
		{"pin-data", "x.rs:24", "#[pin_data] before"},
		{"no-safety-comment", "x.rs:20", "// SAFETY:"},
		{"no-unsafe", "x.rs:20", "unsafe { }"},
		{"std", "x.rs:6", "KVec and KBox"},
		{"std-path", "x.rs:19", "has no std"},
		{"println", "x.rs:19", "pr_info!"},
		{"alloc-flags", "x.rs:20", "GFP_ATOMIC"},
		{"export", "x.rs:17", "#[no_mangle]"},
		{"crate", "x.rs:15", "no cargo"},
		{"display", "x.rs:19", "{:?}"},
		{"not-sync", "x.rs:16", "global_lock!"},
		{"not-send", "x.rs:19", "unsafe impl Send"},
		{"static-mut", "x.rs:22", "atomic"},
		{"ffi-types", "x.rs:22", "try_into()"},
		{"unused-result", "x.rs:20", "Hand the error on"},
		{"undeclared", "x.c:6", "<linux/slab.h>"},
		{"libc", "x.c:3", "without the C library"},
		{"float", "x.ko:0", "float or double"},
		{"large-frame", "x.c:8", "16 KiB"},
		{"no-prototype", "x.c:4", "declaration in a header"},
		{"no-rule", "-:0", "to make it from"},
		{"namespace", "x.ko:0", "MODULE_IMPORT_NS"},
		{"section", "x.ko:0", "marked __init"},
	};

	for (size_t i = 0; i < sizeof(want) / sizeof(*want); i++)
		if (!is_advised(want[i].name, want[i].place, want[i].says))
			fail_msg("%s: nothing at %s says \"%s\"", want[i].name,
				 want[i].place, want[i].says);
}

/* Does any output in these files bring this advice up? */
static bool is_given(const char *pattern, const struct advice *a)
{
	bool given = false;
	glob_t g;

	assert_int_equal(glob(pattern, 0, NULL, &g), 0);
	for (size_t i = 0; i < g.gl_pathc && !given; i++) {
		struct parsed p = parse(g.gl_pathv[i]);

		for (size_t j = 0; j < p.n; j++) {
			const char *s = diag_advice(&p.d[j]);

			given |= s && strcmp(s, a->advice) == 0;
		}
		diag_free(p.d, p.n);
	}
	globfree(&g);
	return given;
}

static void check_given(const struct advices *all)
{
	for (size_t i = 0; i < all->n; i++)
		if (!is_given(GOLDEN "*/output", &all->v[i]) &&
		    !is_given("tests/unit/data/diag/*.txt", &all->v[i]))
			fail_msg("no build gets this: %s", all->v[i].message);
}

static void every_advice_is_given(void **state)
{
	check_given(&advices_rust);
	check_given(&advices_c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_build_gets_its_advice),
		cmocka_unit_test(the_advice_is_right),
		cmocka_unit_test(every_advice_is_given),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
