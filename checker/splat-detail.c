/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a headline leaves to the lines below it, and yet makes another fault
 * of it to whoever must mend it: a read, a write or a call; why it may not
 * sleep; whose memory an address lies in. It is put at the end of the title,
 * after a comma, and explain*.c goes by it.
 *
 * Sources: kernel/locking/lockdep.c (print_usage_bug), arch/x86/mm/fault.c (show_fault_oops), kernel/sched/core.c
 * (__might_resched), include/linux/preempt.h (the fields of the count),
 * Documentation/arch/x86/x86_64/mm.rst (the address space).
 */
#include "splat-int.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define USER_END     0x0000800000000000u
#define SHADOW_START 0xffffec0000000000u
#define SHADOW_END   0xfffffc0000000000u
#define MODULES	     0xffffffffa0000000u
#define MODULES_END  0xffffffffff000000u
#define ERRORS	     0xfffffffffffff001u /* -MAX_ERRNO */

#define SOFTIRQ_SERVING 0x00000100u
#define SOFTIRQ_OFF	0x0000fe00u
#define HARDIRQ		0x000f0000u

static void add(struct splat *sp, const char *what)
{
	head_append(sp->title, sizeof(sp->title), ", ");
	head_append(sp->title, sizeof(sp->title), what);
}

static bool title_has(const struct splat *sp, const char *what)
{
	return strstr(sp->title, what);
}

bool detail_in_modules(const char *address)
{
	unsigned long long a = strtoull(address, NULL, 16);

	return a >= MODULES && a < MODULES_END;
}

void detail_address(struct splat *sp, const char *address)
{
	unsigned long long a = strtoull(address, NULL, 16);
	char text[64];

	if (a >= ERRORS) {
		snprintf(text, sizeof(text), "error pointer -%llu", -a);
		add(sp, text);
	} else if (detail_in_modules(address)) {
		add(sp, "module memory");
	} else if (a >= SHADOW_START && a < SHADOW_END) {
		add(sp, "shadow of a wild pointer");
	} else if (a < USER_END) {
		add(sp, "user address");
	}
}

/* "#PF: supervisor write access in kernel mode", then its error code. */
static void page_fault(struct splat *sp, const char *s)
{
	static const char *const ways[] = {
		"instruction fetch",
		"write access",
		"read access",
		"permissions violation",
	};

	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++)
		if (strstr(s, ways[i]) && !title_has(sp, ways[i]))
			add(sp, ways[i]);
}

/* "Write of size 8 at addr ffffffffa0201050 by task insmod/42" */
static void kasan_access(struct splat *sp, const char *s)
{
	const char *at = strstr(s, " at addr ");

	if (!at || !title_has(sp, "vmalloc-out-of-bounds") ||
	    title_has(sp, ", module memory"))
		return;
	if (detail_in_modules(at + strlen(" at addr ")))
		add(sp, "module memory");
}

/*
 * "in_atomic(): 1, irqs_disabled(): 0, …", "preempt_count: 101, expected:
 * 0", "RCU nest depth: 1, expected: 0": the first that explains it.
 */
static void sleep_context(struct splat *sp, const char *s, size_t len)
{
	unsigned long n;

	if (text_starts(s, len, "preempt_count: ")) {
		n = strtoul(s + strlen("preempt_count: "), NULL, 16);
		if (n & HARDIRQ)
			add(sp, "in an interrupt");
		else if (n & SOFTIRQ_SERVING)
			add(sp, "in a softirq");
		else if (n & SOFTIRQ_OFF)
			add(sp, "with softirqs off");
		else if (n)
			add(sp, "with preemption off");
		else if (sp->irqs_off)
			add(sp, "with interrupts off");
	} else if (text_starts(s, len, "RCU nest depth: ")) {
		n = strtoul(s + strlen("RCU nest depth: "), NULL, 10);
		if (n && !strchr(sp->title, ','))
			add(sp, "in an RCU reader");
	} else if (text_starts(s, len, "in_atomic(): ")) {
		sp->irqs_off = strstr(s, "irqs_disabled(): 1");
	}
}

/*
 * "RIP: 0010:0xffffffffa00000d1": no symbol, so no module is there. What was
 * code is filled with int3 first (mm/execmem.c), and unmapped later.
 */
static void breakpoint(struct splat *sp, const char *s)
{
	const char *at = strstr(s, ":0x");

	if (at && detail_in_modules(at + 1) && !title_has(sp, ", "))
		add(sp, "module memory");
}

/* "inconsistent {IN-HARDIRQ-W} -> {HARDIRQ-ON-W} usage." */
static void lock_state(struct splat *sp, const char *s)
{
	if (!title_has(sp, "inconsistent lock state") || title_has(sp, ", "))
		return;
	add(sp, strstr(s, "HARDIRQ") ? "hardirq" : "softirq");
}

void splat_detail(struct splat *sp, const char *s, size_t len)
{
	switch (sp->kind) {
	case FINDING_OOPS:
		if (text_starts(s, len, "#PF: "))
			page_fault(sp, s);
		else if (text_starts(s, len, "RIP: ") && title_has(sp, "int3"))
			breakpoint(sp, s);
		break;
	case FINDING_LOCKDEP:
		if (text_starts(s, len, "inconsistent {"))
			lock_state(sp, s);
		break;
	case FINDING_KASAN:
		kasan_access(sp, s);
		break;
	case FINDING_ATOMIC_SLEEP:
		if (title_has(sp, "BUG: sleeping function"))
			sleep_context(sp, s, len);
		break;
	default:
		break;
	}
}
