/* SPDX-License-Identifier: GPL-2.0-or-later */
/* When the host looks at the guest's kernel, and what with. */
#include "check-int.h"
#include "err.h"
#include "qemu.h"
#include "witness.h"

#include <poll.h>
#include <stdio.h>

int check_witness(void *arg, struct err *e)
{
	struct check *c = arg;
	char ram[4200];

	snprintf(ram, sizeof(ram), "%s/ram", c->warm.dir);
	witness_free(c->witness);
	c->witness = witness_new(&c->store, guest_qemu(c->guest),
				 c->req->cold ? NULL : ram, e);
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
