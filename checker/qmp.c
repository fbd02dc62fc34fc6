/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "qmp.h"
#include "buf.h"
#include "err.h"
#include "proc.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define ANSWER_MS 30000 /* QEMU loading on a busy machine takes a while */

struct qmp {
	int fd;
	struct buf in; /* read and not yet taken apart */
};

static int silent(struct err *e, int errnum, const char *what)
{
	err_set(e, ERR_ENV, errnum, "%s", what);
	return err_next(e, "run the command again; if it stays so, "
			   "`kiln doctor` looks at what guests need");
}

/* One line from QEMU, without its newline, to *@line, freed by the caller. */
static int read_line(struct qmp *q, char **line, struct err *e)
{
	int64_t end = mono_ms() + ANSWER_MS;
	char chunk[4096];
	char *nl;

	while (!(nl = q->in.len ? memchr(q->in.data, '\n', q->in.len)
				: NULL)) {
		struct pollfd p = {.fd = q->fd, .events = POLLIN};
		int64_t left = end - mono_ms();
		ssize_t n;

		if (left <= 0 || poll(&p, 1, (int)left) == 0)
			return silent(e, 0, "QEMU does not answer");
		n = recv(q->fd, chunk, sizeof(chunk), MSG_DONTWAIT);
		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			continue;
		if (n <= 0)
			return silent(e, n ? errno : 0, "QEMU hung up");
		buf_add(&q->in, chunk, (size_t)n);
		if (!buf_ok(&q->in))
			return silent(e, 0, "QEMU's answer is too long");
	}
	*nl = '\0';
	*line = strdup(q->in.data);
	q->in.len -= (size_t)(nl + 1 - q->in.data);
	memmove(q->in.data, nl + 1, q->in.len);
	return *line ? 0 : silent(e, ENOMEM, "cannot keep QEMU's answer");
}

static json_t *read_object(struct qmp *q, struct err *e)
{
	json_t *object;
	char *line = NULL;

	if (read_line(q, &line, e) < 0)
		return NULL;
	object = json_loads(line, 0, NULL);
	if (!object)
		silent(e, 0, "QEMU answered something that is not JSON");
	free(line);
	return object;
}

static int send_text(struct qmp *q, const char *text, struct err *e)
{
	size_t len = strlen(text);

	while (len > 0) {
		ssize_t n = send(q->fd, text, len, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return silent(e, errno, "cannot talk to QEMU");
		text += n;
		len -= (size_t)n;
	}
	return 0;
}

static int send_command(struct qmp *q, const char *command, json_t *args,
			struct err *e)
{
	json_t *object = json_pack("{s:s, s:o*}", "execute", command,
				   "arguments", args);
	char *text = object ? json_dumps(object, JSON_COMPACT) : NULL;
	int ret = -1;

	if (text)
		ret = send_text(q, text, e);
	else
		err_set(e, ERR_ENV, ENOMEM, "cannot talk to QEMU");
	free(text);
	json_decref(object);
	return ret;
}

int qmp_command(struct qmp *q, const char *command, json_t *args,
		json_t **out, struct err *e)
{
	if (send_command(q, command, args, e) < 0)
		return -1;
	for (;;) {
		json_t *answer = read_object(q, e);
		json_t *ret, *error;

		if (!answer)
			return -1;
		ret = json_object_get(answer, "return");
		error = json_object_get(answer, "error");
		if (error) {
			const char *desc = json_string_value(
				json_object_get(error, "desc"));

			err_set(e, ERR_ENV, 0, "QEMU refuses '%s': %s",
				command, desc ? desc : "no reason given");
			json_decref(answer);
			return -1;
		}
		if (ret && out)
			*out = json_incref(ret);
		json_decref(answer);
		if (ret)
			return 0;
	}
}

struct qmp *qmp_new(int fd, struct err *e)
{
	struct qmp *q = calloc(1, sizeof(*q));
	json_t *greeting;

	if (!q) {
		err_set(e, ERR_ENV, ENOMEM, "cannot talk to QEMU");
		return NULL;
	}
	q->fd = fd;
	q->in.max = QMP_ANSWER_MAX;
	greeting = read_object(q, e);
	if (!greeting ||
	    qmp_command(q, "qmp_capabilities", NULL, NULL, e) < 0) {
		json_decref(greeting);
		qmp_free(q);
		return NULL;
	}
	json_decref(greeting);
	return q;
}

void qmp_free(struct qmp *q)
{
	if (!q)
		return;
	buf_release(&q->in);
	free(q);
}
