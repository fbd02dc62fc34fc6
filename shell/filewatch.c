/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "filewatch.h"
#include "checker/buf.h"
#include "checker/proc.h"
#include "remote-fs.h"
#include "stamp.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

/* A save is whole with one of these; with the others more may come. */
#define WHOLE	 (IN_CLOSE_WRITE | IN_MOVED_TO)
#define PARTIAL	 (IN_MODIFY | IN_CREATE | IN_DELETE | IN_MOVED_FROM)
#define FOLDER	 (IN_DELETE_SELF | IN_MOVE_SELF)
#define CONTENTS (IN_MODIFY | IN_CREATE | IN_MOVED_TO)

enum {
	LOOK_MS = 30, /* between looks at a file that changes */
	MOST_LOOKS = 10,
};

struct watched_file {
	char *name;
	size_t folder; /* in .folders */
	struct stamp told; /* as the caller knows it */
	struct stamp last; /* at the last look */
	bool touched; /* the kernel has told of a change of its contents */
};

struct watched_folder {
	char *path;
	int wd; /* -1: not watched */
	dev_t dev;
	ino_t ino;
};

struct filewatch {
	char *dir;
	struct watched_file *files;
	size_t nfiles;
	struct watched_folder *folders; /* the first is .dir */
	size_t nfolders;
	int fd; /* inotify; -1: polling */
	char why[96]; /* the files are looked at often; "" if not */
	unsigned looks; /* at files that change from one to the next */
	int64_t first; /* of the saves that wait for .due; 0: none does */
	int64_t due; /* when to look; 0: nothing was told */
	int64_t sweep; /* when to look in any case */
};

static struct stamp look_at(const struct filewatch *w,
			    const struct watched_file *f)
{
	struct stamp s = f->last;
	char *path;

	if (asprintf(&path, "%s/%s", w->dir, f->name) < 0)
		return s;
	s = stamp_of(path);
	free(path);
	return s;
}

static void poll_because(struct filewatch *w, const char *why)
{
	snprintf(w->why, sizeof(w->why), "%s", why);
}

/* The kernel cannot help at all. */
static void only_poll(struct filewatch *w, const char *why)
{
	if (w->fd >= 0)
		close(w->fd);
	w->fd = -1;
	for (size_t i = 0; i < w->nfolders; i++)
		w->folders[i].wd = -1;
	poll_because(w, why);
}

/* ---- the folders ---- */

static void unwatch(struct filewatch *w, struct watched_folder *d)
{
	if (d->wd >= 0)
		inotify_rm_watch(w->fd, d->wd);
	d->wd = -1;
}

static void add_watch(struct filewatch *w, struct watched_folder *d,
		      const struct stat *st)
{
	const char *fs = remote_fs(d->path);
	char why[96];

	if (fs) {
		snprintf(why, sizeof(why), "the folder is on %s", fs);
		poll_because(w, why);
	}
	d->wd = inotify_add_watch(w->fd, d->path,
				  WHOLE | PARTIAL | FOLDER | IN_ONLYDIR);
	d->dev = st->st_dev;
	d->ino = st->st_ino;
	if (d->wd < 0 && errno == ENOSPC)
		only_poll(w, "the kernel has no room for another watch "
			     "(fs.inotify.max_user_watches)");
	else if (d->wd < 0 && errno != ENOENT && errno != ENOTDIR)
		only_poll(w, "the kernel cannot watch the folder");
}

/* Watch those that are there, each the folder that now has its name. */
static void find_folders(struct filewatch *w)
{
	for (size_t i = 0; i < w->nfolders && w->fd >= 0; i++) {
		struct watched_folder *d = &w->folders[i];
		struct stat st;
		bool there = stat(d->path, &st) == 0;

		if (d->wd >= 0 && there && st.st_dev == d->dev &&
		    st.st_ino == d->ino)
			continue;
		unwatch(w, d);
		if (there)
			add_watch(w, d, &st);
	}
}

bool filewatch_there(const struct filewatch *w)
{
	struct stat st;

	return stat(w->dir, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool all_watched(const struct filewatch *w)
{
	for (size_t i = 0; i < w->nfolders; i++)
		if (w->folders[i].wd < 0)
			return false;
	return true;
}

/* ---- making and ending ---- */

/* The index of the folder "DIR/SUB"; -1: no memory. */
static ssize_t add_folder(struct filewatch *w, const char *sub, size_t len)
{
	struct watched_folder *d;
	char *path;

	if (asprintf(&path, "%s%s%.*s", w->dir, len ? "/" : "", (int)len, sub) <
	    0)
		return -1;
	for (size_t i = 0; i < w->nfolders; i++)
		if (strcmp(w->folders[i].path, path) == 0) {
			free(path);
			return (ssize_t)i;
		}
	d = realloc(w->folders, (w->nfolders + 1) * sizeof(*d));
	if (!d) {
		free(path);
		return -1;
	}
	w->folders = d;
	d[w->nfolders] = (struct watched_folder){.path = path, .wd = -1};
	return (ssize_t)w->nfolders++;
}

static int add_file(struct filewatch *w, const char *name)
{
	const char *slash = strrchr(name, '/');
	ssize_t folder =
		add_folder(w, name, slash ? (size_t)(slash - name) : 0);
	struct watched_file *f = &w->files[w->nfiles];

	if (folder < 0)
		return -1;
	*f = (struct watched_file){.folder = (size_t)folder};
	f->name = strdup(name);
	if (!f->name)
		return -1;
	w->nfiles++;
	return 0;
}

static int fill(struct filewatch *w, const char *dir, const struct strv *files)
{
	w->dir = strdup(dir);
	w->files = calloc(files->n + 1, sizeof(*w->files));
	if (!w->dir || !w->files || add_folder(w, "", 0) < 0)
		return -1;
	for (size_t i = 0; i < files->n; i++)
		if (add_file(w, files->v[i]) < 0)
			return -1;
	return 0;
}

struct filewatch *filewatch_new(const char *dir, const struct strv *files,
				bool poll)
{
	struct filewatch *w = calloc(1, sizeof(*w));

	if (!w)
		return NULL;
	w->fd = -1;
	if (fill(w, dir, files) < 0) {
		filewatch_free(w);
		return NULL;
	}
	if (!poll)
		w->fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	if (poll)
		only_poll(w, "you asked for it");
	else if (w->fd < 0)
		only_poll(w, "the kernel has no room for another watcher "
			     "(fs.inotify.max_user_instances)");
	find_folders(w);
	filewatch_forget(w);
	return w;
}

void filewatch_free(struct filewatch *w)
{
	if (!w)
		return;
	if (w->fd >= 0)
		close(w->fd);
	for (size_t i = 0; i < w->nfiles; i++)
		free(w->files[i].name);
	for (size_t i = 0; i < w->nfolders; i++)
		free(w->folders[i].path);
	free(w->files);
	free(w->folders);
	free(w->dir);
	free(w);
}

const char *filewatch_polls(const struct filewatch *w)
{
	return w->why[0] ? w->why : NULL;
}

int filewatch_fd(const struct filewatch *w)
{
	return w->fd;
}

static int64_t look_at_last(const struct filewatch *w)
{
	return w->due && w->due < w->sweep ? w->due : w->sweep;
}

int filewatch_wait(const struct filewatch *w)
{
	int64_t left = look_at_last(w) - mono_ms();

	return left > 0 ? (int)left : 0;
}

/* ---- events ---- */

/* Look in @ms, but not so late that many saves seem to be none. */
static void look_in(struct filewatch *w, int64_t now, int ms)
{
	w->due = now + ms;
	if (ms != FILEWATCH_SETTLE_MS)
		return;
	if (!w->first)
		w->first = now;
	if (w->due > w->first + FILEWATCH_MOST_MS)
		w->due = w->first + FILEWATCH_MOST_MS;
}

static struct watched_file *file_of(struct filewatch *w,
				    const struct inotify_event *ev)
{
	for (size_t i = 0; ev->len && i < w->nfiles; i++) {
		struct watched_file *f = &w->files[i];
		const char *slash = strrchr(f->name, '/');

		if (w->folders[f->folder].wd == ev->wd &&
		    strcmp(slash ? slash + 1 : f->name, ev->name) == 0)
			return f;
	}
	return NULL;
}

static void take_event(struct filewatch *w, const struct inotify_event *ev,
		       int64_t now)
{
	struct watched_file *f = file_of(w, ev);

	if (ev->mask & (FOLDER | IN_IGNORED | IN_Q_OVERFLOW))
		look_in(w, now, FILEWATCH_SETTLE_MS);
	if (!f)
		return;
	if (ev->mask & CONTENTS)
		f->touched = true;
	if (ev->mask & WHOLE)
		look_in(w, now, FILEWATCH_SETTLE_MS);
	/* Of another file a save may be waiting already: not for long. */
	else if (!w->due || w->due - now > FILEWATCH_SETTLE_MS)
		look_in(w, now, FILEWATCH_WRITING_MS);
}

static void take_events(struct filewatch *w)
{
	char room[16384]
		__attribute__((aligned(__alignof__(struct inotify_event))));
	int64_t now = mono_ms();
	ssize_t n;

	while (w->fd >= 0 && (n = read(w->fd, room, sizeof(room))) > 0) {
		for (char *p = room; p < room + n;) {
			const struct inotify_event *ev = (const void *)p;

			take_event(w, ev, now);
			p += sizeof(*ev) + ev->len;
		}
	}
}

/* ---- the look ---- */

/* False: one was not the same as at the look before. */
static bool look(struct filewatch *w)
{
	bool steady = true;

	for (size_t i = 0; i < w->nfiles; i++) {
		struct stamp now = look_at(w, &w->files[i]);

		if (!stamp_same(&now, &w->files[i].last))
			steady = false;
		w->files[i].last = now;
	}
	return steady;
}

static bool tell(struct filewatch *w, struct strv *names)
{
	bool any = false;

	for (size_t i = 0; i < w->nfiles; i++) {
		struct watched_file *f = &w->files[i];

		if (f->touched || !stamp_same(&f->told, &f->last)) {
			any = true;
			if (names)
				strv_add(names, f->name);
		}
		f->told = f->last;
		f->touched = false;
	}
	return any;
}

static void plan(struct filewatch *w)
{
	int ms = w->why[0]	  ? FILEWATCH_POLL_MS
		 : all_watched(w) ? FILEWATCH_SWEEP_MS
				  : FILEWATCH_GONE_MS;

	w->due = w->first = 0;
	w->looks = 0;
	w->sweep = mono_ms() + ms;
}

bool filewatch_saved(struct filewatch *w, struct strv *names)
{
	bool told, any;

	take_events(w);
	if (mono_ms() < look_at_last(w))
		return false;
	find_folders(w);
	told = w->due && mono_ms() >= w->due;
	/* Nobody said that a save is whole: it is when nothing moves. */
	if (!look(w) && !told && ++w->looks < MOST_LOOKS) {
		w->sweep = mono_ms() + LOOK_MS;
		return false;
	}
	any = tell(w, names);
	plan(w);
	return any;
}

void filewatch_forget(struct filewatch *w)
{
	take_events(w);
	find_folders(w);
	look(w);
	tell(w, NULL);
	plan(w);
}
