/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * frames: bytes from the job port, cut into the frames of guest/proto.h.
 *
 * What stands behind the port is a guest in which anything may have
 * happened, so nothing is believed: a head that announces too much ends the
 * conversation. Pure.
 */
#ifndef CHECKER_FRAMES_H
#define CHECKER_FRAMES_H

#include "buf.h"
#include "grade.h"
#include "guest/proto.h"

/* Most bytes that wait to be taken apart: two of the largest frames. */
#define FRAMES_MAX (2 * (KILN_FRAME_MAX + sizeof(struct frame_head)))

struct frames {
	struct buf in;
	size_t at; /* what stands before it has been taken */
};

#define FRAMES_INIT {.in = {.max = FRAMES_MAX}}

/* -1 when it is too much, or there is no memory. */
int frames_feed(struct frames *f, const void *data, size_t len);
/*
 * The next whole frame: 1, with @body valid until the next feed. 0: there is
 * none yet. -1: this is no frame, and nothing after it will be.
 */
int frames_next(struct frames *f, struct frame_head *h, const char **body);
void frames_release(struct frames *f);

/* KUnit's results, as the frames of an answer to FRAME_KUNIT hold them. */
struct kunit_list {
	struct kunit_result *v;
	size_t n;
	bool failed; /* no memory */
};

#define KUNIT_LIST_MAX 256 /* further ones are not kept */

/* The body of one: a suite's name, a NUL, and the text of its results. */
void kunit_list_add(struct kunit_list *l, const char *body, size_t len);
void kunit_list_release(struct kunit_list *l);

#endif
