/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "complete.h"
#include "checker/buf.h"
#include "cmd.h"
#include "lesson.h"
#include "progress.h"
#include "session.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A folder with more than this is not listed whole. */
enum { MOST_FILES = 1000 };

static void offer(struct strv *out, const char *s, const char *word)
{
	if (strncmp(s, word, strlen(word)) == 0 && !strv_has(out, s))
		strv_add(out, s);
}

static void commands(struct strv *out, const char *word)
{
	for (size_t i = 0; cmd_table[i]; i++)
		if (!cmd_table[i]->hidden)
			offer(out, cmd_table[i]->name, word);
}

static void flags(struct strv *out, const struct cmd_entry *c, const char *word)
{
	char flag[64];

	for (size_t i = 0; c->flags && c->flags[i].name; i++) {
		snprintf(flag, sizeof(flag), "--%s", c->flags[i].name);
		offer(out, flag, word);
	}
}

/* By number or by name, whichever was begun. */
static void lessons(struct strv *out, struct session *s, const char *word)
{
	bool by_id = word[0] >= '0' && word[0] <= '9';

	for (size_t i = 0; s->is_open && i < s->lessons.n; i++)
		offer(out, by_id ? s->lessons.v[i].id : s->lessons.v[i].slug,
		      word);
}

static bool is_dir(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* @word is a path; what it may become keeps the part before its last '/'. */
static void files(struct strv *out, const char *word)
{
	const char *slash = strrchr(word, '/');
	int len = slash ? (int)(slash - word) + 1 : 0;
	char dir[4096];
	struct dirent *de;
	DIR *d;

	snprintf(dir, sizeof(dir), "%.*s", len, word);
	d = opendir(len ? dir : ".");
	while (d && out->n < MOST_FILES && (de = readdir(d))) {
		struct buf path = BUF_INIT;

		/* Hidden ones only when their dot was typed. */
		if (de->d_name[0] == '.' && word[len] != '.')
			continue;
		if (strcmp(de->d_name, ".") == 0 ||
		    strcmp(de->d_name, "..") == 0)
			continue;
		buf_addf(&path, "%s%s", dir, de->d_name);
		if (is_dir(buf_str(&path)))
			buf_addc(&path, '/');
		offer(out, buf_str(&path), word);
		buf_release(&path);
	}
	if (d)
		closedir(d);
}

static void texts(struct strv *out, struct session *s, const char *word)
{
	const struct catalogue_entry *c = session_by_slug(s, s->current);
	struct lesson l;

	if (!c || session_load(s, &l, c, NULL) < 0)
		return;
	for (size_t i = 0; i < l.nsteps; i++)
		if (l.steps[i].section)
			offer(out, l.steps[i].section, word);
	for (size_t i = 0; i < l.spec.edit.n; i++)
		offer(out, l.spec.edit.v[i], word);
	for (size_t i = 0; i < l.spec.given.n; i++)
		offer(out, l.spec.given.v[i], word);
	lesson_release(&l);
}

/* Of the lesson that one of the words names, or else of the one at work. */
static void steps(struct strv *out, struct session *s, int argc,
		  const char *const *argv, const char *word)
{
	const struct catalogue_entry *c = session_by_slug(s, s->current);
	struct lesson l;

	for (int i = 1; s->is_open && i < argc; i++) {
		const struct catalogue_entry *named =
			catalogue_find(&s->lessons, argv[i], NULL);

		c = named ? named : c;
	}

	if (!c || session_load(s, &l, c, NULL) < 0)
		return;
	for (size_t i = 0; i < l.nsteps; i++)
		offer(out, l.steps[i].name, word);
	lesson_release(&l);
}

static void work(struct strv *out, struct session *s, const char *word)
{
	const struct catalogue_entry *c = session_by_slug(s, s->current);
	struct lesson l;

	if (!c || session_load(s, &l, c, NULL) < 0)
		return;
	for (size_t i = 0; i < l.spec.edit.n; i++)
		offer(out, l.spec.edit.v[i], word);
	for (size_t i = 0; i < l.spec.given.n; i++)
		offer(out, l.spec.given.v[i], word);
	lesson_release(&l);
}

/* Numbers of versions and files of the lesson at work. */
static void versions(struct strv *out, struct session *s, const char *word)
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
	if (!session_by_slug(s, s->current) ||
	    session_load(s, &l, session_by_slug(s, s->current), NULL) < 0)
		return;
	for (size_t i = 0; i < l.spec.edit.n; i++)
		offer(out, l.spec.edit.v[i], word);
	lesson_release(&l);
}

static void arguments(struct strv *out, struct session *s,
		      const struct cmd_entry *c, const char *word)
{
	switch (c->takes) {
	case CMD_TAKES_NOTHING:
		break;
	case CMD_TAKES_LESSON:
		lessons(out, s, word);
		break;
	case CMD_TAKES_COMMAND:
		commands(out, word);
		break;
	case CMD_TAKES_FILE:
		files(out, word);
		break;
	case CMD_TAKES_STEP:
		steps(out, s, 0, NULL, word);
		break;
	case CMD_TAKES_TEXT:
		texts(out, s, word);
		lessons(out, s, word);
		break;
	case CMD_TAKES_WORK:
		work(out, s, word);
		break;
	case CMD_TAKES_SERVER:
		offer(out, "rust", word);
		offer(out, "c", word);
		break;
	case CMD_TAKES_VERSION:
		versions(out, s, word);
		lessons(out, s, word);
		break;
	}
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void complete_words(struct strv *out, struct session *s, int argc,
		    const char *const *argv, const char *word)
{
	const struct cmd_entry *c = argc > 0 ? cmd_find(argv[0]) : NULL;

	if (argc == 0)
		commands(out, word);
	else if (c && (strcmp(argv[argc - 1], "--dir") == 0 ||
		       strcmp(argv[argc - 1], "--keep") == 0))
		files(out, word);
	else if (c && strcmp(argv[argc - 1], "--at") == 0)
		steps(out, s, argc, argv, word);
	else if (c && word[0] == '-')
		flags(out, c, word);
	else if (c)
		arguments(out, s, c, word);
	for (size_t i = 0; argc == 1 && c && c->words && c->words[i]; i++)
		offer(out, c->words[i], word);
	if (out->n > 1)
		qsort(out->v, out->n, sizeof(*out->v), by_name);
}

size_t complete_common(const struct strv *words)
{
	size_t n = words->n ? strlen(words->v[0]) : 0;

	for (size_t i = 1; i < words->n; i++) {
		size_t j = 0;

		while (j < n && words->v[i][j] == words->v[0][j])
			j++;
		n = j;
	}
	return n;
}
