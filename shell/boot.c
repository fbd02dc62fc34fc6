/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "boot-int.h"
#include "checker/err.h"
#include "live.h"
#include "text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LEAVE	   0x1d /* Ctrl-], as in telnet */
#define SCRIPT_MS  60000
#define OUTPUT_MAX ((uint64_t)128 << 10) /* of commands that nobody watches */

static void add_names(struct buf *b, const struct strv *names)
{
	for (size_t i = 0; i < names->n; i++)
		buf_addf(b, "%s%s", i ? ", " : "", names->v[i]);
}

/* Said by us and not by the guest: we know how wide the terminal is. */
static void greet(struct boot *b, const struct visit_place *p)
{
	const struct term *t = &b->s->term;
	struct buf say = BUF_INIT;

	buf_adds(&say, "You are root in the guest, in /lesson, which has ");
	if (p->modules->n + p->programs->n == 0)
		buf_adds(&say, "none of your modules");
	add_names(&say, p->modules);
	if (p->programs->n) {
		buf_adds(&say, p->modules->n ? " and the lesson's "
					     : " but the lesson's ");
		add_names(&say, p->programs);
	}
	buf_adds(&say, ".");
	term_say(t, "\n");
	term_para(t, 0, buf_str(&say));
	buf_clear(&say);
	if (p->modules->n) {
		const char *ko = p->modules->v[0];

		buf_addf(&say, "Try 'insmod %s', then 'rmmod %.*s'. ", ko,
			 (int)strcspn(ko, "."), ko);
	}
	buf_adds(&say, "What the kernel says comes to this screen; 'dmesg' "
		       "has all of it. Nothing here is graded.");
	term_para(t, 0, buf_str(&say));
	buf_clear(&say);
	buf_addf(&say, "%sCtrl-] leaves%s, and so do 'exit' and 'poweroff'.",
		 term_on(t, TERM_BOLD), term_off(t));
	term_para(t, 0, buf_str(&say));
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
	greet(b, p);
	if (raw_begin(&b->raw, e) < 0)
		return -1;
	b->req.line.keys_fd = STDIN_FILENO;
	b->req.line.size_fd = b->raw.size_fd;
	b->req.line.leave = LEAVE;
	return 0;
}

static void leave(void *arg)
{
	struct boot *b = arg;

	raw_end(&b->raw);
}

/* All of its log has just gone by; a report is told with what it means. */
static void tell_guest_gone(struct boot *b)
{
	const struct visit_result *r = &b->res;
	const struct term *t = &b->s->term;
	struct buf tail = BUF_INIT;
	const char *how = "without a word";
	bool panic = false;

	for (size_t i = 0; i < r->v.nfindings; i++)
		panic |= r->v.findings[i].kind == FINDING_PANIC ||
			 r->v.findings[i].kind == FINDING_OOPS;
	if (panic)
		how = "its kernel panicked";
	else if (r->end == VISIT_HALTED)
		how = "it was halted";
	else if (r->tail && strstr(r->tail, "reboot: Restarting"))
		how = "it restarted";
	term_tell(t, "\nThe guest has ended: %s.", how);
	if (r->v.nfindings == 0 && r->tail) {
		term_say(t, "The last lines of its log:\n");
		text_lines(&tail, t, "| ", r->tail, strlen(r->tail));
		term_write(t, buf_str(&tail), tail.len);
		buf_release(&tail);
	}
}

/* 0: as it should be. */
static int tell_end(struct boot *b)
{
	const struct visit_result *r = &b->res;
	const struct term *t = &b->s->term;

	switch (r->end) {
	case VISIT_LEFT:
	case VISIT_DONE:
		if (b->asks)
			term_say(t, "You have left the guest.\n");
		return !b->asks && r->status != 0;
	case VISIT_RESET:
	case VISIT_HALTED:
		tell_guest_gone(b);
		return !b->asks;
	case VISIT_LATE:
		term_warn("the commands took longer than %d seconds, and the "
			  "guest was ended",
			  SCRIPT_MS / 1000);
		return 1;
	case VISIT_FLOODED:
		term_warn("the commands printed more than %d KB, and the "
			  "guest was ended",
			  (int)(OUTPUT_MAX >> 10));
		return 1;
	}
	BUG("no such end: %d", r->end);
}

static int prepare(struct boot *b, struct err *e)
{
	if (boot_prepare(b, e) < 0)
		return -1;
	b->req.enter = enter;
	b->req.leave = leave;
	if (b->asks)
		return 0;
	if (boot_read_stdin(b, e) < 0)
		return -1;
	b->req.script = buf_str(&b->script);
	b->req.script_len = b->script.len;
	b->req.line.wall_ms = SCRIPT_MS;
	b->req.line.output_max = OUTPUT_MAX;
	return 0;
}

static int boot(struct boot *b, struct err *e)
{
	int code;

	if (prepare(b, e) < 0)
		return -1;
	if (b->asks)
		term_tell(&b->s->term, "Building %s %s", b->c->id, b->c->title);
	if (boot_run(b, visit_boot, e) < 0)
		return -1;
	if (!b->res.entered) {
		boot_show_build(b, "boot");
		return 1;
	}
	code = tell_end(b);
	boot_show_findings(b);
	return code;
}

int boot_guest(struct session *s, const struct catalogue_entry *c,
	       const struct boot_opts *o, struct err *e)
{
	struct boot b = {.s = s, .c = c, .o = o};
	int r;

	b.req.anyway = o->anyway;
	r = boot(&b, e);
	boot_release(&b);
	return r;
}

int boot_open(struct session *s, const struct catalogue_entry *c, struct err *e)
{
	return boot_guest(s, c, &(struct boot_opts){.dir = NULL}, e);
}
