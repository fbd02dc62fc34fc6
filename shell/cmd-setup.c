/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/err.h"
#include "checker/memory.h"
#include "checker/proc.h"
#include "checker/warm.h"
#include "cmd.h"
#include "live.h"
#include "session.h"
#include "tree.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

struct setting {
	struct session *s;
	bool quiet;
	bool clean; /* what is quick to make again, and what is out of date */
	bool anew;  /* the toolroot and the kernel too */
	int cancel_fd;
	struct live *live;
};

/* Our own environment, and where things go. */
static int make_env(struct strv *env, const struct store *st)
{
	int r = 0;

	for (char **v = environ; *v; v++)
		r |= strv_add(env, *v);
	r |= strv_addf(env, "KILN_CACHE=%s", st->cache);
	r |= strv_addf(env, "KILN_TOOLROOT=%s", st->toolroot);
	r |= strv_addf(env, "KILN_LINUX=%s", st->linux_dir);
	return r;
}

/* What the script's end means; it has said itself what went wrong. */
static int script_code(const struct proc_result *r, const char *path,
		       struct err *e)
{
	if (r->end == PROC_EXITED && r->status == 0)
		return 0;
	if (r->end == PROC_CANCELLED ||
	    (r->end == PROC_SIGNALED && r->status == SIGINT) ||
	    (r->end == PROC_EXITED && r->status == 130))
		return err_set(e, ERR_CANCELLED, 0, "interrupted");
	err_set(e, ERR_ENV, r->end == PROC_SPAWN_FAILED ? r->status : 0,
		"the set-up did not finish");
	err_where(e, "%s", path);
	return err_next(e, "run 'setup' again: it goes on where it stopped; "
			   "'doctor' says what may be missing");
}

static int run_script(struct setting *g, struct err *e)
{
	const struct store *st = &g->s->store;
	struct proc_result r = PROC_RESULT_INIT;
	struct proc_spec spec = PROC_SPEC_INIT;
	struct strv argv = STRV_INIT;
	struct strv env = STRV_INIT;
	int ret = strv_addf(&argv, "%s/kernels/setup", st->data);

	if (ret == 0 && g->quiet)
		ret = strv_add(&argv, "--quiet-if-done");
	if (ret == 0 && g->clean)
		ret = strv_add(&argv, "--clean");
	if (ret == 0 && g->anew)
		ret = strv_add(&argv, "--anew");
	if (ret < 0 || make_env(&env, st) < 0) {
		ret = err_set(e, ERR_ENV, ENOMEM, "cannot set up");
		goto out;
	}
	spec.argv = (const char *const *)argv.v;
	spec.env = (const char *const *)env.v;
	spec.tty = true;
	/* mmdebstrap makes its namespace with newuidmap, which is set-uid. */
	spec.gain_privs = true;
	/* So that it can take away what it had half made. */
	spec.grace_ms = 10000;
	spec.cancel_fd = g->cancel_fd;
	fflush(stdout);
	ret = proc_run(&r, &spec, e);
	if (ret == 0)
		ret = script_code(&r, argv.v[0], e);
out:
	proc_result_release(&r);
	strv_release(&argv);
	strv_release(&env);
	return ret;
}

static void on_progress(void *arg, const char *what)
{
	live_detail(((struct setting *)arg)->live, what);
}

/* What the first check would otherwise have to make. */
static int warm_up(struct setting *g, const struct machine *m, struct err *e)
{
	struct memory_watch w = {
		.arg = g,
		.detail = on_progress,
		.cancel_fd = g->cancel_fd,
	};
	char *memory;

	if (memory_open(&memory, &g->s->store, &w, e) < 0)
		return -1;
	free(memory);
	return warm_prepare(&g->s->store, m, g->cancel_fd, on_progress, g, e);
}

static int make_guest(struct setting *g, struct err *e)
{
	const struct machine plain = {.cpus = 1};
	int64_t began = mono_ms();
	int r;

	if (warm_exists(&g->s->store, &plain) &&
	    memory_exists(&g->s->store)) {
		if (!g->quiet)
			term_say(&g->s->term, "  the first guest is there "
					      "already\n");
		return 0;
	}
	g->live = live_new(&g->s->term);
	if (!g->live)
		return err_set(e, ERR_ENV, ENOMEM, "cannot set up");
	live_begin(g->live, "guest");
	r = warm_up(g, &plain, e);
	live_end(g->live, r == 0 ? TIER_OK : TIER_FAILED, mono_ms() - began);
	live_free(g->live);
	return r;
}

static int set_up(struct setting *g, struct err *e)
{
	int sig, r = 0;

	g->cancel_fd = cancel_begin(e);
	if (g->cancel_fd < 0)
		return -1;
	if (g->clean)
		r = warm_clean(&g->s->store, e);
	if (r == 0)
		r = run_script(g, e);
	if (r == 0)
		r = make_guest(g, e);
	sig = cancel_end();
	if (sig == SIGTERM || sig == SIGHUP)
		g->s->leave = true;
	return r;
}

static int exec_setup(struct session *s, const struct cmd_args *a)
{
	struct setting g = {
		.s = s,
		.quiet = cmd_has(a, "quiet-if-done"),
		.clean = cmd_has(a, "clean") || cmd_has(a, "anew"),
		.anew = cmd_has(a, "anew"),
	};
	struct err e = ERR_INIT;

	if (session_open(s, &e) < 0)
		return cmd_fail(&e);
	if (set_up(&g, &e) < 0) {
		if (e.code == ERR_CANCELLED)
			term_say(&s->term, "Interrupted: 'setup' goes on "
					   "where it stopped.\n");
		return cmd_fail(&e);
	}
	tree_link(&s->store);
	if (!g.quiet)
		term_say(&s->term, "Kiln is set up.\n");
	return 0;
}

static const struct cmd_flag flags[] = {
	{"quiet-if-done", NULL, "say nothing when all is there"},
	{"clean", NULL, "first remove saved guests and all that is out of date"},
	{"anew", NULL, "first remove the tools and the kernel as well"},
	{NULL, NULL, NULL},
};

const struct cmd_entry cmd_setup_entry = {
	.name = "setup",
	.usage = "",
	.summary = "make the tools, the kernel and the first guest",
	.about = "Needed once; takes about 12 minutes on two cores and 3 GB; "
		 "it can be interrupted and run again. What is there already "
		 "is not made again.",
	.flags = flags,
	.exec = exec_setup,
};
