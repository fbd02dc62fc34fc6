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

#define RAM	   "192M"
#define GUEST_DIR  "/kiln/work" /* the snapshot's folder, as QEMU sees it */
#define SAVE_TRIES 1000		/* of 10 ms */

/* The child's ends of the lines, and the file behind its console. */
enum line {
	LINE_QMP = 3,
	LINE_JOB,
	LINE_END,
	CONSOLE_FD = LINE_END,
	MEMORY_FD,
	INBOX_FD,
};

#define NLINES (LINE_END - LINE_QMP)

/*
 * shift=3: an instruction is 8 ns of guest time; sleep=off: idle time is
 * skipped. Of 1, 3, 4, 5, 7 and auto it is the fastest in which busy loops
 * end too. No ACPI, and an i440FX: less to boot through.
 */
static const char *const base[] = {
	"-machine", "pc,memory-backend=ram", "-accel", "tcg",
	/* No random numbers of the host's: they could not be had again. */
	"-cpu", "max,-rdrand,-rdseed",
	"-icount", "shift=3,sleep=off", "-m", RAM,
	"-nodefaults", "-no-user-config", "-display", "none", "-no-reboot",
	"-kernel", "/kiln/build/vmlinux", "-initrd", GUEST_DIR "/initrd",
	"-append",
	/* One console, a reset that ends QEMU, no limit on the markers. */
	"console=ttyS0,115200 8250.nr_uarts=1 ignore_loglevel "
	"panic=-1 reboot=t printk.devkmsg=on "
	/* The clock is virtual; there is nothing to watch it against. */
	"tsc=reliable no_timer_check "
	/* Who allocated what (leaks), and poison; NMI ends what hangs. */
	"slab_debug=PU unknown_nmi_panic=1 hung_task_timeout_secs=60 "
	/* The agent takes this away: built-in suites are not for us. */
	"kunit.filter_glob=none",
	/* What the agent sends is taken when it sends it, not some time. */
	"-device", "virtio-serial-pci,ioeventfd=off",
	"-chardev", "socket,id=job,fd=4",
	"-device", "virtserialport,chardev=job,name=kiln.job",
	/*
	 * A file, not a socket: the UART drops what a full socket does not
	 * take at once, and one byte at a time fills it with 300.
	 */
	"-chardev", "file,id=con,path=/proc/self/fd/5",
	"-serial", "chardev:con",
	"-chardev", "socket,id=qmp,fd=3", "-mon", "chardev=qmp,mode=control",
	/* Memory that the host has filled before the guest looks. */
	"-device", "ivshmem-plain,memdev=inbox,master=on",
	NULL};

struct qemu {
	struct proc *proc;
	struct qmp *qmp;
	int line[NLINES]; /* our ends */
	int console;	  /* a memfd: what the guest's UART sends */
	int memory;	  /* a memfd: what of its RAM was asked for */
	int errors;	  /* a memfd: what it says on stderr */
};

/*
 * Shared memory is left out of the state, and what comes to QEMU in its place
 * must not be shared, for then its address would have to be the one of a PCI
 * device that has none yet. A private map of what we fill does as well: its
 * pages are looked at when the guest does.
 */
static int add_inbox(struct strv *argv, enum qemu_mode mode)
{
	if (strv_add(argv, "-object") < 0)
		return -1;
	return strv_addf(argv,
			 "memory-backend-file,id=inbox,size=%u,"
			 "mem-path=/proc/self/fd/%d,share=%s",
			 KILN_INBOX_SIZE, INBOX_FD,
			 mode == QEMU_RESUME ? "off" : "on");
}

static int add_ram(struct strv *argv, enum qemu_mode mode)
{
	static const char *const object[] = {
		[QEMU_BOOT] = "memory-backend-ram,id=ram,size=" RAM,
		[QEMU_SAVE] = "memory-backend-file,id=ram,size=" RAM
			      ",mem-path=" GUEST_DIR "/ram,share=on",
		[QEMU_RESUME] = "memory-backend-file,id=ram,size=" RAM
				",mem-path=" GUEST_DIR
				"/ram,share=off,readonly=on,rom=off",
	};

	if (strv_add(argv, "-object") < 0)
		return -1;
	return strv_add(argv, object[mode]);
}

static int add_machine(struct strv *argv, const struct machine *m)
{
	unsigned cpus = m->cpus ? m->cpus : 1;
	int ret = strv_add(argv, "-smp");

	/* The BIOS's table of CPUs, in want of ACPI, has one a socket. */
	if (ret == 0)
		ret = strv_addf(argv, "%u,sockets=%u", cpus, cpus);
	for (size_t i = 0; ret == 0 && i < m->devices.n; i++) {
		ret = strv_add(argv, "-device");
		if (ret == 0)
			ret = strv_add(argv, m->devices.v[i]);
	}
	for (size_t i = 0; ret == 0 && base[i]; i++)
		ret = strv_add(argv, base[i]);
	return ret;
}

int qemu_machine_text(struct buf *out, const struct machine *m)
{
	struct strv argv = STRV_INIT;
	int ret = add_machine(&argv, m);

	for (size_t i = 0; ret == 0 && i < argv.n; i++)
		buf_addf(out, "%s\n", argv.v[i]);
	buf_adds(out, RAM);
	strv_release(&argv);
	return ret == 0 && buf_ok(out) ? 0 : -1;
}

static int make_argv(struct strv *argv, const struct qemu_opts *o,
		     struct err *e)
{
	struct sandbox_bind bind = {
		.from = o->dir,
		.to = GUEST_DIR,
		.writable = o->mode == QEMU_SAVE,
	};

	if (sandbox_argv(argv, o->store, &bind, 1, "/", e) < 0)
		return -1;
	if (strv_add(argv, "qemu-system-x86_64") < 0 ||
	    add_machine(argv, o->machine) < 0 || add_ram(argv, o->mode) < 0 ||
	    add_inbox(argv, o->mode) < 0)
		goto no_memory;
	if (o->mode == QEMU_RESUME &&
	    (strv_add(argv, "-incoming") < 0 || strv_add(argv, "defer") < 0))
		goto no_memory;
	return 0;
no_memory:
	return err_set(e, ERR_ENV, ENOMEM, "cannot start QEMU");
}

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

static int spawn(struct qemu *q, const struct qemu_opts *o, struct err *e)
{
	struct strv argv = STRV_INIT;
	int theirs[NLINES] = {-1, -1};
	struct proc_fd fds[NLINES + 4];
	struct proc_spec spec = PROC_SPEC_INIT;

	if (make_argv(&argv, o, e) < 0 || make_lines(q, theirs, e) < 0)
		goto out;
	q->errors = memfd_create("qemu-stderr", MFD_CLOEXEC);
	q->console = memfd_create("console", MFD_CLOEXEC);
	q->memory = memfd_create("memory", MFD_CLOEXEC);
	if (q->errors < 0 || q->console < 0 || q->memory < 0) {
		err_set(e, ERR_ENV, errno, "cannot start QEMU");
		goto out;
	}
	for (int i = 0; i < NLINES; i++)
		fds[i] = (struct proc_fd){theirs[i], i + LINE_QMP};
	fds[NLINES] = (struct proc_fd){q->errors, STDERR_FILENO};
	fds[NLINES + 1] = (struct proc_fd){q->console, CONSOLE_FD};
	fds[NLINES + 2] = (struct proc_fd){o->inbox_fd, INBOX_FD};
	fds[NLINES + 3] = (struct proc_fd){q->memory, MEMORY_FD};
	spec.argv = (const char *const *)argv.v;
	spec.fds = fds;
	spec.nfds = NLINES + 4;
	q->proc = proc_start(&spec, e);
out:
	for (int i = 0; i < NLINES; i++)
		if (theirs[i] >= 0)
			close(theirs[i]);
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

int qemu_nmi(struct qemu *q, struct err *e)
{
	return qmp_command(q->qmp, "inject-nmi", NULL, NULL, e);
}

int qemu_read_ram(struct qemu *q, uint64_t at, void *out, size_t len,
		  struct err *e)
{
	json_t *args = json_pack("{s:I, s:I, s:s}", "val", (json_int_t)at,
				 "size", (json_int_t)len, "filename",
				 "/proc/self/fd/6");
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
