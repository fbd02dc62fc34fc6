/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "lesson.h"
#include "hints-general.h"
#include "lua-lesson.h"
#include "names.h"
#include "section.h"
#include "checker/buf.h"
#include "checker/err.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void step_release(struct lesson_step *st)
{
	free(st->name);
	free(st->section);
	free(st->question);
	strv_release(&st->choices);
	free(st->why);
	free(st->try);
	spec_release(&st->signs);
	strv_release(&st->commands);
	free(st->notice);
	strv_release(&st->files);
	strv_release(&st->checks);
}

void lesson_release(struct lesson *l)
{
	if (!l)
		return;
	spec_release(&l->spec);
	free(l->track);
	strv_release(&l->needs);
	strv_release(&l->kernels);
	for (size_t i = 0; i < l->nsteps; i++)
		step_release(&l->steps[i]);
	free(l->steps);
	for (size_t i = 0; i < l->nhints; i++) {
		free(l->hints[i].key);
		strv_release(&l->hints[i].texts);
	}
	free(l->hints);
	for (size_t i = 0; i < l->nwrongs; i++) {
		free(l->wrongs[i].name);
		free(l->wrongs[i].check);
	}
	free(l->wrongs);
	free(l->text_path);
	memset(l, 0, sizeof(*l));
}

/* "02-rust-calls-c", ended by @end: its number, and what follows it. */
static const char *split_number(const char *s, const char *end, unsigned *n)
{
	const char *p = s;

	for (*n = 0; p < end && isdigit((unsigned char)*p) && p - s < 4; p++)
		*n = *n * 10 + (unsigned)(*p - '0');
	if (p == s || p + 1 >= end || *p != '-')
		return NULL;
	return p + 1;
}

bool lesson_place(const char *dir, unsigned *track, unsigned *number,
		  const char **slug)
{
	const char *last = strrchr(dir, '/'), *up;

	if (!last || last == dir)
		return false;
	for (up = last; up > dir && up[-1] != '/'; up--)
		;
	*slug = split_number(last + 1, dir + strlen(dir), number);
	return *slug && is_slug(*slug) && split_number(up, last, track);
}

/* As people know it: "lessons/1-the-boundary/02-rust-calls-c/FILE". */
static char *name_of(const char *dir, const char *file)
{
	static const char root[] = "/lessons/";
	const char *from = dir, *p = dir;
	char *name;

	while ((p = strstr(p, root)))
		from = ++p;
	return asprintf(&name, "%s/%s", from, file) < 0 ? NULL : name;
}

/*
 * Read @file of the lesson; that it is not as it should be is the lesson's
 * fault, unless the machine says no.
 */
static int read_part(struct buf *b, const char *dir, const char *file,
		     size_t max, struct err *e)
{
	char *path = NULL, *name = name_of(dir, file);
	struct err why = ERR_INIT;
	int ret = -1;

	if (!name || asprintf(&path, "%s/%s", dir, file) < 0) {
		path = NULL;
		err_set(e, ERR_ENV, ENOMEM, "cannot read the lesson");
		goto out;
	}
	ret = buf_read_file(b, path, max, &why);
	if (ret < 0 && why.errnum == EFBIG)
		err_set(e, ERR_LESSON, 0, "larger than %zu KiB", max >> 10);
	else if (ret < 0 && (why.errnum == ENOENT || why.errnum == EISDIR ||
			     why.errnum == ENOTDIR || why.errnum == EINVAL))
		err_set(e, ERR_LESSON, 0, "the lesson has no file %s", file);
	else if (ret < 0 && e)
		*e = why;
	if (ret < 0)
		err_where(e, "%s", name);
out:
	free(path);
	free(name);
	return ret;
}

static int set_place(struct lesson *l, const char *dir, struct err *e)
{
	char *real = realpath(dir, NULL);
	const char *last, *up;

	if (!real) {
		err_set(e, errno == ENOENT ? ERR_LESSON : ERR_ENV, errno,
			"cannot open the lesson");
		return err_where(e, "%s", dir);
	}
	l->spec.dir = real;
	last = strrchr(real, '/');
	for (up = last; up > real && up[-1] != '/'; up--)
		;
	l->track = strndup(up, (size_t)(last - up));
	if (!l->track || asprintf(&l->text_path, "%s/text.md", real) < 0) {
		l->text_path = NULL;
		return err_set(e, ERR_ENV, ENOMEM, "cannot load the lesson");
	}
	return 0;
}

int lesson_load(struct lesson *out, const char *dir, struct err *e)
{
	struct buf script = BUF_INIT, text = BUF_INIT;
	char *name = NULL;
	int ret = -1;

	memset(out, 0, sizeof(*out));
	if (set_place(out, dir, e) < 0)
		goto out;
	dir = out->spec.dir;
	if (read_part(&script, dir, "lesson.lua", LESSON_SCRIPT_MAX, e) < 0 ||
	    read_part(&text, dir, "text.md", LESSON_TEXT_MAX, e) < 0)
		goto out;
	name = name_of(dir, "lesson.lua");
	if (!name) {
		err_set(e, ERR_ENV, ENOMEM, "cannot load the lesson");
		goto out;
	}
	ret = lua_lesson_read(out, name, &script, &text, e);
out:
	if (ret < 0)
		lesson_release(out);
	free(name);
	buf_release(&script);
	buf_release(&text);
	return ret;
}

const struct check_spec *lesson_sign(const struct lesson_step *st, size_t i)
{
	const char id[] = {lesson_letter(i), '\0'};

	return spec_check(&st->signs, id);
}

static const struct lesson_hints *hints_for(const struct lesson *l,
					    const char *key)
{
	for (size_t i = 0; i < l->nhints; i++)
		if (strcmp(l->hints[i].key, key) == 0)
			return &l->hints[i];
	return hints_general(key);
}

const struct lesson_wrong *lesson_wrong(const struct lesson *l,
					const char *name)
{
	for (size_t i = 0; i < l->nwrongs; i++)
		if (strcmp(l->wrongs[i].name, name) == 0)
			return &l->wrongs[i];
	return NULL;
}

size_t lesson_nhints(const struct lesson *l, const char *key)
{
	const struct lesson_hints *h = hints_for(l, key);

	return h ? h->texts.n : 0;
}

const char *lesson_hint(const struct lesson *l, const char *key, size_t n)
{
	const struct lesson_hints *h = hints_for(l, key);

	return h && n < h->texts.n ? h->texts.v[n] : NULL;
}

int lesson_section(const struct lesson *l, const char *name, struct buf *out,
		   struct err *e)
{
	struct buf text = BUF_INIT;
	struct section s;
	int ret = -1;

	if (read_part(&text, l->spec.dir, "text.md", LESSON_TEXT_MAX, e) < 0)
		goto out;
	if (!section_find(&s, buf_str(&text), text.len, name)) {
		err_set(e, ERR_LESSON, 0, "there is no section \"%s\"", name);
		err_where(e, "%s", l->text_path);
		goto out;
	}
	section_print(&s, out);
	ret = buf_ok(out) ? 0 : err_set(e, ERR_ENV, ENOMEM,
					"cannot show the section");
out:
	buf_release(&text);
	return ret;
}
