/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/err.h"
#include "checker/guest/proto.h"
#include "checker/klog.h"
#include "cmd.h"
#include "glyph.h"
#include "lesson.h"
#include "page.h"
#include "progress.h"
#include "session.h"
#include "text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* More than that is for --raw and a real pager. */
enum { MOST_SHOWN = 32 << 20 };

struct logging {
	struct session *s;
	const struct catalogue_entry *c;
	struct lesson l; /* to name the steps; empty when it is broken */
	char *path;
	struct buf raw;
	struct buf out;
};

/*
 * The agent's "kiln: NONCE begin STEP" becomes the name of that step; its
 * other marks are left out. False: the line is none of its marks.
 */
static bool show_mark(struct logging *g, const struct klog_line *line)
{
	const struct term *t = &g->s->term;
	char nonce[KILN_NONCE_LEN + 1] = "";
	char what[8] = "";
	unsigned step = 0;

	if (sscanf(line->text, "kiln: %16[0-9a-f] %7s %u", nonce, what, &step) <
		    2 ||
	    strlen(nonce) != KILN_NONCE_LEN)
		return false;
	if (strcmp(what, "begin") == 0 && step < g->l.spec.nplan)
		buf_addf(&g->out, "%s--- %s%s\n", term_on(t, TERM_BOLD),
			 g->l.spec.plan[step].label, term_off(t));
	return strcmp(what, "begin") == 0 || strcmp(what, "end") == 0 ||
	       strcmp(what, "done") == 0;
}

static bool in_finding(const struct finding *f, size_t n, size_t line)
{
	for (size_t i = 0; i < n; i++)
		if (line >= f[i].log_line && line <= f[i].log_end)
			return true;
	return false;
}

static void show_line(struct logging *g, const struct klog_line *line, bool bad)
{
	const struct term *t = &g->s->term;

	/* A bar as well: nothing is told by colour alone. */
	buf_addf(&g->out, "%s%s", term_on(t, bad ? TERM_BAD : TERM_PLAIN),
		 bad ? "! " : "  ");
	glyph_clean(&g->out, line->text, line->len);
	buf_addf(&g->out, "%s\n", term_off(t));
}

static int show_log(struct logging *g, struct err *e)
{
	struct klog *k = klog_new(NULL, 0);
	const struct finding *f;
	size_t nf;

	if (!k)
		return err_set(e, ERR_ENV, ENOMEM, "cannot show the log");
	klog_feed(k, buf_str(&g->raw), g->raw.len);
	klog_finish(k);
	f = klog_findings(k, &nf);
	for (size_t i = 0; i < klog_nlines(k); i++) {
		struct klog_line line = klog_line(k, i);

		if (!show_mark(g, &line))
			show_line(g, &line, in_finding(f, nf, line.number));
	}
	klog_free(k);
	page_show(&g->s->term, buf_str(&g->out), g->out.len);
	return 0;
}

/* Byte for byte, as it came off the console. */
static int show_raw(const char *path, FILE *out, struct err *e)
{
	char chunk[65536];
	FILE *f = fopen(path, "re");
	size_t n;

	if (!f) {
		err_set(e, ERR_ENV, errno, "cannot read the log");
		return err_where(e, "%s", path);
	}
	while ((n = fread(chunk, 1, sizeof(chunk), f)) > 0)
		if (fwrite(chunk, 1, n, out) < n)
			break;
	fclose(f);
	return 0;
}

/* The log may be of an earlier check than the last. */
static void tell_age(struct logging *g)
{
	struct strv keys = STRV_INIT;
	char *verdict = NULL;

	progress_last(g->s->progress, g->c->slug, &verdict, &keys, NULL);
	if (verdict && (strcmp(verdict, "build-failed") == 0 ||
			strcmp(verdict, "abi-failed") == 0))
		term_warn("the last check ended before a guest ran (%s); this "
			  "is the log of the one before it",
			  verdict);
	free(verdict);
	strv_release(&keys);
}

static int show_build(struct logging *g, struct err *e)
{
	if (buf_read_file(&g->raw, g->path, MOST_SHOWN, e) < 0)
		return -1;
	text_verbatim(&g->out, buf_str(&g->raw), g->raw.len, 0);
	page_show(&g->s->term, buf_str(&g->out), g->out.len);
	return 0;
}

static int show(struct logging *g, const struct cmd_args *a, struct err *e)
{
	bool build = cmd_has(a, "build");

	g->path = session_log_path(g->s, g->c->slug, build ? "build" : "log");
	if (!g->path)
		return err_set(e, ERR_ENV, ENOMEM, "cannot show the log");
	if (access(g->path, F_OK) < 0 && errno == ENOENT) {
		err_set(e, ERR_USAGE, 0, "there is no %s of lesson %s yet",
			build ? "build output" : "kernel log", g->c->id);
		return err_next(e, "'check' makes one, once the work builds");
	}
	if (cmd_has(a, "path")) {
		term_say(&g->s->term, "%s\n", g->path);
		return 0;
	}
	if (cmd_has(a, "raw"))
		return show_raw(g->path, g->s->term.out, e);
	if (build)
		return show_build(g, e);
	tell_age(g);
	if (buf_read_file(&g->raw, g->path, MOST_SHOWN, e) < 0)
		return err_next(e, "'log --path' says where it is, 'log "
				   "--raw' writes it whole");
	return show_log(g, e);
}

static int exec_log(struct session *s, const struct cmd_args *a)
{
	struct logging g = {.s = s};
	struct err e = ERR_INIT;
	int r;

	if (session_open(s, &e) < 0)
		return cmd_fail(&e);
	g.c = session_find(s, a->pos[0], &e);
	if (!g.c)
		return cmd_fail(&e);
	if (session_load(s, &g.l, g.c, NULL) < 0)
		g.l = (struct lesson){.track = NULL};
	r = show(&g, a, &e);
	lesson_release(&g.l);
	buf_release(&g.raw);
	buf_release(&g.out);
	free(g.path);
	return r < 0 ? cmd_fail(&e) : 0;
}

static const struct cmd_flag flags[] = {
	{"raw", NULL, "write it byte for byte"},
	{"path", NULL, "only say which file it is"},
	{"build", NULL, "what the build printed, instead"},
	{NULL, NULL, NULL},
};

const struct cmd_entry cmd_log_entry = {
	.name = "log",
	.usage = "[LESSON]",
	.summary = "show the kernel log of the last check",
	.about = "Lines of a report by the kernel are marked with '!'.",
	.flags = flags,
	.max_args = 1,
	.takes = CMD_TAKES_LESSON,
	.exec = exec_log,
};
