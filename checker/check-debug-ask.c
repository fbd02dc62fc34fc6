/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which module gdb is to stop in, and what it is told. */
#include "check-debug-int.h"
#include "err.h"
#include "gdbkit.h"
#include "harness.h"
#include "kbuild.h"
#include "stage.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_MAX ((size_t)64 << 20)

/* ---- which module ---- */

/* "hello.c" is compiled to hello.o. */
static bool is_object_of(const char *object, size_t len, const char *source)
{
	size_t stem = strcspn(source, ".");

	return len == stem + 2 && strncmp(object, source, stem) == 0 &&
	       strncmp(object + stem, ".o", 2) == 0;
}

/* Kbuild's NAME.mod lists the objects of a module. */
static bool is_made_of(const struct check *c, const char *ko,
		       const struct strv *sources)
{
	struct buf b = BUF_INIT;
	char path[4300];
	bool found = false;

	snprintf(path, sizeof(path), "%s/%.*s.mod", c->stage,
		 (int)strcspn(ko, "."), ko);
	if (buf_read_file(&b, path, 1 << 20, NULL) < 0)
		return false;
	for (const char *p = buf_str(&b); *p && !found;) {
		size_t n = strcspn(p, " \n");
		const char *slash = memrchr(p, '/', n);
		const char *name = slash ? slash + 1 : p;

		for (size_t i = 0; i < sources->n; i++)
			found |= is_object_of(name, n - (size_t)(name - p),
					      sources->v[i]);
		p += n + strspn(p + n, " \n");
	}
	buf_release(&b);
	return found;
}

static bool is_built(const struct check *c, const struct plan_step *p)
{
	char name[300];

	snprintf(name, sizeof(name), KBUILD_GUEST_DIR "/%s", p->target);
	return plan_loads(p->op) && stage_has(c->stage, name);
}

int debug_find_target(struct debug *d, struct err *e)
{
	const struct spec *spec = d->c->req->spec;

	for (size_t i = 0; i < spec->nplan; i++) {
		const struct plan_step *p = &spec->plan[i];

		if (!is_built(d->c, p))
			continue;
		if (!d->target || is_made_of(d->c, p->target, &spec->edit))
			d->target = p->target;
		if (is_made_of(d->c, p->target, &spec->edit))
			return 0;
	}
	return d->target ? 0
			 : err_set(e, ERR_USAGE, 0,
				   "the plan of lesson %s loads no module of "
				   "yours",
				   spec->id);
}

/* ---- what gdb is given ---- */

static int add_sources(const struct debug *d, json_t *out)
{
	const struct spec *spec = d->c->req->spec;
	const struct strv *lists[] = {&spec->edit, &spec->given};

	/* Those that it is made of first; others may be parts of them. */
	for (int pass = 0; pass < 2; pass++)
		for (size_t k = 0; k < 2; k++)
			for (size_t i = 0; i < lists[k]->n; i++) {
				struct strv one = {&lists[k]->v[i], 1};
				bool made = is_made_of(d->c, d->target, &one);

				if (made == (pass == 0) &&
				    json_array_append_new(
					    out, json_string(lists[k]->v[i])) <
					    0)
					return -1;
			}
	return 0;
}

static int add_modules(const struct debug *d, json_t *out)
{
	const struct spec *spec = d->c->req->spec;

	for (size_t i = 0; i < spec->nplan; i++)
		if (is_built(d->c, &spec->plan[i]) &&
		    json_array_append_new(
			    out, json_string(spec->plan[i].target)) < 0)
			return -1;
	return 0;
}

static int write_ask(const struct debug *d, struct err *e)
{
	const struct visit_request *r = d->c->visit->r;
	json_t *sources = json_array(), *modules = json_array();
	json_t *breaks = json_array(), *ask;
	char path[4300];
	int ret = 0;

	if (add_sources(d, sources) < 0 || add_modules(d, modules) < 0)
		ret = -1;
	for (size_t i = 0; i < r->breaks.n; i++)
		if (json_array_append_new(breaks, json_string(r->breaks.v[i])) <
		    0)
			ret = -1;
	ask = json_pack("{s:s, s:o, s:o, s:o, s:b}", "target", d->target,
			"sources", sources, "modules", modules, "breaks",
			breaks, "color", r->color);
	snprintf(path, sizeof(path), "%s/ask", d->dir);
	if (ret < 0 || !ask || json_dump_file(ask, path, 0) < 0)
		ret = err_set(e, ERR_ENV, errno, "cannot ask gdb");
	json_decref(ask);
	return ret;
}

static int put_file(const struct debug *d, const char *name, const char *data,
		    size_t len, struct err *e)
{
	struct buf b = BUF_INIT;
	char path[4300];
	int ret;

	snprintf(path, sizeof(path), "%s/%s", d->dir, name);
	buf_add(&b, data, len);
	ret = buf_write_file(&b, path, 0644, e);
	buf_release(&b);
	return ret;
}

static int put_types(const struct debug *d, struct err *e)
{
	struct harness_opts o = {
		.store = &d->c->store,
		.memory = d->c->memory,
		.cancel_fd = d->c->req->cancel_fd,
		.arg = d->c,
		.detail = check_detail,
	};
	struct buf b = BUF_INIT;
	char *path = NULL;
	int ret = gdbkit_open(&path, &o, e);

	if (ret == 0)
		ret = buf_read_file(&b, path, FILE_MAX, e);
	if (ret == 0)
		ret = put_file(d, "types", buf_str(&b), b.len, e);
	buf_release(&b);
	free(path);
	return ret;
}

int debug_put_files(const struct debug *d, struct err *e)
{
	const struct visit_request *r = d->c->visit->r;

	if (write_ask(d, e) < 0 || put_types(d, e) < 0)
		return -1;
	return r->script ? put_file(d, "commands", r->script, r->script_len, e)
			 : 0;
}
