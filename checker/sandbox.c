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

int sandbox_run(struct proc_result *r, const struct sandbox_script *s,
		struct err *e)
{
	struct proc_spec spec = PROC_SPEC_INIT;
	struct strv argv = STRV_INIT;
	int ret = -1;

	*r = (struct proc_result)PROC_RESULT_INIT;
	if (sandbox_argv(&argv, s->store, s->binds, s->nbinds,
			 s->chdir ? s->chdir : "/", e) < 0)
		goto out;
	if (strv_add(&argv, "sh") < 0 || strv_add(&argv, "-c") < 0 ||
	    strv_add(&argv, s->lines) < 0) {
		err_set(e, ERR_ENV, ENOMEM, "cannot prepare a command");
		goto out;
	}
	spec.argv = (const char *const *)argv.v;
	spec.merge = true;
	spec.timeout_ms = s->timeout_ms;
	spec.out_max = s->out_max;
	spec.limits = s->limits;
	spec.nlimits = s->nlimits;
	spec.cancel_fd = s->cancel_fd;
	ret = proc_run(r, &spec, e);
out:
	strv_release(&argv);
	return ret;
}

int sandbox_do(const struct sandbox_script *s, const char *what,
	       struct err *e)
{
	struct proc_result r;
	int ret = sandbox_run(&r, s, e);

	if (ret == 0 && r.end == PROC_CANCELLED) {
		ret = err_set(e, ERR_CANCELLED, 0, "interrupted");
	} else if (ret == 0 && (r.end != PROC_EXITED || r.status != 0)) {
		err_set(e, ERR_ENV, 0, "%s", what);
		err_where(e, "%.400s", buf_str(&r.out));
		ret = err_next(e, "`kiln doctor` looks at what builds need; "
				  "`kiln setup --anew` makes all of it again");
	}
	proc_result_release(&r);
	return ret;
}
