/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "guest-int.h"
#include "err.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define ROOM (KILN_INBOX_SIZE - sizeof(struct inbox_head))

int guest_inbox_open(struct guest *g, struct err *e)
{
	void *p = MAP_FAILED;

	g->inbox_fd = memfd_create("inbox", MFD_CLOEXEC);
	if (g->inbox_fd >= 0 && ftruncate(g->inbox_fd, KILN_INBOX_SIZE) == 0)
		p = mmap(NULL, KILN_INBOX_SIZE, PROT_READ | PROT_WRITE,
			 MAP_SHARED, g->inbox_fd, 0);
	if (p == MAP_FAILED)
		return err_set(e, ERR_ENV, errno,
			       "cannot make memory for a guest's job");
	g->inbox = p;
	return 0;
}

void guest_inbox_close(struct guest *g)
{
	if (g->inbox)
		munmap(g->inbox, KILN_INBOX_SIZE);
	if (g->inbox_fd >= 0)
		close(g->inbox_fd);
	g->inbox = NULL;
	g->inbox_fd = -1;
}

static void lay(struct guest *g, const void *data, size_t len)
{
	if (len > 0)
		memcpy(g->inbox + sizeof(struct inbox_head) + g->inbox_len,
		       data, len);
	g->inbox_len += len;
}

/* The inbox or the port, whichever is read by the agent now. */
static void put(struct guest *g, const void *data, size_t len)
{
	if (g->laying)
		lay(g, data, len);
	else
		buf_add(&g->out, data, len);
}

void guest_queue(struct guest *g, enum frame_type type,
		 const struct frame_part *parts, size_t nparts)
{
	struct frame_head h = {.type = type};

	if (!g->laying && g->seq != g->laid) {
		g->seq++;
		return;
	}
	for (size_t i = 0; i < nparts; i++)
		h.len += (uint32_t)parts[i].len;
	h.seq = ++g->laid;
	if (!g->laying)
		g->seq = h.seq;
	else if (g->inbox_full || h.len + sizeof(h) > ROOM - g->inbox_len) {
		g->inbox_full = true;
		return;
	}
	put(g, &h, sizeof(h));
	for (size_t i = 0; i < nparts; i++)
		put(g, parts[i].data, parts[i].len);
}

int guest_inbox_hand_over(struct guest *g, struct err *e)
{
	struct inbox_head *h = (struct inbox_head *)g->inbox;

	if (g->inbox_full)
		return err_set(e, ERR_ENV, EFBIG,
			       "the modules and programs of the lesson have "
			       "more than %u MB",
			       KILN_INBOX_SIZE >> 20);
	h->len = g->inbox_len;
	__atomic_store_n(&h->ready, KILN_INBOX_READY, __ATOMIC_RELEASE);
	g->laying = false;
	g->started = true;
	return 0;
}

int guest_lay_file(struct guest *g, const char *path, unsigned mode,
		   const void *data, size_t len, struct err *e)
{
	const size_t most = KILN_FRAME_MAX / 2;
	struct frame_put head = {.mode = mode,
				 .path_len = (uint32_t)strlen(path)};
	const char *p = data;

	do {
		size_t n = len < most ? len : most;
		struct frame_part parts[] = {
			{&head, sizeof(head)}, {path, head.path_len}, {p, n}};

		guest_queue(g, FRAME_PUT, parts, 3);
		if (strv_add(&g->files, path) < 0)
			return err_set(e, ERR_ENV, ENOMEM,
				       "cannot give the guest its files");
		p += n;
		len -= n;
	} while (len > 0);
	return 0;
}
