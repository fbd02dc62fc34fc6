/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "klog-json.h"
#include "demangle.h"
#include "err.h"
#include "klog.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char *klog_status(const struct klog *k)
{
	size_t n;

	klog_findings(k, &n);
	return ktap_status_name(n ? KTAP_CRASH : ktap_status(klog_ktap(k)));
}

/* kunit_parser.py counts it as an error if there is no KTAP at all. */
unsigned klog_errors(const struct klog *k)
{
	const struct ktap *t = klog_ktap(k);
	unsigned n = ktap_counts(t).errors;

	return n == 0 && ktap_status(t) == KTAP_NONE ? 1 : n;
}

static void set_int(json_t *o, const char *key, size_t n)
{
	json_object_set_new(o, key, json_integer((json_int_t)n));
}

static void set_text(json_t *o, const char *key, const char *s)
{
	if (s)
		json_object_set_new(o, key, json_string(s));
}

static json_t *tests_json(const struct ktap_test *t, size_t n);

/* As deep as KTAP_MAX_DEPTH. */
static json_t *test_json(const struct ktap_test *t)
{
	json_t *o = json_object();

	json_object_set_new(o, "name", json_string(t->name ? t->name : ""));
	set_text(o, "status", ktap_status_name(t->status));
	set_int(o, "line", t->line);
	if (t->has_plan)
		set_int(o, "planned", t->planned);
	set_text(o, "directive", t->directive);
	set_text(o, "message", t->message);
	if (t->nsub)
		json_object_set_new(o, "cases", tests_json(t->sub, t->nsub));
	return o;
}

static json_t *tests_json(const struct ktap_test *t, size_t n)
{
	json_t *a = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(a, test_json(&t[i]));
	return a;
}

/* As people write it; the offset is kept. */
static void set_symbol(json_t *o, const char *symbol)
{
	char text[2 * DEMANGLE_MAX];

	if (!symbol)
		return;
	snprintf(text, sizeof(text), "%s", symbol);
	demangle_text(text, sizeof(text));
	set_text(o, "symbol", text);
}

static json_t *finding_json(const struct finding *f)
{
	json_t *o = json_object();

	set_text(o, "kind", finding_name(f->kind));
	set_text(o, "title", f->title);
	set_text(o, "file", f->file);
	if (f->line)
		set_int(o, "line", f->line);
	set_symbol(o, f->symbol);
	set_text(o, "explain", f->explain);
	set_int(o, "log_line", f->log_line);
	set_int(o, "log_end", f->log_end);
	return o;
}

static json_t *report_json(const struct klog *k)
{
	struct ktap_counts n = ktap_counts(klog_ktap(k));
	const struct ktap_test *root = ktap_root(klog_ktap(k));
	const struct finding *f;
	json_t *o = json_object();
	json_t *a = json_array();
	size_t nf;

	set_int(o, "format", 1);
	set_text(o, "status", klog_status(k));
	set_int(o, "passed", n.passed);
	set_int(o, "failed", n.failed);
	set_int(o, "skipped", n.skipped);
	set_int(o, "crashed", n.crashed);
	set_int(o, "errors", klog_errors(k));
	json_object_set_new(o, "suites", tests_json(root->sub, root->nsub));
	f = klog_findings(k, &nf);
	for (size_t i = 0; i < nf; i++)
		json_array_append_new(a, finding_json(&f[i]));
	json_object_set_new(o, "findings", a);
	return o;
}

static void print_json(const struct klog *k, FILE *out)
{
	json_t *o = report_json(k);

	json_dumpf(o, out, JSON_COMPACT);
	fputc('\n', out);
	json_decref(o);
}

static void print_test(const struct ktap_test *t, int depth, FILE *out)
{
	if (t->status == KTAP_PASS && depth > 0)
		return;
	fprintf(out, "%*s%s: %s%s%s\n", 2 * depth, "",
		t->name && *t->name ? t->name : "(no name)",
		ktap_status_name(t->status), t->directive ? ", " : "",
		t->directive ? t->directive : "");
	for (size_t i = 0; i < t->nsub; i++)
		print_test(&t->sub[i], depth + 1, out);
}

static void print_finding(const struct finding *f, FILE *out)
{
	char symbol[2 * DEMANGLE_MAX];

	fprintf(out, "\n%s: %s\n", finding_name(f->kind), f->title);
	if (f->file)
		fprintf(out, "  %s:%u\n", f->file, f->line);
	if (f->symbol) {
		snprintf(symbol, sizeof(symbol), "%s", f->symbol);
		demangle_text(symbol, sizeof(symbol));
		fprintf(out, "  in %s\n", symbol);
	}
	fprintf(out, "  lines %zu to %zu of the log\n", f->log_line,
		f->log_end);
}

static void print_text(const struct klog *k, FILE *out)
{
	struct ktap_counts n = ktap_counts(klog_ktap(k));
	const struct ktap_test *root = ktap_root(klog_ktap(k));
	const struct finding *f;
	size_t nf;

	for (size_t i = 0; i < root->nsub; i++)
		print_test(&root->sub[i], 0, out);
	f = klog_findings(k, &nf);
	for (size_t i = 0; i < nf; i++)
		print_finding(&f[i], out);
	fprintf(out,
		"%s%s: %u passed, %u failed, %u skipped, %u crashed, "
		"%u error%s, %zu finding%s\n",
		root->nsub || nf ? "\n" : "", klog_status(k), n.passed,
		n.failed, n.skipped, n.crashed, klog_errors(k),
		klog_errors(k) == 1 ? "" : "s", nf, nf == 1 ? "" : "s");
	if (ktap_status(klog_ktap(k)) == KTAP_NONE)
		fputs("There is no KTAP in this log: no test ran, which the "
		      "kernel's own parser counts as an error.\n",
		      out);
}

static int open_log(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;

	if (fd >= 0 && fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
		close(fd);
		errno = EISDIR;
		return -1;
	}
	return fd;
}

static int read_log(struct klog *k, const char *path)
{
	char chunk[65536];
	int fd = open_log(path);
	int saved;
	ssize_t n;

	if (fd < 0)
		return -1;
	while ((n = read(fd, chunk, sizeof(chunk))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			break;
		klog_feed(k, chunk, (size_t)n);
	}
	saved = errno;
	close(fd);
	errno = saved;
	if (n < 0)
		return -1;
	klog_finish(k);
	return 0;
}

static int exit_code(const char *status)
{
	return strcmp(status, "pass") == 0 || strcmp(status, "skip") == 0 ? 0
									  : 1;
}

int klog_report(const char *path, bool json, FILE *out, struct err *e)
{
	struct klog *k = klog_new(NULL, 1); /* no line needs to be kept */
	int ret = -1;

	if (!k)
		return err_set(e, ERR_ENV, ENOMEM, "cannot read the log");
	if (read_log(k, path) < 0) {
		err_set(e, ERR_ENV, errno, "cannot read the log");
		err_where(e, "%s", path);
		goto out;
	}
	if (json)
		print_json(k, out);
	else
		print_text(k, out);
	if (fflush(out) != 0 || ferror(out)) {
		err_set(e, ERR_ENV, errno, "cannot write the report");
		goto out;
	}
	ret = exit_code(klog_status(k));
out:
	klog_free(k);
	return ret;
}
