/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "buf.h"
#include "demangle.h"
#include "finding.h"
#include "places.h"

#include <string.h>

/* The first from @from on that has this role and a place; .nsites: none. */
static size_t next_place(const struct finding *f, size_t from,
			 enum site_role role)
{
	while (from < f->nsites &&
	       (f->sites[from].role != role || !f->sites[from].file))
		from++;
	return from;
}

static const struct finding_site *place(const struct finding *f,
					enum site_role role)
{
	size_t i = next_place(f, 0, role);

	return i < f->nsites ? &f->sites[i] : NULL;
}

static bool is_module_macro(const struct finding_site *s)
{
	return s->function && strstr(s->function, "__module_init::");
}

/* "ring.c:31 in ring_new" */
static void add_at(struct buf *b, const struct finding_site *s)
{
	buf_addf(b, "%s:%u", s->file, s->line);
	if (is_module_macro(s))
		buf_adds(b, " in module!");
	else if (s->function)
		buf_addf(b, " in %s", s->function);
}

/*
 * "@how ring_new", if the finding itself has the line already; else "at
 * ring.c:31 in ring_new".
 */
static void add_here(struct buf *b, const struct finding *f,
		     const struct finding_site *s, const char *how)
{
	if (f->file && f->line == s->line && s->function &&
	    strcmp(f->file, s->file) == 0 && !is_module_macro(s)) {
		buf_addf(b, "%s %s", how, s->function);
	} else {
		buf_adds(b, "at ");
		add_at(b, s);
	}
}

/*
 * The kernel's function that was called there. It is known of the innermost
 * frame in a module alone; what only checks and reports is left out.
 */
static const char *callee(const struct finding *f, const struct finding_site *s)
{
	switch (f->kind) {
	case FINDING_RUST_PANIC:
	case FINDING_LIST_CORRUPTION:
	case FINDING_REFCOUNT:
	case FINDING_WARN:
	case FINDING_BUG:
		return NULL;
	default:
		return s->first && s->name && *s->name ? s->name : NULL;
	}
}

/* What people write, where the kernel has a macro of that name. */
static const char *common_name(const char *name)
{
	static const char *const names[][2] = {
		{"__kmalloc", "kmalloc"},
		{"krealloc_node", "krealloc"},
		{"mutex_lock", "mutex_lock"},
		{"mutex_lock_interruptible", "mutex_lock_interruptible"},
		{"_raw_spin_lock", "spin_lock"},
		{"_raw_spin_unlock", "spin_unlock"},
		{"__const_udelay", "udelay"},
	};
	static const char helper[] = "rust_helper_";
	const char *best = name;
	size_t length = 0;

	/* What rust/helpers makes of an inline function of C's. */
	if (strncmp(name, helper, sizeof(helper) - 1) == 0)
		best = name += sizeof(helper) - 1;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		size_t n = strlen(names[i][0]);

		if (n > length && strncmp(name, names[i][0], n) == 0) {
			length = n;
			best = names[i][1];
		}
	}
	return best;
}

static void add_name(struct buf *b, const char *name)
{
	char text[2 * DEMANGLE_MAX];

	if (demangle_rust(text, sizeof(text), name, strlen(name)))
		buf_adds(b, text);
	else
		buf_addf(b, "%s()", common_name(name));
}

/* The next frame outwards that is another function's. */
static const struct finding_site *caller(const struct finding *f,
					 const struct finding_site *of)
{
	size_t i = (size_t)(of - f->sites);

	for (i = next_place(f, i + 1, of->role); i < f->nsites;
	     i = next_place(f, i + 1, of->role)) {
		const struct finding_site *s = &f->sites[i];

		if (!is_module_macro(s) && s->function && of->function &&
		    strcmp(s->function, of->function) != 0)
			return s;
	}
	return NULL;
}

static void add_caller(struct buf *b, const struct finding *f,
		       const struct finding_site *s)
{
	s = caller(f, s);
	if (s) {
		buf_adds(b, ", which was called at ");
		add_at(b, s);
	}
}

/* KASAN knows who made the object, and who took it away. */
static bool tell_object(struct buf *b, const struct finding *f)
{
	const struct finding_site *made = place(f, SITE_ALLOCATED);
	const struct finding_site *freed = place(f, SITE_FREED);
	const struct finding_site *used = place(f, SITE_FRAME);
	bool again = strstr(f->title, "double-free");

	if (f->kind != FINDING_KASAN || (!made && !freed))
		return false;
	buf_adds(b, "It was ");
	if (made) {
		buf_adds(b, "allocated at ");
		add_at(b, made);
	}
	if (freed) {
		buf_addf(b, "%sfreed at ", !made ? "" : used ? ", " : " and ");
		add_at(b, freed);
	}
	if (used) {
		buf_addf(b, " and %s at ", again ? "freed again" : "used");
		add_at(b, used);
		add_caller(b, f, used);
	}
	buf_adds(b, ". ");
	return true;
}

/* Each lock that is held, and since where. */
static void tell_held(struct buf *b, const struct finding *f)
{
	for (size_t i = next_place(f, 0, SITE_HELD); i < f->nsites;
	     i = next_place(f, i + 1, SITE_HELD)) {
		const struct finding_site *s = &f->sites[i];

		buf_addf(b, "The lock %s, which it holds, was taken at ",
			 s->name ? s->name : "");
		add_at(b, s);
		buf_adds(b, ". ");
	}
}

/* The first place in the stack that begins at @i. */
static const struct finding_site *in_stack(const struct finding *f, size_t i)
{
	enum site_role role = f->sites[i].role;

	do {
		if (f->sites[i].file)
			return &f->sites[i];
		i++;
	} while (i < f->nsites && f->sites[i].role == role &&
		 !f->sites[i].first);
	return NULL;
}

/* The dependency that lockdep has seen before, the other way round. */
static void tell_chain(struct buf *b, const struct finding *f)
{
	for (size_t i = 0; i < f->nsites; i++) {
		const struct finding_site *s = &f->sites[i];
		const struct finding_site *at;

		if (s->role != SITE_CHAIN || !s->first)
			continue;
		at = in_stack(f, i);
		if (!at)
			continue;
		buf_addf(b,
			 "Before, %s was taken with another of them held, "
			 "at ",
			 s->name ? s->name : "it");
		add_at(b, at);
		buf_adds(b, ". ");
	}
}

static bool tell_locks(struct buf *b, const struct finding *f)
{
	const struct finding_site *wanted = place(f, SITE_WANTED);
	const struct finding_site *earlier = place(f, SITE_EARLIER);

	if (wanted) {
		buf_addf(b, "It takes the lock %s at ",
			 wanted->name ? wanted->name : "");
		add_at(b, wanted);
		buf_adds(b, ". ");
	}
	tell_held(b, f);
	tell_chain(b, f);
	if (earlier) {
		buf_adds(b, "The use that does not fit with it was at ");
		add_at(b, earlier);
		add_caller(b, f, earlier);
		buf_adds(b, ". ");
	}
	return wanted;
}

static void tell_frame(struct buf *b, const struct finding *f)
{
	const struct finding_site *s = place(f, SITE_FRAME);

	if (!s)
		return;
	if (f->kind == FINDING_LEAK) {
		buf_adds(b, "The allocation is ");
	} else if (callee(f, s)) {
		buf_adds(b, "It happened in ");
		add_name(b, callee(f, s));
		buf_adds(b, ", called ");
	} else {
		buf_adds(b, "It happened ");
	}
	add_here(b, f, s,
		 callee(f, s) && f->kind != FINDING_LEAK ? "by" : "in");
	add_caller(b, f, s);
	buf_adds(b, ". ");
}

static void tell_disabled(struct buf *b, const struct finding *f)
{
	const struct finding_site *s = place(f, SITE_DISABLED);

	/* Where a lock did that, the lock says more. */
	if (!s || place(f, SITE_HELD))
		return;
	buf_adds(b, "Interrupts or preemption were disabled at ");
	add_at(b, s);
	buf_adds(b, ". ");
}

void places_tell(struct buf *b, const struct finding *f)
{
	bool told = tell_object(b, f);

	if (f->kind == FINDING_LOCKDEP) {
		told = tell_locks(b, f);
		if (!told)
			tell_frame(b, f);
		return;
	}
	if (!told)
		tell_frame(b, f);
	tell_locks(b, f);
	tell_disabled(b, f);
}

static void add_symbol(struct buf *b, const struct finding_site *s)
{
	const char *module = strchr(s->symbol, '[');
	size_t n = strcspn(s->symbol, "+");
	char text[2 * DEMANGLE_MAX];

	if (demangle_rust(text, sizeof(text), s->symbol, n))
		buf_adds(b, text);
	else
		buf_addf(b, "%.*s", (int)n, s->symbol);
	buf_addf(b, " %s", module ? module : "");
}

void places_tell_stuck(struct buf *b, const struct finding *f)
{
	const struct finding_site *s = place(f, SITE_FRAME);
	const char *kernel;

	if (f->nsites == 0)
		return;
	kernel = callee(f, s ? s : &f->sites[0]);
	if (kernel && strcmp(kernel, "rust_helper_cpu_relax") != 0) {
		buf_adds(b, "it was still in ");
		add_name(b, kernel);
		buf_adds(b, ", called from ");
	} else {
		buf_adds(b, "it loops in ");
	}
	if (s && is_module_macro(s))
		buf_addf(b, "module! (%s:%u)", s->file, s->line);
	else if (s && s->function)
		buf_addf(b, "%s (%s:%u)", s->function, s->file, s->line);
	else if (s)
		buf_addf(b, "%s:%u", s->file, s->line);
	else
		add_symbol(b, &f->sites[0]);
}
