/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "difference.h"
#include "checker/err.h"
#include "checker/proc.h"
#include "fileset.h"
#include "fold.h"
#include "glyph.h"
#include "term.h"
#include "text.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { LEFT = 8, RIGHT = 9, PATIENCE_MS = 20000 };

/* The content as a file that has no name; -1 with errno. */
static int in_memory(const struct fileset_file *f)
{
	const char *p = f ? buf_str(&f->text) : "";
	size_t left = f ? f->text.len : 0;
	int fd = memfd_create("version", MFD_CLOEXEC);

	while (fd >= 0 && left > 0) {
		ssize_t n = write(fd, p, left);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			close(fd);
			return -1;
		}
		p += n;
		left -= (size_t)n;
	}
	return fd;
}

static void count(struct difference *d, const char *s, size_t len)
{
	const char *end = s + len;
	bool head = true;

	while (s < end) {
		const char *nl = memchr(s, '\n', (size_t)(end - s));

		if (s[0] == '@')
			head = false;
		d->added += !head && s[0] == '+';
		d->removed += !head && s[0] == '-';
		s = nl ? nl + 1 : end;
	}
}

static int no_diff(const struct proc_result *r, struct err *e)
{
	if (r->end == PROC_SPAWN_FAILED) {
		err_set(e, ERR_ENV, r->status, "cannot run diff");
		return err_next(e, "it is in the package diffutils");
	}
	err_set(e, ERR_ENV, 0, "diff failed");
	return err_where(e, "%.200s", buf_str(&r->err));
}

static int run(struct difference *d, int left, int right, const char *from,
	       const char *to, struct err *e)
{
	const char *const argv[] = {"diff",	 "-u",	      "--label",
				    from,	 "--label",   to,
				    "/dev/fd/8", "/dev/fd/9", NULL};
	const struct proc_fd fds[] = {{left, LEFT}, {right, RIGHT}};
	struct proc_spec spec = {
		.argv = argv,
		.timeout_ms = PATIENCE_MS,
		.fds = fds,
		.nfds = 2,
		.cancel_fd = -1,
	};
	struct proc_result r;
	int ret = 0;

	if (proc_run(&r, &spec, e) < 0)
		return -1;
	if (r.end != PROC_EXITED || r.status > 1)
		ret = no_diff(&r, e);
	else if (r.status == 1) {
		buf_add(&d->text, buf_str(&r.out), r.out.len);
		count(d, buf_str(&r.out), r.out.len);
	}
	proc_result_release(&r);
	return ret;
}

static int one(struct difference *d, const char *name,
	       const struct fileset_file *a, const char *from,
	       const struct fileset_file *b, const char *to, struct err *e)
{
	struct buf old = BUF_INIT, new = BUF_INIT;
	int left = in_memory(a), right = in_memory(b);
	int r = -1;

	/* Behind a tab, as diff(1) has its times: patch(1) needs the name. */
	buf_addf(&old, "%s\t%s%s", name, from, a ? "" : " (not there)");
	buf_addf(&new, "%s\t%s%s", name, to, b ? "" : " (not there)");
	if (left < 0 || right < 0)
		err_set(e, ERR_ENV, errno, "cannot compare the files");
	else
		r = run(d, left, right, buf_str(&old), buf_str(&new), e);
	if (left >= 0)
		close(left);
	if (right >= 0)
		close(right);
	buf_release(&old);
	buf_release(&new);
	return r;
}

static bool same(const struct fileset_file *a, const struct fileset_file *b)
{
	return a && b && a->text.len == b->text.len &&
	       memcmp(buf_str(&a->text), buf_str(&b->text), a->text.len) == 0;
}

/* Those of @a, and those that only @b has, each in order. */
int difference_make(struct difference *d, const struct fileset *a,
		    const char *from, const struct fileset *b, const char *to,
		    const char *only, struct err *e)
{
	int r = 0;

	*d = (struct difference){.added = 0};
	for (size_t i = 0; r == 0 && i < a->n + b->n; i++) {
		const char *name =
			i < a->n ? a->v[i].name : b->v[i - a->n].name;
		const struct fileset_file *l = fileset_find(a, name);
		const struct fileset_file *f = fileset_find(b, name);

		if ((only && strcmp(only, name) != 0) || same(l, f) ||
		    (i >= a->n && l))
			continue;
		r = one(d, name, l, from, f, to, e);
	}
	if (r < 0)
		difference_release(d);
	return r;
}

void difference_release(struct difference *d)
{
	buf_release(&d->text);
	*d = (struct difference){.added = 0};
}

static enum term_style style_of(const char *s, size_t len)
{
	if (len >= 4 &&
	    (strncmp(s, "--- ", 4) == 0 || strncmp(s, "+++ ", 4) == 0))
		return TERM_BOLD;
	if (s[0] == '@')
		return TERM_DIM;
	return s[0] == '+' ? TERM_GOOD : s[0] == '-' ? TERM_BAD : TERM_PLAIN;
}

/*
 * A line as diff(1) wrote it; on a terminal without tabs, which would hide
 * how wide it is. A pipe may lead to patch(1).
 */
static void add_line(struct buf *out, const struct term *t, const char *s,
		     size_t len)
{
	enum term_style style = style_of(s, len);
	struct buf line = BUF_INIT;

	if (style != TERM_PLAIN)
		buf_adds(&line, term_on(t, style));
	if (t->tty)
		text_verbatim(&line, s, len, 0);
	else
		glyph_clean(&line, s, len);
	if (t->tty && line.len)
		line.len--; /* its newline */
	if (style != TERM_PLAIN)
		buf_adds(&line, term_off(t));
	fold_line(out, t, "", buf_str(&line), line.len);
	buf_addc(out, '\n');
	buf_release(&line);
}

/* A removed line that begins with "-- " has the colour of a head: no harm. */
void difference_add(struct buf *out, const struct term *t,
		    const struct difference *d)
{
	const char *s = buf_str(&d->text), *end = s + d->text.len;

	while (s < end) {
		const char *nl = memchr(s, '\n', (size_t)(end - s));
		size_t len = (size_t)((nl ? nl : end) - s);

		add_line(out, t, s, len);
		s = nl ? nl + 1 : end;
	}
}
