/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How a machine is put on a command line. */
#include "qemu.h"
#include "qemu-int.h"
#include "err.h"
#include "guest/proto.h"
#include "sandbox.h"

#include <errno.h>
#include <string.h>

#define RAM "192M"

#define VIRTUAL_TIME "shift=3,sleep=off"
#define CONSOLE	     "file,id=con,path=/proc/self/fd/5"

/*
 * What is another for a visitor: no part of the machine, for a snapshot has
 * none of it. An idle guest waits, and a file is a pipe.
 */
static const struct {
	const char *word, *visited;
} lines[] = {
	{VIRTUAL_TIME, "shift=3,sleep=on"},
	{CONSOLE, CONSOLE ",input-path=/proc/self/fd/8"},
};

/*
 * shift=3: an instruction is 8 ns of guest time; sleep=off: idle time is
 * skipped. Of 1, 3, 4, 5, 7 and auto it is the fastest in which busy loops
 * end too. No ACPI, and an i440FX: less to boot through.
 */
static const char *const base[] = {
	"-machine", "pc,memory-backend=ram", "-accel", "tcg",
	/* No random numbers of the host's: they could not be had again. */
	"-cpu", "max,-rdrand,-rdseed",
	"-icount", VIRTUAL_TIME, "-m", RAM,
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
	"-chardev", CONSOLE,
	"-serial", "chardev:con",
	"-chardev", "socket,id=qmp,fd=3", "-mon", "chardev=qmp,mode=control",
	/* Memory that the host has filled before the guest looks. */
	"-device", "ivshmem-plain,memdev=inbox,master=on",
	NULL};

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

static const char *word_for(const char *word, bool visited)
{
	for (size_t i = 0; visited && i < sizeof(lines) / sizeof(*lines); i++)
		if (strcmp(word, lines[i].word) == 0)
			return lines[i].visited;
	return word;
}

static int add_machine(struct strv *argv, const struct machine *m, bool visited)
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
		ret = strv_add(argv, word_for(base[i], visited));
	return ret;
}

static int add_gdb(struct strv *argv, int fd)
{
	_Static_assert(KEYS_FD == 8 && GDB_FD == 9, "as in the words");
	if (!fd)
		return 0;
	if (strv_add(argv, "-chardev") < 0 ||
	    strv_add(argv, "socket,id=gdb,fd=9,server=on,wait=off") < 0 ||
	    strv_add(argv, "-gdb") < 0)
		return -1;
	return strv_add(argv, "chardev:gdb");
}

int qemu_machine_text(struct buf *out, const struct machine *m)
{
	struct strv argv = STRV_INIT;
	int ret = add_machine(&argv, m, false);

	for (size_t i = 0; ret == 0 && i < argv.n; i++)
		buf_addf(out, "%s\n", argv.v[i]);
	buf_adds(out, RAM);
	strv_release(&argv);
	return ret == 0 && buf_ok(out) ? 0 : -1;
}

int qemu_argv(struct strv *argv, const struct qemu_opts *o, struct err *e)
{
	struct sandbox_bind bind = {
		.from = o->dir,
		.to = GUEST_DIR,
		.writable = o->mode == QEMU_SAVE,
	};

	if (sandbox_argv(argv, o->store, &bind, 1, "/", e) < 0)
		return -1;
	if (strv_add(argv, "qemu-system-x86_64") < 0 ||
	    add_machine(argv, o->machine, o->visited) < 0 ||
	    add_gdb(argv, o->gdb_fd) < 0 || add_ram(argv, o->mode) < 0 ||
	    add_inbox(argv, o->mode) < 0)
		goto no_memory;
	if (o->mode == QEMU_RESUME &&
	    (strv_add(argv, "-incoming") < 0 || strv_add(argv, "defer") < 0))
		goto no_memory;
	return 0;
no_memory:
	return err_set(e, ERR_ENV, ENOMEM, "cannot start QEMU");
}
