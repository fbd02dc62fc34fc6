/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A verdict as the XML that JUnit made common, as Jenkins and GitLab read
 * it: a test suite is a lesson, a test case one of its checks, and the last
 * test case the verdict as a whole. There is no standard; the elements are
 * those in docs.gitlab.com/ci/testing/unit_test_reports and in the schema of
 * Jenkins' xUnit plugin (junit-10.xsd).
 *
 * GitLab shows a case's class where one expects the suite, and of two cases
 * with one name only the first; Jenkins takes a class apart at its dots.
 */
#include "verdict-int.h"

#include <inttypes.h>
#include <string.h>

/*
 * XML 1.0 has no way to write most control characters; there are none after
 * verdict_clean(). With every '>' escaped no "]]>" is left. Newlines and tabs
 * are read as blanks in attributes.
 */
static void escape(struct buf *b, const char *clean, bool attribute)
{
	for (const char *p = clean; *p; p++) {
		switch (*p) {
		case '&':
			buf_adds(b, "&amp;");
			break;
		case '<':
			buf_adds(b, "&lt;");
			break;
		case '>':
			buf_adds(b, "&gt;");
			break;
		case '"':
			buf_adds(b, "&quot;");
			break;
		default:
			if (attribute && (*p == '\n' || *p == '\t'))
				buf_addf(b, "&#%d;", *p);
			else
				buf_addc(b, *p);
		}
	}
}

/* Inside an attribute's quotes. */
static void add_value(struct buf *b, const char *s)
{
	struct buf clean = BUF_INIT;

	verdict_clean(&clean, s, VERDICT_TEXT_MAX);
	escape(b, buf_str(&clean), true);
	b->failed |= !buf_ok(&clean);
	buf_release(&clean);
}

static void add_attribute(struct buf *b, const char *name, const char *s)
{
	buf_addf(b, " %s=\"", name);
	add_value(b, s);
	buf_addc(b, '"');
}

static void add_seconds(struct buf *b, int64_t ms)
{
	ms = ms < 0 ? 0 : ms;
	buf_addf(b, " time=\"%" PRId64 ".%03d\"", ms / 1000, (int)(ms % 1000));
}

static void add_property(struct buf *b, const char *name, const char *value)
{
	if (!value)
		return;
	buf_addf(b, "   <property name=\"%s\"", name);
	add_attribute(b, "value", value);
	buf_adds(b, "/>\n");
}

__attribute__((format(printf, 3, 4))) static void
add_propertyf(struct buf *b, const char *name, const char *fmt, ...)
{
	char value[64];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(value, sizeof(value), fmt, ap);
	va_end(ap);
	add_property(b, name, value);
}

static void add_properties(struct buf *b, const struct verdict *v)
{
	buf_adds(b, "  <properties>\n");
	add_property(b, "lesson", v->lesson);
	add_property(b, "verdict", outcome_name(v->outcome));
	if (!verdict_is_fault(v)) {
		add_propertyf(b, "points.earned", "%u", v->earned);
		add_propertyf(b, "points.possible", "%u", v->possible);
	}
	for (enum tier t = 0; t < TIER_N; t++) {
		char name[32];

		snprintf(name, sizeof(name), "tier.%s.ms", tier_name(t));
		if (v->tiers[t].result != TIER_NOT_RUN)
			add_propertyf(b, name, "%" PRId64, v->tiers[t].ms);
	}
	if (v->booted)
		add_property(b, "guest", v->warm ? "warm" : "cold");
	add_property(b, "kernel", v->kernel);
	add_property(b, "pack", v->pack);
	if (v->seed)
		add_propertyf(b, "seed", "%" PRIu64, v->seed);
	add_property(b, "log", v->log);
	buf_adds(b, "  </properties>\n");
}

/* "kiln.lesson_1_2": one package, and in it a class. */
static void add_class(struct buf *b, const char *lesson)
{
	buf_adds(b, " classname=\"kiln.lesson_");
	for (const char *p = lesson ? lesson : ""; *p; p++)
		buf_addc(b, strchr("abcdefghijklmnopqrstuvwxyz"
				   "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-",
				   *p)
				    ? *p
				    : '_');
	buf_addc(b, '"');
}

static void open_case(struct buf *b, const struct verdict *v, const char *name,
		      const char *title, int64_t ms)
{
	buf_adds(b, "  <testcase name=\"");
	add_value(b, name);
	if (title) {
		buf_adds(b, ": ");
		add_value(b, title);
	}
	buf_addc(b, '"');
	add_class(b, v->lesson);
	add_seconds(b, ms);
	buf_adds(b, ">\n");
}

static void close_case(struct buf *b)
{
	buf_adds(b, "  </testcase>\n");
}

/* <failure>, <error> or <skipped>; @text is clean. */
static void add_result(struct buf *b, const char *element, const char *type,
		       const char *message, const char *text)
{
	buf_addf(b, "   <%s type=\"%s\"", element, type);
	add_attribute(b, "message", message);
	buf_addc(b, '>');
	escape(b, text, false);
	buf_addf(b, "</%s>\n", element);
}

static void add_output(struct buf *b, const char *s)
{
	struct buf clean = BUF_INIT;

	if (!s || !*s)
		return;
	verdict_clean(&clean, s, VERDICT_OUTPUT_MAX);
	buf_adds(b, "   <system-out>");
	escape(b, buf_str(&clean), false);
	buf_adds(b, "</system-out>\n");
	b->failed |= !buf_ok(&clean);
	buf_release(&clean);
}

static void add_check(struct buf *b, const struct verdict *v,
		      const struct verdict_check *c)
{
	bool failed = c->result == CHECK_FAILED;
	struct buf text = BUF_INIT;

	open_case(b, v, c->id ? c->id : "", c->title ? c->title : "", 0);
	verdict_add_check(&text, v, c);
	if (c->result != CHECK_PASSED)
		add_result(b, failed ? "failure" : "skipped",
			   check_result_name(c->result),
			   c->message  ? c->message
			   : v->reason ? v->reason
				       : "",
			   buf_str(&text));
	else
		add_output(b, c->evidence);
	close_case(b);
	b->failed |= !buf_ok(&text);
	buf_release(&text);
}

/* Where the time is, what was wrong as a whole, and what was printed. */
static void add_verdict(struct buf *b, const struct verdict *v)
{
	bool ran = v->outcome != OUTCOME_BUILD_FAILED &&
		   v->outcome != OUTCOME_ABI_FAILED;
	struct buf text = BUF_INIT;

	open_case(b, v, "verdict", NULL, verdict_ms(v));
	verdict_add_story(&text, v);
	if (v->outcome != OUTCOME_PASS)
		add_result(b, verdict_is_fault(v) ? "error" : "failure",
			   outcome_name(v->outcome), v->reason, buf_str(&text));
	add_output(b, ran ? v->run_output : v->build_output);
	close_case(b);
	b->failed |= !buf_ok(&text);
	buf_release(&text);
}

static size_t count(const struct verdict *v, enum check_result r)
{
	size_t n = 0;

	for (size_t i = 0; i < v->nchecks; i++)
		n += v->checks[i].result == r;
	return n;
}

static void add_counts(struct buf *b, const struct verdict *v)
{
	bool fault = verdict_is_fault(v);
	bool failed = !fault && v->outcome != OUTCOME_PASS;

	buf_addf(b, " tests=\"%zu\" failures=\"%zu\" errors=\"%d\"",
		 v->nchecks + 1, count(v, CHECK_FAILED) + failed, fault);
	add_seconds(b, verdict_ms(v));
}

int verdict_junit(const struct verdict *v, FILE *out)
{
	struct buf b = BUF_INIT;
	int ret;

	buf_adds(&b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		     "<testsuites name=\"kiln\"");
	add_counts(&b, v);
	buf_adds(&b, ">\n <testsuite name=\"lesson ");
	add_value(&b, v->lesson);
	buf_addc(&b, '"');
	add_counts(&b, v);
	buf_addf(&b, " skipped=\"%zu\">\n", count(v, CHECK_NOT_RUN));
	add_properties(&b, v);
	for (size_t i = 0; i < v->nchecks; i++)
		add_check(&b, v, &v->checks[i]);
	add_verdict(&b, v);
	buf_adds(&b, " </testsuite>\n</testsuites>\n");
	ret = verdict_put_out(&b, out);
	buf_release(&b);
	return ret;
}
