/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * compile_commands.json: how each C file of a lesson is compiled, for clangd
 * (clang.llvm.org/docs/JSONCompilationDatabase.html).
 */
#include "checker/buf.h"
#include "checker/err.h"
#include "checker/store.h"
#include "editors-int.h"
#include "lesson.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *boxed;
	const char *below; /* the kernel's folder; NULL: the lesson's */
} places[] = {
	{"/kiln/src", "/src"},
	{"/kiln/build", "/build"},
	{KBUILD_COMMANDS_DIR, NULL},
};

/* The place of the box that @at begins with, or -1. */
static int place_at(const char *at)
{
	for (int i = 0; i < 3; i++) {
		size_t n = strlen(places[i].boxed);

		if (strncmp(at, places[i].boxed, n) == 0 &&
		    (at[n] == '/' || !at[n]))
			return i;
	}
	return -1;
}

void editors_outside(struct buf *out, const struct editors_facts *f,
		     const char *text)
{
	while (*text) {
		int i = place_at(text);

		if (i < 0) {
			buf_addc(out, *text++);
			continue;
		}
		if (places[i].below)
			buf_addf(out, "%s%s", f->store->linux_dir,
				 places[i].below);
		else
			buf_adds(out, f->dir);
		text += strlen(places[i].boxed);
	}
}

/* @file: in the place of the command's own; the others keep theirs. */
static json_t *entry(const struct editors_facts *f,
		     const struct kbuild_command *c, const char *file)
{
	json_t *words = json_array();
	struct buf b = BUF_INIT;

	for (size_t i = 0; i + 1 < c->argv.n; i++) {
		buf_clear(&b);
		editors_outside(&b, f, c->argv.v[i]);
		json_array_append_new(words, json_string(buf_str(&b)));
	}
	buf_clear(&b);
	buf_addf(&b, "%s/%s", f->dir, file);
	json_array_append_new(words, json_string(buf_str(&b)));
	buf_release(&b);
	return json_pack("{ss,so,so}", "directory", f->dir, "file",
			 json_sprintf("%s/%s", f->dir, file), "arguments",
			 words);
}

static const struct kbuild_command *first_c(const struct kbuild_commands *c)
{
	for (size_t i = 0; i < c->n; i++)
		if (!c->v[i].rust)
			return &c->v[i];
	return NULL;
}

static bool is_c(const char *name)
{
	size_t n = strlen(name);

	return n > 2 && name[n - 2] == '.' &&
	       (name[n - 1] == 'c' || name[n - 1] == 'h');
}

/* Files that no command is for, as the sample is compiled. */
static void add_like(json_t *all, const struct editors_facts *f,
		     const struct kbuild_command *c, const struct strv *files)
{
	for (size_t i = 0; i < files->n; i++)
		if (is_c(files->v[i]))
			json_array_append_new(all, entry(f, c, files->v[i]));
}

int editors_compile_commands(struct buf *out, const struct editors_facts *f,
			     struct err *e)
{
	const struct kbuild_command *sample = first_c(&f->sample);
	json_t *all = json_array();
	char *text;

	for (size_t i = 0; i < f->commands.n; i++) {
		const struct kbuild_command *c = &f->commands.v[i];

		if (!c->rust)
			json_array_append_new(all, entry(f, c, c->file));
	}
	if (sample) {
		add_like(all, f, sample, &f->lesson->spec.edit);
		add_like(all, f, sample, &f->lesson->spec.given);
	}
	text = all ? json_dumps(all, JSON_INDENT(1)) : NULL;
	if (text)
		buf_addf(out, "%s\n", text);
	free(text);
	json_decref(all);
	return text && buf_ok(out) ? 0
				   : err_set(e, ERR_ENV, ENOMEM,
					     "cannot describe the C files");
}
