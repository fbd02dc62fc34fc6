/* SPDX-License-Identifier: GPL-2.0-or-later */
/* When the host looks at the guest's kernel, and what with. */
#include "check-int.h"
#include "err.h"
#include "qemu.h"
#include "witness.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>

/* Does anything in the plan put probes on tracepoints? */
static bool is_traced(const struct spec *spec)
{
	static const char probe[] = "tracepoint_probe_register";

	for (size_t i = 0; i < spec->nplan; i++)
		if (plan_unwinds(spec->plan[i].op))
			return true; /* the harness counts allocations */
	for (size_t i = 0; i < spec->kernel_symbols.n; i++)
		if (strncmp(spec->kernel_symbols.v[i], probe, strlen(probe)) ==
		    0)
			return true;
	return false;
}

int check_witness(void *arg, struct err *e)
{
	struct check *c = arg;
	char ram[4200];

	snprintf(ram, sizeof(ram), "%s/ram", c->warm.dir);
	witness_free(c->witness);
	c->witness = witness_new(&c->store, guest_qemu(c->guest),
				 c->req->cold ? NULL : ram,
				 is_traced(c->req->spec), e);
	return c->witness ? 0 : -1;
}

/*
 * Only when all is over: while the host looks, the guest has nothing to do,
 * and its clock would run on in the midst of the plan. A guest that has just
 * ended is no error, and has nothing to show.
 */
int check_look(struct check *c, struct err *e)
{
	struct pollfd p = {.fd = qemu_pidfd(guest_qemu(c->guest)),
			   .events = POLLIN};
	struct err own = ERR_INIT;

	if (!guest_alive(c->guest) ||
	    witness_look(c->witness, &c->ev.seen, &own) == 0 ||
	    poll(&p, 1, 100) > 0)
		return 0;
	*e = own;
	return -1;
}
