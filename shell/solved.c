/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "solved.h"
#include "checker/err.h"
#include "lesson.h"
#include "starter.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The words of a marker behind a comment's sign; starter.c refuses slips. */
static bool is_marker(const char *s, size_t n, const char *words)
{
	size_t m = strlen(words);

	while (n && strchr(" \t/#-", *s)) {
		s++;
		n--;
	}
	return n >= m && memcmp(s, words, m) == 0 &&
	       (n == m || s[m] == ' ' || s[m] == '\r');
}

static int add_line(struct solved *s, unsigned source, bool learners)
{
	struct solved_line *v = reallocarray(s->v, s->n + 1, sizeof(*v));

	if (!v)
		return -1;
	s->v = v;
	v[s->n++] = (struct solved_line){source, learners};
	return 0;
}

/* One entry for each line that solution_strip() leaves of @p. */
static int map_lines(struct solved *s, const char *p)
{
	bool inside = false, stub = false;

	for (unsigned line = 1; *p; line++) {
		size_t n = strcspn(p, "\n");

		if (is_marker(p, n, "BEGIN SOLUTION")) {
			inside = s->regions = true;
		} else if (inside && is_marker(p, n, "STUB")) {
			stub = true;
		} else if (is_marker(p, n, "END SOLUTION")) {
			inside = stub = false;
		} else if (!stub && add_line(s, line, inside) < 0) {
			return -1;
		}
		p += n + (p[n] == '\n');
	}
	return 0;
}

int solved_read(struct solved *s, const struct lesson *l, const char *file,
		struct err *e)
{
	struct buf marked = BUF_INIT;
	char path[4400];
	int ret = -1;

	*s = (struct solved){.text = BUF_INIT};
	snprintf(path, sizeof(path), "%s/solution/%s", l->spec.dir, file);
	if (buf_read_file(&marked, path, LESSON_FILE_MAX, e) == 0 &&
	    solution_strip(&s->text, buf_str(&marked), marked.len, path, e) ==
		    0) {
		ret = map_lines(s, buf_str(&marked));
		if (ret < 0)
			err_set(e, ERR_ENV, ENOMEM, "cannot read a file");
	}
	buf_release(&marked);
	if (ret < 0)
		solved_release(s);
	return ret;
}

void solved_release(struct solved *s)
{
	buf_release(&s->text);
	free(s->v);
	*s = (struct solved){.v = NULL};
}

unsigned solved_source(const struct solved *s, unsigned line)
{
	if (line == 0 || s->n == 0)
		return line;
	return s->v[line <= s->n ? line - 1 : s->n - 1].source;
}
