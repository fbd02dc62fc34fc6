/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * proc: the one module that starts processes, waits for them and ends them.
 *
 * A child gets its own process group, a parent-death signal, no_new_privs,
 * default signal handlers and only the descriptors that it is given. A
 * failing exec is reported with its errno through a close-on-exec pipe, so
 * that "not found" is never mistaken for an exit status of the program.
 * Waiting is a poll on the pidfd, the output and the caller's cancel
 * descriptor against an absolute monotonic deadline. Ending is TERM, a
 * grace, KILL, to the whole group, and then a sweep of what escaped the
 * group with setsid. The grace is for the whole group, even when the child
 * itself goes at once.
 *
 * From the first child on, this process is a child subreaper: descendants
 * that lose their parent become its children, and so can be found. Every
 * child that was not started here is such a stray and is ended whenever a
 * child ends; children from before the first start (of a program that
 * exec'ed this one) are left alone. Nothing else in the process may fork,
 * wait, or start threads.
 */
#ifndef CHECKER_PROC_H
#define CHECKER_PROC_H

#include "buf.h"

#include <stdint.h>
#include <sys/types.h>

struct err;
struct proc;

struct proc_limit {
	int resource; /* RLIMIT_* */
	uint64_t value;
};

struct proc_fd {
	int fd; /* ours */
	int as; /* the child's */
};

struct proc_spec {
	const char *const *argv; /* argv[0] is looked up in PATH */
	const char *const *env;	 /* NULL: ours */
	const char *dir;	 /* NULL: ours */
	const void *input;	 /* fed to stdin; NULL: /dev/null */
	size_t input_len;
	/*
	 * stdin, stdout, stderr are ours (an editor). The child's group gets
	 * the terminal and we take it back, with its settings; if it stops
	 * itself (^Z) we stop too, so that one `fg` brings both back.
	 */
	bool tty;
	bool merge;	    /* stderr goes where stdout goes */
	bool gain_privs;    /* let it use set-uid programs: newuidmap, sudo */
	int64_t timeout_ms; /* 0: none */
	int64_t grace_ms;   /* from TERM to KILL; 0: PROC_GRACE_MS */
	size_t out_max;	    /* bytes of output kept, then ended; 0: 16 MiB */
	const struct proc_limit *limits;
	size_t nlimits;
	const struct proc_fd *fds; /* further descriptors for the child */
	size_t nfds;
	int cancel_fd; /* readable: end it; -1: none */
	/* Called with output as it comes; it is kept in the result as well. */
	void (*on_output)(void *arg, const char *data, size_t len);
	void *arg;
};

#define PROC_SPEC_INIT {.cancel_fd = -1}
#define PROC_GRACE_MS 500
#define PROC_MAX_FDS  16 /* most .fds */

enum proc_end {
	PROC_EXITED,	   /* .status: exit code */
	PROC_SIGNALED,	   /* .status: signal */
	PROC_TIMED_OUT,	   /* ended by us at the deadline */
	PROC_OUTPUT_CAP,   /* ended by us: it printed more than out_max */
	PROC_SPAWN_FAILED, /* .status: errno; .failed: of what */
	PROC_CANCELLED,	   /* ended by us: the cancel descriptor */
};

struct proc_result {
	enum proc_end end;
	int status;
	const char *failed; /* "fork", "chdir", "exec", …: a constant */
	struct buf out; /* stdout, and stderr if merged */
	struct buf err;
	int64_t wall_ms;
	int64_t cpu_ms; /* user and system time of all that was waited for */
};

#define PROC_RESULT_INIT {.status = 0}

/*
 * Run to the end. 0 whenever the child's fate is known, whatever it was;
 * -1 only when our own machinery failed (no memory, no descriptors), and
 * then @r is empty. @r is overwritten: it need not be initialised. When the
 * child has ended, what it left running is ended too. .out_max is for both
 * streams together. If .cancel_fd is readable already, nothing is started.
 */
int proc_run(struct proc_result *r, const struct proc_spec *s, struct err *e);
void proc_result_release(struct proc_result *r);

/*
 * For a child that lives beside us (QEMU). Its stdout and stderr go to
 * .fds or /dev/null; .input, .timeout_ms, .out_max, .on_output and
 * .cancel_fd do not apply. Returns NULL with @e set (exec failures
 * included).
 */
struct proc *proc_start(const struct proc_spec *s, struct err *e);
int proc_pidfd(const struct proc *p); /* readable when it has ended */
pid_t proc_pid(const struct proc *p);
/* CPU time of the child and its living descendants, from /proc; or -1. */
int64_t proc_cpu_ms(const struct proc *p);
/*
 * How long all threads of these, together, were ready to run while others had
 * the CPUs; 0 where the kernel does not count that (CONFIG_SCHED_INFO).
 */
int64_t proc_waited_ms(const struct proc *p);
/* Call @fn for the child and every descendant of it that lives. */
void proc_each(const struct proc *p, void (*fn)(pid_t pid, void *arg),
	       void *arg);
/* Ask it and its group to end, with TERM: for one that cleans up. */
void proc_ask(const struct proc *p);
/* End it with KILL, at once, with its group and strays; reap; free. */
void proc_kill(struct proc *p);
/*
 * Reap an ended child, and end its group and strays; false while it lives.
 * @p stays, for proc_kill() to free; asked again it says the same.
 */
bool proc_reap(struct proc *p, int *wait_status);

/*
 * Run @fn, which writes its answer to @fd, in a process that is a copy of
 * this one, and add the answer to @out (.max holds): for libraries that read
 * what a learner had a hand in. It has no file of ours to itself but @fd and
 * must not touch the terminal. 0 if it returned 0 in time; -1 if it returned
 * -1, crashed, or took more than @timeout_ms or 1 GiB.
 */
typedef int proc_guarded(int fd, void *arg);
int proc_guard(struct buf *out, int64_t timeout_ms, proc_guarded *fn,
	       void *arg);

/*
 * Run @fn beside us in a process that is a copy of this one, in a group of
 * its own; what @fn returns is its exit status. It has our descriptors, but
 * nothing on stdin and stdout, default signal handlers but for SIGPIPE, which
 * it ignores, and may use this module, of which it knows no child. It lives
 * on when we die: @fn should watch a descriptor for that. For proc_pidfd(),
 * proc_reap() and proc_kill().
 */
typedef int proc_forked(void *arg);
struct proc *proc_fork(proc_forked *fn, void *arg, struct err *e);

/* Now, in ms of CLOCK_MONOTONIC. */
int64_t mono_ms(void);

/*
 * Make SIGINT, SIGTERM and SIGHUP readable events instead of death, for the
 * length of a piece of work. The descriptor stays readable once a signal
 * has come. A signal that is ignored (nohup) stays ignored. Nesting is a
 * bug. cancel_end() says once more which signal came, for one may have come
 * since the last question; of several, SIGHUP and SIGTERM, which ask us to
 * leave, come before SIGINT. What came is used up and not delivered again.
 */
int cancel_begin(struct err *e); /* the descriptor, or -1 */
int cancel_signal(void); /* the signal that came, or 0 */
int cancel_end(void); /* likewise, the last time */

#endif
