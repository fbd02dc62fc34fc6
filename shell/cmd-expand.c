/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/buf.h"
#include "checker/err.h"
#include "checker/expand.h"
#include "cmd.h"
#include "look.h"
#include "page.h"
#include "session.h"
#include "suggest.h"
#include "text-code.h"
#include "wrap.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 8 }; /* modules within each other */

/*
 * rustc prints the crate even if names in it lead nowhere, but says that it
 * failed, and make would throw the file away. Of one with brackets that do not
 * match it prints nothing.
 */
#define LENIENT_RUSTC                                                          \
	"RUSTC_OR_CLIPPY=\"sh -c 'rustc \\\"\\$\\$@\\\" || :' sh\""

#define SOURCE_MAX   ((size_t)1 << 20)
#define EXPANDED_MAX ((size_t)32 << 20)

/* One expand, from its words to what is shown. */
struct asking {
	const struct cmd_args *a;
	struct look k;
	const char *file; /* whose macros are to be seen */
	bool rust;
	char *root; /* of the crate that it is part of; in C the file itself */
	struct strv modules; /* from the root to the file */
	struct strv path; /* stems that were gone through, file first */
	struct expand_part part;
	struct buf source, expanded, out;
};

static int no_memory(struct err *e)
{
	return err_set(e, ERR_ENV, ENOMEM, "cannot expand");
}

static bool ends_in(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n > m && strcmp(s + n - m, end) == 0;
}

static bool is_source(const char *name)
{
	return ends_in(name, ".rs") || ends_in(name, ".c");
}

/* ---- which file ---- */

static const char *in_lesson(const struct lesson *l, const char *name)
{
	if (strv_has(&l->spec.edit, name) || strv_has(&l->spec.given, name))
		return name;
	return NULL;
}

static const char *first_source(const struct lesson *l)
{
	for (size_t i = 0; i < l->spec.edit.n; i++)
		if (is_source(l->spec.edit.v[i]))
			return l->spec.edit.v[i];
	for (size_t i = 0; i < l->spec.given.n; i++)
		if (is_source(l->spec.given.v[i]))
			return l->spec.given.v[i];
	return NULL;
}

static void list_sources(struct buf *b, const struct strv *files)
{
	for (size_t i = 0; i < files->n; i++)
		if (is_source(files->v[i]))
			buf_addf(b, "%s%s", b->len ? ", " : "", files->v[i]);
}

static int no_such_file(const struct asking *q, const char *name, struct err *e)
{
	const struct spec *spec = &q->k.l.spec;
	const struct strv *const lists[] = {&spec->edit, &spec->given, NULL};
	const char *meant = suggest_of(name, lists);
	struct buf b = BUF_INIT;

	list_sources(&b, &spec->edit);
	list_sources(&b, &spec->given);
	err_set(e, ERR_USAGE, 0, "lesson %s has no source file '%.60s'",
		q->k.c->id, name);
	if (meant && is_source(meant))
		err_next(e, "did you mean '%s'?", meant);
	else
		err_next(e, "it has %s", b.len ? buf_str(&b) : "none at all");
	buf_release(&b);
	return -1;
}

static int choose_file(struct asking *q, const char *name, struct err *e)
{
	q->file = name ? in_lesson(&q->k.l, name) : first_source(&q->k.l);
	if (!q->file)
		return no_such_file(q, name ? name : "", e);
	if (ends_in(q->file, ".h")) {
		err_set(e, ERR_USAGE, 0,
			"a header is expanded where it is "
			"included");
		return err_next(e, "name the .c file that includes it");
	}
	if (!is_source(q->file))
		return no_such_file(q, name, e);
	q->rust = ends_in(q->file, ".rs");
	return 0;
}

/* Up to one file, then perhaps a lesson. */
static int open_lesson(struct asking *q, struct session *s, struct err *e)
{
	const char *lesson = NULL, *file = NULL;
	size_t n = q->a->npos;

	if (session_open(s, e) < 0)
		return -1;
	if (n > 0 && look_is_lesson(s, q->a->pos[n - 1]))
		lesson = q->a->pos[--n];
	if (n > 0)
		file = q->a->pos[0];
	/* Found by a part of its name, or missed with what was meant. */
	if (n > 1)
		lesson = q->a->pos[1];
	if (look_open(&q->k, s, lesson, cmd_value(q->a, "dir"), e) < 0)
		return -1;
	return choose_file(q, file, e);
}

/* ---- which crate ---- */

/* As it would be staged: the learner's, or the lesson's. */
static bool read_file(const struct asking *q, const char *name, struct buf *out)
{
	bool own = strv_has(&q->k.l.spec.edit, name);
	char path[4400];

	if (own)
		snprintf(path, sizeof(path), "%s/%s", q->k.dir, name);
	else
		snprintf(path, sizeof(path), "%s/solution/%s", q->k.l.spec.dir,
			 name);
	buf_clear(out);
	return buf_read_file(out, path, SOURCE_MAX, NULL) == 0;
}

static const char *parent_in(const struct asking *q, const struct strv *files,
			     const char *stem)
{
	for (size_t i = 0; i < files->n; i++) {
		struct buf b = BUF_INIT;
		bool has = ends_in(files->v[i], ".rs") &&
			   read_file(q, files->v[i], &b) &&
			   expand_has_module(buf_str(&b), stem);

		buf_release(&b);
		if (has)
			return files->v[i];
	}
	return NULL;
}

/* "sub/wrap.rs" is the module wrap. */
static char *stem_of(const char *file)
{
	const char *slash = strrchr(file, '/');
	const char *base = slash ? slash + 1 : file;

	return strndup(base, strcspn(base, "."));
}

/* Up from the file to the one that rustc is given. */
static int find_root(struct asking *q, struct err *e)
{
	const struct spec *spec = &q->k.l.spec;
	const char *at = q->file;

	for (size_t i = 0; q->rust && i < DEEPEST; i++) {
		char *stem = stem_of(at);
		const char *parent;

		if (!stem)
			return no_memory(e);
		parent = parent_in(q, &spec->edit, stem);
		if (!parent)
			parent = parent_in(q, &spec->given, stem);
		if (parent && strv_add(&q->path, stem) < 0)
			parent = NULL;
		free(stem);
		if (!parent || strcmp(parent, at) == 0)
			break;
		at = parent;
	}
	for (size_t i = q->path.n; i-- > 0;)
		if (strv_add(&q->modules, q->path.v[i]) < 0)
			return no_memory(e);
	q->root = strdup(at);
	return q->root ? 0 : no_memory(e);
}

/* ---- the build ---- */

/* "x.rs" makes "x.rsi", "x.c" makes "x.i". */
static char *target_of(const struct asking *q)
{
	size_t n = strlen(q->root) - (q->rust ? 3 : 2);
	char *target;

	return asprintf(&target, "%.*s%s", (int)n, q->root,
			q->rust ? ".rsi" : ".i") < 0
		       ? NULL
		       : target;
}

static bool is_blank(const char *s)
{
	return !s[strspn(s, " \n")];
}

static int build(struct asking *q, struct err *e)
{
	struct look_build b = {.name = "expand"};
	char *target = target_of(q);
	int r;

	if (!target)
		return no_memory(e);
	b.target = target;
	b.vars = q->rust ? LENIENT_RUSTC : NULL;
	r = look_build(&q->k, &b, e);
	if (r == 0 &&
	    (built_read(&q->k.built, &q->source, q->file, SOURCE_MAX, e) < 0 ||
	     built_read(&q->k.built, &q->expanded, target, EXPANDED_MAX, e) <
		     0))
		r = -1;
	free(target);
	if (r != 0 || !is_blank(buf_str(&q->expanded)))
		return r;
	look_show_failure(&q->k);
	return 1;
}

/* ---- what is shown ---- */

static int no_part(const struct asking *q, struct err *e)
{
	const char *macro = q->part.macro;

	if (!macro && !q->part.item)
		return err_set(e, ERR_ENV, 0,
			       "%s is not in what the compiler printed",
			       q->file);
	err_set(e, ERR_USAGE, 0,
		macro ? "%s does not use the macro '%.60s'"
		      : "%s has no item '%.60s'",
		q->file, macro ? macro : q->part.item);
	return err_next(e, "'expand %s' shows all of it", q->file);
}

static int cut_out(struct asking *q, struct err *e)
{
	const char *source = buf_str(&q->source);
	const char *expanded = buf_str(&q->expanded);
	unsigned width = q->k.s->term.tty ? q->k.s->term.width : 80;
	enum expand_end end;

	end = q->rust ? expand_rust(&q->out, source, expanded, &q->modules,
				    &q->part)
		      : expand_c(&q->out, q->file, source, expanded, width,
				 &q->part);
	switch (end) {
	case EXPAND_OK:
		return buf_ok(&q->out) ? 0 : no_memory(e);
	case EXPAND_NONE:
		return no_part(q, e);
	case EXPAND_UNREADABLE:
		return err_set(e, ERR_ENV, 0,
			       "what the compiler printed cannot be read");
	case EXPAND_NO_MEMORY:
		break;
	}
	return no_memory(e);
}

static void add_heading(struct buf *out, const struct term *t,
			const struct asking *q)
{
	struct wrap w = {.width = t->tty ? term_prose(t) : 80};
	struct buf b = BUF_INIT;

	buf_addf(&b, "// %s, its macros expanded", q->file);
	if (strcmp(q->root, q->file) != 0)
		buf_addf(&b, "; it is a module of %s", q->root);
	buf_addf(&b, "%s\n",
		 q->rust ? ". To be read, not to be compiled again."
			 : ". Headers stay as they are.");
	snprintf(w.rest, sizeof(w.rest), "// ");
	wrap_text(out, &w, buf_str(&b));
	buf_addc(out, '\n');
	buf_release(&b);
}

/* It could be expanded, but not be compiled. */
static void add_errors(struct buf *out, const struct asking *q)
{
	const struct kbuild_result *r = &q->k.built.build;
	size_t n = 0;

	for (size_t i = 0; i < r->ndiags; i++)
		n += r->diags[i].level == DIAG_ERROR;
	if (n)
		buf_addf(out,
			 "\n// It does not compile yet: %zu error%s, which "
			 "'check' shows.\n",
			 n, n > 1 ? "s" : "");
}

static void render(struct buf *out, const struct term *t, void *arg)
{
	const struct asking *q = arg;

	add_heading(out, t, q);
	code_text(out, t, code_lang_by_file(q->file), buf_str(&q->out),
		  q->out.len - (q->out.len > 0));
	add_errors(out, q);
}

static int show(struct asking *q, struct err *e)
{
	term_resize(&q->k.s->term);
	if (cut_out(q, e) < 0)
		return -1;
	page_render(&q->k.s->term, render, q);
	return 0;
}

/* "module!" is the macro module. */
static void read_part(struct asking *q, char **name)
{
	const char *macro = cmd_value(q->a, "macro");

	q->part.item = cmd_value(q->a, "item");
	*name = macro ? strndup(macro, strcspn(macro, "!")) : NULL;
	q->part.macro = *name;
}

static int run(struct asking *q, struct session *s, struct err *e)
{
	int r;

	if (open_lesson(q, s, e) < 0 || find_root(q, e) < 0)
		return -1;
	r = build(q, e);
	return r == 0 ? show(q, e) : r;
}

static int exec_expand(struct session *s, const struct cmd_args *a)
{
	struct asking q = {.a = a};
	struct err e = ERR_INIT;
	char *macro;
	int r;

	read_part(&q, &macro);
	r = run(&q, s, &e);
	if (r < 0)
		r = cmd_fail(&e);
	free(macro);
	free(q.root);
	strv_release(&q.modules);
	strv_release(&q.path);
	buf_release(&q.source);
	buf_release(&q.expanded);
	buf_release(&q.out);
	look_close(&q.k);
	return r;
}

static const struct cmd_flag flags[] = {
	{"macro", "MACRO", "only where that macro is used: module, vtable"},
	{"item", "ITEM", "only the function, type or impl of that name"},
	{"dir", "DIR", "look at the files in DIR instead of your own"},
	{NULL, NULL, NULL},
};

const struct cmd_entry cmd_expand_entry = {
	.name = "expand",
	.usage = "[FILE] [LESSON]",
	.summary = "your source with its macros expanded",
	.about = "What rustc sees once module!, #[vtable], pin_init! and all "
		 "other macros have done their work, laid out by rustfmt; of a "
		 "file in C, what the compiler sees, without the headers. "
		 "Without a file it is the first of those that you edit.\n\n"
		 "The file need not be finished: its types are not looked at, "
		 "only its macros. Names that a macro makes up cannot be told "
		 "from yours here, so what is shown is to be read, not to be "
		 "compiled.",
	.flags = flags,
	.max_args = 2,
	.takes = CMD_TAKES_SOURCE,
	.exec = exec_expand,
};
