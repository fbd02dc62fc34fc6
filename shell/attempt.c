/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "attempt.h"
#include "checker/buf.h"
#include "checker/err.h"
#include "checker/hash.h"
#include "checker/store.h"
#include "checker/verdict.h"
#include "progress.h"
#include "session.h"
#include "spot.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { MOST_OTHERS = 20 }; /* logs kept of folders that are not ours */

static int no_memory(struct err *e)
{
	return err_set(e, ERR_ENV, ENOMEM, "cannot keep the log");
}

/* ---- the log ---- */

/* "logs/others/KEY.log": the same folder has the same name each time. */
static char *other_path(const struct session *s, const char *slug,
			const char *dir)
{
	struct hash *h = hash_new();
	char key[HASH_KEY_LEN + 1];
	char *path;

	if (!h)
		return NULL;
	hash_add(h, slug, strlen(slug));
	hash_add(h, dir, strlen(dir));
	hash_key(h, key);
	hash_free(h);
	return asprintf(&path, "%s/logs/others/%s.log", s->store.state, key) < 0
		       ? NULL
		       : path;
}

/* The process of "x.log.tmp123", or 0 for any other name. */
static pid_t writer_of(const char *name)
{
	const char *dot = strstr(name, ".log.tmp");

	return dot ? (pid_t)strtol(dot + 8, NULL, 10) : 0;
}

struct sweep {
	unsigned logs;
	char oldest[256];
	time_t oldest_at;
};

static void sweep_entry(struct sweep *w, int dir_fd, const char *name)
{
	pid_t writer = writer_of(name);
	struct stat st;

	if (writer > 0 && kill(writer, 0) < 0 && errno == ESRCH)
		unlinkat(dir_fd, name, 0);
	if (writer || name[0] == '.' || fstatat(dir_fd, name, &st, 0) < 0 ||
	    !S_ISREG(st.st_mode))
		return;
	w->logs++;
	if (w->oldest[0] && st.st_mtime >= w->oldest_at)
		return;
	snprintf(w->oldest, sizeof(w->oldest), "%s", name);
	w->oldest_at = st.st_mtime;
}

/*
 * Remove what killed checks left, and with @most the oldest log beyond it:
 * one goes for one that comes.
 */
static void sweep(const char *folder, unsigned most)
{
	struct sweep w = {.logs = 0};
	DIR *d = opendir(folder);
	struct dirent *de;

	if (!d)
		return;
	while ((de = readdir(d)))
		sweep_entry(&w, dirfd(d), de->d_name);
	if (most && w.logs > most)
		unlinkat(dirfd(d), w.oldest, 0);
	closedir(d);
}

int attempt_log_open(struct attempt_log *l, const struct session *s,
		     const char *slug, const char *dir, struct err *e)
{
	char *folder;
	int r;

	*l = (struct attempt_log){.own = !dir};
	l->path = dir ? other_path(s, slug, dir)
		      : session_log_path(s, slug, "log");
	if (!l->path)
		return no_memory(e);
	folder = strndup(l->path, (size_t)(strrchr(l->path, '/') - l->path));
	if (!folder ||
	    asprintf(&l->tmp, "%s.tmp%d", l->path, (int)getpid()) < 0) {
		l->tmp = NULL;
		free(folder);
		return no_memory(e);
	}
	r = make_dirs(folder, e);
	if (r == 0)
		sweep(folder, dir ? MOST_OTHERS : 0);
	free(folder);
	return r;
}

/* "x.log" becomes "x.build", "x.run". */
static void keep_beside(const char *log, const char *ext, const char *text)
{
	struct buf path = BUF_INIT;
	struct buf b = BUF_INIT;

	buf_addf(&path, "%.*s.%s", (int)(strlen(log) - strlen(".log")), log,
		 ext);
	buf_adds(&b, text ? text : "");
	buf_write_file(&b, buf_str(&path), 0600, NULL);
	buf_release(&path);
	buf_release(&b);
}

static void keep_places(const char *log, const struct verdict *v)
{
	struct buf b = BUF_INIT;

	spot_add_places(&b, v);
	keep_beside(log, "place", buf_str(&b));
	buf_release(&b);
}

void attempt_log_keep(struct attempt_log *l, struct verdict *v)
{
	if (l->own) {
		keep_beside(l->path, "build", v->build_output);
		keep_places(l->path, v);
	}
	if (!v->log || rename(l->tmp, l->path) < 0)
		return;
	/* Of the same guest as the log, or 'log' would mix two of them. */
	if (l->own)
		keep_beside(l->path, "run", v->run_output);
	free(v->log);
	v->log = strdup(l->path);
}

void attempt_log_close(struct attempt_log *l)
{
	if (l->tmp)
		unlink(l->tmp);
	free(l->tmp);
	free(l->path);
	*l = (struct attempt_log){.path = NULL};
}

/* ---- what went wrong ---- */

/* A lint that a check asks for stands in what the check shows. */
static bool is_asked_for(const struct verdict *v, const struct diag *d)
{
	for (size_t i = 0; d->message && i < v->nchecks; i++)
		if (v->checks[i].result == CHECK_FAILED &&
		    v->checks[i].evidence &&
		    strstr(v->checks[i].evidence, d->message))
			return true;
	return false;
}

static int add_errors(struct strv *keys, const struct verdict *v)
{
	for (size_t i = 0; i < v->ndiags; i++) {
		const struct diag *d = &v->diags[i];
		/* Told of the verdict: a syntax error, a clash of ABIs. */
		const char *key = d->code	 ? d->code
				  : keys->n == 0 ? outcome_name(v->outcome)
						 : NULL;

		if (d->level == DIAG_ERROR && key && strv_add_once(keys, key) < 0)
			return -1;
	}
	return 0;
}

static int add_warnings(struct strv *keys, const struct verdict *v, bool asked)
{
	for (size_t i = 0; i < v->ndiags; i++) {
		const struct diag *d = &v->diags[i];

		if (d->level == DIAG_WARNING && d->code &&
		    (!asked || is_asked_for(v, d)) &&
		    strv_add_once(keys, d->code) < 0)
			return -1;
	}
	return 0;
}

int attempt_keys(struct strv *keys, const struct verdict *v)
{
	if (v->outcome == OUTCOME_PASS)
		return 0;
	if (add_errors(keys, v) < 0)
		return -1;
	/* What was cut off: then no check is the cause. */
	if ((v->outcome == OUTCOME_TIMEOUT ||
	     v->outcome == OUTCOME_INCOMPLETE) &&
	    strv_add_once(keys, outcome_name(v->outcome)) < 0)
		return -1;
	for (size_t i = 0; i < v->nfindings; i++)
		if (strv_add_once(keys, finding_name(v->findings[i].kind)) < 0)
			return -1;
	for (size_t i = 0; i < v->nchecks; i++)
		if (v->checks[i].result == CHECK_FAILED &&
		    strv_add_once(keys, v->checks[i].id) < 0)
			return -1;
	if (add_warnings(keys, v, true) < 0 ||
	    strv_add_once(keys, outcome_name(v->outcome)) < 0)
		return -1;
	return add_warnings(keys, v, false);
}

bool attempt_counts(const struct verdict *v)
{
	return v->outcome != OUTCOME_LESSON_FAULT &&
	       v->outcome != OUTCOME_ENV_FAULT;
}

void attempt_record(struct session *s, const char *slug,
		    const struct verdict *v, int64_t ms, int64_t version)
{
	struct attempt a = {
		.slug = slug,
		.verdict = outcome_name(v->outcome),
		.at = time(NULL),
		.ms = ms,
		.earned = v->earned,
		.possible = v->possible,
		.seed = v->seed,
		.passed = v->outcome == OUTCOME_PASS,
		.version = version,
	};
	struct err e = ERR_INIT;
	int r = attempt_keys(&a.keys, v);

	if (r < 0)
		no_memory(&e);
	else
		r = progress_attempt(s->progress, &a, &e);
	if (r < 0) {
		term_error(&e);
		term_warn("this attempt was not recorded; your files are "
			  "untouched");
	}
	strv_release(&a.keys);
}
