/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "splat-int.h"
#include "demangle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "WARNING: insmod/42 still has locks held!" and its like. */
static bool fill_lockdep(struct splat *sp, char *s)
{
	char *still = strstr(s, " still has locks held!");
	char *slash;

	sp->end = SPLAT_END_TASK;
	sp->kind = FINDING_LOCKDEP;
	if (strstr(s, "bad unlock balance")) {
		sp->kind = FINDING_BAD_UNLOCK;
	} else if (strstr(s, "lock held when returning")) {
		sp->kind = FINDING_HELD_LOCK;
		sp->end = SPLAT_END_HELD;
	} else if (strstr(s, "held lock freed")) {
		sp->kind = FINDING_HELD_LOCK;
	} else if (still) {
		sp->kind = FINDING_HELD_LOCK;
		*still = '\0';
		sp->pid = text_task_pid(s);
		slash = strrchr(s, '/');
		*still = ' ';
		if (slash && slash < still)
			memmove(slash, still, strlen(still) + 1);
	}
	head_title(sp, s);
	return true;
}

/* The lines that lockdep and RCU put between "=====" and "-----". */
static bool is_lockdep(const char *s)
{
	static const char *const marks[] = {
		" dependency detected",	 "possible recursive locking",
		"lock order detected",	 "inconsistent lock state",
		"bad unlock balance",	 "bad contention detected",
		"held lock freed",	 "still has locks held",
		"lock held when returning", "suspicious RCU usage",
		"Nested lock was not taken", "chain_key collision",
	};

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (strstr(s, marks[i]))
			return true;
	return false;
}

/* A WARN() that has a kind of its own is known by its message. */
static void warn_message(struct splat *sp, const char *message)
{
	char text[SPLAT_TEXT];
	const char *s = text;

	text_copy(text, sizeof(text), message, strlen(message));
	if (text_starts(s, strlen(s), "refcount_t: ")) {
		sp->kind = FINDING_REFCOUNT;
	} else if (text_starts(s, strlen(s), "list_add ") ||
		   text_starts(s, strlen(s), "list_del ")) {
		sp->kind = FINDING_LIST_CORRUPTION;
	} else if (text_starts(s, strlen(s), "initcall ") &&
		   strstr(s, " returned with ")) {
		sp->kind = FINDING_HELD_LOCK;
		sp->imbalance = true;
		text_symbol(s + strlen("initcall "), sp->where,
			    sizeof(sp->where));
	} else if (strstr(s, "context switch within RCU") ||
		   strstr(s, "blocking ops when !TASK_RUNNING")) {
		sp->kind = FINDING_ATOMIC_SLEEP;
	} else if (strstr(s, "Slab cache still has objects")) {
		sp->kind = FINDING_LEAK;
		head_cut_at(text, " when called from ");
	} else if (text_starts(s, strlen(s), "DEBUG_LOCKS_WARN_ON(")) {
		sp->kind = strstr(s, "owner") ? FINDING_BAD_UNLOCK :
						FINDING_LOCKDEP;
		sp->imbalance = strstr(s, "preempt_count");
	}
	text_scrub(text);
	if (sp->kind != FINDING_WARN) {
		/* The file is the checker's within the kernel, not at fault. */
		text_copy(sp->title, sizeof(sp->title), s, strlen(s));
		demangle_text(sp->title, sizeof(sp->title));
		sp->file[0] = '\0';
		sp->line = 0;
		return;
	}
	head_append(sp->title, sizeof(sp->title), ": ");
	head_append(sp->title, sizeof(sp->title), s);
}

void splat_message(struct splat *sp, const char *message)
{
	if (sp->kind == FINDING_WARN) {
		warn_message(sp, message);
		return;
	}
	head_append(sp->title, sizeof(sp->title), " ");
	head_append(sp->title, sizeof(sp->title), message);
}

/*
 * "WARNING: wrap.c:12 at fn+0x1a/0x40 [wrap], CPU#0: insmod/42", and before
 * Linux 6.18 "WARNING: CPU: 0 PID: 42 at wrap.c:12 fn+0x1a/0x40 [wrap]".
 */
static bool fill_warn(struct splat *sp, char *s)
{
	const char *file = s + strlen("WARNING: ");
	const char *old = strstr(s, " PID: ");
	char *task = strstr(s, ", CPU#");
	const char *at = strstr(s, old ? " at " : "at ");

	if (!at || (!task && !old))
		return false;
	if (old) {
		sp->pid = strtol(old + strlen(" PID: "), NULL, 10);
		file = at + strlen(" at ");
		at = strchr(file, ' ');
		at = at ? at + 1 : "";
	} else {
		sp->pid = text_task_pid(task);
		*task = '\0';
		at += strlen("at ");
	}
	text_file_line(file, file + strcspn(file, " "), sp->file,
		       sizeof(sp->file), &sp->line);
	text_symbol(at, sp->where, sizeof(sp->where));
	snprintf(sp->title, sizeof(sp->title), "WARNING: %.*s at %s",
		 (int)strcspn(file, " "), file, at);
	text_scrub(sp->title);
	demangle_text(sp->title, sizeof(sp->title));
	sp->wants_message = true;
	return true;
}

/* Lines that only say "WARNING: …" are no reports; most are advice. */
bool fill_warning(struct splat *sp, char *s)
{
	if (is_lockdep(s))
		return fill_lockdep(sp, s);
	return fill_warn(sp, s);
}
