/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of qemu share; for them alone. */
#ifndef CHECKER_QEMU_INT_H
#define CHECKER_QEMU_INT_H

struct err;
struct qemu;
struct qemu_opts;
struct strv;
struct qmp;

/*
 * QEMU would not have the machine, or not save it. If that is because of a
 * device that the lesson names, make of @e that the lesson is at fault.
 * @complaint is what QEMU said on stderr, or "".
 */
void qemu_blame(const char *complaint, struct err *e);

/* The snapshot's folder, as QEMU sees it. */
#define GUEST_DIR "/kiln/work"

/* The child's ends of the lines, and the file behind its console. */
enum line {
	LINE_QMP = 3,
	LINE_JOB,
	LINE_END,
	CONSOLE_FD = LINE_END,
	MEMORY_FD,
	INBOX_FD,
	KEYS_FD,
	GDB_FD,
};

#define NLINES (LINE_END - LINE_QMP)

/* All of its command line. */
int qemu_argv(struct strv *argv, const struct qemu_opts *o, struct err *e);

struct qmp *qemu_qmp(struct qemu *q);

#endif
