/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What `make -n` prints, taken apart. */
#include "checker/kbuild-commands.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* As make 4.3 prints it for Linux 7.3, made short. */
static const char printed[] =
	"make  -C /tmp/module \\\n"
	"-f /kiln/src/Makefile modules\n"
	"if [ -z \"\" ] && [ \"clang\" != \"clang\" ]; then \\\n"
	"\techo >&2 \"warning: clang -c differs\"; \\\n"
	"fi\n"
	"set -e; exec >/dev/null;   trap 'rm -f a.o; trap - HUP; kill -s HUP "
	"$$' HUP; clang -Wp,-MMD,./.a.o.d -nostdinc -I/kiln/src/include "
	"-DKBUILD_BASENAME='\"a\"' -DX=\"two words\" -DY=\\;  -c -o a.o a.c   "
	"; /kiln/build/tools/objtool/objtool --module a.o; "
	"/kiln/build/scripts/basic/fixdep ./.a.o.d a.o 'clang -c -o a.o a.c'\n"
	":\n"
	"set -e; exec >/dev/null; OBJTREE=/kiln/build RUST_MODFILE=./m "
	"clippy-driver --edition=2021 --cfg MODULE "
	"@/kiln/build/include/generated/rustc_cfg "
	"-Zcrate-attr='feature(a,b)' --emit=dep-info=./.b.o.d "
	"--emit=obj=sub/b.o sub/b.rs   ; true\n"
	"ld.lld -r -o m.o @m.mod ; printf '%s\\n' 'clang'\n"
	"clang -E - ; clang -c -o /x.o /kiln/src/x.c ; clang -c";

static void test_commands(void **state)
{
	static const char *const want[] = {"clang",
					   "-nostdinc",
					   "-I/kiln/src/include",
					   "-DKBUILD_BASENAME=\"a\"",
					   "-DX=two words",
					   "-DY=;",
					   "-c",
					   "-o",
					   "a.o",
					   "a.c"};
	struct kbuild_commands c;

	assert_int_equal(kbuild_commands_read(&c, printed, sizeof(printed) - 1),
			 0);
	assert_int_equal(c.n, 2);
	assert_false(c.v[0].rust);
	assert_string_equal(c.v[0].file, "a.c");
	assert_int_equal(c.v[0].argv.n, 10);
	for (size_t i = 0; i < 10; i++)
		assert_string_equal(c.v[0].argv.v[i], want[i]);
	assert_int_equal(c.v[0].env.n, 0);
	assert_true(c.v[1].rust);
	assert_string_equal(c.v[1].file, "sub/b.rs");
	assert_int_equal(c.v[1].env.n, 2);
	assert_string_equal(c.v[1].env.v[0], "OBJTREE=/kiln/build");
	assert_true(strv_has(&c.v[1].argv, "-Zcrate-attr=feature(a,b)"));
	assert_false(strv_has(&c.v[1].argv, "--emit=dep-info=./.b.o.d"));
	kbuild_commands_release(&c);
}

/* Whatever make was cut off in. */
static void test_any_end(void **state)
{
	for (size_t len = 0; len < sizeof(printed); len++) {
		struct kbuild_commands c;

		assert_int_equal(kbuild_commands_read(&c, printed, len), 0);
		assert_true(c.n <= 2);
		kbuild_commands_release(&c);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_commands),
		cmocka_unit_test(test_any_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
