/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "spec.h"

#include <stdlib.h>
#include <string.h>

static void step_release(struct plan_step *st)
{
	free(st->label);
	free(st->target);
	free(st->args);
	strv_release(&st->argv);
}

static void check_release(struct check_spec *c)
{
	free(c->id);
	free(c->title);
	free(c->job);
	free(c->suite);
	free(c->kase);
	strv_release(&c->lines);
	strv_release(&c->needs);
	strv_release(&c->files);
	strv_release(&c->avoids);
	free(c->file);
	free(c->part);
	free(c->variant.name);
	free(c->variant.code);
	free(c->variant.says);
}

void spec_release(struct spec *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->nplan; i++)
		step_release(&s->plan[i]);
	for (size_t i = 0; i < s->nchecks; i++)
		check_release(&s->checks[i]);
	free(s->plan);
	free(s->checks);
	free(s->id);
	free(s->slug);
	free(s->title);
	free(s->dir);
	strv_release(&s->given);
	strv_release(&s->edit);
	strv_release(&s->kernel_symbols);
	strv_release(&s->programs);
	strv_release(&s->machine.devices);
	strv_release(&s->swap.c);
	strv_release(&s->swap.rust);
	memset(s, 0, sizeof(*s));
}

bool plan_loads(enum plan_op op)
{
	return op == PLAN_INSMOD || plan_unwinds(op);
}

bool plan_unwinds(enum plan_op op)
{
	return op == PLAN_SOAK || op == PLAN_FAILSLAB;
}

struct plan_step *spec_add_step(struct spec *s)
{
	struct plan_step *plan;

	plan = reallocarray(s->plan, s->nplan + 1, sizeof(*plan));
	if (!plan)
		return NULL;
	s->plan = plan;
	memset(&plan[s->nplan], 0, sizeof(*plan));
	return &plan[s->nplan++];
}

struct check_spec *spec_add_check(struct spec *s)
{
	struct check_spec *checks;

	checks = reallocarray(s->checks, s->nchecks + 1, sizeof(*checks));
	if (!checks)
		return NULL;
	s->checks = checks;
	memset(&checks[s->nchecks], 0, sizeof(*checks));
	return &checks[s->nchecks++];
}

const struct plan_step *spec_step(const struct spec *s, const char *label)
{
	for (size_t i = 0; i < s->nplan; i++)
		if (s->plan[i].label && strcmp(s->plan[i].label, label) == 0)
			return &s->plan[i];
	return NULL;
}

const struct check_spec *spec_check(const struct spec *s, const char *id)
{
	for (size_t i = 0; i < s->nchecks; i++)
		if (s->checks[i].id && strcmp(s->checks[i].id, id) == 0)
			return &s->checks[i];
	return NULL;
}
