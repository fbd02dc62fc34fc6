/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A debugger that looks into a guest. gdb runs in the toolroot, shut in as
 * compilers are, on a terminal of its own; checker/gdb/kiln.py tells it what
 * to do. QEMU's stub listens on a socket in the run's folder.
 */
#include "check-debug-int.h"
#include "err.h"
#include "proc.h"
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define RUN_DIR "/tmp/run" /* as checker/gdb/kiln.py knows it */
#define DAY_MS	(24 * 3600 * 1000u)

/* Long paths do not fit into an address, but a folder has a short one. */
static int listen_for_gdb(struct debug *d, struct err *e)
{
	struct sockaddr_un a = {.sun_family = AF_UNIX};
	int dir = open(d->dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(a.sun_path, sizeof(a.sun_path), "/proc/self/fd/%d/gdb", dir);
	if (dir < 0 || fd < 0 ||
	    bind(fd, (struct sockaddr *)&a, sizeof(a)) < 0 ||
	    listen(fd, 1) < 0) {
		err_set(e, ERR_ENV, errno, "cannot make a socket for gdb");
		if (fd >= 0)
			close(fd);
		fd = 0;
	}
	if (dir >= 0)
		close(dir);
	d->c->visit->gdb_fd = fd;
	return fd ? 0 : -1;
}

static int prepare(void *arg, struct err *e)
{
	struct debug *d = arg;

	if (asprintf(&d->dir, "%s/gdb", d->c->run.path) < 0) {
		d->dir = NULL;
		return err_set(e, ERR_ENV, ENOMEM, "cannot debug");
	}
	if (debug_find_target(d, e) < 0 || make_dirs(d->dir, e) < 0 ||
	    debug_put_files(d, e) < 0)
		return -1;
	return listen_for_gdb(d, e);
}

/* ---- the guest's part ---- */

static void ask_load(struct guest *g, const struct plan_step *step, int i)
{
	struct plan_step load = *step, unload = *step;
	char name[256];

	snprintf(name, sizeof(name), "%.*s", (int)strcspn(step->target, "."),
		 step->target);
	load.op = PLAN_INSMOD;
	unload.op = PLAN_RMMOD;
	unload.target = name;
	guest_lay_step(g, &load, i, DAY_MS);
	guest_lay_step(g, &unload, i, DAY_MS);
}

/*
 * All of the plan, one request after the other: none is looked at before gdb
 * lets the guest run, and who is stopped at a breakpoint has a day.
 */
static int ask_plan(struct debug *d, struct err *e)
{
	const struct spec *spec = d->c->req->spec;
	struct guest *g = d->c->guest;

	if (qemu_stop(guest_qemu(g), e) < 0)
		return -1;
	for (size_t i = 0; i < spec->nplan; i++) {
		const struct plan_step *p = &spec->plan[i];

		if (plan_unwinds(p->op))
			ask_load(g, p, (int)i);
		else
			guest_lay_step(g, p, (int)i, DAY_MS);
	}
	guest_lay_reset(g);
	return 0;
}

/* ---- gdb ---- */

static int make_argv(const struct debug *d, struct strv *argv, struct err *e)
{
	const struct visit_request *r = d->c->visit->r;
	char data[4300];
	const struct sandbox_bind binds[] = {
		{.from = d->c->stage, .to = SANDBOX_STAGE},
		{.from = data, .to = SANDBOX_DATA},
		{.from = d->dir, .to = RUN_DIR},
	};
	const char *const words[] = {
		"setsid", "-c",	 "-w", "gdb",
		"-q",	  "-nx", "-x", SANDBOX_DATA "/kiln.py",
		NULL};
	int ret;

	snprintf(data, sizeof(data), "%s/checker/gdb", d->c->store.data);
	if (sandbox_argv(argv, &d->c->store, binds, 3, SANDBOX_STAGE, e) < 0)
		return -1;
	ret = strv_add(argv, "env");
	if (ret == 0)
		ret = strv_addf(argv, "TERM=%s",
				r->line.term && *r->line.term ? r->line.term
							      : "dumb");
	for (size_t i = 0; ret == 0 && words[i]; i++)
		ret = strv_add(argv, words[i]);
	if (ret == 0 && r->script &&
	    (strv_add(argv, "-batch") < 0 || strv_add(argv, "-x") < 0 ||
	     strv_add(argv, RUN_DIR "/commands") < 0))
		ret = -1;
	return ret < 0 ? err_set(e, ERR_ENV, ENOMEM, "cannot start gdb") : 0;
}

/* A terminal of gdb's own: Ctrl-C is for it, and not for who shuts it in. */
static int open_pty(struct debug *d, int *theirs, struct err *e)
{
	int fd = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	char name[64];

	d->line.fd = fd;
	if (fd >= 0 && grantpt(fd) == 0 && unlockpt(fd) == 0 &&
	    ptsname_r(fd, name, sizeof(name)) == 0 &&
	    fcntl(fd, F_SETFL, O_NONBLOCK) == 0)
		*theirs = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (*theirs >= 0)
		return 0;
	return err_set(e, ERR_ENV, errno, "cannot make a terminal for gdb");
}

/* It knows its terminal's size from the start. */
static void set_size(const struct debug *d)
{
	const struct visit_line *l = &d->c->visit->r->line;
	unsigned rows = 0, columns = 0;
	struct winsize w;

	l->size(l->arg, &rows, &columns);
	w = (struct winsize){.ws_row = (unsigned short)rows,
			     .ws_col = (unsigned short)columns};
	ioctl(d->line.fd, TIOCSWINSZ, &w);
}

static int start_gdb(struct debug *d, struct err *e)
{
	/* It reads what was compiled from what a learner wrote. */
	static const struct proc_limit limits[] = {
		{RLIMIT_AS, (uint64_t)3 << 30},
		{RLIMIT_CORE, 0},
	};
	struct proc_spec spec = PROC_SPEC_INIT;
	struct strv argv = STRV_INIT;
	struct proc_fd fds[3];
	int pty = -1;

	if (open_pty(d, &pty, e) < 0 || make_argv(d, &argv, e) < 0)
		goto out;
	set_size(d);
	for (int i = 0; i < 3; i++)
		fds[i] = (struct proc_fd){pty, i};
	spec.argv = (const char *const *)argv.v;
	spec.fds = fds;
	spec.nfds = 3;
	spec.limits = limits;
	spec.nlimits = sizeof(limits) / sizeof(limits[0]);
	d->gdb = proc_start(&spec, e);
	if (d->gdb)
		d->line.pidfd = proc_pidfd(d->gdb);
out:
	if (pty >= 0)
		close(pty);
	strv_release(&argv);
	return d->gdb ? 0 : -1;
}

static int talk(struct debug *d, struct visit_result *out, struct err *e)
{
	const struct visit_request *r = d->c->visit->r;
	struct visit_place place = {.modules = &d->c->visit->modules,
				    .programs = &d->c->visit->programs};
	int wait_status = 0, ret = 0;

	if (strv_add(&d->c->visit->modules, d->target) < 0)
		return err_set(e, ERR_ENV, ENOMEM, "cannot debug");
	if (r->enter)
		ret = r->enter(r->arg, &place, e);
	if (ret < 0 || start_gdb(d, e) < 0)
		return -1;
	out->entered = true;
	ret = guest_debug(d->c->guest, &r->line, &d->line, &out->end, e);
	if (r->leave)
		r->leave(r->arg);
	if (ret < 0)
		return -1;
	if (out->end == VISIT_DONE && proc_reap(d->gdb, &wait_status))
		out->status =
			WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : 1;
	return visit_findings(d->c, out, e);
}

static int debug(struct debug *d, struct visit_result *out, struct err *e)
{
	int made = check_make(d->c, e);

	if (made < 0)
		return -1;
	out->built = made > 0;
	if (!made)
		return 0;
	if (visit_start(d->c, prepare, d, e) < 0 || ask_plan(d, e) < 0)
		return -1;
	return talk(d, out, e);
}

int visit_debug(struct visit_result *out, const struct visit_request *r,
		struct err *e)
{
	struct visit_opts opts = {.r = r, .built = true, .late = true};
	struct check c = {.req = &r->check,
			  .v = &out->v,
			  .run = RUN_DIR_INIT,
			  .warm = WARM_INIT,
			  .visit = &opts};
	struct debug d = {.c = &c, .line = {.fd = -1, .pidfd = -1}};
	int ret;

	*out = (struct visit_result){.v = {.outcome = OUTCOME_ENV_FAULT}};
	ret = debug(&d, out, e);
	if (d.gdb)
		proc_kill(d.gdb);
	if (d.line.fd >= 0)
		close(d.line.fd);
	if (opts.gdb_fd)
		close(opts.gdb_fd);
	check_release(&c);
	free(d.dir);
	strv_release(&opts.modules);
	strv_release(&opts.programs);
	return ret;
}
