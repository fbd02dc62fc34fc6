/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * abi-probe: compile crates once more, from a copy with probes, and keep
 * nothing but the objects.
 */
#ifndef CHECKER_ABI_PROBE_H
#define CHECKER_ABI_PROBE_H

#include "abi.h"
#include "buf.h"

#include <stdbool.h>

struct abi_source;
struct abi_unit;
struct abi_units;

struct abi_probes {
	const struct abi_source *source;
	bool *wanted; /* of each declaration: is it to have a probe? */
	struct strv files; /* what has to be compiled for whatever reason */
};

/* Has @unit one of the files? */
bool abi_probe_wants(const struct abi_unit *unit, const struct abi_probes *p);

/*
 * The object of each such unit is then below @o->scratch, under its name;
 * of what did not compile there is none. -1: the surroundings.
 */
int abi_probe_build(const struct abi_opts *o, const struct abi_units *units,
		    const struct abi_probes *p, struct err *e);

#endif
