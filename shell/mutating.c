/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "mutating.h"
#include "checker/err.h"
#include "farm.h"
#include "lesson.h"
#include "proof-answer.h"
#include "starter.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SOLUTION ((size_t)-1) /* the number of its run */

static int no_memory(struct err *e)
{
	return err_set(e, ERR_ENV, ENOMEM, "cannot make mutants");
}

/* ---- making them ---- */

static bool ends_in(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n > m && strcmp(s + n - m, end) == 0;
}

static int add_one(struct mutating *m, const struct mutating_file *f, size_t i,
		   struct err *e)
{
	struct mutating_one *v = reallocarray(m->v, m->n + 1, sizeof(*v));
	const struct mutant *mu = &f->all.v[i];

	if (!v)
		return no_memory(e);
	m->v = v;
	v += m->n++;
	*v = (struct mutating_one){
		.file = f,
		.m = mu,
		.line = solved_source(&f->solved, mu->line),
	};
	return mutant_name(v->name, &f->all, i, f->name,
			   buf_str(&f->solved.text))
		       ? 0
		       : no_memory(e);
}

/* In what the learner writes; where nothing is marked, that is all of it. */
static bool is_wanted(const struct solved *s, unsigned line)
{
	return !s->regions ||
	       (line >= 1 && line <= s->n && s->v[line - 1].learners);
}

static int open_file(struct mutating *m, struct mutating_file *f, struct err *e)
{
	int ret;

	if (solved_read(&f->solved, m->l, f->name, e) < 0)
		return -1;
	ret = mutants_make(&f->all, buf_str(&f->solved.text),
			   ends_in(f->name, ".rs"));
	if (ret < 0)
		return no_memory(e);
	if (ret > 0) {
		err_set(e, ERR_LESSON, 0, "the brackets do not match");
		return err_where(e, "solution/%s", f->name);
	}
	for (size_t i = 0; i < f->all.n; i++)
		if (is_wanted(&f->solved, f->all.v[i].line) &&
		    add_one(m, f, i, e) < 0)
			return -1;
	return 0;
}

/* splitmix64, https://prng.di.unimi.it/splitmix64.c (public domain) */
static uint64_t draw(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

/* Take away others until @max are left. The order stays. */
static void thin(struct mutating *m, size_t max, uint64_t seed)
{
	while (max && m->n > max) {
		size_t i = (size_t)(draw(&seed) % m->n);

		memmove(&m->v[i], &m->v[i + 1], (m->n - i - 1) * sizeof(*m->v));
		m->n--;
	}
}

/* C builds in half the time of Rust. */
static int cheap_first(const void *a, const void *b)
{
	const struct mutating_one *x = a, *y = b;
	bool rx = ends_in(x->file->name, ".rs");
	bool ry = ends_in(y->file->name, ".rs");

	if (rx != ry)
		return rx - ry;
	if (x->file != y->file)
		return x->file < y->file ? -1 : 1;
	return x->m < y->m ? -1 : x->m > y->m;
}

int mutating_open(struct mutating *m, const struct lesson *l, size_t max,
		  uint64_t seed, struct err *e)
{
	const struct strv *edit = &l->spec.edit;

	*m = (struct mutating){.l = l, .run = RUN_DIR_INIT};
	m->files = calloc(edit->n + 1, sizeof(*m->files));
	if (!m->files)
		return no_memory(e);
	for (size_t i = 0; i < edit->n; i++) {
		const char *name = edit->v[i];

		if (!ends_in(name, ".c") && !ends_in(name, ".h") &&
		    !ends_in(name, ".rs"))
			continue;
		m->files[m->nfiles].name = name;
		if (open_file(m, &m->files[m->nfiles++], e) < 0) {
			mutating_release(m);
			return -1;
		}
	}
	m->made = m->n;
	thin(m, max, seed);
	if (m->n)
		qsort(m->v, m->n, sizeof(*m->v), cheap_first);
	return 0;
}

void mutating_release(struct mutating *m)
{
	for (size_t i = 0; i < m->n; i++)
		free(m->v[i].why);
	for (size_t i = 0; i < m->nfiles; i++) {
		mutants_release(&m->files[i].all);
		solved_release(&m->files[i].solved);
	}
	free(m->v);
	free(m->files);
	run_dir_close(&m->run);
	*m = (struct mutating){.run = RUN_DIR_INIT};
}

/* ---- running them ---- */

static void dir_of(char dir[4300], const struct mutating *m, size_t job)
{
	if (job == SOLUTION)
		snprintf(dir, 4300, "%s/solution", m->run.path);
	else
		snprintf(dir, 4300, "%s/%zu", m->run.path, job);
}

static int lay_down(const struct mutating *m, size_t job, const char *dir,
		    struct err *e)
{
	const struct mutating_one *one = &m->v[job];
	struct buf b = BUF_INIT;
	char path[4600];
	int ret;

	if (lesson_write_starter(m->l, dir, STARTER_SOLUTION, NULL, NULL, NULL,
				 e) < 0)
		return -1;
	if (job == SOLUTION)
		return 0;
	mutant_apply(&b, one->m, buf_str(&one->file->solved.text));
	snprintf(path, sizeof(path), "%s/%s", dir, one->file->name);
	ret = buf_write_file(&b, path, 0644, e);
	buf_release(&b);
	return ret;
}

static int next(void *arg, size_t *job, struct strv *argv, struct err *e)
{
	struct mutating *m = arg;
	char dir[4300];

	if (m->begun && m->next == m->n)
		return 0;
	*job = m->begun ? m->next++ : SOLUTION;
	m->begun = true;
	dir_of(dir, m, *job);
	if (lay_down(m, *job, dir, e) < 0)
		return -1;
	if (strv_add(argv, "author") < 0 || strv_add(argv, "case") < 0 ||
	    strv_addf(argv, "--dir=%s", dir) < 0 || strv_add(argv, "--") < 0 ||
	    strv_add(argv, m->l->spec.dir) < 0 || strv_add(argv, "mutant") < 0)
		return no_memory(e);
	return 1;
}

/* A check that decides nothing notices as well. */
static bool any_failed(const struct proof_answer *a)
{
	for (size_t i = 0; i < a->checks.n; i++)
		if (ends_in(a->checks.v[i], " fail"))
			return true;
	return false;
}

static enum mutating_fate fate_of(const struct proof_answer *a)
{
	if (strcmp(a->verdict, "build-failed") == 0)
		return MUTANT_NO_BUILD;
	if (strcmp(a->verdict, "pass") == 0 && !any_failed(a))
		return MUTANT_UNNOTICED;
	/* Not the learner's, it would be said: so nobody has noticed. */
	return strcmp(a->verdict, "lesson-fault") == 0 ? MUTANT_UNNOTICED
						       : MUTANT_NOTICED;
}

static int judge(struct mutating *m, size_t job, const struct proof_answer *a,
		 struct err *e)
{
	enum mutating_fate fate = fate_of(a);

	if (job == SOLUTION) {
		if (strcmp(a->verdict, "pass") == 0)
			return 0;
		err_set(e, ERR_LESSON, 0,
			"the solution itself does not pass: %s: %s", a->verdict,
			a->reason);
		return err_next(e, "'author test %s' says more", m->l->spec.id);
	}
	m->v[job].fate = fate;
	m->done++;
	m->unnoticed += fate == MUTANT_UNNOTICED;
	if (m->on_done)
		m->on_done(m->arg);
	return 0;
}

static int done(void *arg, size_t job, int status, const struct buf *out,
		struct err *e)
{
	struct mutating *m = arg;
	struct proof_answer a;
	char dir[4300];
	int ret;

	(void)status; /* an answer says all, and none is an error */
	dir_of(dir, m, job);
	if (proof_answer_read(&a, buf_str(out), out->len, e) < 0)
		return -1;
	ret = judge(m, job, &a, e);
	proof_answer_release(&a);
	return remove_tree(dir, e) < 0 ? -1 : ret;
}

int mutating_run(struct mutating *m, const struct store *s, unsigned jobs,
		 int cancel_fd, struct err *e)
{
	const struct farm f = {
		.arg = m,
		.next = next,
		.done = done,
		.jobs = jobs,
		.cancel_fd = cancel_fd,
	};

	return run_dir_open(&m->run, s, e) < 0 ? -1 : farm_run(&f, e);
}

size_t mutating_count(const struct mutating *m, enum mutating_fate fate)
{
	size_t n = 0;

	for (size_t i = 0; i < m->n; i++)
		n += m->v[i].fate == fate;
	return n;
}

/* ---- what the notes say ---- */

/* "- `0123abcd`: why" */
static bool is_note(const char *line, char name[MUTANT_NAME_LEN + 1],
		    const char **why)
{
	int at = 0;

	if (sscanf(line, "- `%8[0-9a-f]`: %n", name, &at) != 1 || !at ||
	    strlen(name) != MUTANT_NAME_LEN)
		return false;
	*why = line + at;
	return **why && **why != '\n';
}

static int take_note(struct mutating *m, const char *name, const char *why,
		     struct strv *stale)
{
	bool taken = false;

	for (size_t i = 0; i < m->n; i++) {
		struct mutating_one *one = &m->v[i];

		if (one->fate != MUTANT_UNNOTICED || one->why ||
		    strcmp(one->name, name) != 0)
			continue;
		one->why = strndup(why, strcspn(why, "\n"));
		if (!one->why)
			return -1;
		taken = true;
	}
	/* Of one that was left out by --max nothing can be said. */
	if (!taken && m->n == m->made)
		return strv_add(stale, name);
	return 0;
}

int mutating_explain(struct mutating *m, struct strv *stale, struct err *e)
{
	char path[4400], name[MUTANT_NAME_LEN + 1];
	struct buf b = BUF_INIT;
	struct err why_not = ERR_INIT;
	const char *p, *why;
	int ret;

	snprintf(path, sizeof(path), "%s/notes.md", m->l->spec.dir);
	ret = buf_read_file(&b, path, LESSON_TEXT_MAX, &why_not);
	if (ret < 0 && why_not.errnum == ENOENT)
		return 0;
	if (ret < 0) {
		*e = why_not;
		return -1;
	}
	for (p = buf_str(&b); ret == 0 && *p; p += *p == '\n') {
		if (is_note(p, name, &why) &&
		    take_note(m, name, why, stale) < 0)
			ret = no_memory(e);
		p += strcspn(p, "\n");
	}
	buf_release(&b);
	return ret;
}
