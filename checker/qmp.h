/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qmp: commands to QEMU's machine protocol over a connected socket.
 *
 * One command at a time: sent, and answers read until its return or error
 * comes; events in between are dropped. Every wait is bounded.
 */
#ifndef CHECKER_QMP_H
#define CHECKER_QMP_H

#include <jansson.h>

struct err;

#define QMP_ANSWER_MAX (1u << 20) /* longest line that is taken */

struct qmp;

/* Reads the greeting and negotiates. Does not own @fd. */
struct qmp *qmp_new(int fd, struct err *e);
void qmp_free(struct qmp *q);

/*
 * Run @command with @args, whose reference is taken (NULL: none). The
 * answer's `return` goes to *@out if that is not NULL (a new reference).
 */
int qmp_command(struct qmp *q, const char *command, json_t *args,
		json_t **out, struct err *e);

#endif
