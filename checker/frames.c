/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "frames.h"

#include <stdlib.h>
#include <string.h>

int frames_feed(struct frames *f, const void *data, size_t len)
{
	if (f->at > 0) {
		f->in.len -= f->at;
		memmove(f->in.data, f->in.data + f->at, f->in.len);
		f->at = 0;
	}
	buf_add(&f->in, data, len);
	return buf_ok(&f->in) ? 0 : -1;
}

int frames_next(struct frames *f, struct frame_head *h, const char **body)
{
	size_t left = f->in.len - f->at;

	if (left < sizeof(*h))
		return 0;
	memcpy(h, f->in.data + f->at, sizeof(*h));
	if (h->len > KILN_FRAME_MAX)
		return -1;
	if (left - sizeof(*h) < h->len)
		return 0;
	*body = f->in.data + f->at + sizeof(*h);
	f->at += sizeof(*h) + h->len;
	return 1;
}

void frames_release(struct frames *f)
{
	buf_release(&f->in);
	*f = (struct frames)FRAMES_INIT;
}

void kunit_list_add(struct kunit_list *l, const char *body, size_t len)
{
	const char *nul = len ? memchr(body, '\0', len) : NULL;
	struct kunit_result r, *v;

	if (!nul || l->failed)
		return;
	/* A suite that is not kept here is one that the log only claims. */
	if (l->n == KUNIT_LIST_MAX)
		return;
	l->failed = true;
	v = realloc(l->v, (l->n + 1) * sizeof(*v));
	if (!v)
		return;
	l->v = v;
	r.suite = strdup(body);
	r.text = strndup(nul + 1, len - (size_t)(nul + 1 - body));
	if (r.suite && r.text) {
		v[l->n++] = r;
		l->failed = false;
		return;
	}
	free(r.suite);
	free(r.text);
}

void kunit_list_release(struct kunit_list *l)
{
	for (size_t i = 0; i < l->n; i++) {
		free(l->v[i].suite);
		free(l->v[i].text);
	}
	free(l->v);
	*l = (struct kunit_list){.n = 0};
}
