/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "proved.h"
#include "checker/buf.h"
#include "checker/err.h"
#include "checker/store.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Whoever has not proved a lesson for so long may do it once more. */
#define KEEP_SECONDS ((time_t)90 * 24 * 60 * 60)

static int add_stamp(struct hash *h, const char *dir, struct err *e)
{
	char path[4200];

	snprintf(path, sizeof(path), "%s/" STORE_STAMP, dir);
	/* Not made yet: the proof itself will say so, and better. */
	return access(path, F_OK) < 0 ? 0 : hash_file(h, path, e);
}

int proved_key(char key[HASH_KEY_LEN + 1], const struct store *s,
	       const char *lesson_dir, struct err *e)
{
	struct hash *h = hash_new();
	int ret = -1;

	if (!h)
		return err_set(e, ERR_ENV, ENOMEM, "cannot make a key");
	hash_add(h, s->linux_key, strlen(s->linux_key));
	hash_add(h, s->toolroot_key, strlen(s->toolroot_key));
	if (add_stamp(h, s->linux_dir, e) == 0 &&
	    add_stamp(h, s->toolroot, e) == 0 &&
	    hash_file(h, "/proc/self/exe", e) == 0 &&
	    hash_tree(h, lesson_dir, e) == 0)
		ret = 0;
	if (ret == 0)
		hash_key(h, key);
	hash_free(h);
	return ret;
}

static void path_of(char path[4200], const struct store *s, const char *name)
{
	snprintf(path, 4200, "%s/proved%s%s", s->cache, *name ? "/" : "", name);
}

bool proved_before(const struct store *s, const char *key)
{
	char path[4200];

	path_of(path, s, key);
	return access(path, F_OK) == 0;
}

static void sweep(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *de;
	struct stat st;

	while (d && (de = readdir(d)))
		if (de->d_name[0] != '.' &&
		    fstatat(dirfd(d), de->d_name, &st, 0) == 0 &&
		    S_ISREG(st.st_mode) &&
		    st.st_mtime + KEEP_SECONDS < time(NULL))
			unlinkat(dirfd(d), de->d_name, 0);
	if (d)
		closedir(d);
}

void proved_remember(const struct store *s, const char *key, const char *id)
{
	struct buf b = BUF_INIT;
	char path[4200];

	path_of(path, s, "");
	if (make_dirs(path, NULL) < 0)
		return;
	sweep(path);
	buf_addf(&b, "%s\n", id);
	path_of(path, s, key);
	buf_write_file(&b, path, 0644, NULL);
	buf_release(&b);
}
