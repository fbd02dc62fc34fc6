/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * splat: one report of the kernel's, read line by line.
 *
 * splat-head.c knows the headlines, splat.c what follows them and where a
 * report ends, splat-sites.c the stacks and the locks in it, splat-text.c how
 * the kernel prints symbols and addresses.
 * klog-findings.c puts reports together into findings. Pure; a splat owns
 * nothing. Sources: mm/kasan/report.c, lib/ubsan.c, lib/bug.c,
 * kernel/panic.c, kernel/locking/lockdep.c, kernel/sched/core.c,
 * arch/x86/mm/fault.c, arch/x86/kernel/dumpstack.c, kernel/watchdog.c,
 * kernel/hung_task.c, kernel/rcu/tree_stall.h, mm/slub.c, rust/kernel.
 */
#ifndef CHECKER_SPLAT_H
#define CHECKER_SPLAT_H

#include "finding.h"

#include <stdbool.h>
#include <stddef.h>

/* A mangled Rust name with offset and module (KSYM_NAME_LEN is 512). */
#define SPLAT_SYMBOL 640
#define SPLAT_TEXT   1024

/* Frames in modules that are kept of one report. */
#define SPLAT_SITES 24

/* As struct finding_site, without its places. */
struct splat_site {
	enum site_role role;
	bool first, exact;
	char name[96];
	char symbol[SPLAT_SYMBOL];
};

/* What ends a report. */
enum splat_end {
	SPLAT_END_LINE,	  /* it is one line */
	SPLAT_END_EQUALS, /* "=====" */
	SPLAT_END_TRACE,  /* "---[ end trace" */
	SPLAT_END_DIE,	  /* the same, and the task does not survive it */
	SPLAT_END_TASK,	  /* " </TASK>" of its call trace */
	SPLAT_END_HELD,	  /* the list of locks, there is no call trace */
	SPLAT_END_PANIC,  /* "---[ end Kernel panic", "Rebooting in" */
};

struct splat {
	enum finding_kind kind;
	enum splat_end end;
	size_t first, last;
	long pid;	  /* -1: not known */
	bool died;	  /* the task was killed */
	bool aftermath;	  /* by its own words, it follows from another fault */
	bool imbalance;	  /* an initcall left preemption or interrupts off */
	bool near;	  /* nothing but noise since the report before it */
	bool within;	  /* it began in the midst of another */
	char title[SPLAT_TEXT];
	char file[256];
	unsigned line;
	char where[SPLAT_SYMBOL]; /* what the report itself names */
	char frame[SPLAT_SYMBOL]; /* first frame in a module */
	char held[SPLAT_SYMBOL];  /* where a lock was taken, in a module */
	char outer[SPLAT_SYMBOL]; /* first frame at all */

	/* While it is read. */
	bool wants_message; /* the next line belongs to the headline */
	bool in_trace, past_trace;
	bool oops_seen;
	bool irqs_off; /* by its own words */
	bool locks_listed;
	unsigned strays; /* lines that do not look like a report's */

	/* splat-sites.c */
	struct splat_site sites[SPLAT_SITES];
	unsigned nsites;
	struct {
		int stack; /* role of the stack that is being read; -1: none */
		int lock; /* role of the lock on the next line; -1: none */
		bool begun; /* that stack has a frame in a module */
		bool interrupted; /* the next frame did not call anything */
		bool top;	  /* the next entry is on top of the stack */
		char name[96]; /* .name of its first frame */
	} reading;
};

enum splat_body {
	SPLAT_MORE,
	SPLAT_LAST, /* this was its last line */
	SPLAT_OVER, /* it ended before this line */
};

/*
 * Does this line open a report? Then fill @sp, all of it. @message is what
 * was printed between "cut here" and it, or NULL.
 */
bool splat_head(struct splat *sp, const char *s, size_t len,
		const char *message);
/* The rest of a headline, from the line before it or after it. */
void splat_message(struct splat *sp, const char *message);
/* A first byte that no headline has saves looking further. */
bool splat_may_start(char c);

/* Is @next only another headline of the report @sp, that is still open? */
bool splat_absorb(struct splat *sp, const struct splat *next);
enum splat_body splat_body(struct splat *sp, const char *s, size_t len,
			   size_t number);

/* Looks like part of a report; like the registers that trail an Oops. */
bool splat_is_body(const char *s, size_t len);
bool splat_is_tail(const char *s, size_t len);

/* The function at fault: in a module if the report names any there. */
const char *splat_culprit(const struct splat *sp);

/* Functions on top of a trace that only report. */
bool splat_is_reporter(const char *symbol);

/* Nothing read yet; another line of the report. */
void splat_sites_clear(struct splat *sp);
void splat_sites_line(struct splat *sp, const char *s, size_t len);
/* Give @f those sites that have a role of which it knows none. */
int splat_give_sites(const struct splat *sp, struct finding *f);
/* Give @f the frames of a /proc/PID/stack, which ends @text. */
int stack_sites(struct finding *f, const char *text);

/* Text. */
bool text_starts(const char *s, size_t len, const char *with);
/* Copy at most @cap - 1 bytes, NUL-terminate. */
void text_copy(char *to, size_t cap, const char *s, size_t len);
/*
 * "fn+0x1a/0x40 [module]" at @s: copy it to @out, give its length; 0 when
 * there is none.
 */
size_t text_symbol(const char *s, char *out, size_t cap);
bool text_in_module(const char *symbol);
bool text_same_function(const char *a, const char *b);
/* Take offsets out, and put "<addr>" for addresses, in place. */
void text_scrub(char *s);
/* "path:12" or "path:12:3" at @s, up to @stop: fill @file and @line. */
bool text_file_line(const char *s, const char *stop, char *file, size_t cap,
		    unsigned *line);
/* The number after the last '/' of "insmod/42"; -1 when there is none. */
long text_task_pid(const char *s);

#endif
