/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of qemu share; for them alone. */
#ifndef CHECKER_QEMU_INT_H
#define CHECKER_QEMU_INT_H

struct err;
struct qemu;
struct qmp;

/*
 * QEMU would not have the machine, or not save it. If that is because of a
 * device that the lesson names, make of @e that the lesson is at fault.
 * @complaint is what QEMU said on stderr, or "".
 */
void qemu_blame(const char *complaint, struct err *e);

struct qmp *qemu_qmp(struct qemu *q);

#endif
