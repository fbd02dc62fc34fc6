/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * proc-int: what the files of proc share with each other. Nobody else
 * includes it, but for the tests of proc.
 */
#ifndef CHECKER_PROC_INT_H
#define CHECKER_PROC_INT_H

#include "proc.h"

#include <signal.h>
#include <termios.h>

struct proc {
	pid_t pid;
	int pidfd;
	bool reaped;
	int wait_status; /* when reaped */
	int64_t cpu_us; /* of the child and its strays, when reaped */
	struct proc *next;
};

/* Why a child could not be started. */
struct spawn_failure {
	bool ours; /* our machinery, not fork, chdir or exec */
	int errnum;
	const char *step; /* a constant: "fork", "exec", … */
};

/*
 * Start a child; @std become its stdin, stdout and stderr. Returns when
 * exec has succeeded, or NULL with @f filled.
 */
struct proc *proc_spawn(const struct proc_spec *s, const int std[3],
			struct spawn_failure *f);
/* Fill @e from @f, for the program that @s names. Returns -1. */
int proc_spawn_error(const struct proc_spec *s, const struct spawn_failure *f,
		     struct err *e);

/* Become a subreaper, and learn which children are not ours to end. */
void proc_prepare(void);
/* Is @pid a child that we started, or one that was there before us? */
bool proc_is_known(pid_t pid);
/* From now on @p is known; until proc_free(). */
void proc_register(struct proc *p);

/* Send @sig to the group of a child that is not reaped yet, and to it. */
void proc_signal(const struct proc *p, int sig);
/* Wait until it has ended, without reaping it; false after @ms. */
bool proc_wait_end(const struct proc *p, int64_t ms);
/* For a child that has ended: end its group, reap it, sweep its strays. */
void proc_finish(struct proc *p);
/* Let go of a child, reaped or not. */
void proc_free(struct proc *p);

/* Call @fn for each child of @pid, as /proc knows them. */
void tree_each_child(pid_t pid, void (*fn)(pid_t child, void *arg), void *arg);
/* Call @fn for @pid and all its descendants. */
void tree_each(pid_t pid, void (*fn)(pid_t pid, void *arg), void *arg);
/* Kernels without CONFIG_PROC_CHILDREN: scan all of /proc. For tests. */
extern bool tree_always_scan;
/* User and system time of @pid and its living descendants; -1: no @pid. */
int64_t tree_cpu_ms(pid_t pid);
/* How long its threads were ready to run, and others had the CPUs. */
int64_t tree_waited_ms(pid_t pid);
/* Does any stray still run? */
bool tree_has_strays(void);
/* KILL and reap every stray; returns the CPU time that they had used. */
int64_t tree_sweep(void);

/* The terminal, while a child with .tty has it. */
struct tty {
	bool is_tty;
	bool given;
	struct termios saved;
	int sigchld; /* signalfd: readable when the child may have stopped */
	sigset_t old_mask;
};

/* Is process group @group in the foreground of our terminal? */
bool tty_is_ours(pid_t group);
void tty_begin(struct tty *t);
/* The signalfd is readable: if the child has stopped, stop along with it. */
void tty_child_changed(struct tty *t, pid_t child);
void tty_end(struct tty *t);

#endif
