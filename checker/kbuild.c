/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kbuild.h"
#include "err.h"
#include "memory.h"
#include "proc.h"
#include "rust-json.h"
#include "sandbox.h"
#include "store.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/statvfs.h>

#define COMMON	   SANDBOX_DATA "/" MEMORY_COMMON
#define BUILD_MS  120000
#define OUTPUT_MAX ((size_t)4 << 20)
#define DISK_FULL  ((size_t)4 << 20) /* bytes left; a build needs more */

/*
 * One shell for make and what follows it. Its lines are ours; what the
 * learner wrote is only ever the content of files.
 */
static int make_script(struct buf *script, const struct kbuild_opts *o)
{
	buf_addf(script, "cd " SANDBOX_STAGE "/%s || exit 1\n",
		 o->subdir ? o->subdir : ".");
	if (o->memory)
		buf_adds(script, "PATH=" SANDBOX_DATA ":$PATH\n");
	/* A folder's name is in it, so only where it was made. */
	if (o->memory && !o->subdir)
		buf_adds(script, "cp -p " COMMON "/.[!.]* " COMMON "/..?* .\n");
	buf_addf(script,
		 KBUILD_MAKE " M=\"$PWD\" %s%s %s %s </dev/null || exit\n",
		 o->symvers ? "KBUILD_EXTRA_SYMBOLS=" SANDBOX_STAGE "/" : "",
		 o->symvers ? o->symvers : "", o->vars ? o->vars : "",
		 o->target ? o->target : "modules");
	buf_adds(script,
		 "mkdir -p " KBUILD_GUEST_DIR "\n"
		 "for ko in *.ko; do\n"
		 "	[ -e \"$ko\" ] || continue\n"
		 "	llvm-strip -g -o " KBUILD_GUEST_DIR "/\"$ko\" \"$ko\" "
		 "|| exit 1\n"
		 "done\n");
	if (o->script)
		buf_adds(script, o->script);
	return buf_ok(script) ? 0 : -1;
}

/* An error in a line of a file is the learner's, whatever else went wrong. */
static bool names_a_line(const struct kbuild_result *r)
{
	for (size_t i = 0; i < r->ndiags; i++)
		if (r->diags[i].level == DIAG_ERROR && r->diags[i].file &&
		    r->diags[i].line)
			return true;
	return false;
}

/*
 * Each program has words of its own for a full disk, or none: a linker that
 * writes by mmap() dies of SIGBUS.
 */
static bool disk_is_full(const char *stage)
{
	struct statvfs fs;

	return statvfs(stage, &fs) == 0 &&
	       fs.f_bavail * fs.f_frsize < DISK_FULL;
}

/* The shell's answer, or make's, for a program that there is not. */
static bool cannot_run(const struct proc_result *p)
{
	return p->status == 126 || p->status == 127 ||
	       strstr(buf_str(&p->out), "] Error 126\n") ||
	       strstr(buf_str(&p->out), "] Error 127\n");
}

/* What failed, and is it the machine's fault rather than the learner's? */
static int blame(const struct kbuild_result *r, const struct proc_result *p,
		 const char *stage, struct err *e)
{
	if (p->out.len >= 6 && memcmp(p->out.data, "bwrap:", 6) == 0) {
		err_set(e, ERR_ENV, 0, "the build could not be shut in");
		err_where(e, "%s", buf_str(&p->out));
		return err_next(e, "`kiln doctor` looks at what builds need");
	}
	if (names_a_line(r))
		return 0;
	if (disk_is_full(stage)) {
		err_set(e, ERR_ENV, ENOSPC, "the build ran out of space");
		return err_next(e, "free some space, or set KILN_HOME to a "
				   "folder on another disk");
	}
	if (cannot_run(p)) {
		err_set(e, ERR_ENV, 0, "the toolroot is damaged: a program "
				       "cannot be run");
		err_where(e, "%s", r->ndiags ? r->diags[0].message
					     : buf_str(&p->out));
		return err_next(e, "`kiln setup --anew` makes it again");
	}
	return 0;
}

static int judge(struct kbuild_result *r, const struct proc_result *p,
		 const char *stage, struct err *e)
{
	switch (p->end) {
	case PROC_CANCELLED:
		return err_set(e, ERR_CANCELLED, 0, "interrupted");
	case PROC_SPAWN_FAILED:
		err_set(e, ERR_ENV, p->status, "cannot run bwrap");
		return err_next(e, "`kiln doctor` looks at what builds need");
	case PROC_TIMED_OUT:
	case PROC_OUTPUT_CAP:
		r->out_of_bounds = true;
		return 0;
	case PROC_SIGNALED:
		return 0;
	case PROC_EXITED:
		break;
	}
	r->built = p->status == 0;
	return r->built ? 0 : blame(r, p, stage, e);
}

static int run_shut_in(struct proc_result *p, const struct kbuild_opts *o,
		       const char *lines, struct err *e)
{
	/* include_bytes!("/dev/zero") would take all the memory there is. */
	static const struct proc_limit limits[] = {
		{RLIMIT_AS, (uint64_t)3 << 30},
		{RLIMIT_FSIZE, 256u << 20},
		{RLIMIT_CORE, 0},
		/* Of one compiler: a build of ours takes two seconds. */
		{RLIMIT_CPU, 60},
	};
	const struct sandbox_bind binds[] = {
		{.from = o->stage, .to = SANDBOX_STAGE, .writable = true},
		{.from = o->memory, .to = SANDBOX_DATA},
	};
	const struct sandbox_script script = {
		.store = o->store,
		.binds = binds,
		.nbinds = o->memory ? 2 : 1,
		.lines = lines,
		.limits = limits,
		.nlimits = sizeof(limits) / sizeof(limits[0]),
		.timeout_ms = BUILD_MS,
		.out_max = OUTPUT_MAX,
		.cancel_fd = o->cancel_fd,
	};

	return sandbox_run(p, &script, e);
}

static int read_output(struct kbuild_result *r, struct proc_result *p,
		       const struct kbuild_opts *o, struct err *e)
{
	char stage[4096];

	if (o->json && rust_json_render(&p->out) < 0)
		return err_set(e, ERR_ENV, ENOMEM,
			       "cannot read the build's output");
	snprintf(stage, sizeof(stage), SANDBOX_STAGE "%s%s",
		 o->subdir ? "/" : "", o->subdir ? o->subdir : "");
	if (diag_parse(&r->diags, &r->ndiags, buf_str(&p->out), p->out.len,
		       stage) == 0)
		return 0;
	return err_set(e, ERR_ENV, ENOMEM, "cannot read the build's output");
}

int kbuild_run(struct kbuild_result *r, const struct kbuild_opts *o,
	       struct err *e)
{
	struct proc_result p = PROC_RESULT_INIT;
	struct buf script = BUF_INIT;
	int ret = -1;

	*r = (struct kbuild_result){.built = false};
	if (make_script(&script, o) < 0) {
		err_set(e, ERR_ENV, ENOMEM, "cannot start the build");
		goto out;
	}
	if (run_shut_in(&p, o, buf_str(&script), e) < 0 ||
	    read_output(r, &p, o, e) < 0 || judge(r, &p, o->stage, e) < 0)
		goto out;
	r->output = p.out;
	p.out = (struct buf)BUF_INIT;
	ret = 0;
out:
	proc_result_release(&p);
	buf_release(&script);
	if (ret < 0)
		kbuild_release(r);
	return ret;
}

void kbuild_release(struct kbuild_result *r)
{
	diag_free(r->diags, r->ndiags);
	diag_free(r->forced, r->nforced);
	buf_release(&r->output);
	*r = (struct kbuild_result){.built = false};
}
