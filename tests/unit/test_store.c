/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where things live, and the keys. */
#include "tmp_fixture.h"

#include "checker/err.h"
#include "checker/store.h"

#include <pwd.h>
#include <sys/utsname.h>

static const char *const vars[] = {
	"KILN_HOME",	     "KILN_WORK",      "KILN_DATA",
	"KILN_LINUX_SOURCE", "XDG_CACHE_HOME", "XDG_STATE_HOME",
};

/* A data folder as Kiln ships it, small; HOME beside it; nothing else. */
static int make_data(void **state)
{
	make_tmp(state);
	for (size_t i = 0; i < sizeof(vars) / sizeof(vars[0]); i++)
		unsetenv(vars[i]);
	make_dirs(in_tmp("data/lessons"), NULL);
	make_dirs(in_tmp("data/kernels/toolroot"), NULL);
	make_dirs(in_tmp("data/kernels/linux"), NULL);
	make_dirs(in_tmp("home"), NULL);
	put("data/kernels/toolroot/packages", "rustc\nclang\n");
	put("data/kernels/toolroot/dpkg.cfg", "path-exclude=/usr/share/doc\n");
	put("data/kernels/toolroot/make", "#!/bin/sh\n");
	put("data/kernels/linux/series", "7.3\n");
	put("data/kernels/linux/make", "#!/bin/sh\n");
	put("data/kernels/linux/10-machine.config", "CONFIG_RUST=y\n");
	put("data/kernels/linux/20-lessons.config", "CONFIG_KUNIT=y\n");
	setenv("KILN_DATA", in_tmp("data"), 1);
	setenv("HOME", in_tmp("home"), 1);
	return 0;
}

#define STORE_TEST(name)                                                       \
	cmocka_unit_test_setup_teardown(name, make_data, drop_tmp)

static struct store opened(void)
{
	struct err e = ERR_INIT;
	struct store s;

	if (store_open(&s, &e) < 0)
		fail_msg("%s [%s] %s", e.what, e.where, e.next);
	return s;
}

/* It must fail; says what the error is, and that it is of the machine. */
static struct err refused(void)
{
	struct err e = ERR_INIT;
	struct store s;

	assert_int_equal(store_open(&s, &e), -1);
	assert_int_equal(e.code, ERR_ENV);
	assert_null(s.cache);
	assert_null(s.linux_key);
	assert_true(e.next[0] != '\0');
	return e;
}

static bool is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static void below_home(void **state)
{
	struct store s = opened();

	assert_string_equal(s.cache, in_tmp("home/.cache/kiln"));
	assert_string_equal(s.state, in_tmp("home/.local/state/kiln"));
	assert_string_equal(s.work, in_tmp("home/kiln"));
	assert_string_equal(s.data, in_tmp("data"));
	assert_true(is_folder(s.cache));
	assert_true(is_folder(s.state));
	assert_true(is_folder(s.work));
	store_release(&s);
	assert_null(s.cache);
	store_release(&s);
	store_release(NULL);
}

static void by_xdg(void **state)
{
	struct store s;

	setenv("XDG_CACHE_HOME", in_tmp("c"), 1);
	setenv("XDG_STATE_HOME", in_tmp("s"), 1);
	s = opened();
	assert_string_equal(s.cache, in_tmp("c/kiln"));
	assert_string_equal(s.state, in_tmp("s/kiln"));
	assert_string_equal(s.work, in_tmp("home/kiln"));
	store_release(&s);
	/* Empty is as good as not set. */
	setenv("XDG_CACHE_HOME", "", 1);
	s = opened();
	assert_string_equal(s.cache, in_tmp("home/.cache/kiln"));
	store_release(&s);
}

static void kiln_home_moves_all(void **state)
{
	struct store s;

	setenv("XDG_CACHE_HOME", in_tmp("c"), 1);
	setenv("KILN_HOME", in_tmp("k//"), 1);
	s = opened();
	assert_string_equal(s.cache, in_tmp("k/cache"));
	assert_string_equal(s.state, in_tmp("k/state"));
	assert_string_equal(s.work, in_tmp("k/work"));
	assert_false(exists(in_tmp("c")));
	assert_int_equal(count_entries(in_tmp("home")), 0);
	store_release(&s);
	setenv("KILN_WORK", in_tmp("mine"), 1);
	s = opened();
	assert_string_equal(s.cache, in_tmp("k/cache"));
	assert_string_equal(s.work, in_tmp("mine"));
	store_release(&s);
}

static void odd_home(void **state)
{
	struct store s;

	setenv("HOME", in_tmp("Zoë's Häuschen %s"), 1);
	s = opened();
	assert_string_equal(s.work, in_tmp("Zoë's Häuschen %s/kiln"));
	assert_true(is_folder(s.cache));
	store_release(&s);
}

static void no_home_variable(void **state)
{
	struct passwd *nobody = getpwuid(65534);
	char expected[PATH_MAX];
	struct store s;

	unsetenv("HOME");
	setenv("KILN_HOME", in_tmp("k"), 1);
	s = opened();
	assert_string_equal(s.cache, in_tmp("k/cache"));
	store_release(&s);
	unsetenv("KILN_HOME");
	if (getuid() != 0 || !nobody)
		skip();
	/* Somebody whose home, /nonexistent, cannot be made. */
	snprintf(expected, sizeof(expected), "%s/.cache/kiln", nobody->pw_dir);
	assert_int_equal(setresuid(65534, 65534, 0), 0);
	assert_string_equal(refused().where, expected);
	assert_int_equal(setresuid(0, 0, 0), 0);
}

static void relative_paths(void **state)
{
	static const char *const names[] = {"KILN_DATA", "KILN_HOME",
					    "KILN_WORK", "HOME",
					    "XDG_STATE_HOME"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char *old = getenv(names[i]) ? strdup(getenv(names[i])) : NULL;
		struct err e;

		setenv(names[i], "some/where", 1);
		e = refused();
		assert_non_null(strstr(e.what, names[i]));
		assert_non_null(strstr(e.where, "some/where"));
		assert_non_null(strstr(e.next, names[i]));
		if (old)
			setenv(names[i], old, 1);
		else
			unsetenv(names[i]);
		free(old);
	}
}

static void missing_home(void **state)
{
	struct err e;

	setenv("HOME", "/proc/nobody", 1);
	e = refused();
	assert_non_null(strstr(e.next, "KILN_HOME"));
	assert_string_equal(e.where, "/proc/nobody/.cache/kiln");
	setenv("HOME", in_tmp("home"), 1);
	setenv("KILN_WORK", "/proc/nobody", 1);
	e = refused();
	assert_non_null(strstr(e.next, "KILN_WORK"));
}

static void unwritable_home(void **state)
{
	struct err e;

	/* There, but not ours to write to; and not ours to make. */
	make_dirs(in_tmp("home/.cache/kiln"), NULL);
	chmod(in_tmp("home/.cache/kiln"), 0555);
	be_nobody();
	e = refused();
	be_us();
	assert_int_equal(e.errnum, EACCES);
	assert_non_null(strstr(e.next, "KILN_HOME"));
	assert_string_equal(e.where, in_tmp("home/.cache/kiln"));
	setenv("XDG_CACHE_HOME", in_tmp("home/.cache/kiln"), 1);
	be_nobody();
	e = refused();
	be_us();
	assert_non_null(strstr(e.next, "XDG_CACHE_HOME"));
}

static void keys_name_the_folders(void **state)
{
	struct store s = opened();
	char path[PATH_MAX];

	assert_int_equal(strlen(s.toolroot_key), 16);
	assert_int_equal(strspn(s.toolroot_key, "0123456789abcdef"), 16);
	assert_int_equal(strlen(s.linux_key), 16);
	assert_string_not_equal(s.toolroot_key, s.linux_key);
	snprintf(path, sizeof(path), "%s/toolroot-%s", s.cache, s.toolroot_key);
	assert_string_equal(s.toolroot, path);
	snprintf(path, sizeof(path), "%s/linux-%s", s.cache, s.linux_key);
	assert_string_equal(s.linux_dir, path);
	store_release(&s);
}

/*
 * Other bytes under the hash would rename everybody's toolroot and kernel,
 * and have them made again: the keys of this data, as sha256sum has them.
 */
static void keys_stay_as_they_are(void **state)
{
	struct utsname un;
	struct store s;

	if (uname(&un) < 0 || strcmp(un.machine, "x86_64") != 0)
		skip();
	s = opened();
	assert_string_equal(s.toolroot_key, "5f6bdaf1bc60479e");
	assert_string_equal(s.linux_key, "fe6cd6f336a034e2");
	store_release(&s);
}

/* What changed between two looks. */
enum {
	NOTHING = 0,
	TOOLROOT = 1,
	LINUX = 2,
};

static int changed_since(struct store *before)
{
	struct store now = opened();
	int changed = NOTHING;

	if (strcmp(before->toolroot_key, now.toolroot_key) != 0)
		changed |= TOOLROOT;
	if (strcmp(before->linux_key, now.linux_key) != 0)
		changed |= LINUX;
	store_release(before);
	*before = now;
	return changed;
}

static void keys_follow_content(void **state)
{
	struct store s = opened();

	assert_int_equal(changed_since(&s), NOTHING);
	put("data/kernels/linux/20-lessons.config", "CONFIG_KUNIT=m\n");
	assert_int_equal(changed_since(&s), LINUX);
	put("data/kernels/linux/20-lessons.config", "CONFIG_KUNIT=y\n");
	assert_int_equal(changed_since(&s), LINUX);
	put("data/kernels/linux/series", "7.4\n");
	assert_int_equal(changed_since(&s), LINUX);
	put("data/kernels/linux/make", "#!/bin/sh -e\n");
	assert_int_equal(changed_since(&s), LINUX);
	put("data/kernels/linux/30-strict.config", "");
	assert_int_equal(changed_since(&s), LINUX);
	rename(in_tmp("data/kernels/linux/30-strict.config"),
	       in_tmp("data/kernels/linux/05-strict.config"));
	assert_int_equal(changed_since(&s), LINUX);
	put("data/kernels/linux/README", "not a part");
	put("data/kernels/linux/.10-machine.config", "an editor's");
	assert_int_equal(changed_since(&s), NOTHING);
	put("data/kernels/toolroot/packages", "rustc\n");
	assert_int_equal(changed_since(&s), TOOLROOT | LINUX);
	put("data/kernels/toolroot/dpkg.cfg", "");
	assert_int_equal(changed_since(&s), TOOLROOT | LINUX);
	put("data/kernels/toolroot/make", "#!/bin/sh -eu\n");
	assert_int_equal(changed_since(&s), TOOLROOT | LINUX);
	store_release(&s);
}

/* Text that moves from one file to the next is a change. */
static void parts_are_kept_apart(void **state)
{
	struct store s;

	put("data/kernels/linux/10-machine.config", "AB");
	put("data/kernels/linux/20-lessons.config", "C");
	s = opened();
	put("data/kernels/linux/10-machine.config", "A");
	put("data/kernels/linux/20-lessons.config", "BC");
	assert_int_equal(changed_since(&s), LINUX);
	store_release(&s);
}

static void own_source(void **state)
{
	struct store s = opened();
	struct err e;

	put("linux.tar.xz", "one");
	setenv("KILN_LINUX_SOURCE", in_tmp("linux.tar.xz"), 1);
	assert_int_equal(changed_since(&s), LINUX);
	assert_int_equal(changed_since(&s), NOTHING);
	/* The same file by another name. */
	assert_int_equal(symlink("linux.tar.xz", in_tmp("link")), 0);
	setenv("KILN_LINUX_SOURCE", in_tmp("link"), 1);
	assert_int_equal(changed_since(&s), NOTHING);
	put("linux.tar.xz", "longer");
	assert_int_equal(changed_since(&s), LINUX);
	assert_int_equal(utimensat(AT_FDCWD, in_tmp("linux.tar.xz"),
				   (struct timespec[2]){{1, 0}, {1, 0}}, 0),
			 0);
	assert_int_equal(changed_since(&s), LINUX);
	assert_int_equal(utimensat(AT_FDCWD, in_tmp("linux.tar.xz"),
				   (struct timespec[2]){{2, 0}, {2, 0}}, 0),
			 0);
	assert_int_equal(changed_since(&s), LINUX);
	setenv("KILN_LINUX_SOURCE", in_tmp("gone"), 1);
	e = refused();
	assert_int_equal(e.errnum, ENOENT);
	assert_non_null(strstr(e.next, "KILN_LINUX_SOURCE"));
	assert_string_equal(e.where, in_tmp("gone"));
	setenv("KILN_LINUX_SOURCE", "linux.tar.xz", 1);
	refused();
	store_release(&s);
}

static void incomplete_data(void **state)
{
	static const char *const files[] = {
		"data/kernels/toolroot/packages",
		"data/kernels/toolroot/dpkg.cfg", "data/kernels/toolroot/make",
		"data/kernels/linux/series", "data/kernels/linux/make"};
	struct err e;

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		rename(in_tmp(files[i]), in_tmp("aside"));
		e = refused();
		assert_non_null(strstr(e.what, "data folder is incomplete"));
		assert_string_equal(e.where, in_tmp(files[i]));
		assert_non_null(strstr(e.next, in_tmp("data")));
		rename(in_tmp("aside"), in_tmp(files[i]));
	}
	unlink(in_tmp("data/kernels/linux/10-machine.config"));
	unlink(in_tmp("data/kernels/linux/20-lessons.config"));
	assert_non_null(strstr(refused().where, "*.config"));
	assert_int_equal(rmdir(in_tmp("data/lessons")), 0);
	assert_non_null(strstr(refused().where, in_tmp("data")));
	/* Without the variable it looks around the program, in vain. */
	unsetenv("KILN_DATA");
	if (!exists("/lessons"))
		assert_non_null(strstr(refused().next, "KILN_DATA"));
}

/* The test program itself, put where kiln would stand. */
static int copy_self(const char *to)
{
	char exe[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe) - 1);
	pid_t pid;
	int st = -1;

	exe[n > 0 ? n : 0] = '\0';
	pid = fork();
	if (pid == 0) {
		execlp("cp", "cp", exe, to, (char *)NULL);
		_exit(127);
	}
	return waitpid(pid, &st, 0) == pid ? st : -1;
}

static const char *found_from(const char *program)
{
	static char line[PATH_MAX];
	int ends[2], st;
	ssize_t n;
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	if (pid == 0) {
		dup2(ends[1], STDOUT_FILENO);
		execl(program, program, "print-data", (char *)NULL);
		_exit(127);
	}
	close(ends[1]);
	n = read(ends[0], line, sizeof(line) - 1);
	line[n > 0 ? n : 0] = '\0';
	close(ends[0]);
	assert_int_equal(waitpid(pid, &st, 0), pid);
	return line;
}

static void data_near_the_program(void **state)
{
	static const char *const dirs[] = {"data/build", "data/build/san",
					   "prefix/bin", "prefix/share"};

	unsetenv("KILN_DATA");
	for (size_t i = 0; i < 4; i++)
		make_dirs(in_tmp(dirs[i]), NULL);
	assert_int_equal(copy_self(in_tmp("data/build/kiln")), 0);
	assert_string_equal(found_from(in_tmp("data/build/kiln")),
			    in_tmp("data"));
	assert_int_equal(copy_self(in_tmp("data/build/san/kiln")), 0);
	assert_string_equal(found_from(in_tmp("data/build/san/kiln")),
			    in_tmp("data"));
	assert_int_equal(copy_self(in_tmp("prefix/bin/kiln")), 0);
	assert_int_equal(rename(in_tmp("data"), in_tmp("prefix/share/kiln")),
			 0);
	assert_string_equal(found_from(in_tmp("prefix/bin/kiln")),
			    in_tmp("prefix/share/kiln"));
}

static void whole_or_not(void **state)
{
	struct store s = opened();
	char stamp[PATH_MAX];

	assert_false(store_has_toolroot(&s));
	assert_false(store_has_linux(&s));
	make_dirs(s.toolroot, NULL);
	make_dirs(s.linux_dir, NULL);
	assert_false(store_has_toolroot(&s));
	snprintf(stamp, sizeof(stamp), "%s/" STORE_STAMP, s.toolroot);
	close(open(stamp, O_CREAT | O_WRONLY, 0644));
	assert_true(store_has_toolroot(&s));
	assert_false(store_has_linux(&s));
	snprintf(stamp, sizeof(stamp), "%s/" STORE_STAMP, s.linux_dir);
	close(open(stamp, O_CREAT | O_WRONLY, 0644));
	assert_true(store_has_linux(&s));
	store_release(&s);
}

/* As a copy of ourselves, for data_near_the_program. */
static int print_data(void)
{
	struct err e = ERR_INIT;
	struct store s;

	if (store_open(&s, &e) < 0)
		return 1;
	fputs(s.data, stdout);
	store_release(&s);
	return 0;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(below_home),
		STORE_TEST(by_xdg),
		STORE_TEST(kiln_home_moves_all),
		STORE_TEST(odd_home),
		STORE_TEST(no_home_variable),
		STORE_TEST(relative_paths),
		STORE_TEST(missing_home),
		STORE_TEST(unwritable_home),
		STORE_TEST(keys_name_the_folders),
		STORE_TEST(keys_stay_as_they_are),
		STORE_TEST(keys_follow_content),
		STORE_TEST(parts_are_kept_apart),
		STORE_TEST(own_source),
		STORE_TEST(incomplete_data),
		STORE_TEST(data_near_the_program),
		STORE_TEST(whole_or_not),
	};

	if (argc > 1 && strcmp(argv[1], "print-data") == 0)
		return print_data();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
