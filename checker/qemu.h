/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu: a QEMU process and its lines: QMP, job port, console.
 *
 * Knows how a machine is put on a command line and how QEMU is told to
 * stop, save, resume and interrupt; knows nothing of agents and plans. QMP
 * and the job port are socket pairs, the console is a file in memory, so a
 * guest leaves nothing behind.
 *
 * QMP: docs/interop/qmp-spec.rst of QEMU. Saving keeps the RAM in the file
 * behind `memory-backend-file` (share=on) and only device state in the
 * migration stream (capability x-ignore-shared); resuming maps that file
 * privately (share=off), so that it is copy-on-write and stays clean.
 */
#ifndef CHECKER_QEMU_H
#define CHECKER_QEMU_H

#include "spec.h"

#include <stdint.h>

struct err;
struct proc;
struct qemu;
struct store;

enum qemu_mode {
	QEMU_BOOT,   /* from nothing, RAM of its own, gone with it */
	QEMU_SAVE,   /* from nothing, RAM in @dir/ram, to be saved */
	QEMU_RESUME, /* from what qemu_save() left in @dir */
};

struct qemu_opts {
	const struct store *store;
	const struct machine *machine;
	enum qemu_mode mode;
	const char *dir; /* holds initrd; and ram and state of a snapshot */
	int inbox_fd; /* a file of KILN_INBOX_SIZE that the guest maps */
	/*
	 * A person is there: guest time goes as the clock does, and the
	 * console takes keys as well. The machine stays the same, so that
	 * the same snapshot serves.
	 */
	bool visited;
	int gdb_fd; /* a socket that listens, for gdb; 0: none */
};

/* What a machine's command line amounts to, as one string: for keys. */
int qemu_machine_text(struct buf *out, const struct machine *m);

/*
 * Start it, without waiting: it takes as long as a small compile, and can
 * take it beside one. Nothing runs in a guest that is to be resumed before
 * qemu_go(). @o is not needed afterwards.
 */
struct qemu *qemu_start(const struct qemu_opts *o, struct err *e);
/* Wait until it talks; before anything else is asked of it. */
int qemu_connect(struct qemu *q, struct err *e);
/* Kill it, with all that it started. NULL is fine. */
void qemu_kill(struct qemu *q);

int qemu_job_fd(const struct qemu *q);	   /* both ways, not blocking */
/* A file that grows, for pread(); of a guest that is visited, a pipe. */
int qemu_console_fd(const struct qemu *q);
int qemu_keys_fd(const struct qemu *q); /* to its console; not blocking */
const struct proc *qemu_proc(const struct qemu *q); /* bwrap, QEMU below it */
int qemu_pidfd(const struct qemu *q);	   /* readable when it ended */
int64_t qemu_cpu_ms(const struct qemu *q); /* CPU time so far, or -1 */
int64_t qemu_waited_ms(const struct qemu *q); /* for a CPU, proc_waited_ms() */

/* Stop the guest and save it into @dir/state and @dir/ram. */
int qemu_save(struct qemu *q, struct err *e);
/* Load @dir/state, after QEMU_RESUME; it does not run before it is let go. */
int qemu_load(struct qemu *q, struct err *e);
int qemu_go(struct qemu *q, struct err *e);
int qemu_stop(struct qemu *q, struct err *e);
/* Copy @len bytes of the guest's RAM from the physical address @at. */
int qemu_read_ram(struct qemu *q, uint64_t at, void *out, size_t len,
		  struct err *e);
/*
 * A timer of so many us of guest time that nobody hears: it cuts short how
 * long a CPU runs before the next one does.
 */
int qemu_slice(struct qemu *q, unsigned us, struct err *e);
/* Inject an NMI into every CPU. */
int qemu_nmi(struct qemu *q, struct err *e);

#endif
