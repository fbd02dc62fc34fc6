/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "catalogue-memo.h"
#include "catalogue.h"
#include "checker/buf.h"
#include "session.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/*
 * Lines: "STAMP TAB MINUTES TAB FOLDER TAB TITLE TAB NEEDS", by folder, after
 * one that names the format and the Kiln.
 */
#define HEAD "kiln-lessons 1 " KILN_VERSION
enum {
	FIELDS = 5,
	MOST_BYTES = 4 << 20,
	SETTLE_NS = 2000000000, /* what changed later may change unseen */
};

struct known {
	uint64_t stamp;
	unsigned minutes;
	const char *dir, *title, *needs;
};

struct memo {
	struct buf text; /* what .v points into */
	struct known *v;
	size_t n;
};

/* ---- stamps ---- */

static uint64_t mix(uint64_t h, uint64_t v)
{
	h ^= v;
	h *= 0x9e3779b97f4a7c15;
	return h ^ h >> 29;
}

static int64_t ns_of(const struct timespec *t)
{
	return (int64_t)t->tv_sec * 1000000000 + t->tv_nsec;
}

/*
 * The state of the folder and of what in it a lesson is judged by; *@newest
 * is its last change. 0: it cannot be looked at.
 */
static uint64_t stamp_of(const char *dir, int64_t *newest)
{
	static const char *const parts[] = {
		".",	 "lesson.lua", "text.md", "solution",
		"tests", "variant",    "wrong",
	};
	int fd = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
	uint64_t h = 1;

	*newest = 0;
	for (size_t i = 0; fd >= 0 && i < sizeof(parts) / sizeof(*parts); i++) {
		struct stat st = {.st_ino = 0};

		if (fstatat(fd, parts[i], &st, 0) == 0 &&
		    ns_of(&st.st_ctim) > *newest)
			*newest = ns_of(&st.st_ctim);
		h = mix(mix(h, st.st_ino), (uint64_t)st.st_size);
		h = mix(h, (uint64_t)ns_of(&st.st_mtim));
		h = mix(h, (uint64_t)ns_of(&st.st_ctim));
	}
	if (fd < 0)
		return 0;
	close(fd);
	return h ? h : 1;
}

/* ---- reading ---- */

static int by_dir(const void *a, const void *b)
{
	return strcmp(((const struct known *)a)->dir,
		      ((const struct known *)b)->dir);
}

/* Takes @line apart in place. */
static bool read_line(struct known *k, char *line)
{
	char *field[FIELDS];
	char *p = line;

	for (size_t i = 0; i < FIELDS; i++) {
		field[i] = strsep(&p, "\t");
		if (!field[i])
			return false;
	}
	if (p)
		return false;
	*k = (struct known){
		.stamp = strtoull(field[0], NULL, 16),
		.minutes = (unsigned)strtoul(field[1], NULL, 10),
		.dir = field[2],
		.title = field[3],
		.needs = field[4],
	};
	return k->stamp != 0;
}

static void read_lines(struct memo *m)
{
	char *p = m->text.data;
	char *line = strsep(&p, "\n");
	size_t most = 0;

	if (!line || strcmp(line, HEAD) != 0)
		return;
	for (const char *s = p; s && *s; s++)
		most += *s == '\n';
	m->v = calloc(most + 1, sizeof(*m->v));
	while (m->v && m->n < most && (line = strsep(&p, "\n")))
		if (read_line(&m->v[m->n], line))
			m->n++;
	if (m->v && m->n)
		qsort(m->v, m->n, sizeof(*m->v), by_dir);
}

struct memo *memo_new(const char *path)
{
	struct memo *m = calloc(1, sizeof(*m));

	if (!m)
		return NULL;
	if (buf_read_file(&m->text, path, MOST_BYTES, NULL) == 0 && m->text.len)
		read_lines(m);
	return m;
}

void memo_free(struct memo *m)
{
	if (!m)
		return;
	buf_release(&m->text);
	free(m->v);
	free(m);
}

static bool fill_needs(struct strv *needs, const char *s)
{
	while (*s) {
		size_t n = strcspn(s, " ");
		char *id = strndup(s, n);
		bool ok = id && strv_add(needs, id) == 0;

		free(id);
		if (!ok)
			return false;
		s += n + (s[n] == ' ');
	}
	return true;
}

bool memo_recall(const struct memo *m, struct catalogue_entry *en)
{
	struct known key = {.dir = en->dir};
	const struct known *k;
	int64_t newest;

	if (!m || !m->n)
		return false;
	k = bsearch(&key, m->v, m->n, sizeof(*m->v), by_dir);
	if (!k || stamp_of(en->dir, &newest) != k->stamp)
		return false;
	en->title = strdup(k->title);
	if (en->title && fill_needs(&en->needs, k->needs)) {
		en->minutes = k->minutes;
		return true;
	}
	free(en->title);
	en->title = NULL;
	strv_release(&en->needs);
	return false;
}

/* ---- writing ---- */

static bool can_be_written(const char *s)
{
	return !s[strcspn(s, "\t\n")];
}

static void add_entry(struct buf *b, const struct catalogue_entry *en,
		      int64_t now)
{
	int64_t newest;
	uint64_t stamp;

	if (en->broken || !can_be_written(en->dir) ||
	    !can_be_written(en->title))
		return;
	stamp = stamp_of(en->dir, &newest);
	if (!stamp || newest > now - SETTLE_NS)
		return;
	buf_addf(b, "%016" PRIx64 "\t%u\t%s\t%s\t", stamp, en->minutes, en->dir,
		 en->title);
	for (size_t i = 0; i < en->needs.n; i++)
		buf_addf(b, "%s%s", i ? " " : "", en->needs.v[i]);
	buf_addc(b, '\n');
}

void memo_write(const char *path, const struct catalogue *c)
{
	struct buf b = BUF_INIT, part = BUF_INIT;
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	buf_addf(&b, "%s\n", HEAD);
	for (size_t i = 0; i < c->n; i++)
		add_entry(&b, &c->v[i], ns_of(&now));
	/* Beside it first: whoever reads sees the old one or the new one. */
	buf_addf(&part, "%s.%d", path, (int)getpid());
	if (buf_ok(&b) && b.len <= MOST_BYTES && buf_ok(&part) &&
	    buf_write_file(&b, buf_str(&part), 0600, NULL) == 0 &&
	    rename(buf_str(&part), path) < 0)
		unlink(buf_str(&part));
	buf_release(&part);
	buf_release(&b);
}
