/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "splat-int.h"

#include <stdlib.h>
#include <string.h>

/* More lines than this that are none of a report's: its end was lost. */
#define MAX_STRAYS 100

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* "RIP: 0010:…", "RAX: …", "CR2: …": registers, and the dying task's note. */
bool splat_is_tail(const char *s, size_t len)
{
	static const char *const starts[] = {
		"RIP: ", "RSP: ", "RAX: ", "RDX: ", "RBP: ", "R10: ",
		"R13: ", "Code: ", "FS:  ", "CS:  ", "CR2: ", "DR0: ",
		"DR3: ", "PKRU: ", "note: ",
	};

	for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++)
		if (text_starts(s, len, starts[i]))
			return true;
	return false;
}

static bool is_ktap(const char *s, size_t len)
{
	while (len > 0 && is_blank(*s))
		s++, len--;
	return text_starts(s, len, "ok ") || text_starts(s, len, "not ok ") ||
	       text_starts(s, len, "# ") || text_starts(s, len, "KTAP ");
}

bool splat_is_body(const char *s, size_t len)
{
	static const char *const starts[] = {
		"CPU: ", "Call Trace:", "Modules linked in:", "Tainted: ",
		"Hardware name: ", "Workqueue: ", "=====", "-----", "---[",
		"Allocated by ", "Freed by ", "The buggy ", "Memory state ",
		"Read of size ", "Write of size ", "Read at ", "Write at ",
		"Free of addr ", "Last potentially ", "This frame has ",
		"page: ", "page dumped ", "flags: ", "raw: ", ">ffff", "#PF: ",
		"PGD ", "Oops: ", "KASAN: ", "in_atomic(): ",
		"preempt_count: ", "RCU nest ", "Preemption disabled at",
		"irq event stamp: ", "hardirqs last ", "softirqs last ",
		"stack backtrace:", "other info that ", "locks held by ",
		"1 lock held by ", "INFO: lockdep is turned off",
		"Disabling lock debugging", "Kernel Offset: ", "task:",
		"Object ", "Redzone ", "Padding ", "Slab ", "Bytes b4 ",
	};

	if (len == 0)
		return true;
	if (is_blank(*s))
		return !is_ktap(s, len);
	for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++)
		if (*s == *starts[i] && text_starts(s, len, starts[i]))
			return true;
	return splat_is_tail(s, len);
}

bool splat_absorb(struct splat *sp, const struct splat *next)
{
	if (sp->end != SPLAT_END_DIE || next->end != SPLAT_END_DIE ||
	    sp->oops_seen)
		return false;
	/* The BUG() below a panic of Rust's, the Oops below a BUG(). */
	if (next->kind != FINDING_OOPS && next->kind != FINDING_BUG)
		return false;
	sp->oops_seen = next->oops_seen;
	sp->died |= next->died;
	sp->wants_message = false;
	if (!sp->where[0])
		text_copy(sp->where, sizeof(sp->where), next->where,
			  strlen(next->where));
	return true;
}

static void first_set(char *to, const char *symbol)
{
	if (!*to)
		text_copy(to, SPLAT_SYMBOL, symbol, strlen(symbol));
}

bool splat_is_reporter(const char *symbol)
{
	static const char *const names[] = {
		"dump_stack", "__dump_stack", "show_stack", "__ubsan",
		"ubsan_", "print_", "kasan_", "__kasan", "__asan", "__might_",
		"__schedule_bug", "__warn", "warn_slow", "panic", "vpanic",
		"handle_", "report_bug", "asm_exc_", "exc_",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (text_starts(symbol, strlen(symbol), names[i]))
			return true;
	return false;
}

/* " fn+0x1a/0x40 [mod]", but not " ? fn+…": that one may be stale. */
static void trace_frame(struct splat *sp, const char *s)
{
	char symbol[SPLAT_SYMBOL];

	while (is_blank(*s))
		s++;
	if ((*sp->frame && *sp->outer) ||
	    !text_symbol(s, symbol, sizeof(symbol)))
		return;
	if (text_in_module(symbol))
		first_set(sp->frame, symbol);
	if (!splat_is_reporter(symbol))
		first_set(sp->outer, symbol);
}

/* "RIP: 0010:fn+0x1a/0x40 [mod]" */
static void instruction(struct splat *sp, const char *s)
{
	const char *p = strchr(s + strlen("RIP: "), ':');
	char symbol[SPLAT_SYMBOL];

	if (p && text_symbol(p + 1, symbol, sizeof(symbol)))
		first_set(sp->where, symbol);
}

/* " #0: ffff… (lock){+.+.}-{3:3}, at: fn+0x1a/0x40 [mod]" */
static void held_lock(struct splat *sp, const char *s)
{
	const char *at = strstr(s, ", at: ");
	char symbol[SPLAT_SYMBOL];

	if (at && text_symbol(at + strlen(", at: "), symbol, sizeof(symbol)) &&
	    text_in_module(symbol))
		first_set(sp->held, symbol);
}

/* "KASAN: null-ptr-deref in range [0x0-0x7]", below a general protection. */
static void kasan_range(struct splat *sp, const char *s)
{
	const char *in = strstr(s, " in range [");

	if (sp->kind != FINDING_OOPS || !in)
		return;
	sp->kind = FINDING_KASAN;
	text_copy(sp->title, sizeof(sp->title), s, (size_t)(in - s));
}

/* "wrap.c:12 suspicious rcu_dereference_check() usage!" */
static void rcu_usage(struct splat *sp, const char *s)
{
	size_t n = strlen(s);
	size_t path = strcspn(s, " ");

	if (sp->file[0] || n == 0 || s[n - 1] != '!' ||
	    strcmp(sp->title, "WARNING: suspicious RCU usage") != 0 ||
	    !text_file_line(s, s + path, sp->file, sizeof(sp->file),
			    &sp->line))
		return;
	n = strlen(sp->title);
	text_copy(sp->title + n, sizeof(sp->title) - n, ":", 1);
	splat_message(sp, s + path + 1);
}

/* "… by task insmod/42", "insmod/42 is leaving the kernel …" */
static void task(struct splat *sp, const char *s)
{
	static const char *const marks[] = {
		" is trying to ", " is leaving the kernel ", " just changed ",
		" is freeing memory ", " takes:",
	};
	const char *pid = strstr(s, ", pid: ");
	char name[256];
	const char *end;

	if (pid) {
		sp->pid = strtol(pid + strlen(", pid: "), NULL, 10);
		return;
	}
	if (strstr(s, " by task ")) {
		sp->pid = text_task_pid(s);
		return;
	}
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		if (!(end = strstr(s, marks[i])))
			continue;
		text_copy(name, sizeof(name), s, (size_t)(end - s));
		name[strcspn(name, " ")] = '\0';
		sp->pid = text_task_pid(name);
		return;
	}
}

/* "CPU: 0 UID: 0 PID: 42 Comm: insmod Tainted: …" */
static void cpu_line(struct splat *sp, const char *s)
{
	const char *pid = strstr(s, " PID: ");

	if (pid && sp->pid < 0)
		sp->pid = strtol(pid + strlen(" PID: "), NULL, 10);
}

/* What a line adds to what is known of the report. */
static void learn(struct splat *sp, const char *s, size_t len)
{
	splat_sites_line(sp, s, len);
	if (*s == ' ' && sp->in_trace)
		trace_frame(sp, s);
	else if (text_starts(s, len, " #"))
		held_lock(sp, s);
	else if (text_starts(s, len, "RIP: "))
		instruction(sp, s);
	else if (text_starts(s, len, "CPU: "))
		cpu_line(sp, s);
	else if (text_starts(s, len, "Call Trace:"))
		sp->in_trace = !sp->past_trace;
	else if (text_starts(s, len, "Allocated by ") ||
		 text_starts(s, len, "Freed by ") ||
		 text_starts(s, len, "Last potentially "))
		sp->past_trace = true, sp->in_trace = false;
	else if (text_starts(s, len, "KASAN: "))
		kasan_range(sp, s);
	else if (sp->kind == FINDING_LOCKDEP && strchr(s, '!'))
		rcu_usage(sp, s);
	else if (strstr(s, "locks held by ") || strstr(s, "lock held by "))
		sp->locks_listed = true;
	splat_detail(sp, s, len);
	if (sp->pid < 0)
		task(sp, s);
}

static enum splat_body end_of(struct splat *sp, const char *s, size_t len)
{
	bool last = false;

	switch (sp->end) {
	case SPLAT_END_LINE:
		return SPLAT_OVER;
	case SPLAT_END_EQUALS:
		last = text_starts(s, len, "==========");
		break;
	case SPLAT_END_TRACE:
	case SPLAT_END_DIE:
		last = text_starts(s, len, "---[ end trace");
		break;
	case SPLAT_END_TASK:
		last = text_starts(s, len, " </TASK>");
		break;
	case SPLAT_END_HELD:
		if (sp->locks_listed && !strstr(s, " held by ") &&
		    !text_starts(s, len, " #"))
			return SPLAT_OVER;
		break;
	case SPLAT_END_PANIC:
		last = text_starts(s, len, "---[ end Kernel panic") ||
		       text_starts(s, len, "Rebooting in ");
		break;
	}
	return last ? SPLAT_LAST : SPLAT_MORE;
}

/* A message is what follows at once, unless the report's body does. */
static void take_message(struct splat *sp, const char *s, size_t len,
			 size_t number)
{
	bool rust = sp->kind == FINDING_RUST_PANIC;

	sp->wants_message = false;
	if (number != sp->last + 1 || len == 0 ||
	    (!rust && splat_is_body(s, len)))
		return;
	splat_message(sp, s);
	sp->last = number;
}

enum splat_body splat_body(struct splat *sp, const char *s, size_t len,
			   size_t number)
{
	char copy[SPLAT_TEXT];
	enum splat_body end;

	text_copy(copy, sizeof(copy), s, len);
	len = strlen(copy);
	if (sp->wants_message)
		take_message(sp, copy, len, number);
	learn(sp, copy, len);
	end = end_of(sp, copy, len);
	if (end == SPLAT_OVER)
		return end;
	if (end == SPLAT_LAST || splat_is_body(copy, len))
		sp->last = number;
	else if (++sp->strays > MAX_STRAYS)
		return SPLAT_OVER;
	return end;
}

const char *splat_culprit(const struct splat *sp)
{
	if (sp->where[0] && text_in_module(sp->where))
		return sp->where;
	if (sp->frame[0])
		return sp->frame;
	if (sp->held[0])
		return sp->held;
	return sp->where[0] ? sp->where : sp->outer;
}
