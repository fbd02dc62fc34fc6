/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "abi-probe.h"
#include "abi-source.h"
#include "abi-unit.h"
#include "err.h"
#include "proc.h"
#include "sandbox.h"
#include "stage.h"
#include "store.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define COMPILE_MS 60000
#define OUTPUT_MAX ((size_t)1 << 20)

/*
 * The same command, so that the crate means the same; without the lints,
 * which have been heard, and without optimizing, for nobody runs it.
 */
#define INSTEAD "rustc"
#define FURTHER " --cap-lints=allow -Copt-level=0"

bool abi_probe_wants(const struct abi_unit *unit, const struct abi_probes *p)
{
	for (size_t i = 0; i < p->files.n; i++)
		if (unit->rust && strv_has(&unit->files, p->files.v[i]))
			return true;
	return false;
}

static int put(const char *dir, const char *name, const struct buf *b,
	       struct err *e)
{
	char path[4200], *slash;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	slash = strrchr(path, '/');
	*slash = '\0';
	if (make_dirs(path, e) < 0)
		return -1;
	*slash = '/';
	return buf_write_file(b, path, 0644, e);
}

static int copy_file(const struct abi_opts *o, const char *name,
		     const struct abi_probes *p, struct err *e)
{
	struct buf b = BUF_INIT;
	char path[4200];
	int ret = 0;

	snprintf(path, sizeof(path), "%s/%s", o->stage, name);
	abi_source_probe(p->source, name, p->wanted, &b);
	/* What has no declarations, include_str!()'s text perhaps. */
	if (b.len > 0 || buf_read_file(&b, path, STAGE_FILE_MAX, NULL) == 0)
		ret = put(o->scratch, name, &b, e);
	buf_release(&b);
	return ret;
}

static void add_command(struct buf *script, const char *command)
{
	static const char driver[] = "clippy-driver ";
	const char *at = strstr(command, driver);

	if (!at)
		buf_adds(script, command);
	else
		buf_addf(script, "%.*s" INSTEAD " %s", (int)(at - command),
			 command, at + strlen(driver));
	buf_adds(script, FURTHER " </dev/null\n");
}

static int run_shut_in(struct proc_result *p, const struct abi_opts *o,
		       const char *lines, struct err *e)
{
	static const struct proc_limit limits[] = {
		{RLIMIT_AS, (uint64_t)3 << 30},
		{RLIMIT_FSIZE, 64u << 20},
		{RLIMIT_CORE, 0},
		{RLIMIT_CPU, 30},
	};
	struct sandbox_bind bind = {
		.from = o->scratch, .to = SANDBOX_STAGE, .writable = true};
	struct sandbox_script script = {
		.store = o->store,
		.binds = &bind,
		.nbinds = 1,
		.chdir = SANDBOX_STAGE,
		.lines = lines,
		.limits = limits,
		.nlimits = sizeof(limits) / sizeof(limits[0]),
		.timeout_ms = COMPILE_MS,
		.out_max = OUTPUT_MAX,
		.cancel_fd = o->cancel_fd,
	};

	return sandbox_run(p, &script, e);
}

int abi_probe_build(const struct abi_opts *o, const struct abi_units *units,
		    const struct abi_probes *p, struct err *e)
{
	struct proc_result r = PROC_RESULT_INIT;
	struct buf script = BUF_INIT;
	int ret = 0;

	/* make exports it; -Z options need it. */
	buf_adds(&script, "export RUSTC_BOOTSTRAP=1\n");
	for (size_t i = 0; ret == 0 && i < units->n; i++) {
		const struct abi_unit *u = &units->v[i];

		if (!abi_probe_wants(u, p))
			continue;
		for (size_t k = 0; ret == 0 && k < u->files.n; k++)
			ret = copy_file(o, u->files.v[k], p, e);
		add_command(&script, u->command);
	}
	if (ret == 0 && !buf_ok(&script))
		ret = err_set(e, ERR_ENV, ENOMEM, "cannot compare C and Rust");
	if (ret == 0)
		ret = run_shut_in(&r, o, buf_str(&script), e);
	/* How it ended is no matter, unless somebody wants to leave. */
	if (ret == 0 && r.end == PROC_CANCELLED)
		ret = err_set(e, ERR_CANCELLED, 0, "interrupted");
	proc_result_release(&r);
	buf_release(&script);
	return ret;
}
