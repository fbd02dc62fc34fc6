/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What Kbuild leaves of each command, read back. */
#include "tmp_fixture.h"

#include "checker/abi-unit.h"

static void test_rust(void **state)
{
	struct abi_units u;

	put(".a.o.cmd",
	    "savedcmd_a.o := X=./a clippy-driver -Zf='a(b ; c)' -Cd=$$x "
	    "-e$(pound) --crate-type rlib --emit=obj=a.o a.rs   ; objtool "
	    "a.o\n\nsource_a.o := /k/.clippy.toml\n\n"
	    "deps_a.o := \\\n  a.rs \\\n    $(wildcard include/config/X) \\\n"
	    "  sub/b.rs \\\n  /k/libcore.rmeta \\\n  ../out.rs \\\n"
	    "\na.o: $(deps_a.o)\n");
	assert_int_equal(abi_units_read(&u, tmp, NULL), 0);
	assert_int_equal(u.n, 1);
	assert_int_equal(u.nrust, 1);
	assert_string_equal(u.v[0].object, "a.o");
	assert_string_equal(u.v[0].command,
			    "X=./a clippy-driver -Zf='a(b ; c)' -Cd=$x -e# "
			    "--crate-type rlib --emit=obj=a.o a.rs  ");
	assert_int_equal(u.v[0].files.n, 2);
	assert_string_equal(u.v[0].files.v[0], "a.rs");
	assert_string_equal(u.v[0].files.v[1], "sub/b.rs");
	abi_units_release(&u);
}

static void test_c(void **state)
{
	struct abi_units u;

	assert_int_equal(mkdir(in_tmp("sub"), 0755), 0);
	put("sub/.c.o.cmd", "savedcmd_sub/c.o := clang -g -c -o sub/c.o "
			    "sub/c.c\n\nsource_sub/c.o := sub/c.c\n\n"
			    "deps_sub/c.o := \\\n  sub/c.h \\\n\n");
	assert_int_equal(abi_units_read(&u, tmp, NULL), 0);
	assert_int_equal(u.n, 1);
	assert_int_equal(u.nrust, 0);
	assert_string_equal(u.v[0].object, "sub/c.o");
	assert_string_equal(u.v[0].files.v[0], "sub/c.c");
	assert_string_equal(u.v[0].files.v[1], "sub/c.h");
	abi_units_release(&u);
}

/* What was linked, what Kbuild adds, and what is not Kbuild's at all. */
static void test_others(void **state)
{
	struct abi_units u;

	put(".m.o.cmd", "savedcmd_m.o := ld.lld -r -o m.o @m.mod\n\n"
			"deps_m.o := \\\n\n");
	put(".m.mod.o.cmd", "savedcmd_m.mod.o := clang -c -o m.mod.o m.mod.c\n"
			    "\nsource_m.mod.o := m.mod.c\n\ndeps_m.mod.o := "
			    "\\\n\n");
	put("..module-common.o.cmd", "savedcmd_x := clang -c -o x x.c\n\n"
				     "deps_x := \\\n\n");
	put(".e.o.cmd", "");
	put(".n.o.cmd", "savedcmd_n.o := clang -c -o n.o n.c");
	put(".g.o.cmd", "deps_g.o := \\\n  g.c\nsavedcmd_g.o := -c -o \n");
	assert_int_equal(symlink("/dev/zero", in_tmp(".z.o.cmd")), 0);
	assert_int_equal(mkfifo(in_tmp(".f.o.cmd"), 0644), 0);
	assert_int_equal(abi_units_read(&u, tmp, NULL), 0);
	assert_int_equal(u.n, 0);
	abi_units_release(&u);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TMP_TEST(test_rust),
		TMP_TEST(test_c),
		TMP_TEST(test_others),
	};

	return cmocka_run_group_tests_name("abi-unit", tests, NULL, NULL);
}
