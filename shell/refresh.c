/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "refresh.h"
#include "checker/buf.h"
#include "checker/err.h"
#include "checker/hash.h"
#include "checker/store.h"
#include "fileset.h"
#include "lesson.h"
#include "progress.h"
#include "session.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct refreshing {
	struct session *s;
	const struct lesson *l;
	const char *dir;
	bool missing;
	struct progress_laid *was; /* as they were laid down */
	size_t nwas;
	struct progress_laid *now; /* and as they are remembered from now on */
	size_t nnow;
	struct buf said; /* a line a file */
	struct buf notes; /* true each time, so no news */
	struct buf *later; /* for the caller to tell, or NULL */
};

/* One file of the lesson, and what stands in its place. */
struct place {
	const char *name;
	bool edit;
	struct buf path;
	struct buf text; /* the lesson's */
	char want[HASH_HEX_LEN + 1]; /* its hash */
	const char *laid; /* hash of what was laid down; NULL: not known */
	bool there;
	char has[HASH_HEX_LEN + 1]; /* "": cannot be read */
	mode_t mode;
};

static int no_memory(struct err *e)
{
	return err_set(e, ERR_ENV, ENOMEM, "cannot look at your files");
}

static const char *laid_hash(const struct refreshing *r, const char *name)
{
	for (size_t i = 0; i < r->nwas; i++)
		if (strcmp(r->was[i].file, name) == 0)
			return r->was[i].hash;
	return NULL;
}

static void place_release(struct place *p)
{
	buf_release(&p->path);
	buf_release(&p->text);
}

static int lesson_text(const struct refreshing *r, struct place *p,
		       struct err *e)
{
	struct buf from = BUF_INIT;
	int ret;

	if (p->edit)
		return fileset_edit_text(&p->text, r->l, p->name, STARTER_START,
					 e);
	buf_addf(&from, "%s/solution/%s", r->l->spec.dir, p->name);
	ret = buf_read_file(&p->text, buf_str(&from), LESSON_FILE_MAX, e);
	buf_release(&from);
	return ret;
}

static int place_open(struct place *p, const struct refreshing *r,
		      const char *name, bool edit, struct err *e)
{
	struct stat st;

	*p = (struct place){.name = name, .edit = edit};
	p->laid = laid_hash(r, name);
	buf_addf(&p->path, "%s/%s", r->dir, name);
	if (lesson_text(r, p, e) < 0)
		return -1;
	hash_hex(buf_str(&p->text), p->text.len, p->want);
	p->there = lstat(buf_str(&p->path), &st) == 0;
	if (!p->there)
		return 0;
	p->mode = st.st_mode;
	/* A link is the learner's own doing, wherever it leads. */
	if (!S_ISREG(st.st_mode) ||
	    hash_hex_file(buf_str(&p->path), p->has, NULL) < 0)
		p->has[0] = '\0';
	return 0;
}

static int remember(struct refreshing *r, const char *name, const char *hash,
		    struct err *e)
{
	struct progress_laid *v = reallocarray(r->now, r->nnow + 1, sizeof(*v));

	if (!v)
		return no_memory(e);
	r->now = v;
	v += r->nnow++;
	v->file = strdup(name);
	v->hash = strdup(hash);
	return v->file && v->hash ? 0 : no_memory(e);
}

static int lay_down(struct place *p, struct err *e)
{
	char *path = p->path.data;
	char *slash = strrchr(path, '/');
	int r;

	*slash = '\0';
	r = make_dirs(path, e);
	*slash = '/';
	if (r < 0)
		return -1;
	return buf_write_file(&p->text, path, p->edit ? 0644 : 0444, e);
}

/* It is there, and not as the lesson has it now. */
static int refresh_other(struct refreshing *r, struct place *p, struct err *e)
{
	bool news = p->laid && strcmp(p->laid, p->want) != 0;

	if (news && strcmp(p->laid, p->has) == 0) {
		buf_addf(&r->said,
			 "%s: the new one is in place; you had not changed "
			 "yours\n",
			 p->name);
		return lay_down(p, e);
	}
	if (news && p->edit)
		buf_addf(&r->said,
			 "%s: its starter is another one now; yours stays as "
			 "it is ('diff --start' compares)\n",
			 p->name);
	else if (!p->edit)
		buf_addf(news ? &r->said : &r->notes,
			 "%s: it is given, so a check takes the lesson's and "
			 "not yours, which you changed; 'reset' puts yours "
			 "away\n",
			 p->name);
	return 0;
}

static int refresh_place(struct refreshing *r, struct place *p, struct err *e)
{
	const char *hash = p->want;
	int ret = 0;

	if (!p->there && (r->missing || !p->laid)) {
		/* One that was removed is no news of the lesson's: 'start'
		 * tells it. */
		if (!p->laid || !p->edit)
			buf_addf(&r->said,
				 "%s: laid down, for it was not there\n",
				 p->name);
		ret = lay_down(p, e);
	} else if (!p->there) {
		hash = p->laid;
	} else if (strcmp(p->has, p->want) != 0) {
		ret = refresh_other(r, p, e);
	} else if (p->edit && !(p->mode & 0200) &&
		   chmod(buf_str(&p->path), 0644) < 0) {
		err_set(e, ERR_ENV, errno, "cannot make the file writable");
		ret = err_where(e, "%s", buf_str(&p->path));
	}
	return ret < 0 ? -1 : remember(r, p->name, hash, e);
}

static int refresh_list(struct refreshing *r, const struct strv *names,
			bool edit, struct err *e)
{
	int ret = 0;

	for (size_t i = 0; ret == 0 && i < names->n; i++) {
		struct place p;

		ret = place_open(&p, r, names->v[i], edit, e);
		if (ret == 0)
			ret = refresh_place(r, &p, e);
		place_release(&p);
	}
	return ret;
}

static void look_for_gone(struct refreshing *r)
{
	const struct spec *spec = &r->l->spec;

	for (size_t i = 0; i < r->nwas; i++)
		if (!strv_has(&spec->given, r->was[i].file) &&
		    !strv_has(&spec->edit, r->was[i].file))
			buf_addf(&r->said,
				 "%s: no longer part of the lesson; it stays "
				 "where it is\n",
				 r->was[i].file);
}

static bool same_rows(const struct refreshing *r)
{
	if (r->nwas != r->nnow)
		return false;
	for (size_t i = 0; i < r->nnow; i++) {
		const char *laid = laid_hash(r, r->now[i].file);

		if (!laid || strcmp(laid, r->now[i].hash) != 0)
			return false;
	}
	return true;
}

void refresh_tell(const struct term *t, const struct buf *b)
{
	const char *s = buf_str(b);

	while (*s) {
		size_t len = strcspn(s, "\n");
		struct buf line = BUF_INIT;

		buf_add(&line, s, len);
		term_para(t, 2, buf_str(&line));
		buf_release(&line);
		s += len + (s[len] == '\n');
	}
}

static void say(const struct refreshing *r)
{
	const struct term *t = &r->s->term;

	/* Of a lesson that is begun now, nothing is news. */
	if (r->said.len && r->nwas) {
		term_say(t,
			 "%sThe lesson has changed since you began "
			 "it:%s\n",
			 term_on(t, TERM_WARN), term_off(t));
		refresh_tell(t, &r->said);
	}
	if (r->later)
		buf_add(r->later, buf_str(&r->notes), r->notes.len);
	else
		refresh_tell(t, &r->notes);
}

int lesson_refresh(struct session *s, const struct lesson *l, const char *dir,
		   bool missing, struct buf *notes, struct err *e)
{
	struct refreshing r = {
		.s = s, .l = l, .dir = dir, .missing = missing, .later = notes};
	int ret = progress_laid(s->progress, l->spec.slug, &r.was, &r.nwas, e);

	if (ret == 0)
		ret = refresh_list(&r, &l->spec.given, false, e);
	if (ret == 0)
		ret = refresh_list(&r, &l->spec.edit, true, e);
	if (ret == 0)
		look_for_gone(&r);
	if (ret == 0 && !same_rows(&r))
		ret = progress_lay(s->progress, l->spec.slug, r.now, r.nnow, e);
	say(&r);
	progress_laid_free(r.was, r.nwas);
	progress_laid_free(r.now, r.nnow);
	buf_release(&r.said);
	buf_release(&r.notes);
	return ret;
}
