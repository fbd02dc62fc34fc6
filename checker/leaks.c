/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "leaks.h"
#include "buf.h"
#include "explain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST 64 /* findings of one run */

/*
 * "kmalloc-32       3 0xffffffffa000512d age=… pid=…", then a frame a line,
 * innermost first. The frame above the first numeric one is the function
 * that allocated, which is what a reader looks for.
 */
static char *make_title(const char *trace, size_t len)
{
	char cache[64], what[128] = "";
	unsigned long count;
	struct buf b = BUF_INIT;
	const char *p, *end = trace + len;

	if (sscanf(trace, "%63s %lu", cache, &count) != 2)
		return NULL;
	for (p = memchr(trace, '\n', len); p && p + 1 < end;
	     p = memchr(p + 1, '\n', (size_t)(end - p - 1))) {
		char frame[128];

		if (sscanf(p + 1, " %127s", frame) != 1 ||
		    strncmp(frame, "0x", 2) == 0)
			break;
		snprintf(what, sizeof(what), "%s", frame);
	}
	what[strcspn(what, "+")] = '\0';
	buf_addf(&b, "%lu object%s from %s %s never freed", count,
		 count == 1 ? "" : "s", cache, count == 1 ? "was" : "were");
	if (*what)
		buf_addf(&b, " (allocated by %s)", what);
	return buf_steal(&b);
}

static int add(struct finding **v, size_t *n, const char *trace, size_t len)
{
	struct finding *f;
	char *title = make_title(trace, len);

	if (!title)
		return 0;
	f = realloc(*v, (*n + 1) * sizeof(*f));
	if (!f) {
		free(title);
		return -1;
	}
	*v = f;
	f[*n] = (struct finding){.kind = FINDING_LEAK, .title = title};
	f[*n].explain = strdup(finding_explain(FINDING_LEAK, title));
	(*n)++;
	return 0;
}

int leaks_parse(struct finding **out, size_t *n, const char *text)
{
	*out = NULL;
	*n = 0;
	/* A trace starts where a line does not start with a space. */
	while (*text && *n < MOST) {
		const char *end = text;

		do {
			end = strchr(end, '\n');
			end = end ? end + 1 : text + strlen(text);
		} while (*end == ' ' || *end == '\n');
		if (add(out, n, text, (size_t)(end - text)) < 0)
			return -1;
		text = end;
	}
	return 0;
}
