/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "boot-int.h"
#include "checker/err.h"
#include "live.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define BATCH_MS   180000
#define OUTPUT_MAX ((uint64_t)4 << 20)
#define SCRIPT_MAX ((size_t)1 << 20)

static void greet(struct boot *b, const char *module)
{
	const struct term *t = &b->s->term;
	struct buf say = BUF_INIT;

	buf_addf(&say,
		 "gdb on the kernel of the guest; it stops in %s before "
		 "its first line runs. When it goes on, the rest of the "
		 "lesson's plan is carried out.",
		 module);
	term_say(t, "\n");
	term_para(t, 0, buf_str(&say));
	term_para(t, 0,
		  "n: next line; s: into a call; c: go on; bt: how it "
		  "came here; info locals, p NAME: values; log: what "
		  "the kernel said; lx-lsmod, lx-ps: what it has; "
		  "Ctrl-C: stop where it is; quit: leave.");
	term_say(t, "\n");
	buf_release(&say);
}

static int enter(void *arg, const struct visit_place *p, struct err *e)
{
	struct boot *b = arg;

	live_free(b->live);
	b->live = NULL;
	if (!b->asks)
		return 0;
	term_resize(&b->s->term);
	greet(b, p->modules->v[0]);
	if (raw_begin(&b->raw, e) < 0)
		return -1;
	b->req.line.keys_fd = STDIN_FILENO;
	b->req.line.size_fd = b->raw.size_fd;
	return 0;
}

static void leave(void *arg)
{
	struct boot *b = arg;

	raw_end(&b->raw);
}

/* "init,hello.c:12" */
static int add_breaks(struct strv *out, const char *list, struct err *e)
{
	while (list && *list) {
		int n = (int)strcspn(list, ",");

		if (n && strv_addf(out, "%.*s", n, list) < 0)
			return err_set(e, ERR_ENV, ENOMEM, "cannot debug");
		list += n + (list[n] == ',');
	}
	return 0;
}

static int prepare(struct boot *b, struct err *e)
{
	const char *batch = b->o->batch;
	int ret = 0;

	if (boot_prepare(b, e) < 0 ||
	    add_breaks(&b->req.breaks, b->o->breaks, e) < 0)
		return -1;
	b->req.enter = enter;
	b->req.leave = leave;
	b->req.color = b->s->term.color;
	if (batch)
		b->asks = false;
	if (b->asks)
		return 0;
	if (batch)
		ret = buf_read_file(&b->script, batch, SCRIPT_MAX, e);
	else
		ret = boot_read_stdin(b, e);
	if (ret < 0) {
		if (e->code == ERR_ENV && e->errnum == ENOENT)
			e->code = ERR_USAGE;
		return -1;
	}
	b->req.script = buf_str(&b->script);
	b->req.script_len = b->script.len;
	b->req.line.wall_ms = BATCH_MS;
	b->req.line.output_max = OUTPUT_MAX;
	return 0;
}

static int tell_end(struct boot *b)
{
	const struct visit_result *r = &b->res;

	switch (r->end) {
	case VISIT_LATE:
		term_warn("the commands took longer than %d seconds, and gdb "
			  "was ended",
			  BATCH_MS / 1000);
		return 1;
	case VISIT_FLOODED:
		term_warn("the commands printed more than %d MB, and gdb was "
			  "ended",
			  (int)(OUTPUT_MAX >> 20));
		return 1;
	default:
		if (b->asks)
			term_tell(&b->s->term, "You have left gdb, and the "
					       "guest is gone.");
		return !b->asks && r->status != 0;
	}
}

static int debug(struct boot *b, struct err *e)
{
	int code;

	if (prepare(b, e) < 0)
		return -1;
	if (b->asks)
		term_tell(&b->s->term, "Building %s %s", b->c->id, b->c->title);
	if (boot_run(b, visit_debug, e) < 0)
		return -1;
	if (!b->res.entered) {
		boot_show_build(b, "debug");
		return 1;
	}
	code = tell_end(b);
	boot_show_findings(b);
	return code;
}

int boot_debug(struct session *s, const struct catalogue_entry *c,
	       const struct boot_opts *o, struct err *e)
{
	struct boot b = {.s = s, .c = c, .o = o};
	int r = debug(&b, e);

	boot_release(&b);
	return r;
}
