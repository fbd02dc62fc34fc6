/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "klog.h"
#include "klog-findings.h"
#include "klog-lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_MAX ((size_t)64 << 20)
#define MAX_STEPS   4096 /* markers beyond are only lines */

enum {
	BEGAN = 1,
	ENDED = 2,
};

struct klog {
	char marker[64]; /* "kiln: NONCE ", or empty */
	size_t marker_len;
	struct buf pending; /* a line whose end has not come yet */
	struct buf scratch;
	size_t total;
	int step; /* where we are in the plan; -1: outside */
	unsigned round; /* of that step */
	unsigned char steps[MAX_STEPS];
	bool saw_end;
	size_t twice; /* the line of the first marker that came again, or 0 */
	struct klog_store store;
	struct findings findings;
	struct ktap *ktap;
};

struct klog *klog_new(const char *nonce, size_t max_bytes)
{
	struct klog *k = calloc(1, sizeof(*k));

	if (!k)
		return NULL;
	k->step = -1;
	k->pending.max = KLOG_LINE_MAX;
	k->store.max = max_bytes ? max_bytes : DEFAULT_MAX;
	if (nonce)
		k->marker_len = (size_t)snprintf(k->marker, sizeof(k->marker),
						 "kiln: %s ", nonce);
	findings_init(&k->findings);
	k->ktap = ktap_new();
	if (!k->ktap || k->findings.failed ||
	    k->marker_len >= sizeof(k->marker)) {
		klog_free(k);
		return NULL;
	}
	return k;
}

void klog_free(struct klog *k)
{
	if (!k)
		return;
	buf_release(&k->pending);
	buf_release(&k->scratch);
	klog_store_release(&k->store);
	findings_release(&k->findings);
	ktap_free(k->ktap);
	free(k);
}

/* A decimal number that fills all of @s up to @end; -1 otherwise. */
static int step_number(const char *s, const char *end)
{
	int n = 0;

	if (s == end)
		return -1;
	for (; s < end; s++) {
		if (*s < '0' || *s > '9' || n >= MAX_STEPS)
			return -1;
		n = n * 10 + (*s - '0');
	}
	return n < MAX_STEPS ? n : -1;
}

/* The agent writes each of its markers once. */
static void take_once(struct klog *k, bool had)
{
	if (had && k->twice == 0)
		k->twice = k->total;
}

static bool take_begin(struct klog *k, const char *s, const char *end)
{
	int n = step_number(s, end);

	if (n < 0)
		return false;
	take_once(k, k->steps[n] & BEGAN);
	k->steps[n] |= BEGAN;
	k->step = n;
	k->round = 0;
	return true;
}

/* "STEP ROUND", within that step. */
static bool take_round(struct klog *k, const char *s, const char *end)
{
	const char *space = memchr(s, ' ', (size_t)(end - s));
	int n = space ? step_number(s, space) : -1;
	int round = space ? step_number(space + 1, end) : -1;

	if (n < 0 || n != k->step || round < 0)
		return false;
	k->round = (unsigned)round;
	return true;
}

/* "STEP RESULT"; the result that counts comes over the job port. */
static bool take_end(struct klog *k, const char *s, const char *end)
{
	const char *space = memchr(s, ' ', (size_t)(end - s));
	int n = space ? step_number(s, space) : -1;

	if (n < 0)
		return false;
	take_once(k, k->steps[n] & ENDED);
	k->steps[n] |= ENDED;
	k->step = -1;
	k->round = 0;
	return true;
}

/* The agent's markers, as in checker/guest/proto.h. */
static bool take_marker(struct klog *k, const char *s, size_t len)
{
	const char *end = s + len;

	if (!k->marker_len || len < k->marker_len ||
	    memcmp(s, k->marker, k->marker_len) != 0)
		return false;
	s += k->marker_len;
	len -= k->marker_len;
	if (text_starts(s, len, "begin "))
		return take_begin(k, s + strlen("begin "), end);
	if (text_starts(s, len, "round "))
		return take_round(k, s + strlen("round "), end);
	if (text_starts(s, len, "end "))
		return take_end(k, s + strlen("end "), end);
	if (len != strlen("done") || !text_starts(s, len, "done"))
		return false;
	take_once(k, k->saw_end);
	k->saw_end = true;
	k->step = -1;
	k->round = 0;
	return true;
}

static void take_line(struct klog *k, const char *s, size_t len)
{
	bool marker;

	if (len > KLOG_LINE_MAX)
		len = KLOG_LINE_MAX;
	k->total++;
	s = klog_clean(s, &len, &k->scratch);
	marker = take_marker(k, s, len);
	ktap_line(k->ktap, s, len, k->total);
	findings_line(&k->findings, s, len, k->total);
	klog_store_add(&k->store, s, len, marker ? -1 : k->step,
		       k->round);
}

/* Keep the beginning of a line; of an endless one no more than is used. */
static void add_pending(struct klog *k, const char *data, size_t len)
{
	size_t room = KLOG_LINE_MAX - k->pending.len;

	buf_add(&k->pending, data, len < room ? len : room);
}

void klog_feed(struct klog *k, const char *data, size_t len)
{
	const char *end = data + len;
	const char *newline;

	while (data < end) {
		newline = memchr(data, '\n', (size_t)(end - data));
		if (!newline || k->pending.len)
			add_pending(k, data, (size_t)((newline ? newline :
						       end) - data));
		if (!newline)
			return;
		if (k->pending.len) {
			take_line(k, k->pending.data, k->pending.len);
			buf_clear(&k->pending);
		} else {
			take_line(k, data, (size_t)(newline - data));
		}
		data = newline + 1;
	}
}

void klog_finish(struct klog *k)
{
	if (k->pending.len)
		take_line(k, k->pending.data, k->pending.len);
	buf_clear(&k->pending);
	ktap_finish(k->ktap);
	findings_finish(&k->findings);
}

size_t klog_nlines(const struct klog *k)
{
	return k->store.n;
}

struct klog_line klog_line(const struct klog *k, size_t i)
{
	const struct klog_kept *l = &k->store.lines[i];

	/* Lines are kept from the first on, without a gap. */
	return (struct klog_line){
		.text = l->text,
		.len = l->len,
		.number = i + 1,
		.step = l->step,
		.round = l->round,
	};
}

size_t klog_total_lines(const struct klog *k)
{
	return k->total;
}

const struct finding *klog_findings(const struct klog *k, size_t *n)
{
	*n = k->findings.n;
	return k->findings.v;
}

const struct ktap *klog_ktap(const struct klog *k)
{
	return k->ktap;
}

static bool step_has(const struct klog *k, int step, unsigned char what)
{
	return step >= 0 && step < MAX_STEPS && (k->steps[step] & what);
}

bool klog_step_began(const struct klog *k, int step)
{
	return step_has(k, step, BEGAN);
}

bool klog_step_ended(const struct klog *k, int step)
{
	return step_has(k, step, ENDED);
}

size_t klog_marked_twice(const struct klog *k)
{
	return k->twice;
}

bool klog_saw_end(const struct klog *k)
{
	return k->saw_end;
}
