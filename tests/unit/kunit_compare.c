/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * usage: kunit_compare < FRAMES
 *
 * Hold what `kiln klog` says of each log against the answer of the kernel's
 * own parser; tests/golden/against-kunit makes the frames. TAP: a test for
 * each log that others were made of.
 */
#include "checker/buf.h"
#include "checker/klog-json.h"
#include "checker/klog.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct frame {
	char name[256];
	struct ktap_counts counts; /* theirs */
	char status[64];
	size_t len;
	char *log;
	size_t tests_len;
	char *tests; /* a line "pass NAME" each */
};

/* Of one log, and those made of it. */
struct group {
	char name[256];
	unsigned tests, compared, differ;
};

static char *read_bytes(size_t len)
{
	char *p = malloc(len + 1);

	if (p && fread(p, 1, len, stdin) != len) {
		free(p);
		return NULL;
	}
	if (p)
		p[len] = '\0';
	return p;
}

static int read_frame(struct frame *f)
{
	char line[1024];
	char *tab;

	if (!fgets(line, sizeof(line), stdin))
		return 0;
	tab = strchr(line, '\t');
	if (!tab || (size_t)(tab - line) >= sizeof(f->name))
		return -1;
	*tab = '\0';
	memcpy(f->name, line, (size_t)(tab - line) + 1);
	if (sscanf(tab + 1, "%u %u %u %u %u %63s %zu %zu", &f->counts.passed,
		   &f->counts.failed, &f->counts.skipped, &f->counts.crashed,
		   &f->counts.errors, f->status, &f->len, &f->tests_len) != 8)
		return -1;
	f->log = read_bytes(f->len + 1);
	f->tests = read_bytes(f->tests_len);
	return f->log && f->tests ? 1 : -1;
}

static void frame_release(struct frame *f)
{
	free(f->log);
	free(f->tests);
	f->log = f->tests = NULL;
}

static bool same(const struct ktap_counts *a, const struct ktap_counts *b)
{
	return a->passed == b->passed && a->failed == b->failed &&
	       a->skipped == b->skipped && a->crashed == b->crashed &&
	       a->errors == b->errors;
}

/* Ours may be stricter than theirs, never milder. */
static bool is_milder(const char *ours, const char *theirs)
{
	if (strcmp(theirs, "-") == 0)
		return false;
	if (strcmp(ours, "pass") == 0)
		return strcmp(theirs, "SUCCESS") != 0;
	return strcmp(ours, "skip") == 0 && strcmp(theirs, "SKIPPED") != 0;
}

static bool is_named(const struct ktap_test *t)
{
	return t->name && *t->name;
}

static bool has_subtests(const struct ktap_test *t)
{
	for (size_t i = 0; i < t->nsub; i++)
		if (is_named(&t->sub[i]) || t->sub[i].nsub)
			return true;
	return false;
}

/* As leaves() of against-kunit. */
static void add_leaves(struct buf *b, const struct ktap_test *t)
{
	static const char *const words[] = {
		[KTAP_NONE] = "none",  [KTAP_PASS] = "pass",
		[KTAP_FAIL] = "fail",  [KTAP_SKIP] = "skip",
		[KTAP_CRASH] = "none", [KTAP_INCOMPLETE] = "none",
	};

	for (size_t i = 0; i < t->nsub; i++) {
		const struct ktap_test *s = &t->sub[i];

		if (has_subtests(s))
			add_leaves(b, s);
		else if (is_named(s))
			buf_addf(b, "%s %s\n", words[s->status], s->name);
	}
}

/*
 * The same tests, with the same results; but where a number or a plan is
 * wrong we have no result, as ktap.h says.
 */
static bool same_tests(const char *ours, const char *theirs)
{
	while (*ours && *theirs) {
		size_t n = strcspn(ours, "\n") + 1;

		if (strcspn(theirs, "\n") + 1 != n)
			return false;
		if (strncmp(ours, "none", 4) != 0 &&
		    strncmp(ours, theirs, 4) != 0)
			return false;
		if (strncmp(ours + 4, theirs + 4, n - 4) != 0)
			return false;
		ours += n;
		theirs += n;
	}
	return !*ours && !*theirs;
}

static void tell(const struct frame *f, const char *who,
		 const struct ktap_counts *n, const char *status,
		 const char *tests)
{
	printf("# %s: %s: %u %u %u %u %u, %s", f->name, who, n->passed,
	       n->failed, n->skipped, n->crashed, n->errors, status);
	for (; *tests; tests += strcspn(tests, "\n") + 1)
		printf("; %.*s", (int)strcspn(tests, "\n"), tests);
	putchar('\n');
}

static bool agrees(const struct frame *f)
{
	struct klog *k = klog_new(NULL, 1);
	struct ktap_counts n;
	struct buf tests = BUF_INIT;
	const char *status;
	bool ok;

	if (!k)
		abort();
	klog_feed(k, f->log, f->len);
	klog_finish(k);
	n = ktap_counts(klog_ktap(k));
	n.errors = klog_errors(k);
	status = ktap_status_name(ktap_status(klog_ktap(k)));
	add_leaves(&tests, ktap_root(klog_ktap(k)));
	ok = same(&n, &f->counts) && !is_milder(status, f->status) &&
	     same_tests(buf_str(&tests), f->tests);
	if (!ok) {
		tell(f, "ours", &n, status, buf_str(&tests));
		tell(f, "theirs", &f->counts, f->status, f->tests);
	}
	buf_release(&tests);
	klog_free(k);
	return ok;
}

static void end_group(struct group *g)
{
	if (g->compared == 0)
		return;
	printf("%s %u - %s: %u logs, %u differ\n", g->differ ? "not ok" : "ok",
	       ++g->tests, g->name, g->compared, g->differ);
	g->compared = g->differ = 0;
}

static void take(struct group *g, const struct frame *f)
{
	size_t n = strcspn(f->name, ":");

	if (strlen(g->name) != n || strncmp(g->name, f->name, n) != 0) {
		end_group(g);
		snprintf(g->name, sizeof(g->name), "%.*s", (int)n, f->name);
	}
	g->compared++;
	g->differ += !agrees(f);
}

int main(void)
{
	struct frame f = {.log = NULL, .tests = NULL};
	struct group g = {.name = ""};
	unsigned total = 0;
	int r;

	while ((r = read_frame(&f)) > 0) {
		take(&g, &f);
		total++;
		frame_release(&f);
	}
	end_group(&g);
	printf("%s %u - all frames were read: %u\n",
	       r == 0 && total > 0 ? "ok" : "not ok", ++g.tests, total);
	printf("1..%u\n", g.tests);
	frame_release(&f);
	return 0;
}
