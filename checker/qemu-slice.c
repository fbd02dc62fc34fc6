/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "qemu-int.h"
#include "err.h"
#include "qemu.h"
#include "qmp.h"

/* A filter of a network that does not exist is a timer like any other. */
int qemu_slice(struct qemu *q, unsigned us, struct err *e)
{
	if (qmp_command(qemu_qmp(q), "netdev_add",
			json_pack("{s:s, s:s, s:i}", "type", "hubport", "id",
				  "none", "hubid", 0),
			NULL, e) < 0)
		return -1;
	return qmp_command(qemu_qmp(q), "object-add",
			   json_pack("{s:s, s:s, s:s, s:I}", "qom-type",
				     "filter-buffer", "id", "slice", "netdev",
				     "none", "interval", (json_int_t)us),
			   NULL, e);
}
