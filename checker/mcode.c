/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "mcode.h"
#include "built.h"
#include "mcode-int.h"
#include "err.h"
#include "stage.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_MAX    ((size_t)64 << 20)
#define LIST_MAX    ((size_t)64 << 10) /* of a NAME.mod */
#define OBJECTS_MAX 64

/* One module: its name, and the objects that it is linked of. */
struct part {
	char module[256]; /* "store" */
	struct strv objects;
};

struct reading {
	struct mcode *c;
	const struct built *b;
	struct buf text;
	struct strv done; /* objects; two modules may share one */
};

static int no_memory(struct err *e)
{
	return err_set(e, ERR_ENV, ENOMEM, "cannot read the machine code");
}

/* ---- one object ---- */

/* What compilers and Kbuild put beside the functions that were written. */
static bool is_padding(const char *name)
{
	return strncmp(name, "__pfx_", 6) == 0 ||
	       strncmp(name, "__cfi_", 6) == 0 ||
	       strncmp(name, "asan.module_", 12) == 0;
}

static bool is_wanted(const struct objmap *m, const struct objmap_symbol *s)
{
	return s->function && s->section && s->section < m->nsections &&
	       m->sections[s->section].kind == OBJMAP_CODE && s->size > 0 &&
	       !is_padding(s->name);
}

/* The one of several symbols at a place that the source knows. */
static bool is_proper(const struct objmap_symbol *s,
		      const struct objmap_function *fn)
{
	return fn &&
	       mcode_is_same(s->name, fn->linkage ? fn->linkage : fn->name);
}

static struct mcode_function *already(struct mcode *c, size_t from,
				      const struct objmap_symbol *s,
				      const unsigned long *places)
{
	for (size_t i = from; i < c->nfunctions; i++)
		if (places[(i - from) * 2] == s->section &&
		    places[(i - from) * 2 + 1] == s->value)
			return &c->functions[i];
	return NULL;
}

static int rename_to(struct mcode_function *f, const char *symbol)
{
	char *name = mcode_name(symbol), *copy = strdup(symbol);

	if (!name || !copy || strv_add(&f->aliases, f->symbol) < 0) {
		free(name);
		free(copy);
		return -1;
	}
	free(f->name);
	free(f->symbol);
	f->name = name;
	f->symbol = copy;
	return 0;
}

static int describe(struct mcode_function *f, const struct reading *r,
		    const char *object, const struct objmap_symbol *s,
		    const struct objmap_function *fn)
{
	f->name = mcode_name(s->name);
	f->symbol = strdup(s->name);
	f->object = strdup(object);
	f->size = s->size;
	f->rust = fn ? fn->rust : strncmp(s->name, "_R", 2) == 0;
	if (fn && fn->file) {
		f->file = strdup(fn->file);
		f->line = fn->line;
		f->own = f->file && stage_has(r->b->stage, f->file);
	}
	if (!f->name || !f->symbol || !f->object)
		return -1;
	/* module_init() gives it another name, and that alone is left. */
	return fn && !fn->rust && !is_proper(s, fn) ? rename_to(f, fn->name)
						    : 0;
}

static int add_function(struct reading *r, const char *object,
			const struct objmap *m, const struct mcode_text *t,
			const struct objmap_symbol *s)
{
	struct mcode *c = r->c;
	struct mcode_function *f;

	f = realloc(c->functions, (c->nfunctions + 1) * sizeof(*f));
	if (!f)
		return -1;
	c->functions = f;
	f += c->nfunctions++;
	*f = (struct mcode_function){.name = NULL};
	if (describe(f, r, object, s,
		     mcode_function_at(m, s->section, s->value)) < 0)
		return -1;
	return mcode_text_take(f, t, m, s->section, s->value);
}

static int add_functions(struct reading *r, const char *object,
			 const struct objmap *m)
{
	size_t from = r->c->nfunctions;
	unsigned long *places = calloc(m->nsymbols + 1, 2 * sizeof(*places));
	struct mcode_text t;
	int ret = places ? 0 : -1;

	if (!mcode_text_find(&t, buf_str(&r->text), object))
		t = (struct mcode_text){.at = NULL};
	for (size_t i = 0; ret == 0 && i < m->nsymbols; i++) {
		const struct objmap_symbol *s = &m->symbols[i];
		struct mcode_function *f;
		size_t n;

		if (!is_wanted(m, s))
			continue;
		f = already(r->c, from, s, places);
		if (f) {
			ret = is_proper(s, mcode_function_at(m, s->section,
							     s->value))
				      ? rename_to(f, s->name)
				      : strv_add(&f->aliases, s->name);
			continue;
		}
		n = r->c->nfunctions - from;
		places[n * 2] = s->section;
		places[n * 2 + 1] = s->value;
		ret = add_function(r, object, m, &t, s);
	}
	free(places);
	return ret;
}

/* ---- the files ---- */

/* A map that @c owns, of a file of the stage. */
static struct objmap *read_map(struct reading *r, const char *name,
			       struct err *e)
{
	struct mcode *c = r->c;
	struct objmap *v = realloc(c->maps, (c->nmaps + 1) * sizeof(*v));
	char path[4200];

	if (!v) {
		no_memory(e);
		return NULL;
	}
	c->maps = v;
	v += c->nmaps++;
	*v = (struct objmap){.sections = NULL};
	snprintf(path, sizeof(path), "%s/%s", r->b->stage, name);
	if (stage_has(r->b->stage, name) && objmap_read(v, path) == 0)
		return v;
	err_set(e, ERR_ENV, 0, "the build's %s cannot be read", name);
	return NULL;
}

static int read_object(struct reading *r, const char *object, struct err *e)
{
	struct objmap *m;

	if (strv_has(&r->done, object))
		return 0;
	m = read_map(r, object, e);
	if (!m)
		return -1;
	if (strv_add(&r->done, object) < 0 || add_functions(r, object, m) < 0 ||
	    mcode_add_size(r->c, object, m, false) < 0)
		return no_memory(e);
	for (size_t i = 0; i < m->ninlines; i++)
		if (mcode_add_inline(r->c, r->b, m, &m->inlines[i]) < 0)
			return no_memory(e);
	return 0;
}

static int read_part(struct reading *r, const struct part *p, struct err *e)
{
	struct objmap *m;
	char ko[300];

	for (size_t i = 0; i < p->objects.n; i++)
		if (read_object(r, p->objects.v[i], e) < 0)
			return -1;
	snprintf(ko, sizeof(ko), "%s.ko", p->module);
	m = read_map(r, ko, e);
	if (!m)
		return -1;
	return mcode_add_size(r->c, ko, m, true) < 0 ? no_memory(e) : 0;
}

/* NAME.mod has an object a line: "./legacy.o", "/kiln/work/legacy.o". */
static int list_objects(struct part *p, const char *text)
{
	static const char stage[] = "/kiln/work/";

	while (*text && p->objects.n < OBJECTS_MAX) {
		size_t n = strcspn(text, "\n");
		char name[256];
		const char *s = text;

		if (strncmp(s, stage, sizeof(stage) - 1) == 0)
			s += sizeof(stage) - 1;
		if (strncmp(s, "./", 2) == 0)
			s += 2;
		snprintf(name, sizeof(name), "%.*s", (int)(text + n - s), s);
		if (*name && strv_add(&p->objects, name) < 0)
			return -1;
		text += n;
		text += *text == '\n';
	}
	return 0;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_list(const struct dirent *de)
{
	size_t n = strlen(de->d_name);

	return n > 4 && strcmp(de->d_name + n - 4, ".mod") == 0;
}

static int read_list(struct reading *r, const char *name, struct err *e)
{
	struct part p = {.objects = STRV_INIT};
	struct buf b = BUF_INIT;
	int ret = built_read(r->b, &b, name, LIST_MAX, e);

	snprintf(p.module, sizeof(p.module), "%.*s", (int)strlen(name) - 4,
		 name);
	if (ret == 0 && list_objects(&p, buf_str(&b)) < 0)
		ret = no_memory(e);
	if (ret == 0)
		ret = read_part(r, &p, e);
	strv_release(&p.objects);
	buf_release(&b);
	return ret;
}

int mcode_read(struct mcode *c, const struct built *b, struct err *e)
{
	struct reading r = {.c = c, .b = b};
	struct dirent **lists = NULL;
	int ret, n;

	*c = (struct mcode){.functions = NULL};
	ret = built_read(b, &r.text, ".code", TEXT_MAX, e);
	n = scandir(b->stage, &lists, is_list, by_name);
	for (int i = 0; i < n; i++) {
		if (ret == 0)
			ret = read_list(&r, lists[i]->d_name, e);
		free(lists[i]);
	}
	free(lists);
	strv_release(&r.done);
	buf_release(&r.text);
	return ret;
}

static void release_function(struct mcode_function *f)
{
	for (size_t i = 0; i < f->ninsns; i++)
		free(f->insns[i].text);
	strv_release(&f->aliases);
	free(f->insns);
	free(f->name);
	free(f->symbol);
	free(f->object);
	free(f->file);
}

void mcode_release(struct mcode *c)
{
	for (size_t i = 0; i < c->nfunctions; i++)
		release_function(&c->functions[i]);
	for (size_t i = 0; i < c->ninlines; i++) {
		free(c->inlines[i].name);
		free(c->inlines[i].file);
		strv_release(&c->inlines[i].into);
	}
	for (size_t i = 0; i < c->nsizes; i++)
		free(c->sizes[i].name);
	for (size_t i = 0; i < c->nmaps; i++)
		objmap_release(&c->maps[i]);
	free(c->functions);
	free(c->inlines);
	free(c->sizes);
	free(c->maps);
	*c = (struct mcode){.functions = NULL};
}
