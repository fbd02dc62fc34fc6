/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Beside the functions themselves: what was inlined, and sizes. */
#include "mcode.h"
#include "built.h"
#include "mcode-int.h"
#include "stage.h"

#include <stdlib.h>
#include <string.h>

bool mcode_is_same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

const struct objmap_function *mcode_function_at(const struct objmap *m,
						unsigned section,
						unsigned long address)
{
	for (size_t i = 0; i < m->nfunctions; i++)
		if (m->functions[i].section == section &&
		    m->functions[i].address == address)
			return &m->functions[i];
	return NULL;
}

static struct mcode_inline *inline_of(struct mcode *c, const char *name,
				      const struct objmap_inline *i)
{
	struct mcode_inline *v;

	for (size_t k = 0; k < c->ninlines; k++)
		if (mcode_is_same(c->inlines[k].name, name) &&
		    mcode_is_same(c->inlines[k].file, i->file))
			return &c->inlines[k];
	v = realloc(c->inlines, (c->ninlines + 1) * sizeof(*v));
	if (!v)
		return NULL;
	c->inlines = v;
	v += c->ninlines++;
	*v = (struct mcode_inline){
		.name = strdup(name),
		.file = strdup(i->file),
		.line = i->line,
		.rust = i->rust,
	};
	return v->name && v->file ? v : NULL;
}

int mcode_add_inline(struct mcode *c, const struct built *b,
		     const struct objmap *m, const struct objmap_inline *i)
{
	const struct objmap_function *fn =
		mcode_function_at(m, i->section, i->address);
	struct mcode_inline *v;
	char *name, *into;
	int ret = -1;

	if (!fn || !i->file || !stage_has(b->stage, i->file))
		return 0;
	name = mcode_name(i->linkage ? i->linkage : i->name);
	into = mcode_name(fn->linkage ? fn->linkage : fn->name);
	v = name && into ? inline_of(c, name, i) : NULL;
	if (v)
		ret = strv_add_once(&v->into, into);
	free(name);
	free(into);
	return ret;
}

bool mcode_is_gone(const struct mcode *c, const struct mcode_inline *i)
{
	for (size_t k = 0; k < c->nfunctions; k++)
		if (mcode_is_same(c->functions[k].name, i->name) &&
		    mcode_is_same(c->functions[k].file, i->file))
			return false;
	return true;
}

int mcode_add_size(struct mcode *c, const char *name, const struct objmap *m,
		   bool module)
{
	struct mcode_size *v = realloc(c->sizes, (c->nsizes + 1) * sizeof(*v));

	if (!v)
		return -1;
	c->sizes = v;
	v += c->nsizes++;
	*v = (struct mcode_size){.name = strdup(name), .module = module};
	for (size_t i = 0; i < m->nsections; i++) {
		const struct objmap_section *s = &m->sections[i];

		v->code += s->kind == OBJMAP_CODE ? s->size : 0;
		v->rodata += s->kind == OBJMAP_RODATA ? s->size : 0;
		v->data += s->kind == OBJMAP_DATA ? s->size : 0;
	}
	return v->name ? 0 : -1;
}
