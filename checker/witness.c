/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "witness.h"
#include "err.h"
#include "qemu.h"
#include "ram-pages.h"
#include "static-calls.h"
#include "store.h"
#include "kernel-map.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define KERNEL_MAP UINT64_C(0xffffffff80000000) /* no KASLR, no phys_base */
#define RANGE_MAX  ((uint64_t)64 << 20)
#define CALLS_MAX  ((uint64_t)4 << 20)
#define VALUE_MAX  4096

enum { DEBUG_LOCKS, KASAN_FLAGS, TAINTED, NREAD };

/* The first two are watched. */
enum {
	TEXT,
	RODATA,
	NWATCHED,
	CALL_SITES = NWATCHED,
	CALL_TEXT,
	NRANGES,
};

/* All symbols that are asked for, and what lies between or behind them. */
static const char *const names[] = {
	/* The ranges, from and to; then what is read; then what is fixed. */
	"_text",
	"_etext",
	"__start_rodata",
	"__end_rodata",
	"__start_static_call_sites",
	"__stop_static_call_sites",
	"__static_call_text_start",
	"__static_call_text_end",
	"debug_locks",
	"kasan_flags",
	"tainted_mask",
	"kunit_hooks",
	"ignore_loglevel",
	"suppress_printk",
	"idt_table",
};

/* What no module has a reason to change. */
static const struct {
	size_t size;
	const char *what;
} fixed[] = {
	{24, "kunit_hooks"},
	{1, "ignore_loglevel"},
	{4, "suppress_printk"},
	{VALUE_MAX, "idt_table"},
};

#define NFIXED (sizeof(fixed) / sizeof(fixed[0]))
#define NNAMES (2 * NRANGES + NREAD + NFIXED)

_Static_assert(sizeof(names) / sizeof(names[0]) == NNAMES, "all are named");

struct range {
	uint64_t from, to; /* physical addresses of whole pages */
	unsigned char *copy; /* where page tables cannot be asked */
};

struct witness {
	struct qemu *qemu;
	bool traced;
	char *map;
	int ram; /* the snapshot's file, or -1 */
	struct ram_pages *pages; /* or NULL */
	struct range range[NWATCHED];
	struct static_calls calls;
	struct kernel_symbol symbol[NNAMES];
	unsigned char was[NFIXED][VALUE_MAX];
	uint64_t taints; /* that the boot has left */
};

static const struct kernel_symbol *read_symbol(const struct witness *w,
					       size_t i)
{
	return &w->symbol[2 * NRANGES + i];
}

static const struct kernel_symbol *fixed_symbol(const struct witness *w,
						size_t i)
{
	return &w->symbol[2 * NRANGES + NREAD + i];
}

/* A page that was not written to is still as the snapshot has it. */
static bool is_untouched(const struct witness *w, uint64_t at, size_t size)
{
	uint64_t from = at & ~(RAM_PAGE - 1);
	uint64_t to = (at + size + RAM_PAGE - 1) & ~(RAM_PAGE - 1);

	return w->pages && ram_pages_written(w->pages, from, to) == to;
}

static int read_before(const struct witness *w, uint64_t at, void *out,
		       size_t size, struct err *e)
{
	if (pread(w->ram, out, size, (off_t)at) == (ssize_t)size)
		return 0;
	return err_set(e, ERR_ENV, errno, "cannot read the warm guest's RAM");
}

/*
 * Of a resumed guest, what the snapshot has: it may be at work by now. One
 * that was booted waits for its job.
 */
static int read_fresh(struct witness *w, const struct kernel_symbol *s,
		      void *out, size_t size, struct err *e)
{
	uint64_t at = s->address - KERNEL_MAP;

	if (w->ram >= 0)
		return read_before(w, at, out, size, e);
	return qemu_read_ram(w->qemu, at, out, size, e);
}

static int read_value(struct witness *w, const struct kernel_symbol *s,
		      void *out, size_t size, struct err *e)
{
	uint64_t at = s->address - KERNEL_MAP;

	if (is_untouched(w, at, size))
		return read_before(w, at, out, size, e);
	return qemu_read_ram(w->qemu, at, out, size, e);
}

static int find_symbols(struct witness *w, struct err *e)
{
	for (size_t i = 0; i < NNAMES; i++)
		w->symbol[i].name = names[i];
	kernel_map_find(w->map, w->symbol, NNAMES);
	for (size_t i = 0; i < NNAMES; i++)
		if (w->symbol[i].address < KERNEL_MAP)
			return err_set(e, ERR_ENV, 0,
				       "the kernel's System.map has no %s",
				       names[i]);
	for (size_t i = 0; i < NWATCHED; i++) {
		struct range *r = &w->range[i];

		r->from = w->symbol[2 * i].address - KERNEL_MAP;
		r->to = (w->symbol[2 * i + 1].address - KERNEL_MAP) &
			~(RAM_PAGE - 1);
		if (r->from % RAM_PAGE || r->to <= r->from ||
		    r->to - r->from > RANGE_MAX)
			return err_set(e, ERR_ENV, 0,
				       "the kernel's System.map is damaged");
	}
	return 0;
}

static int copy_range(struct witness *w, struct range *r, struct err *e)
{
	size_t len = r->to - r->from;

	r->copy = malloc(len);
	if (!r->copy)
		return err_set(e, ERR_ENV, ENOMEM, "cannot check");
	if (w->ram >= 0)
		return read_before(w, r->from, r->copy, len, e);
	return qemu_read_ram(w->qemu, r->from, r->copy, len, e);
}

/* Where the kernel patches its own code. */
static int remember_calls(struct witness *w, struct err *e)
{
	const struct kernel_symbol *s = &w->symbol[2 * CALL_SITES];
	uint64_t len = s[1].address - s[0].address;
	unsigned char *table;
	int ret = -1;

	if (len > CALLS_MAX)
		return err_set(e, ERR_ENV, 0,
			       "the kernel's System.map is damaged");
	table = malloc(len + 1);
	if (table)
		ret = read_fresh(w, s, table, len, e);
	else
		err_set(e, ERR_ENV, ENOMEM, "cannot check");
	if (ret == 0) {
		ret = static_calls_read(&w->calls, table, len, s->address);
		if (ret < 0)
			err_set(e, ERR_ENV, ENOMEM, "cannot check");
	}
	w->calls.from = w->symbol[2 * CALL_TEXT].address;
	w->calls.to = w->symbol[2 * CALL_TEXT + 1].address;
	free(table);
	return ret;
}

/* As it was before anything of the learner's has run. */
static int remember(struct witness *w, struct err *e)
{
	if (remember_calls(w, e) < 0)
		return -1;
	for (size_t i = 0; i < NWATCHED && !w->pages; i++)
		if (copy_range(w, &w->range[i], e) < 0)
			return -1;
	for (size_t i = 0; i < NFIXED; i++)
		if (read_fresh(w, fixed_symbol(w, i), w->was[i], fixed[i].size,
			       e) < 0)
			return -1;
	return read_fresh(w, read_symbol(w, TAINTED), &w->taints,
			  sizeof(w->taints), e);
}

struct witness *witness_new(const struct store *s, struct qemu *q,
			    const char *ram, bool traced, struct err *e)
{
	struct witness *w = calloc(1, sizeof(*w));
	char path[4200];

	if (!w) {
		err_set(e, ERR_ENV, ENOMEM, "cannot check");
		return NULL;
	}
	w->qemu = q;
	w->traced = traced;
	w->ram = ram ? open(ram, O_RDONLY | O_CLOEXEC) : -1;
	w->pages = w->ram < 0 ? NULL : ram_pages_open(qemu_proc(q), w->ram);
	snprintf(path, sizeof(path), "%s/build/System.map", s->linux_dir);
	w->map = kernel_map_open(path, e);
	if (w->map && find_symbols(w, e) == 0 && remember(w, e) == 0)
		return w;
	witness_free(w);
	return NULL;
}

void witness_free(struct witness *w)
{
	if (!w)
		return;
	for (size_t i = 0; i < NWATCHED; i++)
		free(w->range[i].copy);
	static_calls_release(&w->calls);
	ram_pages_close(w->pages);
	if (w->ram >= 0)
		close(w->ram);
	free(w->map);
	free(w);
}

/* How many bytes are the same. */
static size_t same(const unsigned char *a, const unsigned char *b, size_t len)
{
	size_t i = 0;

	while (i < len && a[i] == b[i])
		i++;
	return i;
}

/* Say that the guest wrote to its code at @at, a physical address. */
static void see_code(struct witness *w, struct seen *seen, uint64_t at)
{
	kernel_map_name(w->map, KERNEL_MAP + at, seen->changed,
			sizeof(seen->changed));
}

/*
 * The page was written to. What it holds now tells best what for; and if it
 * was put back, only the page is known, and that it was not the kernel.
 */
static int see_page(struct witness *w, struct seen *seen, uint64_t page,
		    struct err *e)
{
	unsigned char now[RAM_PAGE], was[RAM_PAGE];
	char near[64];
	size_t calls, i;

	if (qemu_read_ram(w->qemu, page, now, sizeof(now), e) < 0 ||
	    read_before(w, page, was, sizeof(was), e) < 0)
		return -1;
	calls = static_calls_undo(&w->calls, KERNEL_MAP + page, now, was,
				  sizeof(now));
	i = same(now, was, sizeof(now));
	if (i < sizeof(now)) {
		see_code(w, seen, page + i);
	} else if (calls == 0 || !w->traced) {
		kernel_map_name(w->map, KERNEL_MAP + page, near, sizeof(near));
		snprintf(seen->changed, sizeof(seen->changed),
			 "the code after %s", near);
	}
	return 0;
}

static int see_pages(struct witness *w, struct seen *seen,
		     const struct range *r, struct err *e)
{
	uint64_t at = r->from;

	while (!*seen->changed) {
		at = ram_pages_written(w->pages, at, r->to);
		if (at == RAM_PAGES_LOST)
			return err_set(e, ERR_ENV, 0,
				       "QEMU's pages cannot be looked at any "
				       "more");
		if (at >= r->to)
			break;
		if (see_page(w, seen, at, e) < 0)
			return -1;
		at += RAM_PAGE;
	}
	return 0;
}

/* Only what differs now is known to have been written to. */
static int compare(struct witness *w, const struct range *r, struct seen *seen,
		   struct err *e)
{
	size_t len = r->to - r->from;
	unsigned char *now = malloc(len);
	int ret;

	if (!now)
		return err_set(e, ERR_ENV, ENOMEM, "cannot check");
	ret = qemu_read_ram(w->qemu, r->from, now, len, e);
	if (ret == 0)
		static_calls_undo(&w->calls, KERNEL_MAP + r->from, now, r->copy,
				  len);
	if (ret == 0 && memcmp(now, r->copy, len) != 0)
		see_code(w, seen, r->from + same(now, r->copy, len));
	free(now);
	return ret;
}

static int look_at_code(struct witness *w, struct seen *seen, struct err *e)
{
	int ret = 0;

	for (size_t i = 0; ret == 0 && i < NWATCHED && !*seen->changed; i++) {
		const struct range *r = &w->range[i];

		ret = r->copy ? compare(w, r, seen, e)
			      : see_pages(w, seen, r, e);
	}
	return ret;
}

static int look_at_values(struct witness *w, struct seen *seen, struct err *e)
{
	unsigned char now[VALUE_MAX];
	uint64_t kasan = 0, taints = 0;
	uint32_t locks = 1;

	for (size_t i = 0; i < NFIXED && !*seen->changed; i++) {
		if (read_value(w, fixed_symbol(w, i), now, fixed[i].size, e) <
		    0)
			return -1;
		if (memcmp(now, w->was[i], fixed[i].size) != 0)
			snprintf(seen->changed, sizeof(seen->changed), "%s",
				 fixed[i].what);
	}
	if (read_value(w, read_symbol(w, DEBUG_LOCKS), &locks, sizeof(locks),
		       e) < 0 ||
	    read_value(w, read_symbol(w, KASAN_FLAGS), &kasan, sizeof(kasan),
		       e) < 0 ||
	    read_value(w, read_symbol(w, TAINTED), &taints, sizeof(taints), e) <
		    0)
		return -1;
	seen->locks_off |= locks == 0;
	seen->kasan_off |= kasan != 0;
	seen->taints |= taints & ~w->taints;
	return 0;
}

int witness_look(struct witness *w, struct seen *seen, struct err *e)
{
	return look_at_code(w, seen, e) < 0 ? -1 : look_at_values(w, seen, e);
}
