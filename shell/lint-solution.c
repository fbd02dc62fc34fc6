/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The solution, as a maintainer's tools see it: the kernel's own warnings and
 * clippy lints, rustfmt with its settings, scripts/checkpatch.pl.
 */
#include "checker/buf.h"
#include "checker/err.h"
#include "checker/kbuild.h"
#include "checker/proc.h"
#include "checker/sandbox.h"
#include "lesson.h"
#include "lint.h"
#include "solved.h"
#include "starter.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* From a line of the solved file to one of that with markers. */
static unsigned source_line(const struct lint *t, const char *file,
			    unsigned line)
{
	struct solved s;

	if (!line || !strv_has(&t->l->spec.edit, file) ||
	    solved_read(&s, t->l, file, NULL) < 0)
		return line;
	line = solved_source(&s, line);
	solved_release(&s);
	return line;
}

__attribute__((format(printf, 4, 5))) static void
found(struct lint *t, const char *file, unsigned line, const char *fmt, ...)
{
	char name[300], *text = NULL;
	va_list ap;

	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) < 0)
		text = NULL;
	va_end(ap);
	snprintf(name, sizeof(name), "solution/%s", file);
	lint_add(t, LINT_ERROR, name, source_line(t, file, line), "%s",
		 text ? text : "");
	free(text);
}

/* ---- its build ---- */

static bool is_ours(const struct spec *s, const char *file)
{
	return file && (strv_has(&s->edit, file) || strv_has(&s->given, file));
}

static int look_at_build(struct lint *t, struct lint_box *box, const char *dir,
			 struct err *e)
{
	struct kbuild_result r;

	lint_detail(t, "building the solution");
	if (lint_box_build(box, dir, &r, e) < 0)
		return -1;
	for (size_t i = 0; i < r.ndiags; i++) {
		const struct diag *d = &r.diags[i];
		bool ours = is_ours(&t->l->spec, d->file);

		if (d->level == DIAG_NOTE)
			continue;
		found(t, ours ? d->file : "", ours ? d->line : 0, "%s%s%s",
		      d->message, d->code ? ", " : "", d->code ? d->code : "");
	}
	if (!r.built && r.ndiags == 0)
		found(t, "", 0, "it does not build");
	kbuild_release(&r);
	return 0;
}

/* ---- rustfmt and checkpatch ---- */

#define FMT_CONFIG "/kiln/src/.rustfmt.toml"
#define CHECKPATCH "/kiln/src/scripts/checkpatch.pl"

static bool ends_in(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n > m && strcmp(s + n - m, end) == 0;
}

/*
 * File names are is_safe_path()'s: no shell reads anything into them.
 *
 * EXPORT_SYMBOL is what checkpatch says when the function does not stand right
 * above. It cannot, when it is in Rust.
 */
static void add_lines(struct buf *script, const struct strv *files)
{
	for (size_t i = 0; i < files->n; i++) {
		const char *f = files->v[i];

		if (ends_in(f, ".rs"))
			buf_addf(script,
				 "echo '== %s'; rustfmt --check "
				 "--config-path " FMT_CONFIG " %s 2>&1"
				 "\n",
				 f, f);
		else if (ends_in(f, ".c") || ends_in(f, ".h"))
			buf_addf(script,
				 "echo '== %s'; perl " CHECKPATCH
				 " --no-tree --no-summary --terse "
				 "--ignore EXPORT_SYMBOL "
				 "--show-types -f %s 2>&1\n",
				 f, f);
	}
}

/* "Diff in /kiln/work/a.rs:20:" and what follows: the first line changed. */
static const char *take_diff(struct lint *t, const char *file, const char *p)
{
	const char *at = strrchr(strndupa(p, strcspn(p, "\n") - 1), ':');
	unsigned line = at ? (unsigned)strtoul(at + 1, NULL, 10) : 1;

	p += strcspn(p, "\n");
	for (p += *p == '\n'; *p == ' ' || *p == '\n'; p += *p == '\n') {
		line++;
		p += strcspn(p, "\n");
	}
	found(t, file, line,
	      "rustfmt would lay this out otherwise: run "
	      "'rustfmt --edition 2021' on it");
	return p;
}

/* "a.c:12: WARNING:SPACING: space prohibited before semicolon" */
static void take_checkpatch(struct lint *t, const char *file, const char *p,
			    size_t len)
{
	char text[600], *say;
	unsigned line;

	snprintf(text, sizeof(text), "%.*s", (int)len, p);
	say = strchr(text, ':');
	line = say ? (unsigned)strtoul(say + 1, &say, 10) : 0;
	if (!say || !line || *say != ':' ||
	    (!strstr(say, "ERROR:") && !strstr(say, "WARNING:")))
		return;
	found(t, file, line, "checkpatch:%s", say + 1);
}

static void take_output(struct lint *t, const char *p)
{
	char file[300] = "";
	bool told = false;

	while (*p) {
		size_t n = strcspn(p, "\n");

		if (strncmp(p, "== ", 3) == 0) {
			snprintf(file, sizeof(file), "%.*s", (int)n - 3, p + 3);
			told = false;
		} else if (ends_in(file, ".rs") && !told &&
			   strncmp(p, "Diff in ", 8) == 0) {
			p = take_diff(t, file, p);
			told = true; /* once for a file: one run mends all */
			continue;
		} else if (!ends_in(file, ".rs")) {
			take_checkpatch(t, file, p, n);
		}
		p += n + (p[n] == '\n');
	}
}

static int look_at_style(struct lint *t, struct lint_box *box, const char *dir,
			 struct err *e)
{
	struct buf script = BUF_INIT;
	struct proc_result r;
	int ret = -1;

	buf_adds(&script, "command -v rustfmt perl >/dev/null || exit 9\n"
			  "[ -e " FMT_CONFIG " -a -e " CHECKPATCH " ] || "
			  "exit 9\n");
	add_lines(&script, &t->l->spec.edit);
	add_lines(&script, &t->l->spec.given);
	buf_adds(&script, "exit 0\n");
	lint_detail(t, "rustfmt and checkpatch");
	if (lint_box_run(box, dir, buf_str(&script), &r, e) == 0) {
		ret = 0;
		if (r.status == 0)
			take_output(t, buf_str(&r.out));
		else
			ret = err_set(e, ERR_ENV, 0,
				      "rustfmt, perl or checkpatch.pl is "
				      "missing");
		proc_result_release(&r);
	}
	buf_release(&script);
	return ret;
}

int lint_solution(struct lint *t, struct lint_box *box, struct err *e)
{
	const char *dir = lint_box_dir(box, "solution", e);

	if (!dir || lesson_write_starter(t->l, dir, STARTER_SOLUTION, NULL,
					 NULL, NULL, e) < 0)
		return -1;
	if (look_at_style(t, box, dir, e) < 0)
		return -1;
	return look_at_build(t, box, dir, e);
}
