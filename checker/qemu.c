/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "qemu.h"
#include "qemu-int.h"
#include "err.h"
#include "guest/proto.h"
#include "proc.h"
#include "qmp.h"
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#define SAVE_TRIES 1000 /* of 10 ms */

struct qemu {
	struct proc *proc;
	struct qmp *qmp;
	int line[NLINES]; /* our ends */
	int console; /* what the guest's UART sends: a memfd or a pipe */
	int keys; /* a pipe: what it is sent; or -1 */
	int memory; /* a memfd: what of its RAM was asked for */
	int errors; /* a memfd: what it says on stderr */
};

/* Our ends do not block; QEMU sets its own as it likes. */
static int make_lines(struct qemu *q, int theirs[NLINES], struct err *e)
{
	for (int i = 0; i < NLINES; i++) {
		int pair[2];

		if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) <
		    0)
			return err_set(e, ERR_ENV, errno,
				       "cannot make a socket for QEMU");
		q->line[i] = pair[0];
		theirs[i] = pair[1];
		if (i + LINE_QMP != LINE_QMP)
			fcntl(pair[0], F_SETFL, O_NONBLOCK);
	}
	return 0;
}

/* One end of a pipe to us, as *@ours, and the other to the child. */
static int make_pipe(int *ours, int *theirs, bool we_read)
{
	int p[2];

	if (pipe2(p, O_CLOEXEC) < 0)
		return -1;
	*ours = p[we_read ? 0 : 1];
	*theirs = p[we_read ? 1 : 0];
	/* Room for what a guest prints while a terminal is slow. */
	fcntl(*ours, F_SETPIPE_SZ, 1 << 20);
	return fcntl(*ours, F_SETFL, O_NONBLOCK);
}

static int make_console(struct qemu *q, int theirs[2], bool visited)
{
	if (visited)
		return make_pipe(&q->console, &theirs[0], true) < 0
			       ? -1
			       : make_pipe(&q->keys, &theirs[1], false);
	q->console = memfd_create("console", MFD_CLOEXEC);
	theirs[0] = q->console;
	return q->console < 0 ? -1 : 0;
}

static int spawn(struct qemu *q, const struct qemu_opts *o, struct err *e)
{
	struct strv argv = STRV_INIT;
	int theirs[NLINES] = {-1, -1};
	int console[2] = {-1, -1}; /* the child's ends: out, in */
	struct proc_fd fds[NLINES + 6];
	struct proc_spec spec = PROC_SPEC_INIT;

	if (qemu_argv(&argv, o, e) < 0 || make_lines(q, theirs, e) < 0)
		goto out;
	q->errors = memfd_create("qemu-stderr", MFD_CLOEXEC);
	q->memory = memfd_create("memory", MFD_CLOEXEC);
	if (q->errors < 0 || q->memory < 0 ||
	    make_console(q, console, o->visited) < 0) {
		err_set(e, ERR_ENV, errno, "cannot start QEMU");
		goto out;
	}
	for (int i = 0; i < NLINES; i++)
		fds[i] = (struct proc_fd){theirs[i], i + LINE_QMP};
	fds[NLINES] = (struct proc_fd){q->errors, STDERR_FILENO};
	fds[NLINES + 1] = (struct proc_fd){console[0], CONSOLE_FD};
	fds[NLINES + 2] = (struct proc_fd){o->inbox_fd, INBOX_FD};
	fds[NLINES + 3] = (struct proc_fd){q->memory, MEMORY_FD};
	spec.argv = (const char *const *)argv.v;
	spec.fds = fds;
	spec.nfds = NLINES + 4;
	if (o->visited)
		fds[spec.nfds++] = (struct proc_fd){console[1], KEYS_FD};
	if (o->gdb_fd)
		fds[spec.nfds++] = (struct proc_fd){o->gdb_fd, GDB_FD};
	q->proc = proc_start(&spec, e);
out:
	for (int i = 0; i < NLINES; i++)
		if (theirs[i] >= 0)
			close(theirs[i]);
	for (int i = 0; i < 2; i++)
		if (console[i] >= 0 && console[i] != q->console)
			close(console[i]);
	strv_release(&argv);
	return q->proc ? 0 : -1;
}

/* QEMU would not do it; its own words say why. */
static void add_complaint(const struct qemu *q, struct err *e)
{
	char text[400];
	ssize_t n;

	if (!e || q->errors < 0)
		return;
	n = pread(q->errors, text, sizeof(text) - 1, 0);
	text[n > 0 ? n : 0] = '\0';
	while (n > 0 && text[n - 1] == '\n')
		text[--n] = '\0';
	if (n > 0)
		err_where(e, "%s", text);
	qemu_blame(text, e);
}

struct qemu *qemu_start(const struct qemu_opts *o, struct err *e)
{
	struct qemu *q = malloc(sizeof(*q));

	if (!q) {
		err_set(e, ERR_ENV, ENOMEM, "cannot start QEMU");
		return NULL;
	}
	*q = (struct qemu){.console = -1,
			   .keys = -1,
			   .memory = -1,
			   .errors = -1,
			   .line = {-1, -1}};
	if (spawn(q, o, e) == 0)
		return q;
	qemu_kill(q);
	return NULL;
}

int qemu_connect(struct qemu *q, struct err *e)
{
	q->qmp = qmp_new(q->line[0], e);
	if (q->qmp)
		return 0;
	add_complaint(q, e);
	return -1;
}

void qemu_kill(struct qemu *q)
{
	if (!q)
		return;
	qmp_free(q->qmp);
	if (q->proc)
		proc_kill(q->proc);
	for (int i = 0; i < NLINES; i++)
		if (q->line[i] >= 0)
			close(q->line[i]);
	if (q->console >= 0)
		close(q->console);
	if (q->keys >= 0)
		close(q->keys);
	if (q->memory >= 0)
		close(q->memory);
	if (q->errors >= 0)
		close(q->errors);
	free(q);
}

int qemu_job_fd(const struct qemu *q)
{
	return q->line[LINE_JOB - LINE_QMP];
}

int qemu_console_fd(const struct qemu *q)
{
	return q->console;
}

int qemu_keys_fd(const struct qemu *q)
{
	return q->keys;
}

const struct proc *qemu_proc(const struct qemu *q)
{
	return q->proc;
}

struct qmp *qemu_qmp(struct qemu *q)
{
	return q->qmp;
}

int qemu_pidfd(const struct qemu *q)
{
	return proc_pidfd(q->proc);
}

int64_t qemu_cpu_ms(const struct qemu *q)
{
	return proc_cpu_ms(q->proc);
}

int64_t qemu_waited_ms(const struct qemu *q)
{
	return proc_waited_ms(q->proc);
}

static int ignore_shared(struct qemu *q, struct err *e)
{
	return qmp_command(q->qmp, "migrate-set-capabilities",
			   json_pack("{s:[{s:s, s:b}]}", "capabilities",
				     "capability", "x-ignore-shared", "state",
				     1),
			   NULL, e);
}

/* 1: done; 0: under way; -1: failed. */
static int migration_state(struct qemu *q, struct err *e)
{
	json_t *info = NULL;
	const char *status;
	int state = 0;

	if (qmp_command(q->qmp, "query-migrate", NULL, &info, e) < 0)
		return -1;
	status = json_string_value(json_object_get(info, "status"));
	if (status && strcmp(status, "completed") == 0)
		state = 1;
	else if (status && strcmp(status, "failed") == 0)
		state = err_set(e, ERR_ENV, 0,
				"the guest's state could not be moved");
	json_decref(info);
	return state;
}

/* Ask quickly at first: loading takes some 10 ms. */
static int await_migration(struct qemu *q, struct err *e)
{
	for (int i = 0; i < SAVE_TRIES; i++) {
		int state = migration_state(q, e);

		if (state != 0) {
			if (state < 0)
				add_complaint(q, e);
			return state < 0 ? -1 : 0;
		}
		poll(NULL, 0, i < 50 ? 1 : 10);
	}
	return err_set(e, ERR_ENV, 0,
		       "QEMU does not come to an end of moving the guest's "
		       "state");
}

int qemu_save(struct qemu *q, struct err *e)
{
	if (qmp_command(q->qmp, "stop", NULL, NULL, e) < 0 ||
	    ignore_shared(q, e) < 0 ||
	    qmp_command(q->qmp, "migrate",
			json_pack("{s:s}", "uri", "file:" GUEST_DIR "/state"),
			NULL, e) < 0) {
		add_complaint(q, e);
		return -1;
	}
	return await_migration(q, e);
}

/*
 * After a migration QEMU announces itself to the network, by timers in real
 * time; and a CPU runs no further at a stretch than to the next timer of
 * any clock. There is no network, and a run's course is its own.
 */
static int announce_nothing(struct qemu *q, struct err *e)
{
	return qmp_command(q->qmp, "migrate-set-parameters",
			   json_pack("{s:i}", "announce-rounds", 0), NULL, e);
}

int qemu_load(struct qemu *q, struct err *e)
{
	if (ignore_shared(q, e) < 0 || announce_nothing(q, e) < 0 ||
	    qmp_command(q->qmp, "migrate-incoming",
			json_pack("{s:s}", "uri", "file:" GUEST_DIR "/state"),
			NULL, e) < 0) {
		add_complaint(q, e);
		return -1;
	}
	return await_migration(q, e);
}

int qemu_go(struct qemu *q, struct err *e)
{
	return qmp_command(q->qmp, "cont", NULL, NULL, e);
}

int qemu_stop(struct qemu *q, struct err *e)
{
	return qmp_command(q->qmp, "stop", NULL, NULL, e);
}

int qemu_nmi(struct qemu *q, struct err *e)
{
	return qmp_command(q->qmp, "inject-nmi", NULL, NULL, e);
}

int qemu_read_ram(struct qemu *q, uint64_t at, void *out, size_t len,
		  struct err *e)
{
	json_t *args =
		json_pack("{s:I, s:I, s:s}", "val", (json_int_t)at, "size",
			  (json_int_t)len, "filename", "/proc/self/fd/6");
	size_t have = 0;

	_Static_assert(MEMORY_FD == 6, "as in the name");
	if (qmp_command(q->qmp, "pmemsave", args, NULL, e) < 0)
		return -1;
	while (have < len) {
		ssize_t n = pread(q->memory, (char *)out + have, len - have,
				  (off_t)have);

		if (n <= 0)
			return err_set(e, ERR_ENV, n ? errno : 0,
				       "QEMU gives none of the guest's RAM");
		have += (size_t)n;
	}
	return 0;
}
