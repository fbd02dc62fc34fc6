/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The listings of text.md: what a learner copies from there must be what it
 * says it is.
 */
#include "checker/buf.h"
#include "checker/err.h"
#include "checker/kbuild.h"
#include "checker/store.h"
#include "folder.h"
#include "lesson.h"
#include "lint.h"
#include "listing.h"
#include "starter.h"

#include <cmark.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT		"text.md"
#define KERNEL_FILE_MAX ((size_t)4 << 20)

struct listing {
	struct listing_info info;
	const char *code;
	unsigned line; /* of its fence */
};

/* ---- in a file ---- */

/* File @name of the lesson, the solution's without markers. */
static bool stands_in(const struct lint *t, const char *code, const char *name)
{
	static const char solution[] = "solution/";
	struct buf b = BUF_INIT, solved = BUF_INIT;
	char path[4400];
	bool found = false;

	snprintf(path, sizeof(path), "%s/%s", t->l->spec.dir, name);
	if (buf_read_file(&b, path, LESSON_FILE_MAX, NULL) == 0) {
		bool strip = strncmp(name, solution, strlen(solution)) == 0 &&
			     solution_strip(&solved, buf_str(&b), b.len, name,
					    NULL) == 0;

		found = listing_stands_in(code, buf_str(strip ? &solved : &b));
	}
	buf_release(&b);
	buf_release(&solved);
	return found;
}

static bool stands_in_lesson(const struct lint *t, const char *code,
			     const struct strv *files)
{
	for (size_t i = 0; i < files->n; i++)
		if ((strncmp(files->v[i], "solution/", 9) == 0 ||
		     strncmp(files->v[i], "tests/", 6) == 0) &&
		    stands_in(t, code, files->v[i]))
			return true;
	return false;
}

static void look_at_plain(struct lint *t, const struct listing *li,
			  const struct strv *files)
{
	if (!stands_in_lesson(t, li->code, files))
		lint_add(t, LINT_ERROR, TEXT, li->line,
			 "this listing stands in no file of solution/ or "
			 "tests/; or else its fence says \"build\", "
			 "\"from=FILE\" or \"fragment: why\"");
}

/* A file of the lesson, or else of the kernel. */
static void look_at_from(struct lint *t, const struct listing *li,
			 const struct strv *files)
{
	struct buf b = BUF_INIT;
	char path[4400];
	bool found;

	snprintf(path, sizeof(path), "%s/src/%s", t->store->linux_dir,
		 li->info.arg);
	if (strv_has(files, li->info.arg)) {
		found = stands_in(t, li->code, li->info.arg);
	} else if (strstr(li->info.arg, "..") ||
		   buf_read_file(&b, path, KERNEL_FILE_MAX, NULL) < 0) {
		lint_add(t, LINT_ERROR, TEXT, li->line,
			 "there is no %s, in the lesson or the kernel",
			 li->info.arg);
		return;
	} else {
		found = listing_stands_in(li->code, buf_str(&b));
	}
	if (!found)
		lint_add(t, LINT_ERROR, TEXT, li->line,
			 "this listing does not stand so in %s", li->info.arg);
	buf_release(&b);
}

/* ---- as a module ---- */

static int write_to(const char *dir, const char *name, const struct buf *b,
		    struct err *e)
{
	char path[4500];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	return buf_write_file(b, path, 0644, e);
}

static bool is_header(const char *name)
{
	size_t n = strlen(name);

	return n > 2 && strcmp(name + n - 2, ".h") == 0;
}

/* The lesson's headers, which a listing may include. */
static int lay_headers(const struct lint *t, const char *dir,
		       const struct strv *files, struct err *e)
{
	for (size_t i = 0; i < files->n; i++) {
		const char *slash = strchr(files->v[i], '/');
		struct buf b = BUF_INIT;
		char path[4400];
		int ret;

		if (!slash || strncmp(files->v[i], "solution/", 9) != 0 ||
		    !is_header(files->v[i]) || strchr(slash + 1, '/'))
			continue;
		snprintf(path, sizeof(path), "%s/%s", t->l->spec.dir,
			 files->v[i]);
		ret = buf_read_file(&b, path, LESSON_FILE_MAX, e);
		if (ret == 0)
			ret = write_to(dir, slash + 1, &b, e);
		buf_release(&b);
		if (ret < 0)
			return -1;
	}
	return 0;
}

/* @before: lines that are not the listing's. */
static void tell_build(struct lint *t, const struct listing *li,
		       const struct kbuild_result *r, unsigned before)
{
	size_t told = 0;

	for (size_t i = 0; i < r->ndiags && told < 3; i++) {
		const struct diag *d = &r->diags[i];
		bool placed = d->line > before && d->file &&
			      strncmp(d->file, "kiln_listing.", 13) == 0;

		if (d->level != DIAG_ERROR)
			continue;
		lint_add(t, LINT_ERROR, TEXT,
			 li->line + (placed ? d->line - before : 0),
			 "the listing does not build: %s%s%s", d->message,
			 d->code ? ", " : "", d->code ? d->code : "");
		told++;
	}
	if (!r->built && !told)
		lint_add(t, LINT_ERROR, TEXT, li->line,
			 "the listing does not build");
}

static int look_at_build(struct lint *t, struct lint_box *box,
			 const struct listing *li, const struct strv *files,
			 struct err *e)
{
	bool rust = li->info.lang == LISTING_RUST;
	struct buf source = BUF_INIT, makefile = BUF_INIT;
	struct kbuild_result r;
	char name[64];
	const char *dir;
	unsigned before;
	int ret = -1;

	snprintf(name, sizeof(name), "listing-%u", li->line);
	lint_detail(t, "building a listing");
	dir = lint_box_dir(box, name, e);
	before = listing_wrap(&source, li->code, li->info.lang);
	buf_adds(&makefile, "obj-m := kiln_listing.o\n");
	if (dir && lay_headers(t, dir, files, e) == 0 &&
	    write_to(dir, "Makefile", &makefile, e) == 0 &&
	    write_to(dir, rust ? "kiln_listing.rs" : "kiln_listing.c", &source,
		     e) == 0 &&
	    lint_box_build(box, dir, &r, e) == 0) {
		tell_build(t, li, &r, before);
		kbuild_release(&r);
		ret = 0;
	}
	buf_release(&source);
	buf_release(&makefile);
	return ret;
}

/* ---- each of them ---- */

static int look_at(struct lint *t, struct lint_box *box,
		   const struct listing *li, const struct strv *files,
		   struct err *e)
{
	switch (li->info.mark) {
	case LISTING_PLAIN:
		if (listing_is_module(li->code, li->info.lang) &&
		    !stands_in_lesson(t, li->code, files))
			return look_at_build(t, box, li, files, e);
		look_at_plain(t, li, files);
		return 0;
	case LISTING_BUILD:
		return look_at_build(t, box, li, files, e);
	case LISTING_FROM:
		look_at_from(t, li, files);
		return 0;
	case LISTING_FRAGMENT:
		if (!*li->info.arg)
			lint_add(t, LINT_ERROR, TEXT, li->line,
				 "a fragment without a reason; say \"fragment: "
				 "why it is not held against anything\"");
		return 0;
	case LISTING_UNKNOWN:
		lint_add(t, LINT_ERROR, TEXT, li->line,
			 "the fence says \"%s\"; allowed are \"build\", "
			 "\"from=FILE\" and \"fragment: why\"",
			 li->info.arg);
		return 0;
	}
	return 0;
}

static int look_at_all(struct lint *t, struct lint_box *box, cmark_node *doc,
		       const struct strv *files, struct err *e)
{
	cmark_iter *it = cmark_iter_new(doc);
	cmark_event_type ev;
	int ret = 0;

	while (ret == 0 && (ev = cmark_iter_next(it)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(it);
		struct listing li;

		if (ev != CMARK_EVENT_ENTER ||
		    cmark_node_get_type(node) != CMARK_NODE_CODE_BLOCK)
			continue;
		li.info = listing_info(cmark_node_get_fence_info(node));
		li.code = cmark_node_get_literal(node);
		li.line = (unsigned)cmark_node_get_start_line(node);
		if (li.info.lang != LISTING_OTHER)
			ret = look_at(t, box, &li, files, e);
	}
	cmark_iter_free(it);
	return ret;
}

int lint_listings(struct lint *t, struct lint_box *box, struct err *e)
{
	struct buf text = BUF_INIT;
	struct strv files = STRV_INIT;
	cmark_node *doc = NULL;
	int ret = -1;

	if (buf_read_file(&text, t->l->text_path, LESSON_TEXT_MAX, e) == 0 &&
	    folder_names(&files, t->l->spec.dir, FOLDER_FILES, e) == 0) {
		doc = cmark_parse_document(buf_str(&text), text.len,
					   CMARK_OPT_DEFAULT);
		ret = doc ? look_at_all(t, box, doc, &files, e)
			  : err_set(e, ERR_ENV, ENOMEM, "cannot read the text");
	}
	if (doc)
		cmark_node_free(doc);
	strv_release(&files);
	buf_release(&text);
	return ret;
}
