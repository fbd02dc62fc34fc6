/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store.h"
#include "store-int.h"
#include "err.h"

#include <errno.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The variable; NULL when it is not set, or empty. */
static const char *var(const char *name)
{
	const char *value = getenv(name);

	return value && value[0] ? value : NULL;
}

static int no_memory(struct err *e)
{
	return err_set(e, ERR_ENV, ENOMEM, "cannot find the folders");
}

static int relative(const char *name, const char *value, struct err *e)
{
	err_set(e, ERR_ENV, 0, "%s is not an absolute path", name);
	err_where(e, "%s=%s", name, value);
	return err_next(e, "set %s to a path that starts with /, or unset it",
			name);
}

/* "BASE/SUB", without doubled slashes between; NULL: out of memory. */
static char *join(const char *base, const char *sub)
{
	size_t len = strlen(base);
	char *path = NULL;

	while (len > 0 && base[len - 1] == '/')
		len--;
	if (asprintf(&path, "%.*s/%s", (int)len, base, sub) < 0)
		return NULL;
	return path;
}

/* Where the user's own files are. Borrowed. */
static const char *home_dir(struct err *e)
{
	const char *home = var("HOME");
	struct passwd *pw;

	if (home) {
		if (home[0] == '/')
			return home;
		relative("HOME", home, e);
		return NULL;
	}
	pw = getpwuid(getuid());
	if (pw && pw->pw_dir && pw->pw_dir[0] == '/')
		return pw->pw_dir;
	err_set(e, ERR_ENV, 0, "there is no home folder: HOME is not set");
	err_next(e, "set HOME, or set KILN_HOME to a folder for all that "
		    "Kiln keeps");
	return NULL;
}

/* One way to find a folder: variable @name, with @sub below it. */
struct rule {
	const char *name;
	const char *sub; /* "": the variable's value itself */
};

struct place {
	const char *what;
	struct rule rules[2]; /* the first that is set */
	const char *in_home; /* otherwise, below the home folder */
};

static const struct place cache_place = {
	.what = "cache",
	.rules = {{"KILN_HOME", "cache"}, {"XDG_CACHE_HOME", "kiln"}},
	.in_home = ".cache/kiln",
};

static const struct place state_place = {
	.what = "state",
	.rules = {{"KILN_HOME", "state"}, {"XDG_STATE_HOME", "kiln"}},
	.in_home = ".local/state/kiln",
};

static const struct place work_place = {
	.what = "work",
	.rules = {{"KILN_WORK", ""}, {"KILN_HOME", "work"}},
	.in_home = "kiln",
};

static char *find_place(const struct place *p, struct err *e)
{
	const char *home;
	char *path;

	for (int i = 0; i < 2; i++) {
		const struct rule *r = &p->rules[i];
		const char *value = var(r->name);

		if (!value)
			continue;
		if (value[0] != '/') {
			relative(r->name, value, e);
			return NULL;
		}
		path = r->sub[0] ? join(value, r->sub) : strdup(value);
		if (!path)
			no_memory(e);
		return path;
	}
	home = home_dir(e);
	if (!home)
		return NULL;
	path = join(home, p->in_home);
	if (!path)
		no_memory(e);
	return path;
}

/* Which variable would move this folder elsewhere. */
static const char *remedy(const struct place *p)
{
	for (int i = 0; i < 2; i++)
		if (var(p->rules[i].name))
			return p->rules[i].name;
	return "KILN_HOME";
}

static int make_place(const char *path, const struct place *p, struct err *e)
{
	if (make_dirs(path, e) < 0) {
		if (e && !e->next[0])
			err_next(e, "set %s to a folder that you can write to",
				 remedy(p));
		return -1;
	}
	if (eaccess(path, W_OK | X_OK) == 0)
		return 0;
	err_set(e, ERR_ENV, errno, "cannot write to the %s folder", p->what);
	err_where(e, "%s", path);
	return err_next(e, "set %s to a folder that you can write to",
			remedy(p));
}

/* With @unwritable, that one cannot write there is no error: it is told so. */
static int find_and_make(char **out, const struct place *p,
			 struct err *unwritable, struct err *e)
{
	struct err why = ERR_INIT;

	*out = find_place(p, e);
	if (!*out)
		return -1;
	if (make_place(*out, p, &why) == 0)
		return 0;
	if (unwritable && !unwritable->code)
		*unwritable = why;
	else if (!unwritable && e)
		*e = why;
	return unwritable ? 0 : -1;
}

/* What BASE/SUB is: its type bits of st_mode; 0: nothing. */
static mode_t type_of(const char *base, const char *sub)
{
	char path[PATH_MAX];
	struct stat st;
	int n = snprintf(path, sizeof(path), "%s/%s", base, sub);

	if (n >= (int)sizeof(path) || stat(path, &st) < 0)
		return 0;
	return st.st_mode & S_IFMT;
}

static bool is_data(const char *dir)
{
	return type_of(dir, "lessons") == S_IFDIR &&
	       type_of(dir, "kernels") == S_IFDIR;
}

/* From where the program stands: a source tree, or an installation. */
static char *data_near_program(struct err *e)
{
	/* build/kiln; build/san/kiln; PREFIX/bin/kiln */
	static const char *const ways[] = {"..", "../..", "../share/kiln"};
	char exe[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe) - 1);

	exe[n > 0 ? n : 0] = '\0';
	if (strrchr(exe, '/'))
		*strrchr(exe, '/') = '\0';
	for (size_t i = 0; exe[0] && i < sizeof(ways) / sizeof(*ways); i++) {
		char way[PATH_MAX + 16];
		char *path;

		snprintf(way, sizeof(way), "%s/%s", exe, ways[i]);
		path = realpath(way, NULL);
		if (path && is_data(path))
			return path;
		free(path);
	}
	err_set(e, ERR_ENV, 0, "Kiln's data folder is not found");
	err_where(e, "looked in .., ../.. and ../share/kiln of %s", exe);
	err_next(e, "set KILN_DATA to the folder with lessons/ and kernels/ "
		    "in it, or install Kiln again");
	return NULL;
}

static char *find_data(struct err *e)
{
	const char *value = var("KILN_DATA");
	char *path;

	if (!value)
		return data_near_program(e);
	if (value[0] != '/') {
		relative("KILN_DATA", value, e);
		return NULL;
	}
	path = realpath(value, NULL);
	if (path && is_data(path))
		return path;
	err_set(e, ERR_ENV, path ? 0 : errno,
		"Kiln's data folder is incomplete");
	err_where(e, "KILN_DATA=%s", value);
	err_next(e, "set KILN_DATA to the folder with lessons/ and kernels/ "
		    "in it, or unset it");
	free(path);
	return NULL;
}

static int name_keyed(struct store *s, struct err *e)
{
	if (key_toolroot(&s->toolroot_key, s->data, e) < 0 ||
	    key_linux(&s->linux_key, s->data, s->toolroot_key, e) < 0)
		return -1;
	if (asprintf(&s->toolroot, "%s/toolroot-%s", s->cache,
		     s->toolroot_key) < 0) {
		s->toolroot = NULL;
		return no_memory(e);
	}
	if (asprintf(&s->linux_dir, "%s/linux-%s", s->cache, s->linux_key) <
	    0) {
		s->linux_dir = NULL;
		return no_memory(e);
	}
	return 0;
}

int store_find(struct store *s, struct err *unwritable, struct err *e)
{
	*s = (struct store){.cache = NULL};
	s->data = find_data(e);
	if (s->data &&
	    find_and_make(&s->cache, &cache_place, unwritable, e) == 0 &&
	    find_and_make(&s->state, &state_place, unwritable, e) == 0 &&
	    find_and_make(&s->work, &work_place, unwritable, e) == 0 &&
	    name_keyed(s, e) == 0)
		return 0;
	store_release(s);
	return -1;
}

int store_open(struct store *s, struct err *e)
{
	return store_find(s, NULL, e);
}

void store_release(struct store *s)
{
	if (!s)
		return;
	free(s->cache);
	free(s->state);
	free(s->work);
	free(s->data);
	free(s->toolroot);
	free(s->linux_dir);
	free(s->toolroot_key);
	free(s->linux_key);
	*s = (struct store){.cache = NULL};
}

bool store_has_toolroot(const struct store *s)
{
	return type_of(s->toolroot, STORE_STAMP) == S_IFREG;
}

bool store_has_linux(const struct store *s)
{
	return type_of(s->linux_dir, STORE_STAMP) == S_IFREG;
}
