/* SPDX-License-Identifier: GPL-2.0-or-later */
/* So many lines, no more and no fewer. */
#include "grade-int.h"
#include "needle.h"

#define SHOWN 12

static void tell(struct answer *a, const struct source *s,
		 const struct check_spec *c, unsigned n)
{
	buf_addf(&a->message, "%u line%s of %s ha%s ", n, n == 1 ? "" : "s",
		 s->name, n == 1 ? "s" : "ve");
	line_name(&a->message, c, 0);
	if (n != c->count)
		buf_addf(&a->message, ", and there should be %s%u",
			 c->count ? "exactly " : "", c->count);
}

/* All of them are counted, and the first of them shown. */
static unsigned count_lines(struct answer *a, const struct source *s,
			    const struct check_spec *c, struct needle *needle)
{
	unsigned n = 0;

	for (size_t at = 0; (at = source_seek(s, at, needle)) < s->n; at++)
		if (n++ < SHOWN)
			source_show(&a->evidence, s, at, 0, 0);
	if (n > SHOWN)
		buf_adds(&a->evidence, "\n…");
	return n;
}

void check_count(struct answer *a, const struct grading *g,
		 const struct source *s, const struct check_spec *c)
{
	struct needle needle;
	size_t near;
	unsigned n;

	if (needle_init(&needle, c->lines.v[0], c->patterns & 1) < 0) {
		a->evidence.failed = true;
		return;
	}
	n = count_lines(a, s, c, &needle);
	if (needle_is_spent(&needle)) {
		line_give_up(a, c, 0);
		goto out;
	}
	/* There may be more in what was not seen. */
	if (n <= c->count && !seen_whole(a, g, s->step))
		goto out;
	tell(a, s, c, n);
	if (n == c->count)
		goto out;
	a->result = CHECK_FAILED;
	near = n ? s->n : line_nearest(s, c, 0);
	if (near < s->n)
		source_show(&a->evidence, s, near, 3, 3);
	else if (!n)
		source_tail(&a->evidence, s, 8);
out:
	needle_release(&needle);
}
