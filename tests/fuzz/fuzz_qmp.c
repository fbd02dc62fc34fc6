/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What may come from QEMU's monitor, or from what stands in its place. */
#include "checker/err.h"
#include "checker/qmp.h"

#include <stdint.h>
#include <sys/socket.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct err e = ERR_INIT;
	struct qmp *q;
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
		BUG("no socket");
	/* All of it is there at once, and then it hangs up. */
	if (send(pair[1], data, size, MSG_DONTWAIT) != (ssize_t)size ||
	    shutdown(pair[1], SHUT_WR) < 0)
		goto out;
	q = qmp_new(pair[0], &e);
	for (int i = 0; q && i < 4; i++) {
		json_t *answer = NULL;

		if (qmp_command(q, "query-migrate", json_pack("{s:i}", "i", i),
				&answer, &e) < 0)
			break;
		json_decref(answer);
	}
	qmp_free(q);
out:
	close(pair[0]);
	close(pair[1]);
	return 0;
}
