/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a function of C calls, by clang's own syntax tree: the one that is
 * made by the very command of Kbuild's, after all macros were expanded. The
 * tree is -ast-dump=json, clang/include/clang/AST/JSONNodeDumper.h; a place
 * in it has its line only where that differs from the one before it.
 */
#include "abi-unit.h"
#include "err.h"
#include "proc.h"
#include "rules.h"
#include "sandbox.h"
#include "spec.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define CLANG_MS   60000
#define OUTPUT_MAX ((size_t)8 << 20) /* some ten times that, as a tree */
#define NAMED_MAX  12

/* ---- the tree ---- */

struct walk {
	const struct check_spec *c;
	unsigned line; /* of the place read last */
	unsigned at;   /* where the function begins */
	struct strv calls; /* names, each once */
	const char *avoid; /* the first one that is there, and its line */
	unsigned avoid_line;
	bool oom;
};

static const char *kind_of(json_t *node)
{
	const char *kind = json_string_value(json_object_get(node, "kind"));

	return kind ? kind : "";
}

/* What a place names; one in a macro has two, and the later one counts. */
static void note_line(struct walk *w, json_t *place)
{
	const char *key;
	json_t *v;

	json_object_foreach(place, key, v)
	{
		if (strcmp(key, "line") == 0)
			w->line = (unsigned)json_integer_value(v);
		else if (json_is_object(v) && strcmp(key, "includedFrom") != 0)
			note_line(w, v);
	}
}

/* Where the node begins; what comes after it is read, too, for its line. */
static unsigned note_place(struct walk *w, json_t *node)
{
	json_t *range = json_object_get(node, "range");
	unsigned begin;

	note_line(w, json_object_get(node, "loc"));
	note_line(w, json_object_get(range, "begin"));
	begin = w->line;
	note_line(w, json_object_get(range, "end"));
	return begin;
}

static const char *function_named(json_t *node)
{
	json_t *decl = json_object_get(node, "referencedDecl");

	if (strcmp(kind_of(node), "DeclRefExpr") != 0 ||
	    strcmp(kind_of(decl), "FunctionDecl") != 0)
		return NULL;
	return json_string_value(json_object_get(decl, "name"));
}

/* Through the casts and brackets that a call has around its function. */
static const char *callee(json_t *call)
{
	json_t *node = json_array_get(json_object_get(call, "inner"), 0);

	while (node && (strcmp(kind_of(node), "ImplicitCastExpr") == 0 ||
			strcmp(kind_of(node), "ParenExpr") == 0))
		node = json_array_get(json_object_get(node, "inner"), 0);
	return node ? function_named(node) : NULL;
}

static void visit(struct walk *w, json_t *node)
{
	unsigned line = note_place(w, node);
	const char *name = NULL;
	json_t *child;
	size_t i;

	w->at = w->at ? w->at : line;
	if (strcmp(kind_of(node), "CallExpr") == 0)
		name = callee(node);
	if (name && !strv_has(&w->calls, name))
		w->oom |= strv_add(&w->calls, name) < 0;
	/* A function that is not to be called is not to be had by pointer. */
	name = function_named(node);
	if (name && !w->avoid && strv_has(&w->c->avoids, name)) {
		w->avoid = name;
		w->avoid_line = line;
	}
	json_array_foreach(json_object_get(node, "inner"), i, child)
		visit(w, child);
}

static bool has_body(json_t *node)
{
	json_t *child;
	size_t i;

	json_array_foreach(json_object_get(node, "inner"), i, child)
		if (strcmp(kind_of(child), "CompoundStmt") == 0)
			return true;
	return false;
}

static bool is_function(const struct check_spec *c, json_t *node)
{
	const char *name = json_string_value(json_object_get(node, "name"));

	return strcmp(kind_of(node), "FunctionDecl") == 0 && name &&
	       strcmp(name, c->part) == 0 && has_body(node);
}

/* ---- what is said of it ---- */

static void tell_calls(struct buf *b, const struct walk *w)
{
	buf_addf(b, "; after all macros were expanded it calls %s",
		 w->calls.n ? "" : "nothing");
	for (size_t i = 0; i < w->calls.n && i < NAMED_MAX; i++)
		buf_addf(b, "%s`%s`", i ? ", " : "", w->calls.v[i]);
	if (w->calls.n > NAMED_MAX)
		buf_adds(b, ", …");
}

static void judge(struct rule *r, const struct walk *w)
{
	const struct check_spec *c = w->c;
	struct buf *b = &r->message;

	for (size_t i = 0; i < c->lines.n; i++) {
		if (strv_has(&w->calls, c->lines.v[i]))
			continue;
		buf_addf(b, "%s:%u: `%s` does not call `%s`", c->file, w->at,
			 c->part, c->lines.v[i]);
		tell_calls(b, w);
		return;
	}
	if (w->avoid) {
		buf_addf(b, "%s:%u: `%s` uses `%s`, and is not to", c->file,
			 w->avoid_line, c->part, w->avoid);
		return;
	}
	r->holds = true;
	buf_addf(b, "`%s` in %s", c->part, c->file);
	for (size_t i = 0; i < c->lines.n; i++)
		buf_addf(b, "%s`%s`", i ? ", " : " calls ", c->lines.v[i]);
	for (size_t i = 0; i < c->avoids.n; i++)
		buf_addf(b, "%s`%s`",
			 i		? ", "
			 : c->lines.n	? ", and does not use "
					: " does not use ",
			 c->avoids.v[i]);
}

/* Behind what stands before the next tree: "Dumping NAME:". */
static const char *next_tree(const char *p, const char *end)
{
	while (p < end && *p != '{') {
		const char *nl = memchr(p, '\n', (size_t)(end - p));

		p = nl ? nl + 1 : end;
	}
	return p;
}

int source_judge(struct rule *r, const struct check_spec *c, const char *text,
		 size_t len)
{
	const char *p = text, *end = text + len;
	struct walk w = {.c = c};
	bool found = false;

	r->looked = true;
	while (!found && (p = next_tree(p, end)) < end) {
		json_error_t at;
		json_t *j = json_loadb(p, (size_t)(end - p),
				       JSON_DISABLE_EOF_CHECK, &at);

		if (!j)
			break;
		p += at.position;
		found = is_function(c, j);
		if (found) {
			visit(&w, j);
			judge(r, &w);
		} else {
			/* The places in it count for those after it. */
			visit(&w, j);
			strv_release(&w.calls);
			w.calls = (struct strv)STRV_INIT;
			w.avoid = NULL;
			w.at = 0;
		}
		json_decref(j);
	}
	if (!found)
		buf_addf(&r->message, "%s has no function `%s`", c->file,
			 c->part);
	strv_release(&w.calls);
	return w.oom || !buf_ok(&r->message) ? -1 : 0;
}

/* ---- clang ---- */

static const struct abi_unit *find_unit(const struct abi_units *units,
					const char *file)
{
	for (size_t i = 0; i < units->n; i++)
		if (!units->v[i].rust && units->v[i].files.n &&
		    strcmp(units->v[i].files.v[0], file) == 0)
			return &units->v[i];
	return NULL;
}

static int run_clang(struct proc_result *p, const struct abi_unit *u,
		     const struct check_spec *c, const struct rules_opts *o,
		     struct err *e)
{
	static const struct proc_limit limits[] = {
		{RLIMIT_AS, (uint64_t)3 << 30},
		{RLIMIT_FSIZE, 64u << 20},
		{RLIMIT_CORE, 0},
		{RLIMIT_CPU, 30},
	};
	struct sandbox_bind bind = {
		.from = o->stage, .to = SANDBOX_STAGE, .writable = true};
	struct buf lines = BUF_INIT;
	struct sandbox_script script = {
		.store = o->store,
		.binds = &bind,
		.nbinds = 1,
		.chdir = SANDBOX_STAGE,
		.limits = limits,
		.nlimits = sizeof(limits) / sizeof(limits[0]),
		.timeout_ms = CLANG_MS,
		.out_max = OUTPUT_MAX,
		.cancel_fd = o->cancel_fd,
	};
	int ret;

	/* The names are of a lesson's plain ones: no shell reads more in them. */
	buf_addf(&lines,
		 "%s -w -fsyntax-only -Xclang -ast-dump=json "
		 "-Xclang -ast-dump-filter=%s </dev/null 2>/dev/null\n",
		 u->command, c->part);
	script.lines = buf_str(&lines);
	ret = buf_ok(&lines) ? sandbox_run(p, &script, e) : -1;
	buf_release(&lines);
	return ret;
}

static int look_at(struct rule *r, const struct abi_unit *u,
		   const struct check_spec *c, const struct rules_opts *o,
		   struct err *e)
{
	struct proc_result p = PROC_RESULT_INIT;
	int ret = run_clang(&p, u, c, o, e);

	if (ret == 0 && p.end == PROC_CANCELLED)
		ret = err_set(e, ERR_CANCELLED, 0, "interrupted");
	else if (ret == 0 && p.end == PROC_EXITED && p.status == 0)
		ret = source_judge(r, c, buf_str(&p.out), p.out.len);
	else if (ret == 0) {
		r->looked = true;
		buf_addf(&r->message,
			 "`%s` in %s is too long to be looked at", c->part,
			 c->file);
	}
	proc_result_release(&p);
	return ret;
}

int source_look(struct rule *r, const struct check_spec *c,
		const struct rules_opts *o, struct err *e)
{
	struct abi_units units = {.n = 0};
	const struct abi_unit *u;
	int ret = abi_units_read(&units, o->stage, e);

	u = ret == 0 ? find_unit(&units, c->file) : NULL;
	if (u) {
		ret = look_at(r, u, c, o, e);
	} else if (ret == 0) {
		r->looked = true;
		buf_addf(&r->message, "%s is not what was built", c->file);
	}
	abi_units_release(&units);
	return ret;
}
