/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "lints.h"
#include "buf.h"
#include "diag.h"
#include "err.h"
#include "kbuild.h"
#include "sandbox.h"
#include "spec.h"
#include "stage.h"
#include "store.h"
#include "verdict.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Below the stage; learners' files have no hidden parts in their paths. */
#define CONF_DIR ".clippy"
#define CONF_MAX ((size_t)64 << 10)

static const char *const disallowed[] = {
	"clippy::disallowed_methods",
	"clippy::disallowed_types",
	"clippy::disallowed_macros",
};

struct names {
	struct strv rust, c;
	bool forbids;
};

static void names_release(struct names *n)
{
	strv_release(&n->rust);
	strv_release(&n->c);
}

static bool is_clang(const char *name)
{
	return strncmp(name, "-W", 2) == 0;
}

static int names_take(struct names *n, const struct spec *spec)
{
	int r = 0;

	for (size_t i = 0; i < spec->nchecks && r == 0; i++) {
		const struct check_spec *c = &spec->checks[i];

		if (c->kind == CHECK_FORBID) {
			n->forbids = true;
			for (size_t k = 0; k < 3 && r == 0; k++)
				r = strv_add_once(&n->rust, disallowed[k]);
		}
		if (c->kind != CHECK_LINT)
			continue;
		for (size_t k = 0; k < c->lines.n && r == 0; k++) {
			const char *name = c->lines.v[k];

			r = strv_add_once(is_clang(name) ? &n->c : &n->rust, name);
		}
	}
	return r;
}

/* ---- which report is whose ---- */

static bool is_disallowed(const struct diag *d)
{
	for (size_t k = 0; k < 3; k++)
		if (diag_is(d, disallowed[k]))
			return true;
	return false;
}

/* "use of a disallowed method `core::mem::forget`" */
static bool names_path(const struct diag *d, const char *path)
{
	const char *at = strchr(d->message, '`');
	struct buf known = BUF_INIT;
	bool names;

	lints_path(&known, path);
	names = at && buf_ok(&known) &&
		strncmp(at + 1, buf_str(&known), known.len) == 0 &&
		at[known.len + 1] == '`';
	buf_release(&known);
	return names;
}

static bool is_about(const struct check_spec *c, const struct diag *d)
{
	bool forbids = c->kind == CHECK_FORBID;

	if (d->level == DIAG_NOTE || (!forbids && c->kind != CHECK_LINT) ||
	    (forbids && !is_disallowed(d)))
		return false;
	for (size_t i = 0; i < c->lines.n; i++)
		if (forbids ? names_path(d, c->lines.v[i])
			    : diag_is(d, c->lines.v[i]))
			return true;
	return false;
}

bool lints_counts(const struct spec *spec, const struct check_spec *c,
		  const struct diag *d)
{
	const char *file = d->file;

	if (!file || !is_about(c, d))
		return false;
	while (strncmp(file, "./", 2) == 0)
		file += 2;
	return strv_has(c->files.n ? &c->files : &spec->edit, file);
}

static bool is_any(const struct spec *spec, const struct diag *d)
{
	for (size_t i = 0; i < spec->nchecks; i++)
		if (is_about(&spec->checks[i], d))
			return true;
	return false;
}

/* How a lint came to be on is no learner's concern. */
static void strip_note(char *text)
{
	static const char note[] =
		"= note: requested on the command line with `--force-warn ";
	char *at = strstr(text, note), *end;

	if (!at)
		return;
	end = at + strcspn(at, "\n");
	while (at > text && at[-1] == ' ')
		at--;
	at -= at > text && at[-1] == '\n' && !*end;
	end += *end == '\n';
	memmove(at, end, strlen(end) + 1);
}

/* Errors stay: they are why there is nothing to check. */
static int set_apart(struct kbuild_result *r, const struct spec *spec)
{
	size_t n = 0;

	if (r->ndiags == 0)
		return 0;
	r->forced = calloc(r->ndiags, sizeof(*r->forced));
	if (!r->forced)
		return -1;
	r->many = r->ndiags >= DIAG_MOST;
	for (size_t i = 0; i < r->ndiags; i++)
		if (r->diags[i].level == DIAG_WARNING &&
		    is_any(spec, &r->diags[i]))
			strip_note((r->forced[r->nforced++] = r->diags[i]).text);
		else
			r->diags[n++] = r->diags[i];
	r->ndiags = n;
	return 0;
}

/* ---- clang, which can be silenced ---- */

static int add_silenced(struct kbuild_result *r, const char *name,
			const char *file, unsigned line)
{
	struct diag *more = reallocarray(r->forced, r->nforced + 1,
					 sizeof(*more));
	struct diag *d;

	if (!more)
		return -1;
	r->forced = more;
	d = &more[r->nforced++];
	*d = (struct diag){
		.level = DIAG_WARNING,
		.tool = DIAG_CLANG,
		.code = strdup(name),
		.file = strdup(file),
		.line = line,
		.message = strdup("this line could silence clang, and so is "
				  "not to be here"),
		.text = strdup(""),
	};
	return d->code && d->file && d->message && d->text ? 0 : -1;
}

static bool is_c(const char *file)
{
	size_t n = strlen(file);

	return n > 2 && file[n - 2] == '.' &&
	       (file[n - 1] == 'c' || file[n - 1] == 'h');
}

static int find_silenced(struct kbuild_result *r, const struct names *n,
			 const struct spec *spec, const char *stage,
			 struct err *e)
{
	struct buf b = BUF_INIT;
	char path[4200];
	int ret = 0;

	for (size_t i = 0; ret == 0 && n->c.n && i < spec->edit.n; i++) {
		const char *file = spec->edit.v[i];
		unsigned line;

		if (!is_c(file))
			continue;
		snprintf(path, sizeof(path), "%s/%s", stage, file);
		buf_clear(&b);
		ret = buf_read_file(&b, path, STAGE_FILE_MAX, e);
		line = ret == 0 ? lints_silences(buf_str(&b), 1) : 0;
		for (size_t k = 0; ret == 0 && line && k < n->c.n; k++)
			if (add_silenced(r, n->c.v[k], file, line) < 0)
				ret = err_set(e, ERR_ENV, ENOMEM,
					      "cannot build");
	}
	buf_release(&b);
	return ret;
}

/* ---- the build ---- */

static int write_conf(const struct spec *spec, const struct kbuild_opts *o,
		      struct err *e)
{
	struct buf own = BUF_INIT, out = BUF_INIT;
	char path[4200];
	int ret;

	snprintf(path, sizeof(path), "%s/src/.clippy.toml",
		 o->store->linux_dir);
	ret = buf_read_file(&own, path, CONF_MAX, e);
	if (ret == 0 && lints_conf(&out, buf_str(&own), spec) < 0)
		ret = err_set(e, ERR_ENV, ENOMEM, "cannot build");
	snprintf(path, sizeof(path), "%s/" CONF_DIR, o->stage);
	if (ret == 0)
		ret = make_dirs(path, e);
	snprintf(path, sizeof(path), "%s/" CONF_DIR "/clippy.toml", o->stage);
	if (ret == 0)
		ret = buf_write_file(&out, path, 0644, e);
	buf_release(&own);
	buf_release(&out);
	return ret;
}

/* Of make's variables of one name, the last one counts. */
static void add_vars(struct buf *b, const struct names *n, const char *own)
{
	buf_addf(b, "%s", own ? own : "");
	if (n->rust.n)
		buf_adds(b, " \"KRUSTFLAGS=-g --error-format=json");
	for (size_t i = 0; i < n->rust.n; i++)
		buf_addf(b, " --force-warn %s", n->rust.v[i]);
	if (n->rust.n)
		buf_addc(b, '"');
	if (n->c.n)
		buf_adds(b, " \"KCFLAGS=-g");
	for (size_t i = 0; i < n->c.n; i++)
		buf_addf(b, " %s", n->c.v[i]);
	if (n->c.n)
		buf_addc(b, '"');
	if (n->forbids)
		buf_adds(b, " CLIPPY_CONF_DIR=" SANDBOX_STAGE "/" CONF_DIR);
}

/* A name that the compilers do not know is a mistake of the lesson's. */
static int find_unknown(const struct kbuild_result *r, const struct names *n,
			struct err *e)
{
	for (size_t i = 0; i < r->ndiags; i++) {
		const struct diag *d = &r->diags[i];
		bool unknown = diag_is(d, "E0602") ||
			       diag_is(d, "-Wunknown-warning-option");

		for (size_t k = 0; unknown && k < n->rust.n + n->c.n; k++) {
			const char *name = k < n->rust.n
						   ? n->rust.v[k]
						   : n->c.v[k - n->rust.n];

			if (!strstr(d->message, name))
				continue;
			err_set(e, ERR_LESSON, 0,
				"a check of the lesson names \"%s\", and the "
				"compilers know no such lint",
				name);
			return -1;
		}
	}
	return 0;
}

static int build(struct kbuild_result *r, const struct kbuild_opts *o,
		 const struct spec *spec, const struct names *n, struct err *e)
{
	struct kbuild_opts forced = *o;
	struct buf vars = BUF_INIT;
	int ret = -1;

	add_vars(&vars, n, o->vars);
	forced.vars = buf_str(&vars);
	forced.json = n->rust.n > 0;
	if (!buf_ok(&vars)) {
		err_set(e, ERR_ENV, ENOMEM, "cannot build");
		goto out;
	}
	if ((n->forbids && write_conf(spec, o, e) < 0) ||
	    kbuild_run(r, &forced, e) < 0)
		goto out;
	ret = find_unknown(r, n, e);
	if (ret == 0 && set_apart(r, spec) < 0)
		ret = err_set(e, ERR_ENV, ENOMEM, "cannot build");
	if (ret == 0)
		ret = find_silenced(r, n, spec, o->stage, e);
	if (ret < 0)
		kbuild_release(r);
out:
	buf_release(&vars);
	return ret;
}

int lints_build(struct kbuild_result *r, const struct kbuild_opts *o,
		const struct spec *spec, struct err *e)
{
	struct names n = {.forbids = false};
	int ret;

	if (names_take(&n, spec) < 0)
		ret = err_set(e, ERR_ENV, ENOMEM, "cannot build");
	else if (n.rust.n == 0 && n.c.n == 0)
		ret = kbuild_run(r, o, e);
	else
		ret = build(r, o, spec, &n, e);
	names_release(&n);
	return ret;
}

/* ---- after the checks ---- */

static bool has_failed(const struct verdict *v, const char *id)
{
	for (size_t i = 0; i < v->nchecks; i++)
		if (strcmp(v->checks[i].id, id) == 0)
			return v->checks[i].result == CHECK_FAILED;
	return false;
}

static bool is_why(const struct diag *d, const struct verdict *v,
		   const struct spec *spec)
{
	for (size_t i = 0; i < spec->nchecks; i++)
		if (lints_counts(spec, &spec->checks[i], d) &&
		    has_failed(v, spec->checks[i].id))
			return true;
	return false;
}

int lints_keep(struct kbuild_result *r, const struct verdict *v,
	       const struct spec *spec)
{
	struct diag *all;
	size_t n = 0;

	if (r->nforced == 0)
		return 0;
	all = reallocarray(r->diags, r->ndiags + r->nforced, sizeof(*all));
	if (!all)
		return -1;
	r->diags = all;
	for (size_t i = 0; i < r->nforced; i++)
		if (is_why(&r->forced[i], v, spec))
			all[r->ndiags++] = r->forced[i];
		else
			r->forced[n++] = r->forced[i];
	r->nforced = n;
	return 0;
}
