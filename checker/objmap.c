/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "objmap.h"
#include "objmap-int.h"
#include "proc.h"
#include "sandbox.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define GUARD_MS   10000
#define ANSWER_MAX ((size_t)64 << 20)
#define FIELDS_MAX 8

/* ---- in a process of its own ---- */

static int write_all(int fd, const char *s, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, s, len);

		if (n <= 0)
			return -1;
		s += n;
		len -= (size_t)n;
	}
	return 0;
}

static int tell(int out, void *arg)
{
	const char *path = arg;
	struct buf b = {.max = ANSWER_MAX};
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	Elf *elf;

	elf_version(EV_CURRENT);
	elf = fd < 0 ? NULL : elf_begin(fd, ELF_C_READ, NULL);
	if (objmap_elf(&b, elf) < 0)
		return -1;
	objmap_dwarf(&b, path);
	return buf_ok(&b) ? write_all(out, buf_str(&b), b.len) : -1;
}

/* ---- here: its answer ---- */

struct fields {
	char *v[FIELDS_MAX];
	size_t n;
};

static void split(struct fields *f, char *line)
{
	f->n = 0;
	while (line && f->n < FIELDS_MAX)
		f->v[f->n++] = strsep(&line, "\t");
	for (size_t i = f->n; i < FIELDS_MAX; i++)
		f->v[i] = NULL;
}

static unsigned long number(const struct fields *f, size_t i)
{
	return i < f->n ? strtoul(f->v[i], NULL, 16) : 0;
}

/* A copy; NULL for a field that is empty or not there. */
static char *text(const struct fields *f, size_t i)
{
	return i < f->n && *f->v[i] ? strdup(f->v[i]) : NULL;
}

/* "/kiln/work/./ring.c" is ring.c; files of the kernel and of Rust likewise. */
static char *file(const struct fields *f, size_t i)
{
	static const char *const roots[] = {SANDBOX_STAGE "/", "/kiln/src/",
					    "/kiln/build/",
					    "/usr/lib/rustlib/src/rust/"};
	const char *s = i < f->n ? f->v[i] : "";

	for (size_t k = 0; k < sizeof(roots) / sizeof(*roots); k++)
		if (strncmp(s, roots[k], strlen(roots[k])) == 0)
			s += strlen(roots[k]);
	while (strncmp(s, "./", 2) == 0)
		s += 2;
	return *s ? strdup(s) : NULL;
}

/* Room for one more behind @n of them; NULL: out of memory. */
static void *more(void *list, size_t *n, size_t size)
{
	void **v = list;
	char *grown = *v;

	/* Doubled at each power of two. */
	if ((*n & (*n - 1)) == 0) {
		grown = realloc(*v, (*n ? *n * 2 : 1) * size);
		if (!grown)
			return NULL;
		*v = grown;
	}
	memset(grown + *n * size, 0, size);
	return grown + (*n)++ * size;
}

static int take_section(struct objmap *m, const struct fields *f)
{
	struct objmap_section *s =
		more(&m->sections, &m->nsections, sizeof(*s));

	if (!s)
		return -1;
	s->kind = (enum objmap_kind)number(f, 1);
	s->size = number(f, 2);
	s->name = strdup(f->n > 3 ? f->v[3] : "");
	return s->name ? 0 : -1;
}

static int take_symbol(struct objmap *m, const struct fields *f)
{
	struct objmap_symbol *s = more(&m->symbols, &m->nsymbols, sizeof(*s));

	if (!s)
		return -1;
	s->section = (unsigned)number(f, 1);
	s->value = number(f, 2);
	s->size = number(f, 3);
	s->function = f->n > 4 && strchr(f->v[4], 'f');
	s->named = f->n > 4 && strchr(f->v[4], 'n');
	s->name = strdup(f->n > 5 ? f->v[5] : "");
	return s->name ? 0 : -1;
}

static int take_reloc(struct objmap *m, const struct fields *f)
{
	struct objmap_reloc *r = more(&m->relocs, &m->nrelocs, sizeof(*r));

	if (!r)
		return -1;
	r->section = (unsigned)number(f, 1);
	r->offset = number(f, 2);
	r->addend = (long)number(f, 3);
	r->relative = number(f, 4);
	r->symbol = number(f, 5);
	return 0;
}

static int take_string(struct objmap *m, const struct fields *f)
{
	struct objmap_string *s = more(&m->strings, &m->nstrings, sizeof(*s));

	if (!s)
		return -1;
	s->section = (unsigned)number(f, 1);
	s->offset = number(f, 2);
	s->text = strdup(f->n > 3 ? f->v[3] : "");
	return s->text ? 0 : -1;
}

static int take_line(struct objmap *m, const struct fields *f)
{
	struct objmap_line *l = more(&m->lines, &m->nlines, sizeof(*l));

	if (!l)
		return -1;
	l->section = (unsigned)number(f, 1);
	l->address = number(f, 2);
	l->line = (unsigned)number(f, 3);
	l->file = file(f, 4);
	l->order = m->nlines;
	return 0;
}

static int take_function(struct objmap *m, const struct fields *f)
{
	struct objmap_function *fn =
		more(&m->functions, &m->nfunctions, sizeof(*fn));

	if (!fn)
		return -1;
	fn->section = (unsigned)number(f, 1);
	fn->address = number(f, 2);
	fn->line = (unsigned)number(f, 3);
	fn->rust = number(f, 4);
	fn->name = text(f, 5);
	fn->linkage = text(f, 6);
	fn->file = file(f, 7);
	return fn->name ? 0 : -1;
}

static int take_inline(struct objmap *m, const struct fields *f)
{
	struct objmap_inline *i = more(&m->inlines, &m->ninlines, sizeof(*i));

	if (!i)
		return -1;
	i->section = (unsigned)number(f, 1);
	i->address = number(f, 2);
	i->line = (unsigned)number(f, 3);
	i->rust = number(f, 4);
	i->name = text(f, 5);
	i->linkage = text(f, 6);
	i->file = file(f, 7);
	return i->name ? 0 : -1;
}

static int take(struct objmap *m, char *line)
{
	struct fields f;

	split(&f, line);
	switch (f.v[0][0]) {
	case 'S':
		return take_section(m, &f);
	case 'Y':
		return take_symbol(m, &f);
	case 'R':
		return take_reloc(m, &f);
	case 'T':
		return take_string(m, &f);
	case 'L':
		return take_line(m, &f);
	case 'F':
		return take_function(m, &f);
	case 'I':
		return take_inline(m, &f);
	}
	return -1;
}

static int by_place(const void *a, const void *b)
{
	const struct objmap_line *x = a, *y = b;

	if (x->section != y->section)
		return x->section < y->section ? -1 : 1;
	if (x->address != y->address)
		return x->address < y->address ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

int objmap_read(struct objmap *m, const char *path)
{
	struct buf b = {.max = ANSWER_MAX};
	int ret = proc_guard(&b, GUARD_MS, tell, (void *)(uintptr_t)path);
	char *rest = b.data;

	*m = (struct objmap){.sections = NULL};
	while (ret == 0 && rest && *rest)
		ret = take(m, strsep(&rest, "\n"));
	buf_release(&b);
	if (m->nlines)
		qsort(m->lines, m->nlines, sizeof(*m->lines), by_place);
	return ret;
}

void objmap_release(struct objmap *m)
{
	for (size_t i = 0; i < m->nsections; i++)
		free(m->sections[i].name);
	for (size_t i = 0; i < m->nsymbols; i++)
		free(m->symbols[i].name);
	for (size_t i = 0; i < m->nstrings; i++)
		free(m->strings[i].text);
	for (size_t i = 0; i < m->nlines; i++)
		free(m->lines[i].file);
	for (size_t i = 0; i < m->nfunctions; i++) {
		free(m->functions[i].name);
		free(m->functions[i].linkage);
		free(m->functions[i].file);
	}
	for (size_t i = 0; i < m->ninlines; i++) {
		free(m->inlines[i].name);
		free(m->inlines[i].linkage);
		free(m->inlines[i].file);
	}
	free(m->sections);
	free(m->symbols);
	free(m->relocs);
	free(m->strings);
	free(m->lines);
	free(m->functions);
	free(m->inlines);
	*m = (struct objmap){.sections = NULL};
}
