/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is run on, and how often: machine, races, swap, kernel_symbols. */
#include "lua-int.h"
#include "lesson.h"

#include <string.h>

static void take_machine(const struct rec *r, struct lesson *l)
{
	static const char *const allowed[] = {"cpus", "devices", NULL};
	struct machine *m = &l->spec.machine;
	struct rec f;
	long cpus = rec_has(r, "races") ? 2 : 1;

	m->cpus = (unsigned)cpus;
	if (!rec_open(&f, r, "machine", false))
		return;
	rec_only(&f, allowed);
	get_number(&f, "cpus", &cpus, 1, 4, 0);
	m->cpus = (unsigned)cpus;
	/* A name alone: properties could name files of the host. */
	get_list(&f, "devices", &m->devices, 8, 40, GET_PATH);
	for (size_t i = 0; i < m->devices.n; i++)
		if (strchr(m->devices.v[i], '/'))
			rec_fail(&f, "devices", "\"%s\" is not the name of a "
						"QEMU device",
				 m->devices.v[i]);
	lua_pop(r->L, 1);
}

/* Two CPUs unless the machine has more: on one there is little to race. */
static void take_races(const struct rec *r, struct lesson *l)
{
	static const char *const allowed[] = {"runs", "pass", NULL};
	long runs = 20, pass;
	struct rec f;

	if (!rec_open(&f, r, "races", false))
		return;
	rec_only(&f, allowed);
	get_number(&f, "runs", &runs, 2, 100, 0);
	pass = runs;
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
	get_list(f, field, out, 32, 200, GET_REQUIRED | GET_PATH);
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
	static const char *const allowed[] = {"c", "rust", "always", NULL};
	struct rec f;

	if (!rec_open(&f, r, "swap", false))
		return;
	rec_only(&f, allowed);
	take_side(&f, l, "c", ".c", &l->spec.swap.c);
	take_side(&f, l, "rust", ".rs", &l->spec.swap.rust);
	get_bool(&f, "always", &l->spec.swap.always);
	/* One run says little of a side that fails now and then. */
	if (l->spec.races.runs)
		rec_fail(r, "swap", "swap and races do not go together");
	lua_pop(r->L, 1);
}

void lua_machine_read(const struct rec *r, struct lesson *l)
{
	get_list(r, "kernel_symbols", &l->spec.kernel_symbols, 32, 60,
		 GET_LINE);
	take_machine(r, l);
	take_races(r, l);
	take_swap(r, l);
}
