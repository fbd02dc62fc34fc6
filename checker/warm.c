/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "warm-int.h"
#include "err.h"
#include "guest.h"
#include "hash.h"
#include "sandbox.h"
#include "store.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define SPIN_MS	      500 /* of guest time, to learn what it costs */
#define AGENT_MS      60000
#define ROOM	      ((size_t)200 << 20) /* RAM, state and agent */

/*
 * The agent is built inside the toolroot from its source and the kernel's
 * nolibc; an initramfs that holds it alone is made by the kernel's own
 * usr/gen_init_cpio.
 */
static const char make_agent[] =
	"set -e\n"
	"clang -std=gnu17 -Os -Wall -Wextra -Werror -Wno-unused-parameter "
	"-Wno-unused-result -Wno-unused-function -nostdlib -nostdinc "
	"-isystem \"$(clang -print-resource-dir)/include\" -static "
	"-fno-asynchronous-unwind-tables -fno-stack-protector "
	"-I/kiln/src/tools/include/nolibc "
	"-isystem /usr/include/x86_64-linux-gnu -isystem /usr/include "
	"-include nolibc.h -o agent " SANDBOX_DATA "/*.c\n"
	"cat >spec <<END\n"
	"dir /dev 0755 0 0\n"
	"nod /dev/console 0600 0 0 c 5 1\n"
	"dir /proc 0755 0 0\n"
	"dir /sys 0755 0 0\n"
	"dir /tmp 0755 0 0\n"
	"dir /work 0755 0 0\n"
	"file /init agent 0755 0 0\n"
	"END\n"
	"/kiln/build/usr/gen_init_cpio spec >initrd\n";

static void detail(const struct warm_watch *watch, const char *what)
{
	if (watch && watch->detail)
		watch->detail(watch->arg, what);
}

static int make_key(const struct store *s, const struct machine *m,
		    char key[HASH_KEY_LEN + 1], struct err *e)
{
	struct hash *h = hash_new();
	struct buf text = BUF_INIT;
	char path[4096];
	int ret = -1;

	if (!h || qemu_machine_text(&text, m) < 0) {
		err_set(e, ERR_ENV, ENOMEM, "cannot name the warm guest");
		goto out;
	}
	hash_add(h, text.data, text.len);
	hash_add(h, make_agent, sizeof(make_agent));
	snprintf(path, sizeof(path), "%s/.complete", s->toolroot);
	if (hash_file(h, path, e) < 0)
		goto out;
	hash_add(h, s->linux_key, strlen(s->linux_key));
	snprintf(path, sizeof(path), "%s/.complete", s->linux_dir);
	if (hash_file(h, path, e) < 0)
		goto out;
	snprintf(path, sizeof(path), "%s/checker/guest", s->data);
	ret = hash_tree(h, path, e);
	hash_key(h, key);
out:
	buf_release(&text);
	hash_free(h);
	return ret;
}

/* What .complete says: the state's hash, the size and time of RAM, a rate. */
static int describe(const char *dir, struct buf *out, struct err *e)
{
	char path[4096], key[HASH_KEY_LEN + 1];
	struct hash *h = hash_new();
	struct stat st;
	int ret = -1;

	if (!h)
		return err_set(e, ERR_ENV, ENOMEM, "cannot hash");
	snprintf(path, sizeof(path), "%s/state", dir);
	if (hash_file(h, path, e) < 0)
		goto out;
	snprintf(path, sizeof(path), "%s/initrd", dir);
	if (hash_file(h, path, e) < 0)
		goto out;
	hash_key(h, key);
	snprintf(path, sizeof(path), "%s/ram", dir);
	if (stat(path, &st) < 0) {
		err_set(e, ERR_ENV, errno, "cannot look at the guest's RAM");
		goto out;
	}
	buf_addf(out, "%s %lld %lld.%09ld\n", key, (long long)st.st_size,
		 (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
	ret = 0;
out:
	hash_free(h);
	return ret;
}

/* Is the snapshot in @dir whole? Fills the rate. */
static bool is_whole(const char *dir, double *rate)
{
	struct buf want = BUF_INIT, have = BUF_INIT;
	char path[4096];
	bool whole = false;
	char *nl;

	snprintf(path, sizeof(path), "%s/.complete", dir);
	if (buf_read_file(&want, path, 4096, NULL) < 0 ||
	    describe(dir, &have, NULL) < 0)
		goto out;
	nl = strchr(buf_str(&want), '\n');
	if (!nl || (size_t)(nl + 1 - buf_str(&want)) != have.len ||
	    memcmp(want.data, have.data, have.len) != 0)
		goto out;
	*rate = strtod(nl + 1, NULL);
	whole = *rate > 0;
out:
	buf_release(&want);
	buf_release(&have);
	return whole;
}

static int build_agent(const struct store *s, const char *dir, int cancel_fd,
		       struct err *e)
{
	char source[4096];
	const struct sandbox_bind binds[] = {
		{.from = dir, .to = SANDBOX_STAGE, .writable = true},
		{.from = source, .to = SANDBOX_DATA},
	};
	const struct sandbox_script script = {
		.store = s,
		.binds = binds,
		.nbinds = 2,
		.chdir = SANDBOX_STAGE,
		.lines = make_agent,
		.timeout_ms = AGENT_MS,
		.cancel_fd = cancel_fd,
	};

	snprintf(source, sizeof(source), "%s/checker/guest", s->data);
	return sandbox_do(&script, "the guest's agent could not be built", e);
}

static int boot_and_save(const struct store *s, const struct machine *m,
			 const char *dir, const struct warm_watch *watch,
			 double *rate, struct err *e)
{
	struct guest_opts o = {
		.qemu = {.store = s,
			 .machine = m,
			 .mode = QEMU_SAVE,
			 .dir = dir},
		.log_fd = -1,
		.cancel_fd = watch ? watch->cancel_fd : -1,
	};
	struct guest *g;
	int64_t cpu_ms = 0;
	char path[4096];
	int ret = -1;

	/* The boot's log stays: it is what one looks at when it fails. */
	snprintf(path, sizeof(path), "%s/boot.log", dir);
	o.log_fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	g = guest_new(&o, e);
	if (g && guest_boot(g, e) == 0 && guest_spin(g, SPIN_MS, &cpu_ms, e) == 0 &&
	    qemu_save(guest_qemu(g), e) == 0)
		ret = 0;
	*rate = cpu_ms > 0 ? (double)cpu_ms / SPIN_MS : 1.0;
	guest_free(g);
	if (o.log_fd >= 0)
		close(o.log_fd);
	return ret;
}

/* QEMU writes the RAM by mmap(), and on a full disk dies without a word. */
static int need_room(const struct store *s, struct err *e)
{
	struct statvfs fs;

	if (statvfs(s->cache, &fs) < 0 || fs.f_bavail * fs.f_frsize >= ROOM)
		return 0;
	err_set(e, ERR_ENV, ENOSPC, "no room for a warm guest of %zu MB",
		ROOM >> 20);
	err_where(e, "%s", s->cache);
	return err_next(e, "free some space, or set KILN_HOME to a folder on "
			   "another disk");
}

/* Make the snapshot in @dir; the caller holds its lock exclusively. */
static int make(const struct store *s, const struct machine *m,
		const char *dir, const struct warm_watch *watch, double *rate,
		struct err *e)
{
	struct buf text = BUF_INIT;
	char path[4096];
	int ret = -1;

	warm_make_room(s, strrchr(dir, '/') + 1);
	if (remove_tree(dir, e) < 0 || need_room(s, e) < 0 ||
	    make_dirs(dir, e) < 0)
		return -1;
	detail(watch, "building the guest's agent");
	if (build_agent(s, dir, watch ? watch->cancel_fd : -1, e) < 0)
		goto out;
	detail(watch, "booting a guest to keep warm, once (about 10 s)");
	if (boot_and_save(s, m, dir, watch, rate, e) < 0)
		goto out;
	if (describe(dir, &text, e) < 0)
		goto out;
	buf_addf(&text, "%.3f\n", *rate);
	warm_add_origin(&text, s);
	snprintf(path, sizeof(path), "%s/.complete", dir);
	ret = buf_write_file(&text, path, 0444, e);
out:
	if (ret < 0)
		remove_tree(dir, NULL);
	buf_release(&text);
	return ret;
}

/* Is the file that @fd has open still the one of that name? */
static bool still_there(int fd, const char *path)
{
	struct stat a, b;

	return fstat(fd, &a) == 0 && stat(path, &b) == 0 &&
	       a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* Wait for the lock on *@fd, showing once that we wait. */
static int wait_lock(int fd, int how, const struct warm_watch *watch,
		     struct err *e)
{
	bool told = false;

	while (flock(fd, how | LOCK_NB) < 0) {
		struct pollfd p = {
			.fd = watch ? watch->cancel_fd : -1,
			.events = POLLIN,
		};

		if (errno != EWOULDBLOCK && errno != EINTR)
			return err_set(e, ERR_ENV, errno,
				       "cannot lock the warm guest");
		if (!told)
			detail(watch, "another check makes the warm guest");
		told = true;
		if (poll(&p, 1, 100) > 0)
			return err_set(e, ERR_CANCELLED, 0, "interrupted");
	}
	return 0;
}

/* Who removes a snapshot removes its lock too: then it is opened again. */
static int take_lock(const char *dir, int *fd, int how,
		     const struct warm_watch *watch, struct err *e)
{
	char path[4200];

	snprintf(path, sizeof(path), "%s.lock", dir);
	for (;;) {
		if (*fd < 0)
			*fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
		if (*fd < 0) {
			err_set(e, ERR_ENV, errno,
				"cannot lock the warm guest");
			return err_where(e, "%s", path);
		}
		if (wait_lock(*fd, how, watch, e) < 0)
			return -1;
		if (still_there(*fd, path))
			return 0;
		close(*fd);
		*fd = -1;
	}
}

int warm_open(struct warm *w, const struct store *s, const struct machine *m,
	      const struct warm_watch *watch, struct err *e)
{
	char key[HASH_KEY_LEN + 1];

	*w = (struct warm)WARM_INIT;
	if (make_key(s, m, key, e) < 0)
		return -1;
	if (asprintf(&w->dir, "%s/" WARM_PREFIX "%s", s->cache, key) < 0) {
		w->dir = NULL;
		return err_set(e, ERR_ENV, ENOMEM, "cannot open the guest");
	}
	if (take_lock(w->dir, &w->lock_fd, LOCK_SH, watch, e) < 0)
		goto fail;
	if (is_whole(w->dir, &w->cpu_per_guest)) {
		warm_mark_used(w->lock_fd);
		return 0;
	}
	/* Not upgraded but let go: another may be making it meanwhile. */
	flock(w->lock_fd, LOCK_UN);
	if (take_lock(w->dir, &w->lock_fd, LOCK_EX, watch, e) < 0)
		goto fail;
	if (!is_whole(w->dir, &w->cpu_per_guest) &&
	    make(s, m, w->dir, watch, &w->cpu_per_guest, e) < 0)
		goto fail;
	if (take_lock(w->dir, &w->lock_fd, LOCK_SH, watch, e) < 0)
		goto fail;
	warm_mark_used(w->lock_fd);
	return 0;
fail:
	warm_close(w);
	return -1;
}

bool warm_try(struct warm *w, const struct store *s, const struct machine *m)
{
	char key[HASH_KEY_LEN + 1], lock[4200];

	*w = (struct warm)WARM_INIT;
	if (make_key(s, m, key, NULL) < 0)
		return false;
	if (asprintf(&w->dir, "%s/" WARM_PREFIX "%s", s->cache, key) < 0) {
		w->dir = NULL;
		return false;
	}
	snprintf(lock, sizeof(lock), "%s.lock", w->dir);
	w->lock_fd = open(lock, O_RDWR | O_CLOEXEC);
	if (w->lock_fd >= 0 && flock(w->lock_fd, LOCK_SH | LOCK_NB) == 0 &&
	    still_there(w->lock_fd, lock) &&
	    is_whole(w->dir, &w->cpu_per_guest)) {
		warm_mark_used(w->lock_fd);
		return true;
	}
	warm_close(w);
	return false;
}

void warm_close(struct warm *w)
{
	if (w->lock_fd >= 0)
		close(w->lock_fd);
	free(w->dir);
	*w = (struct warm)WARM_INIT;
}

void warm_discard(struct warm *w)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s/.complete", w->dir);
	unlink(path);
	warm_close(w);
}

bool warm_exists(const struct store *s, const struct machine *m)
{
	char key[HASH_KEY_LEN + 1], path[4096];
	double rate;

	if (make_key(s, m, key, NULL) < 0)
		return false;
	snprintf(path, sizeof(path), "%s/" WARM_PREFIX "%s", s->cache, key);
	return is_whole(path, &rate);
}

int warm_prepare(const struct store *s, const struct machine *m,
		 int cancel_fd, void (*progress)(void *arg, const char *what),
		 void *arg, struct err *e)
{
	struct warm_watch watch = {
		.arg = arg,
		.detail = progress,
		.cancel_fd = cancel_fd,
	};
	struct warm w;

	if (warm_open(&w, s, m, &watch, e) < 0)
		return -1;
	warm_close(&w);
	return 0;
}
