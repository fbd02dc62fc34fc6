/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A run made up of a plan, checks, a log and answers, and its verdict. */
#ifndef TESTS_UNIT_GRADE_FIXTURE_H
#define TESTS_UNIT_GRADE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "checker/grade.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define NONCE	  "0123456789abcdef"
#define MAX_STEPS 8

struct run {
	struct spec spec;
	struct step_result steps[MAX_STEPS];
	struct kunit_result kunit[4];
	struct buf log;
	struct klog *klog;
	struct evidence ev;
	struct verdict v;
};

static inline int run_setup(void **state)
{
	struct run *r = calloc(1, sizeof(*r));

	*state = r;
	return r ? 0 : -1;
}

static inline int run_teardown(void **state)
{
	struct run *r = *state;

	spec_release(&r->spec);
	for (size_t i = 0; i < MAX_STEPS; i++)
		buf_release(&r->steps[i].output);
	buf_release(&r->log);
	klog_free(r->klog);
	verdict_release(&r->v);
	free(r);
	return 0;
}

/* A step of the plan that answered as it should; .steps can be changed. */
static inline struct step_result *step(struct run *r, enum plan_op op,
				       const char *label, int expect)
{
	struct plan_step *p = spec_add_step(&r->spec);
	struct step_result *s = &r->steps[r->spec.nplan - 1];

	p->op = op;
	p->label = strdup(label);
	p->target = strdup(label);
	p->expect = expect;
	s->how = STEP_DONE;
	s->result = expect;
	return s;
}

/* A check worth two points, required; further lines end with NULL. */
static inline struct check_spec *check(struct run *r, enum check_kind kind,
				       const char *job, ...)
{
	struct check_spec *c = spec_add_check(&r->spec);
	const char *line;
	va_list ap;

	c->kind = kind;
	c->id = strdup("id");
	c->title = strdup("the title");
	c->points = 2;
	c->required = true;
	c->job = job ? strdup(job) : NULL;
	va_start(ap, job);
	while ((line = va_arg(ap, const char *)))
		strv_add(&c->lines, line);
	va_end(ap);
	return c;
}

static inline void begin(struct run *r, int n)
{
	buf_addf(&r->log, "[    1.000000] kiln: " NONCE " begin %d\n", n);
}

static inline void end(struct run *r, int n)
{
	buf_addf(&r->log, "[    1.000000] kiln: " NONCE " end %d 0\n", n);
}

static inline void line(struct run *r, const char *text)
{
	buf_addf(&r->log, "[    1.000000] %s\n", text);
}

static inline void done(struct run *r)
{
	line(r, "kiln: " NONCE " done");
}

/* A step with one line in it. */
static inline void logged(struct run *r, int n, const char *text)
{
	begin(r, n);
	line(r, text);
	end(r, n);
}

static inline void kunit(struct run *r, const char *suite, const char *text)
{
	r->kunit[r->ev.nkunit].suite = (char *)suite;
	r->kunit[r->ev.nkunit++].text = (char *)text;
}

static inline const struct verdict *graded(struct run *r)
{
	klog_free(r->klog);
	r->klog = klog_new(NONCE, 0);
	klog_feed(r->klog, buf_str(&r->log), r->log.len);
	klog_finish(r->klog);
	r->ev.spec = &r->spec;
	r->ev.log = r->klog;
	r->ev.steps = r->steps;
	r->ev.kunit = r->kunit;
	assert_int_equal(grade(&r->v, &r->ev, NULL), 0);
	return &r->v;
}

#define assert_has(text, what)                                                 \
	do {                                                                   \
		const char *text_ = (text);                                    \
		if (!text_ || !strstr(text_, what))                            \
			fail_msg("\"%s\" does not hold \"%s\"",                \
				 text_ ? text_ : "(null)", what);              \
	} while (0)

#define assert_check(v, i, want, what)                                         \
	do {                                                                   \
		const struct verdict *v_ = (v);                                \
		assert_has(v_->checks[i].message, what);                       \
		assert_int_equal(v_->checks[i].result, want);                  \
	} while (0)

#endif
