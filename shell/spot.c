/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "spot.h"
#include "checker/beneath.h"
#include "checker/buf.h"
#include "checker/err.h"
#include "checker/verdict.h"
#include "lesson.h"
#include "odd.h"
#include "session.h"
#include "suggest.h"
#include "tree.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_PLACES = 20 };

void spot_release(struct spot *p)
{
	free(p->name);
	free(p->path);
	*p = (struct spot){.name = NULL};
}

/* ---- what a check leaves ---- */

static void add_place(struct buf *out, unsigned *n, const char *file,
		      unsigned line)
{
	if (!file || !line || strchr(file, '\n') || *n >= MOST_PLACES)
		return;
	buf_addf(out, "%s:%u\n", file, line);
	(*n)++;
}

static void add_diags(struct buf *out, unsigned *n, const struct verdict *v,
		      enum diag_level level)
{
	for (size_t i = 0; i < v->ndiags; i++)
		if (v->diags[i].level == level)
			add_place(out, n, v->diags[i].file, v->diags[i].line);
}

void spot_add_places(struct buf *out, const struct verdict *v)
{
	unsigned n = 0;

	if (v->outcome == OUTCOME_PASS)
		return;
	add_diags(out, &n, v, DIAG_ERROR);
	for (size_t i = 0; i < v->nfindings; i++) {
		const struct finding *f = &v->findings[i];

		add_place(out, &n, f->file, f->line);
		for (size_t j = 0; j < f->nsites; j++)
			add_place(out, &n, f->sites[j].file, f->sites[j].line);
	}
	add_diags(out, &n, v, DIAG_WARNING);
}

void spot_forget(const struct session *s, const char *slug)
{
	char *path = session_log_path(s, slug, "place");

	if (path)
		unlink(path);
	free(path);
}

/* ---- going there ---- */

static bool is_file(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

static int no_memory(struct err *e)
{
	return err_set(e, ERR_ENV, ENOMEM, "cannot find the place");
}

/* @dir may be NULL: @name is the path then. */
static int set(struct spot *out, const char *dir, const char *name,
	       unsigned line, enum spot_why why)
{
	*out = (struct spot){.line = line, .why = why, .name = strdup(name)};
	if (!dir)
		out->path = strdup(name);
	else if (asprintf(&out->path, "%s/%s", dir, name) < 0)
		out->path = NULL;
	if (out->name && out->path)
		return 0;
	spot_release(out);
	return -1;
}

/* A file of the folder's: a link that leads out of it is none. */
static bool there(const char *dir, const char *name)
{
	struct stat st;
	int fd = beneath_file(dir, name, &st);

	if (fd >= 0)
		close(fd);
	return fd >= 0 || errno == EACCES;
}

/* "wrap.rs:12" is cut into two; 0: no line is named, and @word is whole. */
static unsigned cut_line(char *word)
{
	char *colon = strrchr(word, ':');
	char *end;
	unsigned long n;

	if (!colon || !isdigit((unsigned char)colon[1]))
		return 0;
	n = strtoul(colon + 1, &end, 10);
	if (*end)
		return 0;
	*colon = '\0';
	return n < 10000000 ? (unsigned)n : 0;
}

/* The first place of the last check in a file to edit; NULL: there is none. */
static char *last_place(const struct session *s, const struct lesson *l,
			const char *dir, unsigned *line)
{
	char *path = session_log_path(s, l->spec.slug, "place");
	struct buf b = BUF_INIT;
	char *found = NULL;

	if (path)
		buf_read_file(&b, path, 1 << 16, NULL);
	for (const char *p = buf_str(&b); *p && !found;) {
		size_t n = strcspn(p, "\n");
		char *word = strndup(p, n);

		*line = word ? cut_line(word) : 0;
		if (*line && strv_has(&l->spec.edit, word) && there(dir, word))
			found = word;
		else
			free(word);
		p += p[n] ? n + 1 : n;
	}
	buf_release(&b);
	free(path);
	return found;
}

/* The line of the first TODO in @name; 0: there is none. */
static unsigned todo_line(const char *dir, const char *name)
{
	struct buf path = BUF_INIT;
	struct buf b = BUF_INIT;
	unsigned line = 0;
	const char *at;

	buf_addf(&path, "%s/%s", dir, name);
	buf_read_file(&b, buf_str(&path), LESSON_FILE_MAX, NULL);
	at = strstr(buf_str(&b), "TODO");
	if (at) {
		line = 1;
		for (const char *p = buf_str(&b); p < at; p++)
			line += *p == '\n';
	}
	buf_release(&path);
	buf_release(&b);
	return line;
}

int spot_next(struct spot *out, const struct session *s, const struct lesson *l,
	      const char *dir, struct err *e)
{
	const struct strv *edit = &l->spec.edit;
	const char *first = NULL;
	unsigned line;
	char *place = last_place(s, l, dir, &line);
	int r;

	if (place) {
		r = set(out, dir, place, line, SPOT_CHECK);
		free(place);
		return r < 0 ? no_memory(e) : 0;
	}
	for (size_t i = 0; i < edit->n; i++) {
		if (!there(dir, edit->v[i]))
			continue;
		if (!first)
			first = edit->v[i];
		line = todo_line(dir, edit->v[i]);
		if (line)
			return set(out, dir, edit->v[i], line, SPOT_TODO) < 0
				       ? no_memory(e)
				       : 0;
	}
	if (first)
		return set(out, dir, first, 0, SPOT_FIRST) < 0 ? no_memory(e)
							       : 0;
	if (odd_any(dir, edit, e) < 0)
		return -1;
	err_set(e, ERR_USAGE, 0, "there is nothing of lesson %s to edit yet",
		l->spec.id);
	err_where(e, "%s", dir);
	return err_next(e, "'start %s' lays its files down there", l->spec.id);
}

/* ---- by name ---- */

static int no_such_file(const struct lesson *l, const char *name, struct err *e)
{
	const char *known[64];
	const char *meant;
	size_t n = 0;

	for (size_t i = 0; i < l->spec.edit.n && n < 63; i++)
		known[n++] = l->spec.edit.v[i];
	for (size_t i = 0; i < l->spec.given.n && n < 63; i++)
		known[n++] = l->spec.given.v[i];
	known[n] = NULL;
	meant = suggest(name, known);
	err_set(e, ERR_USAGE, 0, "there is no file '%.80s'", name);
	if (meant)
		return err_next(e, "did you mean '%s'?", meant);
	return err_next(e,
			"'edit' alone opens what is to be done next; "
			"'show --list' tells what lesson %s has",
			l->spec.id);
}

static int not_ours(const char *name, struct err *e)
{
	err_set(e, ERR_USAGE, 0,
		"'edit' opens files of the lesson's folder and of the "
		"kernel's source, and this is neither");
	return err_where(e, "%s", name);
}

static int not_found(const struct lesson *l, const char *dir, const char *name,
		     struct err *e)
{
	if (strv_has(&l->spec.edit, name) || strv_has(&l->spec.given, name)) {
		if (odd_file(dir, name, e) < 0)
			return -1;
		err_set(e, ERR_USAGE, 0, "there is no %s yet", name);
		return err_next(e, "'start %s' lays it down", l->spec.id);
	}
	if (strchr(name, '/') && is_file(name))
		return not_ours(name, e);
	return no_such_file(l, name, e);
}

/* What @name, a path from anywhere, is called in @dir; or NULL. */
static const char *below(const char *dir, struct buf *real, const char *name)
{
	char *folder = realpath(dir, NULL), *path = realpath(name, NULL);
	size_t n = folder ? strlen(folder) : 0;
	const char *inside = NULL;

	if (folder && path && strncmp(path, folder, n) == 0 && path[n] == '/') {
		buf_adds(real, path + n + 1);
		if (there(dir, buf_str(real)))
			inside = buf_str(real);
		else
			buf_clear(real);
	}
	free(folder);
	free(path);
	return inside;
}

/* 0: found; 1: there is no such file. */
static int look_up(struct spot *out, const struct session *s, const char *dir,
		   const char *name, unsigned line)
{
	struct buf path = BUF_INIT;
	const char *inside;
	int r = 1;

	if (name[0] != '/' && there(dir, name))
		r = set(out, dir, name, line, SPOT_ASKED);
	else if (strchr(name, '/') && (inside = below(dir, &path, name)))
		r = set(out, dir, inside, line, SPOT_ASKED);
	else if (tree_find(&path, &s->store, name))
		r = set(out, NULL, buf_str(&path), line, SPOT_ASKED);
	buf_release(&path);
	return r;
}

int spot_find(struct spot *out, const struct session *s, const struct lesson *l,
	      const char *dir, const char *word, struct err *e)
{
	char *name = strdup(word);
	unsigned line = 0;
	int r = name ? look_up(out, s, dir, name, 0) : -1;

	/* FILE:LINE, then FILE:LINE:COLUMN, whose column is let go. */
	for (int i = 0; i < 2 && r == 1; i++) {
		line = cut_line(name);
		if (line)
			r = look_up(out, s, dir, name, line);
	}
	if (r == 1)
		r = not_found(l, dir, name, e);
	else if (r < 0)
		no_memory(e);
	free(name);
	return r;
}
