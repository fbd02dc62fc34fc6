/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sandbox.h"
#include "err.h"
#include "store.h"

#include <errno.h>

static int add_all(struct strv *argv, const char *const *words)
{
	for (; *words; words++)
		if (strv_add(argv, *words) < 0)
			return -1;
	return 0;
}

static int add_bind(struct strv *argv, const struct sandbox_bind *b)
{
	const char *words[] = {b->writable ? "--bind" : "--ro-bind", b->from,
			       b->to, NULL};

	return add_all(argv, words);
}

int sandbox_argv(struct strv *argv, const struct store *s,
		 const struct sandbox_bind *binds, size_t nbinds,
		 const char *chdir, struct err *e)
{
	const char *const base[] = {
		"bwrap", "--unshare-all", "--die-with-parent",
		"--new-session", "--ro-bind", s->toolroot, "/",
		"--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp",
		"--clearenv", "--setenv", "PATH", "/usr/bin:/usr/sbin",
		"--setenv", "HOME", "/tmp", "--setenv", "LC_ALL", "C.UTF-8",
		NULL};
	const char *const end[] = {"--chdir", chdir, "--", NULL};
	int ret = add_all(argv, base);

	if (ret == 0)
		ret = strv_add(argv, "--ro-bind");
	if (ret == 0)
		ret = strv_addf(argv, "%s/src", s->linux_dir);
	if (ret == 0)
		ret = strv_add(argv, "/kiln/src");
	if (ret == 0)
		ret = strv_add(argv, "--ro-bind");
	if (ret == 0)
		ret = strv_addf(argv, "%s/build", s->linux_dir);
	if (ret == 0)
		ret = strv_add(argv, "/kiln/build");
	for (size_t i = 0; ret == 0 && i < nbinds; i++)
		ret = add_bind(argv, &binds[i]);
	if (ret == 0)
		ret = add_all(argv, end);
	if (ret < 0)
		err_set(e, ERR_ENV, ENOMEM, "cannot prepare a command");
	return ret;
}
