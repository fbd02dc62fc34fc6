/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The files of a draft, from the templates. */
#include "checker/err.h"
#include "checker/store.h"
#include "draft.h"
#include "folder.h"
#include "lesson.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* As Lua has it between double quotes. */
static void add_quoted(struct buf *b, const char *s)
{
	for (; *s; s++) {
		if (*s == '"' || *s == '\\')
			buf_addc(b, '\\');
		buf_addc(b, *s);
	}
}

struct laying {
	const struct draft *d;
	char id[16];
	char series[32];
};

static const char *word_of(const struct laying *l, const char *name, size_t len)
{
	const struct {
		const char *name, *value;
	} words[] = {
		{"ID", l->id},		{"SLUG", l->d->slug},
		{"TITLE", l->d->title}, {"MINUTES", l->d->minutes},
		{"SERIES", l->series},
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strlen(words[i].name) == len &&
		    memcmp(words[i].name, name, len) == 0)
			return words[i].value;
	return NULL;
}

/* @text with @ID@ and so on filled in. */
static void fill(struct buf *out, const struct laying *l, const char *text,
		 bool lua)
{
	const char *at, *end;

	while ((at = strchr(text, '@'))) {
		const char *value;

		end = strchr(at + 1, '@');
		value = end ? word_of(l, at + 1, (size_t)(end - at - 1)) : NULL;
		buf_add(out, text, (size_t)(at - text));
		if (!value) {
			buf_addc(out, '@');
			text = at + 1;
			continue;
		}
		if (lua)
			add_quoted(out, value);
		else
			buf_adds(out, value);
		text = end + 1;
	}
	buf_adds(out, text);
}

static bool ends_in(const char *s, const char *suffix)
{
	size_t n = strlen(s), m = strlen(suffix);

	return n >= m && strcmp(s + n - m, suffix) == 0;
}

static int lay_file(const struct laying *l, const char *from, const char *to,
		    const char *name, struct err *e)
{
	struct buf text = BUF_INIT, out = BUF_INIT;
	char path[8300], *slash;
	int ret = -1;

	snprintf(path, sizeof(path), "%s/%s", from, name);
	if (buf_read_file(&text, path, LESSON_FILE_MAX, e) < 0)
		goto out;
	if (ends_in(name, ".lua") || ends_in(name, ".md"))
		fill(&out, l, buf_str(&text), ends_in(name, ".lua"));
	else
		buf_add(&out, buf_str(&text), text.len);
	snprintf(path, sizeof(path), "%s/%s", to, name);
	slash = strrchr(path, '/');
	*slash = '\0';
	ret = make_dirs(path, e);
	*slash = '/';
	if (ret == 0)
		ret = buf_write_file(&out, path, 0644, e);
out:
	buf_release(&text);
	buf_release(&out);
	return ret;
}

static int lay_all(const struct laying *l, const char *from, const char *to,
		   struct err *e)
{
	struct strv names = STRV_INIT;
	int ret = folder_names(&names, from, FOLDER_FILES, e);

	if (ret == 0 && names.n == 0) {
		err_set(e, ERR_ENV, 0, "there is no template of a lesson");
		err_where(e, "%.400s", from);
		ret = err_next(e, "is Kiln whole? KILN_DATA says where its "
				  "files are");
	}
	for (size_t i = 0; ret == 0 && i < names.n; i++)
		ret = lay_file(l, from, to, names.v[i], e);
	strv_release(&names);
	return ret;
}

/* The series that this Kiln makes kernels of. */
static int read_series(struct laying *l, const char *data, struct err *e)
{
	struct buf b = BUF_INIT;
	char path[4400];
	int ret;

	snprintf(path, sizeof(path), "%s/kernels/linux/series", data);
	ret = buf_read_file(&b, path, 64, e);
	snprintf(l->series, sizeof(l->series), "%.*s",
		 (int)strcspn(buf_str(&b), "\n"), buf_str(&b));
	buf_release(&b);
	return ret;
}

/* Hidden until it is whole, so that no list shows half of it. */
static int put_in_place(const struct laying *l, const char *from,
			const char *tmp, const char *dir, struct err *e)
{
	struct stat st;

	if (lstat(dir, &st) == 0) {
		err_set(e, ERR_USAGE, 0, "there is something already");
		return err_where(e, "%.400s", dir);
	}
	if (lay_all(l, from, tmp, e) < 0) {
		remove_tree(tmp, NULL);
		return -1;
	}
	if (rename(tmp, dir) == 0)
		return 0;
	err_set(e, ERR_ENV, errno, "cannot make the lesson's folder");
	err_where(e, "%.400s", dir);
	remove_tree(tmp, NULL);
	return -1;
}

int draft_make(const struct draft *d, const char *data, char **dir,
	       struct err *e)
{
	struct laying l = {.d = d};
	char from[4400], track[4400], tmp[4600];
	bool made;
	int ret;

	snprintf(l.id, sizeof(l.id), "%u.%u", d->track, d->number);
	snprintf(from, sizeof(from), "%s/shell/template/%s", data, d->language);
	snprintf(track, sizeof(track), "%s/%s", d->lessons, d->track_dir);
	snprintf(tmp, sizeof(tmp), "%s/.%02u-%s.new", track, d->number,
		 d->slug);
	if (read_series(&l, data, e) < 0)
		return -1;
	if (asprintf(dir, "%s/%02u-%s", track, d->number, d->slug) < 0) {
		*dir = NULL;
		return err_set(e, ERR_ENV, ENOMEM, "cannot make the lesson");
	}
	made = access(track, F_OK) < 0;
	ret = make_dirs(track, e);
	if (ret == 0)
		ret = put_in_place(&l, from, tmp, *dir, e);
	if (ret == 0)
		return 0;
	if (made)
		rmdir(track);
	free(*dir);
	*dir = NULL;
	return -1;
}
