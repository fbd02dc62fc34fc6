/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "splat-int.h"
#include "demangle.h"

#include <stdlib.h>
#include <string.h>

void head_cut_at(char *s, const char *what)
{
	char *p = strstr(s, what);

	if (p)
		*p = '\0';
}

void head_append(char *to, size_t cap, const char *s)
{
	size_t n = strlen(to);

	text_copy(to + n, cap - n, s, strlen(s));
}

void head_title(struct splat *sp, char *s)
{
	text_scrub(s);
	text_copy(sp->title, sizeof(sp->title), s, strlen(s));
	demangle_text(sp->title, sizeof(sp->title));
}

bool fill_plain(struct splat *sp, char *s)
{
	head_title(sp, s);
	return true;
}

/* "BUG: KASAN: slab-out-of-bounds in fn+0x1a/0x40 [mod]" */
bool fill_kasan(struct splat *sp, char *s)
{
	const char *in = strstr(s, " in ");

	if (in)
		text_symbol(in + 4, sp->where, sizeof(sp->where));
	head_title(sp, s);
	return true;
}

/* "BUG: unable to handle page fault for address: ffffffffc0001000" */
bool fill_fault(struct splat *sp, char *s)
{
	const char *at = strstr(s, "page fault for address: ");
	char address[32] = "";

	if (at) {
		at += strlen("page fault for address: ");
		text_copy(address, sizeof(address), at, strlen(at));
	}
	head_cut_at(s, ", address: ");
	head_cut_at(s, " for address: ");
	head_cut_at(s, " at virtual address ");
	head_cut_at(s, " at 0");
	head_cut_at(s, " at ffff");
	head_cut_at(s, ", error_code: ");
	sp->died = true;
	head_title(sp, s);
	if (*address)
		detail_address(sp, address);
	return true;
}

/* "Oops: divide error: 0000 [#1] SMP KASAN" */
bool fill_oops(struct splat *sp, char *s)
{
	char *counter = strstr(s, " [#");
	char *code;

	if (!counter)
		return false;
	*counter = '\0';
	code = strrchr(s, ':');
	if (code && code[1 + strspn(code + 1, " 0123456789abcdef")] == '\0')
		*code = '\0';
	sp->died = true;
	sp->oops_seen = true;
	head_title(sp, strcmp(s, "Oops: Oops") == 0 ? s + 6 : s);
	return true;
}

/* "kernel BUG at wrap.c:12!" */
bool fill_bug(struct splat *sp, char *s)
{
	const char *at = s + strlen("kernel BUG at ");

	text_file_line(at, s + strlen(s), sp->file, sizeof(sp->file),
		       &sp->line);
	text_symbol(at, sp->where, sizeof(sp->where));
	sp->died = true;
	head_title(sp, s);
	return true;
}

/*
 * "rust_kernel: panicked at wrap.rs:12:5:", the message on the next line;
 * before Rust 1.73 "… panicked at 'message', wrap.rs:12:5".
 */
bool fill_rust(struct splat *sp, char *s)
{
	const char *at = strstr(s, "panicked at ");
	const char *file;

	at += strlen("panicked at ");
	file = strstr(at, "', ");
	file = file ? file + 3 : at;
	sp->wants_message = file == at;
	/* One of the toolroot's own is not where the fault is. */
	if (*file != '/')
		text_file_line(file, s + strlen(s), sp->file, sizeof(sp->file),
			       &sp->line);
	sp->died = true;
	head_title(sp, strstr(s, "panicked at "));
	return true;
}

/*
 * "UBSAN: array-index-out-of-bounds in wrap.c:12:7", and on the next line
 * "index 7 is out of range for type 'int[4]'".
 */
bool fill_ubsan(struct splat *sp, char *s)
{
	const char *in = strstr(s, " in ");

	if (!in)
		return false;
	text_file_line(in + 4, s + strlen(s), sp->file, sizeof(sp->file),
		       &sp->line);
	head_title(sp, s);
	head_append(sp->title, sizeof(sp->title), ":");
	sp->wants_message = true;
	return true;
}

/* "BUG: scheduling while atomic: insmod/42/0x00000002" */
bool fill_scheduling(struct splat *sp, char *s)
{
	char *task = strstr(s, ": ");
	char *count;

	task = task ? strstr(task + 2, ": ") : NULL;
	if (!task)
		return false;
	*task = '\0';
	count = strrchr(task + 1, '/');
	if (count)
		*count = '\0';
	sp->pid = text_task_pid(task + 1);
	head_title(sp, s);
	return true;
}

/* "BUG: soft lockup - CPU#0 stuck for 26s! [insmod:42]" */
bool fill_lockup(struct splat *sp, char *s)
{
	char *task = strrchr(s, '[');
	char *colon = strrchr(s, ':');

	if (task && colon > task) {
		sp->pid = strtol(colon + 1, NULL, 10);
		*task = '\0';
	}
	head_title(sp, text_starts(s, strlen(s), "watchdog: ") ? s + 10 : s);
	return true;
}

bool fill_hard_lockup(struct splat *sp, char *s)
{
	return strstr(s, "hard LOCKUP") && fill_plain(sp, s);
}

/* "INFO: task insmod:42 blocked for more than 10 seconds." */
bool fill_hung(struct splat *sp, char *s)
{
	char *blocked = strstr(s, " blocked");
	char *colon = blocked;

	if (!blocked || !strstr(blocked, " for more than "))
		return false;
	while (colon > s && *colon != ':')
		colon--;
	sp->pid = strtol(colon + 1, NULL, 10);
	memmove(colon, blocked, strlen(blocked) + 1);
	head_title(sp, s);
	return true;
}

/* "rcu: INFO: rcu_preempt self-detected stall on CPU" */
bool fill_rcu(struct splat *sp, char *s)
{
	if (!strstr(s, "detected") || !strstr(s, "stall"))
		return false;
	head_cut_at(s, ": {");
	head_title(sp, text_starts(s, strlen(s), "rcu: ") ? s + 5 : s);
	return true;
}

/* What a panic says when it is only the end of a fault reported before. */
static bool is_aftermath(const char *reason)
{
	static const char *const reasons[] = {
		"Fatal exception",
		"Attempted to kill init!",
		"Attempted to kill the idle task!",
		"Aiee, killing interrupt handler!",
		"Machine halted.",
		"Oopsed too often",
		"Oops failed to kill thread",
		"kasan.fault=",
		"softlockup: hung tasks",
		"hung_task: blocked tasks",
		"RCU Stall",
	};

	for (size_t i = 0; i < sizeof(reasons) / sizeof(*reasons); i++)
		if (text_starts(reason, strlen(reason), reasons[i]))
			return true;
	return strstr(reason, ": panic_on_warn set") ||
	       strstr(reason, "stack guard hit");
}

bool fill_panic(struct splat *sp, char *s)
{
	const char *reason = s + strlen("Kernel panic - not syncing: ");

	sp->aftermath = is_aftermath(reason);
	sp->died = true;
	head_title(sp, s);
	return true;
}

/* "BUG kmalloc-32 (Tainted: G    O): Poison overwritten" */
bool fill_slub(struct splat *sp, char *s)
{
	char *open = strstr(s, " (");
	char *close = open ? strstr(open, "): ") : NULL;

	if (!close)
		return false;
	memmove(open, close + 1, strlen(close + 1) + 1);
	if (strstr(open, "Objects remaining"))
		sp->kind = FINDING_LEAK;
	head_title(sp, s);
	return true;
}

/* "BUG: spinlock recursion on CPU#0, insmod/42" */
bool fill_spinlock(struct splat *sp, char *s)
{
	sp->pid = text_task_pid(s);
	head_cut_at(s, " on CPU#");
	if (strstr(s, "recursion"))
		sp->kind = FINDING_LOCKDEP;
	else if (strstr(s, "lockup"))
		sp->kind = FINDING_SOFT_LOCKUP;
	else if (strstr(s, "already unlocked") || strstr(s, "wrong"))
		sp->kind = FINDING_BAD_UNLOCK;
	head_title(sp, s);
	return true;
}

/* "BUG: workqueue leaked atomic, lock or RCU: kworker/0:1[12]" */
bool fill_workqueue(struct splat *sp, char *s)
{
	char *task = strrchr(s, '[');

	if (task)
		sp->pid = strtol(task + 1, NULL, 10);
	head_cut_at(s, ": kworker");
	head_title(sp, s);
	return true;
}

bool fill_kmemleak(struct splat *sp, char *s)
{
	if (!strstr(s, "new suspected memory leaks") &&
	    !strstr(s, "unreferenced object"))
		return false;
	head_cut_at(s, " (see ");
	head_title(sp, s);
	return true;
}

/* Any other "BUG: …": who and where is cut off. */
bool fill_other_bug(struct splat *sp, char *s)
{
	sp->pid = text_task_pid(s);
	head_cut_at(s, " in preemptible [");
	head_cut_at(s, "  pfn:");
	head_cut_at(s, " mm:");
	head_title(sp, s);
	return true;
}
