/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A verdict as Gradescope's results.json, by "Autograder Specifications" at
 * gradescope-autograders.readthedocs.io/en/latest/specs.
 *
 * A score is optional there only if each test case has one. A fault of ours
 * has neither: whatever Gradescope makes of that, it cannot be 0 points.
 *
 * Formats are named although "text" is the default: a learner's text must
 * never be read as HTML.
 */
#include "verdict-int.h"

#define MS 1000.0

static json_t *taken(struct buf *b)
{
	json_t *j = buf_ok(b) ? json_stringn(buf_str(b), b->len) : NULL;

	buf_release(b);
	return j;
}

static json_t *story(const struct verdict *v)
{
	struct buf b = BUF_INIT;

	verdict_add_story(&b, v);
	return taken(&b);
}

static json_t *check_text(const struct verdict *v,
			  const struct verdict_check *c)
{
	struct buf b = BUF_INIT;

	verdict_add_check(&b, v, c);
	return taken(&b);
}

static json_t *points(unsigned n)
{
	return json_integer((json_int_t)n);
}

/* A test case; @output is taken over. The id is for programs. */
static json_t *test(const char *id, const char *name, enum check_result result,
		    unsigned worth, json_t *output)
{
	bool passed = result == CHECK_PASSED;
	json_t *o = json_object(), *extra = json_object();
	bool ok;

	ok = verdict_put(o, "output", output) &&
	     verdict_put(o, "score", points(passed ? worth : 0)) &&
	     verdict_put(o, "max_score", points(worth)) &&
	     verdict_put(o, "status",
			 json_string(passed ? "passed" : "failed")) &&
	     verdict_put(o, "name", verdict_string(name ? name : ""));
	ok = verdict_put(extra, "id", verdict_string(id)) &&
	     verdict_put(extra, "result",
			 json_string(check_result_name(result))) &&
	     ok;
	extra = verdict_finished(extra, ok);
	return verdict_finished(o, verdict_put(o, "extra_data", extra));
}

/*
 * The last one is worth nothing: a verdict may be no pass although every
 * check holds, and points alone would not show it.
 */
static json_t *tests(const struct verdict *v)
{
	bool passed = v->outcome == OUTCOME_PASS;
	json_t *list = json_array();
	bool ok = list;

	for (size_t i = 0; ok && i < v->nchecks; i++) {
		const struct verdict_check *c = &v->checks[i];

		ok = verdict_append(list,
				    test(c->id, c->title, c->result, c->points,
					 check_text(v, c)),
				    true);
	}
	ok = ok &&
	     verdict_append(list,
			    test("verdict", "the verdict as a whole",
				 passed ? CHECK_PASSED : CHECK_FAILED, 0,
				 verdict_string(outcome_name(v->outcome))),
			    true);
	return verdict_finished(list, ok);
}

static bool put_score(json_t *o, const struct verdict *v)
{
	return verdict_put(o, "score", points(v->earned)) &&
	       verdict_put(o, "test_output_format", json_string("text")) &&
	       verdict_put(o, "test_name_format", json_string("text")) &&
	       verdict_put(o, "tests", tests(v));
}

static json_t *whole(const struct verdict *v)
{
	json_t *o = json_object();
	json_t *extra = json_object();
	bool ok;

	extra = verdict_finished(extra,
				 verdict_put(extra, "kiln", verdict_object(v)));
	ok = verdict_put(o, "output", story(v)) &&
	     verdict_put(o, "output_format", json_string("text")) &&
	     verdict_put(o, "execution_time",
			 json_real((double)verdict_ms(v) / MS)) &&
	     verdict_put(o, "visibility", json_string("visible")) &&
	     verdict_put(o, "stdout_visibility", json_string("hidden")) &&
	     (verdict_is_fault(v) || put_score(o, v));
	ok = verdict_put(o, "extra_data", extra) && ok;
	return verdict_finished(o, ok);
}

int verdict_gradescope(const struct verdict *v, FILE *out)
{
	/* 1.234, not 1.2339999999999999 */
	const size_t flags = JSON_INDENT(1) | JSON_REAL_PRECISION(9);

	return verdict_dump(whole(v), flags, out);
}
