/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Keys: what a toolroot and a kernel are made from, as a hash. Each part
 * goes in with its name and its length, so that no two lists of parts look
 * alike.
 */
#include "store-int.h"
#include "buf.h"
#include "err.h"
#include "hash.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>

#define MAX_PART ((size_t)1 << 20)

static void add_part(struct hash *h, const char *name, const void *data,
		     size_t len)
{
	char size[32];
	int n = snprintf(size, sizeof(size), "%zu", len);

	hash_raw(h, name, strlen(name) + 1);
	hash_raw(h, size, (size_t)n + 1);
	hash_raw(h, data, len);
}

static int incomplete(const char *data, struct err *e)
{
	int errnum = e ? e->errnum : 0;
	char where[sizeof(e->where)];

	snprintf(where, sizeof(where), "%s", e ? e->where : "");
	err_set(e, ERR_ENV, errnum, "Kiln's data folder is incomplete");
	err_where(e, "%s", where);
	return err_next(e,
			"%s was taken for the data folder: set KILN_DATA to "
			"the folder with lessons/ and kernels/ in it, or "
			"install Kiln again",
			data);
}

/* Add the content of DATA/@name. */
static int add_file(struct hash *h, const char *data, const char *name,
		    struct err *e)
{
	struct buf content = BUF_INIT;
	char *path = NULL;
	int ret = -1;

	if (asprintf(&path, "%s/%s", data, name) < 0) {
		path = NULL;
		err_set(e, ERR_ENV, ENOMEM, "cannot read %s", name);
		goto out;
	}
	if (buf_read_file(&content, path, MAX_PART, e) < 0) {
		if (!e || e->errnum != ENOMEM)
			incomplete(data, e);
		goto out;
	}
	add_part(h, name, buf_str(&content), content.len);
	ret = 0;
out:
	buf_release(&content);
	free(path);
	return ret;
}

/* NULL, with @e set: out of memory. */
static struct hash *begin(struct err *e)
{
	struct hash *h = hash_new();

	if (!h)
		err_set(e, ERR_ENV, ENOMEM, "cannot make a key");
	return h;
}

/* Ends the hash, whole or not; the caller frees the key. */
static int finish(struct hash *h, int ret, char **out, struct err *e)
{
	char key[HASH_KEY_LEN + 1];

	if (ret == 0) {
		hash_key(h, key);
		*out = strdup(key);
		if (!*out)
			ret = err_set(e, ERR_ENV, ENOMEM, "cannot make a key");
	}
	hash_free(h);
	return ret;
}

int key_toolroot(char **out, const char *data, struct err *e)
{
	struct utsname un;
	struct hash *h;
	int ret = 0;

	if (uname(&un) < 0)
		return err_set(e, ERR_ENV, errno, "uname");
	h = begin(e);
	if (!h)
		return -1;
	add_part(h, "machine", un.machine, strlen(un.machine));
	if (add_file(h, data, "kernels/toolroot/packages", e) < 0 ||
	    add_file(h, data, "kernels/toolroot/dpkg.cfg", e) < 0 ||
	    add_file(h, data, "kernels/toolroot/make", e) < 0)
		ret = -1;
	return finish(h, ret, out, e);
}

static int is_fragment(const struct dirent *de)
{
	size_t len = strlen(de->d_name);

	return de->d_name[0] != '.' && len > strlen(".config") &&
	       strcmp(de->d_name + len - strlen(".config"), ".config") == 0;
}

/* By bytes: the locale must not change a key. */
static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int add_fragments(struct hash *h, const char *data, struct err *e)
{
	struct dirent **list = NULL;
	char *dir = NULL;
	char name[300];
	int n = -1;
	int ret = -1;

	if (asprintf(&dir, "%s/kernels/linux", data) < 0)
		dir = NULL;
	else
		n = scandir(dir, &list, is_fragment, by_name);
	if (n <= 0) {
		err_set(e, ERR_ENV, dir ? (n < 0 ? errno : 0) : ENOMEM,
			"no kernel fragment");
		err_where(e, "%s/kernels/linux/*.config", data);
		if (dir)
			incomplete(data, e);
		goto out;
	}
	for (int i = 0; i < n; i++) {
		snprintf(name, sizeof(name), "kernels/linux/%s",
			 list[i]->d_name);
		if (add_file(h, data, name, e) < 0)
			goto out;
	}
	ret = 0;
out:
	for (int i = 0; i < n; i++)
		free(list[i]);
	free(list);
	free(dir);
	return ret;
}

/* The kernel source that the user brings, if any: large, so not its bytes. */
static int add_source(struct hash *h, struct err *e)
{
	const char *var = getenv("KILN_LINUX_SOURCE");
	char *path = NULL;
	char facts[128];
	struct stat st;

	if (!var || !var[0])
		return 0;
	if (var[0] == '/')
		path = realpath(var, NULL);
	else
		errno = EINVAL;
	if (!path || stat(path, &st) < 0) {
		err_set(e, ERR_ENV, errno, "KILN_LINUX_SOURCE cannot be used");
		err_where(e, "%s", var);
		err_next(e, "set KILN_LINUX_SOURCE to the absolute path of a "
			    "Linux source tarball, or unset it");
		free(path);
		return -1;
	}
	snprintf(facts, sizeof(facts), "%lld %lld.%09ld", (long long)st.st_size,
		 (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
	add_part(h, "source ", path, strlen(path));
	add_part(h, "facts", facts, strlen(facts));
	free(path);
	return 0;
}

int key_linux(char **out, const char *data, const char *toolroot_key,
	      struct err *e)
{
	struct hash *h = begin(e);
	int ret = 0;

	if (!h)
		return -1;
	add_part(h, "toolroot", toolroot_key, strlen(toolroot_key));
	if (add_file(h, data, "kernels/linux/series", e) < 0 ||
	    add_fragments(h, data, e) < 0 ||
	    add_file(h, data, "kernels/linux/make", e) < 0 ||
	    add_source(h, e) < 0)
		ret = -1;
	return finish(h, ret, out, e);
}
