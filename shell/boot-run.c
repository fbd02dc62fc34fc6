/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The way of boot and of debug to a guest, and back. */
#include "boot-int.h"
#include "checker/err.h"
#include "checker/proc.h"
#include "keep.h"
#include "live.h"
#include "report.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SCRIPT_MAX ((size_t)1 << 20)

static int find_dir(struct boot *b, struct err *e)
{
	char *own = session_work_dir(b->s, b->c->slug);

	if (b->o->dir) {
		b->dir = realpath(b->o->dir, NULL);
		free(own);
		if (b->dir)
			return 0;
		err_set(e, ERR_USAGE, errno, "cannot use that folder");
		return err_where(e, "%s", b->o->dir);
	}
	b->dir = own;
	if (!own)
		return err_set(e, ERR_ENV, ENOMEM, "cannot open a guest");
	if (keep_any_there(own, &b->l.spec.edit))
		return 0;
	err_set(e, ERR_USAGE, 0, "there is nothing of lesson %s to build yet",
		b->c->id);
	err_where(e, "%s", own);
	return err_next(e, "'start %s' lays its files down there", b->c->id);
}

int boot_prepare(struct boot *b, struct err *e)
{
	raw_init(&b->raw, &b->s->term);
	if (session_load(b->s, &b->l, b->c, e) < 0)
		return -1;
	b->loaded = true;
	if (find_dir(b, e) < 0)
		return -1;
	b->asks = isatty(STDIN_FILENO) == 1;
	b->req.check = (struct check_request){
		.spec = &b->l.spec,
		.dir = b->dir,
		.seed = 1, /* of nothing that a person sees */
		.cancel_fd = -1,
	};
	b->req.arg = b;
	b->req.line = (struct visit_line){
		.keys_fd = -1,
		.leave = -1,
		.size_fd = -1,
		.term = b->asks ? getenv("TERM") : NULL,
		.arg = &b->raw,
		.output = raw_output,
		.size = raw_size,
	};
	return 0;
}

void boot_release(struct boot *b)
{
	visit_release(&b->res);
	buf_release(&b->script);
	strv_release(&b->req.breaks);
	if (b->loaded)
		lesson_release(&b->l);
	free(b->dir);
}

int boot_read_stdin(struct boot *b, struct err *e)
{
	char chunk[4096];
	size_t n;

	while ((n = fread(chunk, 1, sizeof(chunk), stdin)) > 0) {
		buf_add(&b->script, chunk, n);
		if (b->script.len > SCRIPT_MAX)
			return err_set(e, ERR_USAGE, EFBIG,
				       "that is too much to be commands");
	}
	buf_addc(&b->script, '\n');
	return buf_ok(&b->script)
		       ? 0
		       : err_set(e, ERR_ENV, ENOMEM, "cannot read commands");
}

/*
 * Where commands come from a pipe the guest's output is all there is; but who
 * looks on is told what takes long.
 */
static struct live *new_live(const struct boot *b)
{
	struct term err;

	if (b->asks)
		return live_new(&b->s->term);
	term_init(&err, stderr);
	return err.tty ? live_new_brief(&err) : NULL;
}

int boot_run(struct boot *b,
	     int (*visit)(struct visit_result *, const struct visit_request *,
			  struct err *),
	     struct err *e)
{
	int sig, r;

	b->live = new_live(b);
	if (b->live)
		b->req.check.watch = live_watch(b->live);
	b->req.check.cancel_fd = cancel_begin(e);
	if (b->req.check.cancel_fd < 0) {
		live_free(b->live);
		b->live = NULL;
		return -1;
	}
	r = visit(&b->res, &b->req, e);
	raw_end(&b->raw);
	sig = cancel_end();
	live_free(b->live);
	b->live = NULL;
	if (sig == SIGTERM || sig == SIGHUP)
		b->s->leave = true;
	return r;
}

void boot_show_build(struct boot *b, const char *name)
{
	const struct term *t = &b->s->term;
	struct buf say = BUF_INIT;

	term_resize(&b->s->term);
	report_show(t, &b->res.v, b->dir);
	buf_addf(&say, "Type '%s' again when it builds", name);
	if (strcmp(name, "boot") == 0)
		buf_adds(&say, "; 'boot --anyway' opens the guest without "
			       "your modules");
	buf_addc(&say, '.');
	term_say(t, "\n");
	term_para(t, 0, buf_str(&say));
	buf_release(&say);
}

void boot_show_findings(struct boot *b)
{
	const struct term *t = &b->s->term;
	size_t n = b->res.v.nfindings;

	if (n == 0)
		return;
	term_resize(&b->s->term);
	term_tell(t, "\nWhile you were there, the kernel reported %s:",
		  n == 1 ? "a fault" : "faults");
	report_findings(t, &b->res.v, b->dir);
}
