/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "abi.h"
#include "abi-look.h"
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
	struct abi_source *source;
	struct abi_probes probes;
	struct abi_look look;
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

static int compare_all(struct work *w, struct err *e)
{
	w->source = abi_source_new();
	if (!w->source || read_sources(w) < 0)
		return no_memory(e);
	w->probes.source = w->source;
	w->probes.wanted = calloc(abi_source_nexterns(w->source) + 1,
				  sizeof(*w->probes.wanted));
	if (!w->probes.wanted)
		return no_memory(e);
	w->look = (struct abi_look){
		.o = w->o,
		.units = &w->units,
		.source = w->source,
		.probes = &w->probes,
	};
	if (abi_look(&w->look, false, e) < 0)
		return -1;
	/* The rest only a compile without optimizing, and with probes, tells. */
	if (w->probes.files.n == 0)
		return 0;
	if (abi_probe_build(w->o, &w->units, &w->probes, e) < 0)
		return -1;
	return abi_look(&w->look, true, e);
}

int abi_check(struct diag **out, size_t *n, const struct abi_opts *o,
	      struct err *e)
{
	struct work w = {.o = o};
	int ret;

	*out = NULL;
	*n = 0;
	if (abi_units_read(&w.units, o->stage, e) < 0)
		return -1;
	/* One crate alone, or C alone, has nobody to disagree with. */
	ret = w.units.nrust == 0 || w.units.n < 2 ? 0 : compare_all(&w, e);
	if (ret == 0) {
		*out = w.look.diags;
		*n = w.look.ndiags;
		w.look.diags = NULL;
		w.look.ndiags = 0;
	}
	abi_look_release(&w.look);
	abi_source_free(w.source);
	free(w.probes.wanted);
	strv_release(&w.probes.files);
	abi_units_release(&w.units);
	return ret;
}
