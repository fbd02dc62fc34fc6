/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every pair of types in tests/abi/pairs, in every place that it names, both
 * ways across the boundary: one C file and one Rust file are made of them,
 * built with Kbuild in the toolroot as a learner's are, and compared as a
 * check compares them. Prints TAP.
 *
 * usage: matrix PAIRS [DIR]	DIR keeps what was generated and reported
 */
#include "checker/abi.h"
#include "checker/buf.h"
#include "checker/err.h"
#include "checker/kbuild.h"
#include "checker/store.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_PAIRS = 400, FIELDS = 6 };

struct pair {
	bool accept;
	char *field[FIELDS]; /* verdict, where, C, Rust, items for each */
};

struct matrix {
	struct pair v[MAX_PAIRS];
	size_t n;
	struct buf c, rust, block; /* block: what the extern block declares */
};

static void die(const struct err *e)
{
	printf("Bail out! %s: %s\n", e->what, e->where);
	exit(1);
}

/* ---- the table ---- */

static char *trimmed(const char *s, size_t n)
{
	while (n && isspace((unsigned char)*s)) {
		s++;
		n--;
	}
	while (n && isspace((unsigned char)s[n - 1]))
		n--;
	return strndup(s, n);
}

static void read_line(struct matrix *m, const char *s, size_t n)
{
	struct pair *p = &m->v[m->n];
	const char *end = s + n;

	if (n == 0 || *s == '#')
		return;
	for (int i = 0; i < FIELDS; i++) {
		const char *bar = memchr(s, '|', (size_t)(end - s));

		bar = bar ? bar : end;
		p->field[i] = trimmed(s, (size_t)(bar - s));
		s = bar < end ? bar + 1 : end;
	}
	p->accept = strcmp(p->field[0], "accept") == 0;
	if (!p->accept && strcmp(p->field[0], "refuse") != 0) {
		printf("Bail out! pairs: \"%s\"\n", p->field[0]);
		exit(1);
	}
	if (++m->n == MAX_PAIRS)
		exit(1);
}

static void read_pairs(struct matrix *m, const char *path)
{
	struct err e = ERR_INIT;
	struct buf b = BUF_INIT;

	if (buf_read_file(&b, path, 1 << 20, &e) < 0)
		die(&e);
	for (const char *s = buf_str(&b); *s;) {
		size_t n = strcspn(s, "\n");

		read_line(m, s, n);
		s += n + (s[n] == '\n');
	}
	buf_release(&b);
}

/* ---- what is compiled ---- */

/* @s with @ replaced by the pair's key. */
static char *named(const char *s, const char *key)
{
	struct buf b = BUF_INIT;

	for (; *s; s++)
		if (*s == '@')
			buf_adds(&b, key);
		else
			buf_addc(&b, *s);
	return buf_steal(&b);
}

/* x12_ca: pair 12, C calls, as a parameter. */
static void make_key(char key[32], size_t i, char caller, char where)
{
	snprintf(key, 32, "x%zu_%c%c", i + 1, caller, where);
}

struct parts {
	const char *key, *c, *rust;
	char where;
};

/* The C prototype of the function, without a semicolon. */
static void add_prototype(struct buf *b, const struct parts *p)
{
	switch (p->where) {
	case 'a':
		buf_addf(b, "void f%s(__typeof__(%s) x)", p->key, p->c);
		break;
	case 'r':
		buf_addf(b, "__typeof__(%s) f%s(void)", p->c, p->key);
		break;
	case 'f':
		buf_addf(b, "void f%s(struct f%s *x)", p->key, p->key);
		break;
	case 'p':
		buf_addf(b, "void f%s(__typeof__(%s) *x)", p->key, p->c);
		break;
	}
}

static void add_signature(struct buf *b, const struct parts *p)
{
	switch (p->where) {
	case 'a':
		buf_addf(b, "fn f%s(x: %s)", p->key, p->rust);
		break;
	case 'r':
		buf_addf(b, "fn f%s() -> %s", p->key, p->rust);
		break;
	case 'f':
		buf_addf(b, "fn f%s(x: *mut F%s)", p->key, p->key);
		break;
	case 'p':
		buf_addf(b, "fn f%s(x: *mut %s)", p->key, p->rust);
		break;
	}
}

static void add_function(struct matrix *m, const struct parts *p, char caller)
{
	bool nothing = strcmp(p->c, "void") == 0;

	if (p->where == 'f') {
		buf_addf(&m->c,
			 "struct f%s { char lead; __typeof__(%s) x; };\n",
			 p->key, p->c);
		buf_addf(&m->rust,
			 "#[repr(C)] pub struct F%s { lead: c_char, x: %s }\n",
			 p->key, p->rust);
	}
	add_prototype(&m->c, p);
	buf_adds(&m->c, ";\n");
	if (caller == 'r') {
		add_prototype(&m->c, p);
		if (p->where == 'r' && !nothing)
			buf_addf(&m->c,
				 " { static __typeof__(%s) v; return v; }\n",
				 p->c);
		else
			buf_adds(&m->c, " { }\n");
		buf_adds(&m->block, "    pub ");
		add_signature(&m->block, p);
		buf_adds(&m->block, ";\n");
		return;
	}
	if (p->where == 'r')
		buf_addf(&m->c, "void g%s(void);\nvoid g%s(void) { f%s(); }\n",
			 p->key, p->key, p->key);
	else
		buf_addf(&m->c,
			 "void g%s(__typeof__(%s%s) *);\n"
			 "void g%s(__typeof__(%s%s) *x) { f%s(%sx); }\n",
			 p->key, p->where == 'f' ? "struct f" : p->c,
			 p->where == 'f' ? p->key : "", p->key,
			 p->where == 'f' ? "struct f" : p->c,
			 p->where == 'f' ? p->key : "", p->key,
			 p->where == 'a' ? "*" : "");
	buf_adds(&m->rust, "#[no_mangle] pub extern \"C\" ");
	add_signature(&m->rust, p);
	/* Functions that are alike would be made one. */
	buf_addf(&m->rust, " { core::hint::black_box(\"%s\"); loop {} }\n",
		 p->key);
}

static void add_pair(struct matrix *m, size_t i, char caller, char where)
{
	struct pair *p = &m->v[i];
	char key[32], *c, *rust, *c_items, *rust_items;

	make_key(key, i, caller, where);
	c = named(p->field[2], key);
	rust = named(p->field[3], key);
	c_items = named(p->field[4], key);
	rust_items = named(p->field[5], key);
	buf_addf(&m->c, "%s\n", c_items ? c_items : "");
	buf_addf(&m->rust, "%s\n", rust_items ? rust_items : "");
	add_function(m, &(struct parts){key, c, rust, where}, caller);
	free(c);
	free(rust);
	free(c_items);
	free(rust_items);
}

static void generate(struct matrix *m)
{
	buf_adds(&m->c, "// SPDX-License-Identifier: GPL-2.0\n"
			"#include <linux/device.h>\n"
			"#include <linux/fs.h>\n"
			"#include <linux/mutex.h>\n");
	buf_adds(&m->rust,
		 "// SPDX-License-Identifier: GPL-2.0\n"
		 "//! Generated.\n"
		 "#![allow(warnings, clippy::all)]\n"
		 "use core::ptr::NonNull;\n"
		 "use kernel::{prelude::*, ffi::*, types::Opaque};\n"
		 "module! { type: Matrix, name: \"matrix\", "
		 "authors: [\"Kiln\"], description: \"m\", "
		 "license: \"GPL\", }\n"
		 "struct Matrix;\n"
		 "impl kernel::Module for Matrix {\n"
		 "    fn init(_m: &'static ThisModule) -> Result<Self> "
		 "{ Ok(Matrix) }\n}\n");
	for (size_t i = 0; i < m->n; i++)
		for (const char *w = m->v[i].field[1]; *w; w++) {
			add_pair(m, i, 'c', *w);
			add_pair(m, i, 'r', *w);
		}
	buf_addf(&m->rust, "extern \"C\" {\n%s}\n", buf_str(&m->block));
}

static void put(const char *dir, const char *name, const struct buf *b)
{
	struct err e = ERR_INIT;
	char path[4200];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	if (buf_write_file(b, path, 0644, &e) < 0)
		die(&e);
}

static void write_all(struct matrix *m, const char *dir)
{
	struct buf makefile = BUF_INIT;

	buf_adds(&makefile, "obj-m := matrix.o\n"
			    "matrix-y := pairs.o matrix_rs.o\n");
	put(dir, "Makefile", &makefile);
	put(dir, "pairs.c", &m->c);
	put(dir, "matrix_rs.rs", &m->rust);
	buf_release(&makefile);
}

/* ---- what comes of it ---- */

static const struct diag *report_on(const struct diag *d, size_t n,
				    const char *key)
{
	size_t len = strlen(key);

	for (size_t i = 0; i < n; i++) {
		const char *head = strchr(d[i].message, ':');
		const char *at = strstr(d[i].message, key);

		if (at && head && at < head && !isalnum((unsigned char)at[len]))
			return &d[i];
	}
	return NULL;
}

/* Each place in which the pair is not what it should be; true: none. */
static bool holds(const struct matrix *m, size_t i, const struct diag *d,
		  size_t n, struct buf *wrong)
{
	const struct pair *p = &m->v[i];

	for (const char *w = p->field[1]; *w; w++)
		for (const char *caller = "cr"; *caller; caller++) {
			const struct diag *r;
			char key[32];

			make_key(key, i, *caller, *w);
			r = report_on(d, n, key);
			if (p->accept && r)
				buf_addf(wrong, "# refused: %s\n", r->message);
			else if (!p->accept && !r)
				buf_addf(wrong, "# accepted: %s\n", key);
		}
	return wrong->len == 0;
}

static int show(const struct matrix *m, const struct diag *d, size_t n)
{
	size_t accepted = 0, failed = 0;

	for (size_t i = 0; i < m->n; i++) {
		struct buf wrong = BUF_INIT;
		bool good = holds(m, i, d, n, &wrong);

		accepted += m->v[i].accept;
		failed += !good;
		printf("%sok %zu - %s %s / %s (%s)%s%s\n%s", good ? "" : "not ",
		       i + 1, m->v[i].field[0], m->v[i].field[2],
		       m->v[i].field[3], m->v[i].field[1],
		       *m->v[i].field[5] ? ": " : "", m->v[i].field[5],
		       buf_str(&wrong));
		buf_release(&wrong);
	}
	printf("%sok %zu - %zu pairs to accept, %zu to refuse\n",
	       accepted >= 30 && m->n - accepted >= 30 ? "" : "not ", m->n + 1,
	       accepted, m->n - accepted);
	printf("1..%zu\n", m->n + 1);
	return failed ? 1 : 0;
}

static void build(const struct store *s, const char *stage)
{
	struct kbuild_opts k = {.store = s, .stage = stage, .cancel_fd = -1};
	struct kbuild_result r = {.built = false};
	struct err e = ERR_INIT;

	if (kbuild_run(&r, &k, &e) < 0)
		die(&e);
	if (!r.built) {
		printf("Bail out! the pairs do not build: %.3000s\n",
		       buf_str(&r.output));
		exit(1);
	}
	kbuild_release(&r);
}

static void forget(struct matrix *m)
{
	for (size_t i = 0; i < m->n; i++)
		for (int k = 0; k < FIELDS; k++)
			free(m->v[i].field[k]);
	buf_release(&m->c);
	buf_release(&m->rust);
	buf_release(&m->block);
}

int main(int argc, char **argv)
{
	static struct matrix m;
	struct run_dir run = RUN_DIR_INIT;
	struct buf reports = BUF_INIT;
	struct store s;
	struct err e = ERR_INIT;
	char stage[4200], scratch[4200];
	struct diag *d;
	size_t n;
	int ret;

	if (argc < 2)
		return 2;
	read_pairs(&m, argv[1]);
	generate(&m);
	if (argc > 2)
		write_all(&m, argv[2]);
	if (store_open(&s, &e) < 0 || run_dir_open(&run, &s, &e) < 0)
		die(&e);
	snprintf(stage, sizeof(stage), "%s/stage", run.path);
	snprintf(scratch, sizeof(scratch), "%s/abi", run.path);
	if (make_dirs(stage, &e) < 0)
		die(&e);
	write_all(&m, stage);
	build(&s, stage);
	if (abi_check(&d, &n,
		      &(struct abi_opts){.store = &s,
					 .stage = stage,
					 .scratch = scratch,
					 .max = 10000,
					 .cancel_fd = -1},
		      &e) < 0)
		die(&e);
	ret = show(&m, d, n);
	for (size_t i = 0; i < n; i++)
		buf_addf(&reports, "%s:%u: %s\n", d[i].file ? d[i].file : "-",
			 d[i].line, d[i].text);
	if (argc > 2)
		put(argv[2], "reports", &reports);
	buf_release(&reports);
	diag_free(d, n);
	run_dir_close(&run);
	store_release(&s);
	forget(&m);
	return ret;
}
