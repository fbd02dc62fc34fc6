/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "unwind.h"
#include "demangle.h"
#include "explain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LEAKS_MOST 64

struct unwind *unwind_new(void)
{
	return calloc(1, sizeof(struct unwind));
}

static void site_release(struct unwind_site *s)
{
	finding_release(&s->at);
	free(s->function);
}

static void leak_release(struct unwind_leak *l)
{
	free(l->cache);
	site_release(&l->site);
}

void unwind_free(struct unwind *u)
{
	if (!u)
		return;
	for (size_t i = 0; i < u->n; i++) {
		free(u->v[i].call);
		free(u->v[i].left);
		site_release(&u->v[i].site);
	}
	for (size_t i = 0; i < u->nleaks; i++)
		leak_release(&u->leaks[i]);
	free(u->v);
	free(u->leaks);
	free(u);
}

struct unwind_round *unwind_add(struct unwind *u)
{
	struct unwind_round *v = reallocarray(u->v, u->n + 1, sizeof(*v));

	if (!v)
		return NULL;
	u->v = v;
	v[u->n] = (struct unwind_round){.load = STEP_NOT_RUN,
					.unload = STEP_NOT_RUN,
					.init = UNWIND_UNKNOWN};
	return &v[u->n++];
}

void unwind_module(char *name, size_t size, const char *file)
{
	const char *slash = strrchr(file, '/');
	char *dot;

	snprintf(name, size, "%s", slash ? slash + 1 : file);
	dot = strrchr(name, '.');
	if (dot)
		*dot = '\0';
	for (char *p = name; *p; p++)
		if (*p == '-')
			*p = '_';
}

/* ---- stacks ---- */

static bool starts(const char *s, const char *with)
{
	return strncmp(s, with, strlen(with)) == 0;
}

/* The function of "fn+0x1/0x2 [mod]", as a person would write it. */
static void function_of(char out[DEMANGLE_MAX], const char *frame)
{
	size_t len = strcspn(frame, "+ ");

	if (!demangle_rust(out, DEMANGLE_MAX, frame, len))
		snprintf(out, DEMANGLE_MAX, "%.*s", (int)len, frame);
}

/* Code of a library that the compiler put into the module. */
static bool is_library(const char *frame)
{
	static const char *const crates[] = {
		"kernel::", "core::", "alloc::", "pin_init::", NULL};
	char fn[DEMANGLE_MAX];
	const char *p = fn;
	bool is = false;

	function_of(fn, frame);
	while (*p == '<')
		p++;
	for (size_t i = 0; crates[i] && !is; i++)
		is = starts(p, crates[i]);
	return is;
}

static bool is_in(const char *frame, const char *module)
{
	const char *p = strchr(frame, '[');
	size_t len = strlen(module);

	return p && strncmp(p + 1, module, len) == 0 && p[1 + len] == ']';
}

/* How C's inline functions are called from Rust. */
static const char rust_helper[] = "rust_helper_";

/* Does it give its caller a NULL, or an error that says ENOMEM? */
static bool is_allocator(const char *call)
{
	static const char *const names[] = {
		"kmalloc",	    "kzalloc",	       "kcalloc",
		"krealloc",	    "kvmalloc",	       "kvrealloc",
		"kmem_cache_alloc", "kmemdup",	       "kvmemdup",
		"kstrdup",	    "kstrndup",	       "kasprintf",
		"kvasprintf",	    "memdup_user",     "devm_kmalloc",
		"devm_krealloc",    "devm_kmemdup",    "devm_kstrdup",
		"devm_kasprintf",   "devm_kvasprintf", NULL};

	if (starts(call, "_R"))
		return strstr(call, "6kernel5alloc") != NULL;
	if (starts(call, rust_helper))
		call += strlen(rust_helper);
	while (*call == '_')
		call++;
	for (size_t i = 0; names[i]; i++)
		if (starts(call, names[i]))
			return true;
	return false;
}

/*
 * "__kmalloc_cache_noprof+0x1/0x2" is "kmalloc" to who wrote the call; and
 * who wrote Rust knows nothing of what its library calls in C.
 */
static char *call_of(const char *frame)
{
	char fn[DEMANGLE_MAX];
	const char *p = fn;
	char *tail;

	if (starts(frame, rust_helper))
		return strdup("");
	function_of(fn, frame);
	if (starts(frame, "_R"))
		return strdup(fn);
	while (*p == '_')
		p++;
	tail = strstr(fn, "_noprof");
	if (tail)
		*tail = '\0';
	return strdup(starts(p, "kmalloc") ? "kmalloc" : p);
}

static char *next_line(char **rest)
{
	char *line = strsep(rest, "\n");

	while (line && (*line == ' ' || *line == '\t'))
		line++;
	return line;
}

/*
 * Frames, innermost first, as far as they are in the module or a callee of
 * it. The site is named for the first that is not a library's, or else the
 * first; @above is what that first one had called.
 */
static int take_frames(struct unwind_site *site, char **above, char *rest,
		       const char *module)
{
	char *line, *own = NULL, *before = NULL, *first = NULL;
	char fn[DEMANGLE_MAX];

	while (!own && (line = next_line(&rest))) {
		struct finding_site frame = {.symbol = line, .first = !first};

		if (!is_in(line, module)) {
			before = first ? before : line;
			continue;
		}
		if (!first && before) {
			function_of(fn, before);
			frame.name = fn;
		}
		if (finding_add_site(&site->at, &frame) < 0)
			return -1;
		first = first ? first : line;
		own = is_library(line) ? NULL : line;
	}
	*above = first ? before : NULL;
	if (!first)
		return 0;
	function_of(fn, own ? own : first);
	site->function = strdup(fn);
	site->at.kind = FINDING_LEAK;
	site->at.title = strdup("");
	return site->function && site->at.title ? 0 : -1;
}

int unwind_take_report(struct unwind_round *r, const char *text,
		       const char *module)
{
	char *copy = strdup(text), *rest = copy, *head, *above;
	unsigned state, nth;
	int hit, result, ret = -1;

	if (!copy)
		return -1;
	head = strsep(&rest, "\n");
	if (sscanf(head, "%u %u %d %d", &state, &nth, &hit, &result) == 4 &&
	    state <= UNWIND_ENDED) {
		r->init = state;
		r->hit = hit > 0;
		r->tampered = hit < 0;
		r->returned = result;
	}
	if (take_frames(&r->site, &above, rest, module) < 0)
		goto out;
	if (above) {
		r->direct = is_allocator(above);
		r->call = call_of(above);
		if (!r->call)
			goto out;
	}
	ret = 0;
out:
	free(copy);
	return ret;
}

static bool same(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static const char *frame_of(const struct unwind_leak *l)
{
	return l->site.at.nsites ? l->site.at.sites[0].symbol : NULL;
}

/* Of many that are alike but for how the kernel came there one is enough. */
static bool merge(struct unwind *u, const struct unwind_leak *l)
{
	for (size_t i = 0; i + 1 < u->nleaks; i++) {
		struct unwind_leak *old = &u->leaks[i];

		if (old->first != l->first || old->last != l->last ||
		    !same(old->cache, l->cache) ||
		    !same(frame_of(old), frame_of(l)))
			continue;
		old->count += l->count;
		return true;
	}
	return false;
}

/* "3 7 kmalloc-64       4 func age=… pid=…", and then its frames. */
static int add_leak(struct unwind *u, char *trace, const char *module)
{
	struct unwind_leak *all, *l;
	char cache[64], *rest = trace, *head = strsep(&rest, "\n"), *above;
	unsigned first, last;
	unsigned long count;

	if (u->nleaks >= LEAKS_MOST ||
	    sscanf(head, "%u %u %63s %lu", &first, &last, cache, &count) != 4)
		return 0;
	all = reallocarray(u->leaks, u->nleaks + 1, sizeof(*all));
	if (!all)
		return -1;
	u->leaks = all;
	l = &all[u->nleaks++];
	*l = (struct unwind_leak){
		.first = first,
		.last = last,
		.count = count,
		.cache = strdup(cache),
	};
	if (!l->cache || take_frames(&l->site, &above, rest, module) < 0)
		return -1;
	l->site.at.explain = strdup(finding_explain(FINDING_LEAK, ""));
	if (!l->site.at.explain)
		return -1;
	if (merge(u, l)) {
		leak_release(l);
		u->nleaks--;
	}
	return 0;
}

int unwind_take_leaks(struct unwind *u, const char *text, const char *module)
{
	char *copy = strdup(text), *p = copy;
	int ret = copy ? 0 : -1;

	/* A trace starts where a line does not start with a space. */
	while (ret == 0 && *p) {
		char *end = p;

		do {
			end = strchrnul(end, '\n');
			end += *end == '\n';
		} while (*end == ' ' || *end == '\n');
		if (*end)
			end[-1] = '\0';
		ret = add_leak(u, p, module);
		p = end;
	}
	free(copy);
	return ret;
}
