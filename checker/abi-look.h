/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * abi-look: compare what objects say of each other, where a malformed one
 * can do no harm.
 */
#ifndef CHECKER_ABI_LOOK_H
#define CHECKER_ABI_LOOK_H

#include "abi-probe.h"
#include "buf.h"

struct abi_look {
	const struct abi_opts *o;
	const struct abi_units *units;
	const struct abi_source *source;
	/* Found by the first look: what is to be compiled with probes. */
	struct abi_probes *probes;
	struct strv merged; /* functions that are but another's name */
	/* All that was found, by either look. */
	struct diag *diags;
	size_t ndiags;
};

/*
 * Look at the objects; @probed: at those with probes in @o->scratch as well.
 * -1: ERR_ENV, they cannot be read in reasonable time or at all.
 */
int abi_look(struct abi_look *l, bool probed, struct err *e);
void abi_look_release(struct abi_look *l);

#endif
