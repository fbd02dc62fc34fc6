/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fileset.h"
#include "lesson.h"
#include "checker/archive.h"
#include "checker/beneath.h"
#include "checker/err.h"
#include "suggest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int no_memory(struct err *e)
{
	return err_set(e, ERR_ENV, ENOMEM, "cannot read your files");
}

void fileset_release(struct fileset *f)
{
	for (size_t i = 0; i < f->n; i++) {
		free(f->v[i].name);
		buf_release(&f->v[i].text);
	}
	free(f->v);
	*f = (struct fileset)FILESET_INIT;
}

struct buf *fileset_add(struct fileset *f, const char *name)
{
	struct fileset_file *v = reallocarray(f->v, f->n + 1, sizeof(*v));
	char *copy = strdup(name);
	size_t i = 0;

	if (v)
		f->v = v;
	if (!v || !copy) {
		free(copy);
		return NULL;
	}
	while (i < f->n && strcmp(v[i].name, name) < 0)
		i++;
	memmove(&v[i + 1], &v[i], (f->n - i) * sizeof(*v));
	v[i] = (struct fileset_file){.name = copy};
	f->n++;
	return &v[i].text;
}

const struct fileset_file *fileset_find(const struct fileset *f,
					const char *name)
{
	for (size_t i = 0; i < f->n; i++)
		if (strcmp(f->v[i].name, name) == 0)
			return &f->v[i];
	return NULL;
}

const char *fileset_guess(const struct fileset *f, const char *name)
{
	const char **names = calloc(f->n + 1, sizeof(*names));
	const char *meant;

	for (size_t i = 0; names && i < f->n; i++)
		names[i] = f->v[i].name;
	meant = suggest(name, names);
	free(names);
	return meant;
}

static bool same_file(const struct fileset_file *a,
		      const struct fileset_file *b)
{
	return strcmp(a->name, b->name) == 0 && a->text.len == b->text.len &&
	       memcmp(buf_str(&a->text), buf_str(&b->text), a->text.len) == 0;
}

bool fileset_same(const struct fileset *a, const struct fileset *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (!same_file(&a->v[i], &b->v[i]))
			return false;
	return true;
}

/* ---- from the learner's folder ---- */

static size_t total(const struct fileset *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n; i++)
		n += f->v[i].text.len;
	return n;
}

/* Of a file that is there but no content of the learner's. */
static int is_odd(struct strv *odd, const char *name, struct err *e)
{
	return !strv_has(odd, name) && strv_add(odd, name) < 0 ? no_memory(e)
							       : 0;
}

static int cannot_read(const char *dir, const char *name, struct err *e)
{
	err_set(e, ERR_ENV, errno, "cannot read the file");
	return err_where(e, "%s/%s", dir, name);
}

/* What a link leads to counts, unless it leads out of @dir. */
static int read_one(struct fileset *f, const char *dir, const char *name,
		    struct strv *odd, struct err *e)
{
	struct stat st;
	struct buf *b;
	int fd;

	if (beneath_lstat(dir, name, &st) < 0 &&
	    (errno == ENOENT || errno == ENOTDIR))
		return 0;
	fd = beneath_file(dir, name, &st);
	if (fd >= 0)
		close(fd);
	if (fd < 0 && (errno == EACCES || errno == EPERM || errno == EIO))
		return cannot_read(dir, name, e);
	if (fd < 0 || !archive_name_ok(name) ||
	    st.st_size > (off_t)FILESET_FILE_MAX ||
	    total(f) + (size_t)st.st_size > FILESET_TOTAL_MAX)
		return is_odd(odd, name, e);
	b = fileset_add(f, name);
	if (!b)
		return no_memory(e);
	return beneath_read(b, dir, name, FILESET_FILE_MAX) < 0
		       ? cannot_read(dir, name, e)
		       : 0;
}

int fileset_read(struct fileset *f, const char *dir, const struct strv *names,
		 struct strv *odd, struct err *e)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < names->n; i++)
		if (!fileset_find(f, names->v[i]))
			r = read_one(f, dir, names->v[i], odd, e);
	return r;
}

int fileset_edit_text(struct buf *out, const struct lesson *l, const char *name,
		      enum starter_what what, struct err *e)
{
	struct buf path = BUF_INIT, b = BUF_INIT;
	int r;

	buf_addf(&path, "%s/solution/%s", l->spec.dir, name);
	r = buf_read_file(&b, buf_str(&path), LESSON_FILE_MAX, e);
	if (r == 0 && what == STARTER_START)
		r = starter_make(out, buf_str(&b), b.len, buf_str(&path), e);
	else if (r == 0)
		r = solution_strip(out, buf_str(&b), b.len, buf_str(&path), e);
	buf_release(&path);
	buf_release(&b);
	return r;
}

int fileset_lesson(struct fileset *f, const struct lesson *l,
		   enum starter_what what, struct err *e)
{
	for (size_t i = 0; i < l->spec.edit.n; i++) {
		struct buf *b = fileset_add(f, l->spec.edit.v[i]);

		if (!b)
			return no_memory(e);
		if (fileset_edit_text(b, l, l->spec.edit.v[i], what, e) < 0)
			return -1;
	}
	return 0;
}

/* ---- as a tar file ---- */

int fileset_pack(const struct fileset *f, struct buf *out, struct err *e)
{
	struct archive_member *m = calloc(f->n + 1, sizeof(*m));
	int r;

	if (!m)
		return no_memory(e);
	for (size_t i = 0; i < f->n; i++)
		m[i] = (struct archive_member){
			.name = f->v[i].name,
			.data = buf_str(&f->v[i].text),
			.len = f->v[i].text.len,
		};
	r = archive_pack(out, m, f->n, 0, e);
	free(m);
	return r;
}

int fileset_unpack(struct fileset *f, const struct buf *tar, struct err *e)
{
	static const struct archive_limits most = {
		.members = 256,
		.member = FILESET_FILE_MAX,
		.total = FILESET_TOTAL_MAX + (1 << 20),
	};
	struct archive *a;
	int r = 0;

	if (archive_parse(&a, buf_str(tar), tar->len, &most, e) < 0)
		return -1;
	for (size_t i = 0; r == 0 && i < archive_count(a); i++) {
		const struct archive_member *m = archive_member(a, i);
		struct buf *b = fileset_add(f, m->name);

		if (b)
			buf_add(b, m->data, m->len);
		if (!b || !buf_ok(b))
			r = no_memory(e);
	}
	archive_free(a);
	return r;
}
