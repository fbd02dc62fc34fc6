/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is run on, and how often: machine, races, swap, kernel_symbols. */
#include "lua-int.h"
#include "lesson.h"

#include <string.h>

#define RUNS	 20
#define SIDE_MAX 32

static void take_machine(const struct rec *r, struct lesson *l)
{
	/** [machine] machine = { ... }
	 * The virtual machine, where it is not the usual one.
	 */
	static const char *const allowed[] = {"cpus", "devices", NULL};
	struct machine *m = &l->spec.machine;
	struct rec f;
	long cpus = rec_has(r, "races") ? 2 : 1;

	m->cpus = (unsigned)cpus;
	/** lesson.machine
	 * The virtual machine, where it is not the usual one:
	 * [machine](#machine).
	 * > machine = { cpus = 2, devices = { "edu" } },
	 */
	if (!rec_open(&f, r, "machine", false))
		return;
	rec_only(&f, allowed);
	/** machine.cpus
	 * 1 if left out, and with [races](#races) 2.
	 * > cpus = 2,
	 */
	get_number(&f, "cpus", &cpus, 1, 4, 0);
	m->cpus = (unsigned)cpus;
	/* A name alone: properties could name files of the host. */
	/** machine.devices
	 * Devices of QEMU, by name and without properties. One that QEMU does
	 * not have, or that cannot be saved with the machine, makes the verdict
	 * *lesson-fault*.
	 * > devices = { "edu", "pci-testdev" },
	 */
	get_list(&f, "devices", &m->devices, 8, 40, GET_PATH);
	for (size_t i = 0; i < m->devices.n; i++)
		if (strchr(m->devices.v[i], '/'))
			rec_fail(&f, "devices",
				 "\"%s\" is not the name of a "
				 "QEMU device",
				 m->devices.v[i]);
	lua_pop(r->L, 1);
}

/* Two CPUs unless the machine has more: on one there is little to race. */
static void take_races(const struct rec *r, struct lesson *l)
{
	/** [races] races = { ... }
	 * The plan is run again, each time in another order of events: see
	 * [Races](lesson-format.md#races). Not with one CPU, not with
	 * [swap](#swap), `guest:soak` and `guest:failslab`.
	 */
	static const char *const allowed[] = {"runs", "pass", NULL};
	long runs = RUNS, pass;
	struct rec f;

	/** lesson.races
	 * Run the plan many times, to find races: [races](#races).
	 * > races = { runs = 20 },
	 */
	if (!rec_open(&f, r, "races", false))
		return;
	rec_only(&f, allowed);
	/** races.runs
	 * How many runs there are after the plain one; {RUNS} if left out.
	 * > runs = 40,
	 */
	get_number(&f, "runs", &runs, 2, 100, 0);
	pass = runs;
	/** races.pass: whole number, 1 to the number of runs
	 * How many of them must pass; all if left out.
	 * > pass = 38,
	 */
	get_number(&f, "pass", &pass, 1, runs, 0);
	l->spec.races.runs = (unsigned)runs;
	l->spec.races.pass = (unsigned)pass;
	if (l->spec.machine.cpus == 1)
		rec_fail(r, "races",
			 "the machine has one CPU; leave cpus out, "
			 "or let there be 2 to 4");
	lua_pop(r->L, 1);
}

static void take_side(const struct rec *f, const struct lesson *l,
		      const char *field, const char *suffix, struct strv *out)
{
	get_list(f, field, out, SIDE_MAX, 200, GET_REQUIRED | GET_PATH);
	for (size_t i = 0; i < out->n; i++) {
		const char *name = out->v[i], *dot = strrchr(name, '.');

		must_be_in(f, field, name, &l->spec.edit, "file to edit");
		/* It is put into a shell's line. */
		if (!dot || strcmp(dot, suffix) != 0 ||
		    name[strspn(name, "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789_-./")])
			rec_fail(f, field,
				 "\"%s\" is no %s file with a "
				 "plain name",
				 name, suffix);
	}
}

static void take_swap(const struct rec *r, struct lesson *l)
{
	/** [swap] swap = { ... }
	 * When an answer fails, each side of it is tried with the reference for
	 * the other: see [Swapped sides](lesson-format.md#swapped-sides).
	 */
	static const char *const allowed[] = {"c", "rust", "always", NULL};
	struct rec f;

	/** lesson.swap
	 * Say which of two sides is wrong: [swap](#swap).
	 * > swap = { c = { "queue.c" }, rust = { "user_rs.rs" } },
	 */
	if (!rec_open(&f, r, "swap", false))
		return;
	rec_only(&f, allowed);
	/** swap.c: list of at most {SIDE_MAX} paths, required
	 * Files to edit that end in `.c`, with plain names: the C side.
	 * > c = { "queue.c" },
	 */
	take_side(&f, l, "c", ".c", &l->spec.swap.c);
	/** swap.rust: list of at most {SIDE_MAX} paths, required
	 * Files to edit that end in `.rs`, with plain names: the Rust side.
	 * > rust = { "user_rs.rs" },
	 */
	take_side(&f, l, "rust", ".rs", &l->spec.swap.rust);
	/** swap.always
	 * Also for answers that pass; false if left out.
	 * > always = true,
	 */
	get_bool(&f, "always", &l->spec.swap.always);
	/* One run says little of a side that fails now and then. */
	if (l->spec.races.runs)
		rec_fail(r, "swap", "swap and races do not go together");
	lua_pop(r->L, 1);
}

void lua_machine_read(const struct rec *r, struct lesson *l)
{
	/** lesson.kernel_symbols
	 * Symbols of the kernel that the work may use, or have in their place,
	 * although they are [refused](not-to-be-fooled.md#screen) elsewhere.
	 * > kernel_symbols = { "register_module_notifier" },
	 */
	get_list(r, "kernel_symbols", &l->spec.kernel_symbols, 32, 60,
		 GET_LINE);
	take_machine(r, l);
	take_races(r, l);
	take_swap(r, l);
}
