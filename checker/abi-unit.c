/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "abi-unit.h"
#include "err.h"

#include <errno.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CMD_MAX	  ((size_t)1 << 20)
#define UNITS_MAX 256
#define DEPTH_MAX 4 /* folders */

static bool ends_in(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && strcmp(s + n - m, end) == 0;
}

/* ".NAME.o.cmd", but for what Kbuild adds to each module. */
static bool is_wanted(const char *name)
{
	return name[0] == '.' && ends_in(name, ".o.cmd") &&
	       !ends_in(name, ".mod.o.cmd") &&
	       strcmp(name, "..module-common.o.cmd") != 0;
}

/* As make would hand it to the shell, up to the first ";" of the shell's. */
static char *read_command(const char *line)
{
	struct buf b = BUF_INIT;
	bool quoted = false;

	for (; *line && *line != '\n'; line++) {
		quoted ^= *line == '\'';
		if (!quoted && strncmp(line, " ; ", 3) == 0)
			break;
		if (strncmp(line, "$$", 2) == 0) {
			buf_addc(&b, '$');
			line++;
		} else if (strncmp(line, "$(pound)", 8) == 0) {
			buf_addc(&b, '#');
			line += 7;
		} else {
			buf_addc(&b, *line);
		}
	}
	return buf_steal(&b);
}

/* "deps_x.o := \" and then a file a line; absolute ones are the kernel's. */
static int read_files(struct strv *files, const char *s)
{
	char name[1024];

	for (s = strchr(s, '\n'); s && strncmp(s, "\n  ", 3) == 0;
	     s = strchr(s + 1, '\n')) {
		size_t n = strcspn(s + 3, " \n");

		if (n == 0 || n >= sizeof(name) || s[3] == '/' || s[3] == '$')
			continue;
		snprintf(name, sizeof(name), "%.*s", (int)n, s + 3);
		if (!strstr(name, "..") && !strv_has(files, name) &&
		    strv_add(files, name) < 0)
			return -1;
	}
	return 0;
}

static int parse(struct abi_unit *u, const char *text)
{
	const char *cmd = strstr(text, " := ");
	const char *source = strstr(text, "\nsource_");
	const char *deps = strstr(text, "\ndeps_");
	const char *name;

	if (strncmp(text, "savedcmd_", 9) != 0 || !cmd || !deps)
		return 0;
	u->command = read_command(cmd + 4);
	if (!u->command)
		return -1;
	u->rust = strstr(u->command, " --crate-type ") != NULL;
	/* For Rust the sources are among the rest. */
	name = source ? strstr(source, " := ") : NULL;
	if (name && name[4] != '/' && !u->rust) {
		char *s = strndup(name + 4, strcspn(name + 4, "\n"));
		int r = s ? strv_add(&u->files, s) : -1;

		free(s);
		if (r < 0)
			return -1;
	}
	return read_files(&u->files, deps + 1);
}

static void release_one(struct abi_unit *u)
{
	free(u->object);
	free(u->command);
	strv_release(&u->files);
}

/* @path: "sub/.x.o.cmd"; the object is "sub/x.o". */
static int add(struct abi_units *u, const char *path, const char *text)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	struct abi_unit one = {.object = NULL};
	struct abi_unit *v;
	int n;

	n = asprintf(&one.object, "%.*s%.*s", (int)(name - path), path,
		     (int)(strlen(name) - strlen(".") - strlen(".cmd")),
		     name + 1);
	if (n < 0)
		return -1;
	v = realloc(u->v, (u->n + 1) * sizeof(*v));
	if (v)
		u->v = v;
	if (!v || parse(&one, text) < 0) {
		release_one(&one);
		return -1;
	}
	/* What was linked of other objects has no compiler's command. */
	if (!one.command || (!one.rust && !strstr(one.command, " -c -o "))) {
		release_one(&one);
		return 0;
	}
	u->nrust += one.rust;
	v[u->n++] = one;
	return 0;
}

static int take(struct abi_units *u, const char *path, const char *name)
{
	struct buf b = BUF_INIT;
	int ret = 0;

	/* The learner's Makefile may have left anything there. */
	if (buf_read_file(&b, path, CMD_MAX, NULL) == 0 &&
	    strlen(buf_str(&b)) == b.len)
		ret = add(u, name, buf_str(&b));
	buf_release(&b);
	return ret;
}

int abi_units_read(struct abi_units *u, const char *stage, struct err *e)
{
	char *const roots[] = {(char *)stage, NULL};
	FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	size_t skip = strlen(stage) + 1;
	FTSENT *f;
	int ret = tree ? 0 : -1;

	*u = (struct abi_units){.n = 0};
	while (ret == 0 && u->n < UNITS_MAX && (f = fts_read(tree))) {
		if (f->fts_level >= DEPTH_MAX)
			fts_set(tree, f, FTS_SKIP);
		else if (f->fts_info == FTS_F && is_wanted(f->fts_name))
			ret = take(u, f->fts_accpath, f->fts_path + skip);
	}
	if (tree)
		fts_close(tree);
	if (ret < 0) {
		abi_units_release(u);
		err_set(e, ERR_ENV, ENOMEM, "cannot compare C and Rust");
	}
	return ret;
}

void abi_units_release(struct abi_units *u)
{
	for (size_t i = 0; i < u->n; i++)
		release_one(&u->v[i]);
	free(u->v);
	*u = (struct abi_units){.n = 0};
}
