/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/buf.h"
#include "complete-int.h"
#include "lesson.h"
#include "progress.h"
#include "session.h"
#include "tree.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A folder with more than this is not listed whole. */
enum { MOST_FILES = 1000 };

#define SOURCE_MAX ((size_t)1 << 20)

void offer(struct strv *out, const char *s, const char *word)
{
	if (strncmp(s, word, strlen(word)) == 0 && !strv_has(out, s))
		strv_add(out, s);
}

/* By number or by name, whichever was begun. */
void offer_lessons(struct strv *out, struct session *s, const char *word)
{
	bool by_id = word[0] >= '0' && word[0] <= '9';

	for (size_t i = 0; s->is_open && i < s->lessons.n; i++)
		offer(out, by_id ? s->lessons.v[i].id : s->lessons.v[i].slug,
		      word);
}

void offer_choices(struct strv *out, const char *choices, const char *word)
{
	while (*choices) {
		size_t n = strcspn(choices, "|");
		char one[64];

		snprintf(one, sizeof(one), "%.*s", (int)n, choices);
		offer(out, one, word);
		choices += n;
		choices += *choices == '|';
	}
}

/* ---- files ---- */

static bool is_dir(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* The path that is meant: as a shell understands a leading "~/". */
static void add_real(struct buf *out, const char *path)
{
	const char *home = getenv("HOME");

	if (home && strncmp(path, "~/", 2) == 0)
		buf_addf(out, "%s%s", home, path + 1);
	else
		buf_adds(out, path);
}

static void offer_file(struct strv *out, const char *dir, const char *name,
		       const char *word, bool folders_only)
{
	struct buf path = BUF_INIT, real = BUF_INIT;
	bool folder;

	buf_addf(&path, "%s%s", dir, name);
	add_real(&real, buf_str(&path));
	folder = is_dir(buf_str(&real));
	if (folder)
		buf_addc(&path, '/');
	if (folder || !folders_only)
		offer(out, buf_str(&path), word);
	buf_release(&path);
	buf_release(&real);
}

/* @word is a path; what it may become keeps the part before its last '/'. */
void offer_files(struct strv *out, const char *word, bool folders_only)
{
	const char *slash = strrchr(word, '/');
	int len = slash ? (int)(slash - word) + 1 : 0;
	struct buf real = BUF_INIT;
	char dir[4096];
	struct dirent *de;
	DIR *d;

	snprintf(dir, sizeof(dir), "%.*s", len, word);
	add_real(&real, len ? dir : ".");
	d = opendir(buf_str(&real));
	while (d && out->n < MOST_FILES && (de = readdir(d))) {
		/* Hidden ones only when their dot was typed. */
		if (de->d_name[0] == '.' && word[len] != '.')
			continue;
		if (strcmp(de->d_name, ".") == 0 ||
		    strcmp(de->d_name, "..") == 0)
			continue;
		offer_file(out, dir, de->d_name, word, folders_only);
	}
	if (d)
		closedir(d);
	buf_release(&real);
}

static bool is_folder(const struct dirent *de, const char *dir)
{
	struct buf path = BUF_INIT;
	bool yes = de->d_type == DT_DIR;

	if (de->d_type == DT_UNKNOWN) {
		buf_addf(&path, "%s/%s", dir, de->d_name);
		yes = is_dir(buf_str(&path));
		buf_release(&path);
	}
	return yes;
}

/* At the top only folders: its few files are not to be taken for a lesson's. */
static void offer_in_tree(struct strv *out, const char *dir, const char *word,
			  int len)
{
	DIR *d = opendir(dir);
	struct dirent *de;

	while (d && out->n < MOST_FILES && (de = readdir(d))) {
		struct buf path = BUF_INIT;
		bool folder;

		if (de->d_name[0] == '.' ||
		    strncmp(de->d_name, word + len, strlen(word + len)) != 0)
			continue;
		folder = is_folder(de, dir);
		buf_addf(&path, "%.*s%s%s", len, word, de->d_name,
			 folder ? "/" : "");
		if (folder || len)
			offer(out, buf_str(&path), word);
		buf_release(&path);
	}
	if (d)
		closedir(d);
}

void offer_tree(struct strv *out, struct session *s, const char *word)
{
	const char *slash = strrchr(word, '/');
	int len = slash ? (int)(slash - word) + 1 : 0;
	struct buf dir = BUF_INIT;
	char name[4096];

	/* "to" may be a section's: tools/ is not to stand in its way. */
	if (!*word || (!len && out->n && strlen(word) < 3))
		return;
	snprintf(name, sizeof(name), "%.*s", len, word);
	if (tree_find_folder(&dir, &s->store, name))
		offer_in_tree(out, buf_str(&dir), word, len);
	buf_release(&dir);
}

/* ---- the lesson at work ---- */

static bool load_current(struct session *s, struct lesson *l)
{
	const struct catalogue_entry *c =
		s->is_open ? session_by_slug(s, s->current) : NULL;

	return c && session_load(s, l, c, NULL) == 0;
}

static void offer_all(struct strv *out, const struct strv *files,
		      const char *word)
{
	for (size_t i = 0; i < files->n; i++)
		offer(out, files->v[i], word);
}

void offer_texts(struct strv *out, struct session *s, const char *word)
{
	struct lesson l;

	if (!load_current(s, &l))
		return;
	for (size_t i = 0; i < l.nsteps; i++)
		if (l.steps[i].section)
			offer(out, l.steps[i].section, word);
	offer_all(out, &l.spec.edit, word);
	offer_all(out, &l.spec.given, word);
	lesson_release(&l);
}

void offer_steps(struct strv *out, struct session *s,
		 const struct catalogue_entry *c, const char *word)
{
	struct lesson l;

	if (c ? session_load(s, &l, c, NULL) < 0 : !load_current(s, &l))
		return;
	for (size_t i = 0; i < l.nsteps; i++)
		offer(out, l.steps[i].name, word);
	lesson_release(&l);
}

void offer_work(struct strv *out, struct session *s, const char *word)
{
	struct lesson l;

	if (!load_current(s, &l))
		return;
	offer_all(out, &l.spec.edit, word);
	offer_all(out, &l.spec.given, word);
	lesson_release(&l);
}

void offer_versions(struct strv *out, struct session *s, const char *word)
{
	struct progress_version *v = NULL;
	struct lesson l;
	size_t n = 0;
	char number[16];

	if (!s->is_open || !s->current)
		return;
	progress_versions(s->progress, s->current, &v, &n, NULL);
	for (size_t i = 0; i < n && v[i].number; i++) {
		snprintf(number, sizeof(number), "%u", v[i].number);
		offer(out, number, word);
	}
	progress_versions_free(v, n);
	if (!load_current(s, &l))
		return;
	offer_all(out, &l.spec.edit, word);
	lesson_release(&l);
}

static bool has_suffix(const char *name, const char *suffix)
{
	size_t n = strlen(name), m = strlen(suffix);

	return n > m && strcmp(name + n - m, suffix) == 0;
}

static bool is_source(const char *name)
{
	return has_suffix(name, ".rs") || has_suffix(name, ".c");
}

void offer_sources(struct strv *out, struct session *s, const char *word)
{
	struct lesson l;

	if (!load_current(s, &l))
		return;
	for (size_t i = 0; i < l.spec.edit.n; i++)
		if (is_source(l.spec.edit.v[i]))
			offer(out, l.spec.edit.v[i], word);
	for (size_t i = 0; i < l.spec.given.n; i++)
		if (is_source(l.spec.given.v[i]))
			offer(out, l.spec.given.v[i], word);
	lesson_release(&l);
}

static void names_of(struct strv *names, const char *dir, const char *sub,
		     const struct strv *files, enum source_names which)
{
	for (size_t i = 0; dir && i < files->n; i++) {
		struct buf path = BUF_INIT, text = BUF_INIT;

		buf_addf(&path, "%s%s/%s", dir, sub, files->v[i]);
		if (is_source(files->v[i]) &&
		    buf_read_file(&text, buf_str(&path), SOURCE_MAX, NULL) == 0)
			source_names(names, buf_str(&text),
				     has_suffix(files->v[i], ".rs"), which);
		buf_release(&path);
		buf_release(&text);
	}
}

void offer_names(struct strv *out, struct session *s, enum source_names which,
		 const char *word)
{
	struct strv names = STRV_INIT;
	struct lesson l;
	char *dir;

	if (!load_current(s, &l))
		return;
	dir = session_work_dir(s, s->current);
	names_of(&names, dir, "", &l.spec.edit, which);
	names_of(&names, l.spec.dir, "/solution", &l.spec.given, which);
	for (size_t i = 0; i < names.n; i++)
		offer(out, names.v[i], word);
	strv_release(&names);
	lesson_release(&l);
	free(dir);
}
