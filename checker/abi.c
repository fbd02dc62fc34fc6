/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "abi.h"
#include "abi-dwarf.h"
#include "abi-fit.h"
#include "abi-probe.h"
#include "abi-source.h"
#include "abi-unit.h"
#include "err.h"
#include "stage.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct work {
	const struct abi_opts *o;
	struct abi_units units;
	struct abi_pool *pool;
	struct abi_source *source;
	struct abi_probes probes;
	struct abi_compare x;
};

static int no_memory(struct err *e)
{
	return err_set(e, ERR_ENV, ENOMEM, "cannot compare C and Rust");
}

static bool is_rust_file(const char *name)
{
	size_t n = strlen(name);

	return n > 3 && strcmp(name + n - 3, ".rs") == 0;
}

static int read_source(struct work *w, const char *name)
{
	struct buf b = BUF_INIT;
	char path[4200];
	int ret = 0;

	snprintf(path, sizeof(path), "%s/%s", w->o->stage, name);
	if (buf_read_file(&b, path, STAGE_FILE_MAX, NULL) == 0)
		ret = abi_source_add(w->source, name, buf_str(&b), b.len);
	buf_release(&b);
	return ret;
}

/* A file may belong to several crates. */
static int read_sources(struct work *w)
{
	struct strv done = STRV_INIT;
	int ret = 0;

	for (size_t i = 0; ret == 0 && i < w->units.n; i++) {
		const struct strv *files = &w->units.v[i].files;

		for (size_t k = 0; ret == 0 && k < files->n; k++) {
			if (!is_rust_file(files->v[k]) ||
			    strv_has(&done, files->v[k]))
				continue;
			ret = read_source(w, files->v[k]);
			if (ret == 0)
				ret = strv_add(&done, files->v[k]);
		}
	}
	strv_release(&done);
	return ret;
}

static int read_objects(struct work *w)
{
	char path[4200];
	int ret = 0;

	for (size_t i = 0; ret == 0 && i < w->units.n; i++) {
		snprintf(path, sizeof(path), "%s/%s", w->o->stage,
			 w->units.v[i].object);
		ret = abi_pool_read(w->pool, path);
	}
	return ret;
}

static struct abi_side side_of(const struct abi_symbol *s)
{
	return (struct abi_side){
		.type = s->type,
		.file = s->file,
		.line = s->line,
		.declared = s->declared,
	};
}

/* ---- C calls Rust ---- */

static void compare_call(struct work *w, const struct abi_symbol *c)
{
	const struct abi_symbol *r = abi_pool_definition(w->pool, c->name);
	struct abi_side cs, rs;

	if (!r || !r->rust || r->variable != c->variable)
		return;
	cs = side_of(c);
	rs = side_of(r);
	if (c->variable) {
		abi_compare_variable(&w->x, c->name, &cs, &rs);
		return;
	}
	rs.rust_abi =
		r->file && abi_source_lacks_extern(w->source, r->file, r->name);
	abi_compare_function(&w->x, c->name, &cs, &rs);
}

/* @again: only those that nothing was known of the first time. */
static void compare_calls(struct work *w, const struct strv *again)
{
	for (size_t i = 0; i < abi_pool_n(w->pool); i++) {
		const struct abi_symbol *c = abi_pool_symbol(w->pool, i);

		if (!c->rust && c->declared &&
		    (!again || strv_has(again, c->name)))
			compare_call(w, c);
	}
}

/*
 * Of two functions that compile to the same code rustc keeps one, and the
 * other is but a name. It has a description where nothing is optimized.
 */
static int find_merged(struct work *w, struct strv *merged)
{
	for (size_t i = 0; i < abi_pool_n(w->pool); i++) {
		const struct abi_symbol *c = abi_pool_symbol(w->pool, i);
		const char *file;

		if (c->rust || !c->declared || c->variable ||
		    abi_pool_definition(w->pool, c->name))
			continue;
		file = abi_source_function(w->source, c->name);
		if (file && (strv_add(merged, c->name) < 0 ||
			     strv_add(&w->probes.files, file) < 0))
			return -1;
	}
	return 0;
}

/* ---- Rust calls C ---- */

static int choose_probes(struct work *w)
{
	for (size_t i = 0; i < abi_source_nexterns(w->source); i++) {
		const struct abi_extern *x = abi_source_extern(w->source, i);
		const struct abi_symbol *d =
			abi_pool_definition(w->pool, x->symbol);

		w->probes.wanted[i] = d && d->variable == x->variable;
		if (w->probes.wanted[i] &&
		    strv_add(&w->probes.files, x->file) < 0)
			return -1;
	}
	return 0;
}

static int compare_probe(void *arg, unsigned long n, struct abi_type *t)
{
	struct work *w = arg;
	struct abi_type *pointer = abi_real(t);
	const struct abi_extern *x;
	const struct abi_symbol *d;
	struct abi_side c, r;

	if (n >= abi_source_nexterns(w->source) || !w->probes.wanted[n] ||
	    pointer->kind != ABI_POINTER)
		return 0;
	x = abi_source_extern(w->source, n);
	d = abi_pool_definition(w->pool, x->symbol);
	c = side_of(d);
	r = (struct abi_side){
		.type = abi_real(pointer->to),
		.file = x->file,
		.line = x->line,
		.declared = true,
		.variadic = pointer->variadic,
	};
	if (x->variable)
		abi_compare_variable(&w->x, x->symbol, &c, &r);
	else
		abi_compare_function(&w->x, x->symbol, &c, &r);
	return w->x.failed ? -1 : 0;
}

static int read_probes(struct work *w, const struct strv *merged)
{
	char path[4200];
	int ret = 0;

	for (size_t i = 0; ret == 0 && i < w->units.n; i++) {
		const struct abi_unit *u = &w->units.v[i];

		if (!abi_probe_wants(u, &w->probes))
			continue;
		snprintf(path, sizeof(path), "%s/%s", w->o->scratch, u->object);
		ret = abi_pool_probes(w->pool, path, compare_probe, w);
		if (ret == 0 && merged->n > 0)
			ret = abi_pool_read(w->pool, path);
	}
	return ret;
}

/* What only a compile without optimizing, and with probes, can tell. */
static int compare_probes(struct work *w, struct err *e)
{
	struct strv merged = STRV_INIT;
	int ret = -1;

	if (find_merged(w, &merged) < 0 || choose_probes(w) < 0) {
		no_memory(e);
		goto out;
	}
	ret = 0;
	if (w->probes.files.n == 0)
		goto out;
	ret = abi_probe_build(w->o, &w->units, &w->probes, e);
	if (ret == 0 && read_probes(w, &merged) < 0)
		ret = no_memory(e);
	if (ret == 0 && merged.n > 0)
		compare_calls(w, &merged);
out:
	strv_release(&merged);
	return ret;
}

/* ---- all of it ---- */

static int compare_all(struct work *w, struct err *e)
{
	w->pool = abi_pool_new();
	w->source = abi_source_new();
	if (!w->pool || !w->source || read_objects(w) < 0 ||
	    read_sources(w) < 0)
		return no_memory(e);
	w->probes.source = w->source;
	w->probes.wanted = calloc(abi_source_nexterns(w->source) + 1,
				  sizeof(*w->probes.wanted));
	if (!w->probes.wanted)
		return no_memory(e);
	w->x.source = w->source;
	compare_calls(w, NULL);
	if (compare_probes(w, e) < 0)
		return -1;
	return w->x.failed ? no_memory(e) : 0;
}

int abi_check(struct diag **out, size_t *n, const struct abi_opts *o,
	      struct err *e)
{
	struct work w = {.o = o, .x = {.max = o->max}};
	int ret;

	*out = NULL;
	*n = 0;
	if (abi_units_read(&w.units, o->stage, e) < 0)
		return -1;
	/* One crate alone, or C alone, has nobody to disagree with. */
	ret = w.units.nrust == 0 || w.units.n < 2 ? 0 : compare_all(&w, e);
	abi_compare_release(&w.x);
	if (ret < 0) {
		diag_free(w.x.diags, w.x.ndiags);
	} else {
		*out = w.x.diags;
		*n = w.x.ndiags;
	}
	abi_source_free(w.source);
	abi_pool_free(w.pool);
	free(w.probes.wanted);
	strv_release(&w.probes.files);
	abi_units_release(&w.units);
	return ret;
}
