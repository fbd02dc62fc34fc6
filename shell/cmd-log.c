/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/err.h"
#include "checker/guest/proto.h"
#include "checker/klog.h"
#include "cmd.h"
#include "lesson.h"
#include "page.h"
#include "progress.h"
#include "run-output.h"
#include "session.h"
#include "snippet.h"
#include "text.h"
#include "tree.h"

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
	struct buf run; /* what the programs printed */
	const char *rest; /* what of it has not been shown yet */
	size_t step; /* under way, its output not shown yet; or .nplan */
	struct buf out;
};

/* Below the kernel's lines of the step, behind a bar: it is no log. */
static void end_step(struct logging *g)
{
	const char *s;
	size_t len;

	if (g->step >= g->l.spec.nplan)
		return;
	s = run_output_next(&g->rest, &g->l.spec, g->step, &len);
	for (const char *end = s ? s + len : NULL; s < end;) {
		const char *nl = memchr(s, '\n', (size_t)(end - s));

		text_fold(&g->out, &g->s->term,
			  term_sign(&g->s->term, "| ", "program: "), s,
			  (size_t)((nl ? nl : end) - s));
		s = nl ? nl + 1 : end;
	}
	g->step = g->l.spec.nplan;
}

/* " (EOPNOTSUPP)": what the step gave, as its end will say; or "". */
static void add_result(struct logging *g, const struct klog *k, size_t at,
		       size_t step)
{
	unsigned ended;
	int result;

	for (; at < klog_nlines(k); at++) {
		struct klog_line line = klog_line(k, at);

		if (sscanf(line.text, "kiln: %*16[0-9a-f] end %u %d", &ended,
			   &result) != 2 ||
		    ended != step)
			continue;
		if (result < 0 && strerrorname_np(-result))
			buf_addf(&g->out, " (%s)", strerrorname_np(-result));
		return;
	}
}

/* "insmod x.ko #2" is the second of two steps that look alike. */
static void add_label(struct buf *out, const char *label)
{
	const char *at = strrchr(label, '#');

	if (at && at > label && at[-1] == ' ' && at[1] &&
	    strspn(at + 1, "0123456789") == strlen(at + 1))
		buf_addf(out, "%.*s, time %s", (int)(at - 1 - label), label,
			 at + 1);
	else
		buf_adds(out, label);
}

static void begin_step(struct logging *g, const struct klog *k, size_t at,
		       size_t step)
{
	const struct term *t = &g->s->term;

	end_step(g);
	if (step >= g->l.spec.nplan)
		return;
	g->step = step;
	buf_addf(&g->out, "%s%s", term_on(t, TERM_BOLD),
		 term_sign(t, "--- ", "Step: "));
	add_label(&g->out, g->l.spec.plan[step].label);
	buf_adds(&g->out, term_off(t));
	add_result(g, k, at, step);
	buf_addc(&g->out, '\n');
}

/*
 * The agent's "kiln: NONCE begin STEP" becomes the name of that step, and
 * its end what the step printed; its other marks are left out. False: the
 * line is none of its marks.
 */
static bool show_mark(struct logging *g, const struct klog *k, size_t at)
{
	struct klog_line mark = klog_line(k, at);
	const struct klog_line *line = &mark;
	char nonce[KILN_NONCE_LEN + 1] = "";
	char what[8] = "";
	unsigned step = 0;

	if (sscanf(line->text, "kiln: %16[0-9a-f] %7s %u", nonce, what, &step) <
		    2 ||
	    strlen(nonce) != KILN_NONCE_LEN)
		return false;
	if (strcmp(what, "begin") == 0)
		begin_step(g, k, at, step);
	else if (strcmp(what, "end") == 0 || strcmp(what, "done") == 0)
		end_step(g);
	else
		return false;
	return true;
}

/* What Kiln's own module says of itself is not the learner's. */
static bool is_ours(const struct klog_line *line)
{
	return strncmp(line->text, KILN_HARNESS ": ",
		       strlen(KILN_HARNESS ": ")) == 0;
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
	char bar[32] = "  ";

	/* A bar as well: nothing is told by colour alone. */
	if (bad)
		snprintf(bar, sizeof(bar), "%s%s%s", term_on(t, TERM_BAD),
			 term_sign(t, "! ", "report: "), term_off(t));
	text_fold(&g->out, t, bar, line->text, line->len);
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
	g->rest = buf_str(&g->run);
	g->step = g->l.spec.nplan;
	for (size_t i = 0; i < klog_nlines(k); i++) {
		struct klog_line line = klog_line(k, i);
		bool bad = in_finding(f, nf, line.number);

		if (!show_mark(g, k, i) && (bad || !is_ours(&line)))
			show_line(g, &line, bad);
	}
	end_step(g);
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

/* A file of text beside the log. */
static int show_beside(struct logging *g, struct err *e)
{
	struct buf named = BUF_INIT;

	if (buf_read_file(&g->raw, g->path, MOST_SHOWN, e) < 0)
		return -1;
	tree_add_text(&named, &g->s->store, buf_str(&g->raw), g->raw.len);
	snippet_add(&g->out, &g->s->term, "", buf_str(&named), named.len);
	buf_release(&named);
	if (g->raw.len == 0)
		term_say(&g->s->term, "Nothing was printed.\n");
	page_show(&g->s->term, buf_str(&g->out), g->out.len);
	return 0;
}

/* Of a check by an older Kiln there is none, and the log is shown alone. */
static void read_run(struct logging *g)
{
	char *path = session_log_path(g->s, g->c->slug, "run");

	if (path)
		buf_read_file(&g->run, path, MOST_SHOWN, NULL);
	free(path);
}

static const struct {
	const char *flag, *ext, *what;
} kinds[] = {
	{"build", "build", "build output"},
	{"run", "run", "output of programs"},
	{NULL, "log", "kernel log"},
};

static int show(struct logging *g, const struct cmd_args *a, struct err *e)
{
	size_t k = 0;

	while (kinds[k].flag && !cmd_has(a, kinds[k].flag))
		k++;
	g->path = session_log_path(g->s, g->c->slug, kinds[k].ext);
	if (!g->path)
		return err_set(e, ERR_ENV, ENOMEM, "cannot show the log");
	if (access(g->path, F_OK) < 0 && errno == ENOENT) {
		err_set(e, ERR_USAGE, 0, "there is no %s of lesson %s yet",
			kinds[k].what, g->c->id);
		return err_next(e, "'check' makes one, once the work builds");
	}
	if (cmd_has(a, "path")) {
		term_say(&g->s->term, "%s\n", g->path);
		return 0;
	}
	if (cmd_has(a, "raw"))
		return show_raw(g->path, g->s->term.out, e);
	term_resize(&g->s->term);
	if (strcmp(kinds[k].ext, "build") != 0)
		tell_age(g);
	if (kinds[k].flag)
		return show_beside(g, e);
	read_run(g);
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
	buf_release(&g.run);
	buf_release(&g.out);
	free(g.path);
	return r < 0 ? cmd_fail(&e) : 0;
}

static const struct cmd_flag flags[] = {
	{"raw", NULL, "write it byte for byte"},
	{"path", NULL, "only say which file it is"},
	{"build", NULL, "what the build printed, instead"},
	{"run", NULL, "only what the programs in the guest printed"},
	{NULL, NULL, NULL},
};

const struct cmd_entry cmd_log_entry = {
	.name = "log",
	.alias = "l",
	.usage = "[LESSON]",
	.summary = "show the kernel log of the last check",
	.about = "Lines of a report by the kernel are marked with '!', what "
		 "a program in the guest printed with '|'. On a terminal long "
		 "lines go on in the next; 'log --raw' or a pipe has them as "
		 "they came.",
	.flags = flags,
	.max_args = 1,
	.takes = CMD_TAKES_LESSON,
	.exec = exec_log,
};
