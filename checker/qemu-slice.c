/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "qemu-int.h"
#include "err.h"
#include "qemu.h"
#include "qmp.h"

#include <stdio.h>

/* A filter of a network that does not exist is a timer like any other. */
int qemu_slice(struct qemu *q, const unsigned *us, size_t n, struct err *e)
{
	for (size_t i = 0; i < n; i++) {
		char dev[32], cut[32];

		snprintf(dev, sizeof(dev), "hub%zu", i);
		snprintf(cut, sizeof(cut), "cut%zu", i);
		if (qmp_command(qemu_qmp(q), "netdev_add",
				json_pack("{s:s, s:s, s:i}", "type", "hubport",
					  "id", dev, "hubid", (int)i),
				NULL, e) < 0 ||
		    qmp_command(qemu_qmp(q), "object-add",
				json_pack("{s:s, s:s, s:s, s:I}", "qom-type",
					  "filter-buffer", "id", cut, "netdev",
					  dev, "interval", (json_int_t)us[i]),
				NULL, e) < 0)
			return -1;
	}
	return 0;
}
