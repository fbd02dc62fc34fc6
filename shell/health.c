/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "health.h"
#include "checker/buf.h"
#include "checker/err.h"
#include "home.h"
#include "progress.h"
#include "session.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { NEED_MB = 20 }; /* for progress, logs and kept versions */

__attribute__((format(printf, 2, 3))) static void well(struct health *h,
						       const char *fmt, ...)
{
	va_list ap;

	*h = (struct health){.well = true};
	va_start(ap, fmt);
	vsnprintf(h->note, sizeof(h->note), fmt, ap);
	va_end(ap);
}

/* With the remedy set by the caller. */
__attribute__((format(printf, 2, 3))) static void ill(struct health *h,
						      const char *fmt, ...)
{
	va_list ap;

	*h = (struct health){.well = false};
	va_start(ap, fmt);
	vsnprintf(h->note, sizeof(h->note), fmt, ap);
	va_end(ap);
}

void health_version(struct health *h, const struct session *s)
{
	well(h, "kiln %s", KILN_VERSION);
}

static const char *var(const char *name)
{
	const char *v = getenv(name);

	return v && *v ? v : NULL;
}

/* The variable that decides: locale(7). */
static const char *locale_wanted(void)
{
	if (var("LC_ALL"))
		return var("LC_ALL");
	return var("LC_CTYPE") ? var("LC_CTYPE") : var("LANG");
}

void health_locale(struct health *h, const struct session *s)
{
	static const char mend[] =
		"'locale -a' lists those that it has; LC_ALL=C.UTF-8 is a good "
		"one. Until then all is spelled in ASCII.";
	const char *wanted = locale_wanted();
	locale_t l = newlocale(LC_CTYPE_MASK, "", (locale_t)0);

	if (l == (locale_t)0) {
		ill(h, "this machine has no locale '%.60s'",
		    wanted ? wanted : "");
		snprintf(h->mend, sizeof(h->mend), "%s", mend);
		return;
	}
	freelocale(l);
	if (s->term.utf8)
		well(h, "%.60s", wanted ? wanted : "C");
	else
		well(h,
		     "%.60s has no UTF-8, so all is spelled in ASCII; with "
		     "LC_ALL=C.UTF-8 it is not",
		     wanted ? wanted : "C");
}

static bool in_path(const char *name, size_t len)
{
	char path[4096];

	if (memchr(name, '/', len)) {
		snprintf(path, sizeof(path), "%.*s", (int)len, name);
		return access(path, X_OK) == 0;
	}
	for (const char *p = getenv("PATH"); p && *p; p += *p == ':') {
		size_t n = strcspn(p, ":");

		snprintf(path, sizeof(path), "%.*s/%.*s", (int)n, p, (int)len,
			 name);
		if (n && access(path, X_OK) == 0)
			return true;
		p += n;
	}
	return false;
}

void health_editor(struct health *h, const struct session *s)
{
	const char *name = var("VISUAL") ? "VISUAL" : "EDITOR";
	const char *v = var(name);

	if (!v) {
		well(h, "EDITOR is not set; edit in whichever you like");
		return;
	}
	/* It may have arguments: "code --wait". */
	if (in_path(v, strcspn(v, " "))) {
		well(h, "%s=%.200s", name, v);
		return;
	}
	ill(h, "%s=%.200s, and there is no such program", name, v);
	snprintf(h->mend, sizeof(h->mend),
		 "export %s=nano, or the one that you use", name);
}

/* A file that never gets a name: what permissions say is not all. */
static int try_to_write(const char *dir)
{
	int fd = open(dir, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);

	if (fd < 0 && errno == EOPNOTSUPP)
		return access(dir, W_OK | X_OK);
	if (fd >= 0)
		close(fd);
	return fd < 0 ? -1 : 0;
}

void health_state(struct health *h, const struct session *s)
{
	const char *dir = s->store.state;
	struct buf b = BUF_INIT;
	unsigned long mb = 0;
	struct statvfs fs;

	home_add(&b, dir);
	if (statvfs(dir, &fs) == 0)
		mb = (unsigned long)((unsigned long long)fs.f_bavail *
					     fs.f_frsize >>
				     20);
	if (try_to_write(dir) < 0) {
		ill(h, "cannot write to %.300s: %s", buf_str(&b),
		    strerror(errno));
		snprintf(h->mend, sizeof(h->mend),
			 "you can read, but no progress is kept: make it "
			 "yours again, or set XDG_STATE_HOME or KILN_HOME");
	} else if (mb < NEED_MB) {
		ill(h, "%lu MB are free in %.300s, %d needed", mb, buf_str(&b),
		    NEED_MB);
		snprintf(h->mend, sizeof(h->mend), "free some space there");
	} else {
		well(h, "%.300s", buf_str(&b));
	}
	buf_release(&b);
}

void health_progress(struct health *h, const struct session *s)
{
	struct err e = ERR_INIT;
	unsigned lessons = 0;

	if (progress_verify(s->progress, &lessons, &e) < 0) {
		ill(h, "%.300s: %.200s", e.what, e.where);
		snprintf(h->mend, sizeof(h->mend), "%s", e.next);
		return;
	}
	if (lessons)
		well(h, "sound; %u lesson%s begun", lessons,
		     lessons == 1 ? "" : "s");
	else
		well(h, "nothing is recorded yet");
}
