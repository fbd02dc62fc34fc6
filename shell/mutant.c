/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "mutant.h"
#include "checker/buf.h"
#include "checker/hash.h"
#include "code-lex.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void mutants_release(struct mutants *m)
{
	for (size_t i = 0; i < m->n; i++)
		free(m->v[i].put);
	free(m->v);
	*m = (struct mutants){.v = NULL};
}

void mutant_add(struct mutants *m, const struct code_tokens *t, size_t from,
		size_t to, const char *put, const char *what)
{
	struct mutant *v = reallocarray(m->v, m->n + 1, sizeof(*v));
	size_t end = t->v[to].at + t->v[to].len;
	char *copy = strdup(put);

	if (v)
		m->v = v;
	if (!v || !copy) {
		free(copy);
		m->failed = true;
		return;
	}
	v[m->n++] = (struct mutant){
		.at = t->v[from].at,
		.len = end - t->v[from].at,
		.put = copy,
		.line = t->v[from].line,
		.what = what,
	};
}

static int by_place(const void *a, const void *b)
{
	const struct mutant *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->len != y->len)
		return x->len < y->len ? -1 : 1;
	return strcmp(x->put, y->put);
}

/* Two ways to the same text are one mutant. */
static void drop_doubles(struct mutants *m)
{
	size_t n = 0;

	for (size_t i = 0; i < m->n; i++) {
		if (n && by_place(&m->v[n - 1], &m->v[i]) == 0)
			free(m->v[i].put);
		else
			m->v[n++] = m->v[i];
	}
	m->n = n;
}

int mutants_make(struct mutants *out, const char *text, bool rust)
{
	struct code_tokens t;
	int ret = code_lex(&t, text, rust);

	*out = (struct mutants){.v = NULL};
	if (ret)
		return ret;
	mutant_tokens(out, &t);
	mutant_statements(out, &t);
	mutant_functions(out, &t);
	code_tokens_release(&t);
	if (out->failed) {
		mutants_release(out);
		return -1;
	}
	if (out->n)
		qsort(out->v, out->n, sizeof(*out->v), by_place);
	drop_doubles(out);
	return 0;
}

void mutant_apply(struct buf *out, const struct mutant *m, const char *text)
{
	buf_add(out, text, m->at);
	buf_adds(out, m->put);
	buf_adds(out, text + m->at + m->len);
}

void mutant_lines(struct buf *out, const struct mutant *m, const char *text,
		  bool after)
{
	size_t from = m->at, to = m->at + m->len;

	while (from && text[from - 1] != '\n')
		from--;
	to += strcspn(text + to, "\n");
	if (!after) {
		buf_add(out, text + from, to - from);
		return;
	}
	buf_add(out, text + from, m->at - from);
	buf_adds(out, m->put);
	buf_add(out, text + m->at + m->len, to - m->at - m->len);
}

/* The same lines before and after? */
static bool same_lines(const struct mutant *a, const struct mutant *b,
		       const char *text)
{
	struct buf x = BUF_INIT, y = BUF_INIT;
	bool same;

	for (int after = 0; after < 2; after++) {
		mutant_lines(&x, a, text, after);
		mutant_lines(&y, b, text, after);
	}
	same = strcmp(buf_str(&x), buf_str(&y)) == 0;
	buf_release(&x);
	buf_release(&y);
	return same;
}

bool mutant_name(char name[MUTANT_NAME_LEN + 1], const struct mutants *all,
		 size_t i, const char *file, const char *text)
{
	struct hash *h = hash_new();
	struct buf b = BUF_INIT;
	char key[HASH_KEY_LEN + 1];
	size_t nth = 0;

	if (!h)
		return false;
	for (size_t k = 0; k < i; k++)
		nth += same_lines(&all->v[k], &all->v[i], text);
	mutant_lines(&b, &all->v[i], text, false);
	buf_addc(&b, '\n');
	mutant_lines(&b, &all->v[i], text, true);
	hash_add(h, file, strlen(file));
	hash_add(h, buf_str(&b), b.len);
	hash_add(h, &nth, sizeof(nth));
	hash_key(h, key);
	hash_free(h);
	buf_release(&b);
	snprintf(name, MUTANT_NAME_LEN + 1, "%.*s", MUTANT_NAME_LEN, key);
	return true;
}
