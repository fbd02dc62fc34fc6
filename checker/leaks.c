/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "leaks.h"
#include "buf.h"
#include "demangle.h"
#include "explain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST	  64 /* findings of one run */
#define KSYM	  512
#define KSYM_SCAN "%511"

/* What was read of one trace. */
struct trace {
	char cache[64];
	unsigned long count;
	/* The innermost frame that has a name: what the module had called. */
	char callee[KSYM];
};

/*
 * "kmalloc-32       3 0xffffffffa000512d age=… pid=…", then a frame a line,
 * innermost first. Those of a module that is gone are numbers.
 */
static int read_frames(struct trace *t, struct finding *f, const char *text,
		       size_t len)
{
	const char *p, *end = text + len;
	char frame[KSYM];

	for (p = memchr(text, '\n', len); p && p + 1 < end;
	     p = memchr(p + 1, '\n', (size_t)(end - p - 1))) {
		struct finding_site site = {
			.role = SITE_FRAME,
			.first = f->nsites == 0,
			.name = f->nsites == 0 && *t->callee ? t->callee : NULL,
			.symbol = frame,
		};

		if (sscanf(p + 1, " " KSYM_SCAN "[^\n]", frame) != 1)
			break;
		if (strncmp(frame, "0x", 2) == 0 || strchr(frame, '[')) {
			if (finding_add_site(f, &site) < 0)
				return -1;
		} else if (f->nsites == 0) {
			snprintf(t->callee, sizeof(t->callee), "%.*s",
				 (int)strcspn(frame, "+"), frame);
		} else {
			break;
		}
	}
	return 0;
}

static char *make_title(const struct trace *t)
{
	char name[2 * DEMANGLE_MAX];
	struct buf b = BUF_INIT;

	buf_addf(&b, "%lu object%s from %s %s never freed", t->count,
		 t->count == 1 ? "" : "s", t->cache,
		 t->count == 1 ? "was" : "were");
	if (!*t->callee)
		return buf_steal(&b);
	snprintf(name, sizeof(name), "%s", t->callee);
	demangle_text(name, sizeof(name));
	buf_addf(&b, " (allocated by %s)", name);
	return buf_steal(&b);
}

static int read_trace(struct finding *f, const char *text, size_t len)
{
	struct trace t = {.count = 0};

	if (sscanf(text, "%63s %lu", t.cache, &t.count) != 2)
		return 0;
	f->kind = FINDING_LEAK;
	if (read_frames(&t, f, text, len) < 0)
		return -1;
	f->title = make_title(&t);
	if (!f->title)
		return -1;
	f->explain = strdup(finding_explain(FINDING_LEAK, f->title));
	return f->explain ? 1 : -1;
}

static int add(struct finding **v, size_t *n, const char *trace, size_t len)
{
	struct finding f = {.title = NULL};
	struct finding *all;
	int ret = read_trace(&f, trace, len);

	if (ret > 0) {
		all = realloc(*v, (*n + 1) * sizeof(f));
		ret = all ? 0 : -1;
		if (all) {
			*v = all;
			all[(*n)++] = f;
			return 0;
		}
	}
	finding_release(&f);
	return ret;
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
