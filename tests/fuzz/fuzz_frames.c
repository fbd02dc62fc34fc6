/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a guest may send over the job port. The first byte says in how small
 * pieces the rest arrives.
 */
#include "checker/err.h"
#include "checker/frames.h"
#include "checker/leaks.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_leaks(const char *body, size_t len)
{
	char *text = strndup(body, len);
	struct finding *v = NULL;
	size_t n = 0;

	if (text && leaks_parse(&v, &n, text) < 0)
		BUG("no memory");
	for (size_t i = 0; i < n; i++)
		finding_release(&v[i]);
	free(v);
	free(text);
}

static void take(struct kunit_list *suites, const struct frame_head *h,
		 const char *body)
{
	/* A copy of its own, so that reading beyond it is seen. */
	char *copy = malloc(h->len + !h->len);

	memcpy(copy, body, h->len);
	if (h->seq & 1)
		kunit_list_add(suites, copy, h->len);
	else
		read_leaks(copy, h->len);
	free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct frames f = FRAMES_INIT;
	struct kunit_list suites = {.n = 0};
	struct frame_head h;
	const char *body;
	size_t piece = size ? data[0] + 1 : 1;
	int got = 0;

	for (size_t at = 1; at < size && got >= 0; at += piece) {
		size_t n = size - at < piece ? size - at : piece;

		got = frames_feed(&f, data + at, n);
		while (got >= 0 && (got = frames_next(&f, &h, &body)) > 0)
			take(&suites, &h, body);
	}
	if (suites.n > KUNIT_LIST_MAX || f.at > f.in.len)
		BUG("%zu suites, %zu of %zu", suites.n, f.at, f.in.len);
	kunit_list_release(&suites);
	frames_release(&f);
	return 0;
}
