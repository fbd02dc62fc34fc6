/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/buf.h"
#include "checker/err.h"
#include "checker/explain.h"
#include "checker/proc.h"
#include "checker/rust-explain.h"
#include "cmd.h"
#include "explain-keys.h"
#include "page.h"
#include "progress.h"
#include "session.h"
#include "suggest.h"
#include "text.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* ---- the texts ---- */

static void add_finding(struct buf *md, enum finding_kind k)
{
	const char *title, *text;

	buf_addf(md, "## %s\n\n%s\n", finding_name(k),
		 finding_explain(k, NULL));
	for (size_t i = 0; (text = finding_explain_nth(k, i, &title)); i++)
		if (title)
			buf_addf(md, "\n`%s`: %s\n", title, text);
}

/* "308", "e0308" and "E308" are all E0308. */
static char *spelled(const char *code)
{
	const char *n = *code == 'e' || *code == 'E' ? code + 1 : code;
	size_t len = strlen(n);
	char *s;

	if (len == 0 || len > 4 || strspn(n, "0123456789") != len)
		return strdup(code);
	return asprintf(&s, "E%s%s", &"0000"[len], n) < 0 ? NULL : s;
}

/* A kind of finding that @code was probably meant to be, or NULL. */
static const char *kind_meant(const char *code)
{
	const char *names[FINDING_NKINDS + 1] = {NULL};

	for (int k = 0; k < FINDING_NKINDS; k++)
		names[k] = finding_name((enum finding_kind)k);
	return suggest(code, names);
}

static int none(const char *code, struct err *e)
{
	const char *meant = kind_meant(code);

	err_set(e, ERR_USAGE, 0, "there is no explanation of '%.60s'", code);
	if (strncmp(code, "-W", 2) == 0)
		return err_next(e, "clang explains its warnings in the "
				   "message alone; 'log --build' has it");
	if (meant)
		return err_next(e, "did you mean '%s'?", meant);
	return err_next(e, "it takes codes of rustc (E0308), lints of clippy "
			   "(clippy::NAME) and kinds of finding (kasan)");
}

static int add_rust(struct buf *md, struct session *s, const char *code,
		    struct err *e)
{
	int fd = cancel_begin(e);
	int r, sig;

	if (fd < 0)
		return -1;
	buf_addf(md, "## %s\n\n", code);
	r = rust_explain(md, &s->store, code, fd, e);
	sig = cancel_end();
	if (sig == SIGTERM || sig == SIGHUP)
		s->leave = true;
	return r == 0 ? none(code, e) : r < 0 ? -1 : 0;
}

static int explain(struct session *s, const char *code, struct err *e)
{
	enum finding_kind k = finding_from_name(code);
	struct buf md = BUF_INIT;
	struct buf out = BUF_INIT;
	int r = 0;

	if (k != FINDING_NKINDS)
		add_finding(&md, k);
	else if (strcmp(code, "build-failed") == 0 && explain_first(&md, s))
		r = 0;
	else if (explain_verdict(code))
		buf_addf(&md, "## %s\n\n%s\n", code, explain_verdict(code));
	else if (rust_is_code(code))
		r = add_rust(&md, s, code, e);
	else
		r = none(code, e);
	term_resize(&s->term);
	if (r == 0 && text_render(&out, &s->term, buf_str(&md), md.len) == 0)
		page_show(&s->term, buf_str(&out), out.len);
	buf_release(&md);
	buf_release(&out);
	return r;
}

/* The first that failed and can be explained; not what merely was noted. */
static char *failed_of(const struct strv *keys, const char *verdict)
{
	for (size_t i = 0; i < keys->n; i++) {
		if (explain_has(keys->v[i]))
			return strdup(keys->v[i]);
		if (strcmp(keys->v[i], verdict) == 0)
			break;
	}
	return NULL;
}

static int nothing_failed(const char *id, const char *verdict, struct err *e)
{
	if (!verdict)
		err_set(e, ERR_USAGE, 0,
			"nothing of lesson %s has been checked yet that could "
			"be explained",
			id);
	else
		err_set(e, ERR_USAGE, 0,
			"the last check has no error code and no finding to "
			"explain");
	return err_next(e, "name one: 'explain E0308', 'explain kasan'; 'hint' "
			   "helps with what a check says");
}

/* What the last check of the lesson at work failed of. */
static char *last_code(struct session *s, struct err *e)
{
	struct strv keys = STRV_INIT;
	char *code = NULL, *verdict = NULL;

	if (!session_find(s, NULL, e) ||
	    progress_last(s->progress, s->current, &verdict, &keys, e) < 0)
		return NULL;
	if (verdict)
		code = failed_of(&keys, verdict);
	if (!code)
		nothing_failed(session_current_id(s), verdict, e);
	strv_release(&keys);
	free(verdict);
	return code;
}

static int exec_explain(struct session *s, const struct cmd_args *a)
{
	struct err e = ERR_INIT;
	char *code;
	int r;

	if (session_open(s, &e) < 0)
		return cmd_fail(&e);
	code = a->npos ? spelled(a->pos[0]) : last_code(s, &e);
	if (!code)
		return cmd_fail(&e);
	r = explain(s, code, &e);
	free(code);
	return r < 0 ? cmd_fail(&e) : 0;
}

const struct cmd_entry cmd_explain_entry = {
	.name = "explain",
	.alias = "x",
	.usage = "[CODE]",
	.summary = "what an error code or a finding means",
	.about = "CODE is one of rustc's (E0308), a lint of clippy "
		 "(clippy::undocumented_unsafe_blocks) or of rustc "
		 "(dead_code), a kind of finding (kasan, lockdep, ...) or "
		 "abi-failed. Without it, what your last check failed of "
		 "first. The words on "
		 "Rust are those of Rust's own tools, and need no network.",
	.max_args = 1,
	.takes = CMD_TAKES_CODE,
	.exec = exec_explain,
};
