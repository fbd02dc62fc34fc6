/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tree.h"
#include "checker/buf.h"
#include "checker/store.h"
#include "home.h"

#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* As the compilers see it, in their box. */
#define BOXED "/kiln/src"

static bool is_dir(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static void add_source(struct buf *out, const struct store *st)
{
	buf_addf(out, "%s/src", st->linux_dir);
}

static void add_link(struct buf *out, const struct store *st)
{
	buf_addf(out, "%s/linux", st->work);
}

enum link_kind { LINK_NONE, LINK_OURS, LINK_STALE, LINK_FOREIGN };

static enum link_kind link_state(const char *path, const char *source)
{
	char to[PATH_MAX];
	struct stat st;
	ssize_t n;

	if (lstat(path, &st) < 0)
		return LINK_NONE;
	if (!S_ISLNK(st.st_mode))
		return LINK_FOREIGN;
	n = readlink(path, to, sizeof(to) - 1);
	if (n < 0)
		return LINK_FOREIGN;
	to[n] = '\0';
	return strcmp(to, source) == 0 ? LINK_OURS : LINK_STALE;
}

/* By rename, so that another shell never finds it missing. */
static void put_link(const char *path, const char *source)
{
	struct buf tmp = BUF_INIT;

	buf_addf(&tmp, "%s.tmp%d", path, (int)getpid());
	if (symlink(source, buf_str(&tmp)) == 0 &&
	    rename(buf_str(&tmp), path) < 0)
		unlink(buf_str(&tmp));
	buf_release(&tmp);
}

void tree_link(const struct store *st)
{
	struct buf source = BUF_INIT;
	struct buf link = BUF_INIT;

	add_source(&source, st);
	add_link(&link, st);
	if (is_dir(buf_str(&source)))
		switch (link_state(buf_str(&link), buf_str(&source))) {
		case LINK_NONE:
		case LINK_STALE:
			put_link(buf_str(&link), buf_str(&source));
			break;
		case LINK_OURS:
		case LINK_FOREIGN:
			break;
		}
	buf_release(&source);
	buf_release(&link);
}

bool tree_add_name(struct buf *out, const struct store *st)
{
	struct buf source = BUF_INIT;
	struct buf link = BUF_INIT;
	bool there;

	add_source(&source, st);
	add_link(&link, st);
	there = is_dir(buf_str(&source));
	if (there && link_state(buf_str(&link), buf_str(&source)) == LINK_OURS)
		home_add(out, buf_str(&link));
	else if (there)
		home_add(out, buf_str(&source));
	buf_release(&source);
	buf_release(&link);
	return there;
}

void tree_add_text(struct buf *out, const struct store *st, const char *text,
		   size_t len)
{
	const char *end = text + len;
	struct buf name = BUF_INIT;
	const char *at;

	if (tree_add_name(&name, st))
		while ((at = memmem(text, (size_t)(end - text), BOXED "/",
				    strlen(BOXED "/")))) {
			buf_add(out, text, (size_t)(at - text));
			buf_adds(out, buf_str(&name));
			text = at + strlen(BOXED);
		}
	buf_add(out, text, (size_t)(end - text));
	buf_release(&name);
}

/* Is @s, of which @n bytes are a path's, at the end of a name? */
static bool name_ends(const char *s, size_t n)
{
	return !isalnum((unsigned char)s[n]) && s[n] != '-' && s[n] != '_';
}

void tree_put_work(struct buf *md, const struct store *st)
{
	static const char work[] = "~/kiln", tree[] = "~/kiln/linux";
	struct buf out = BUF_INIT;
	const char *s = buf_str(md);

	if (!st->work)
		return;
	while (*s) {
		size_t n = strcspn(s, "~");

		buf_add(&out, s, n);
		s += n;
		if (strncmp(s, tree, strlen(tree)) == 0 &&
		    name_ends(s, strlen(tree)) && tree_add_name(&out, st)) {
			s += strlen(tree);
		} else if (strncmp(s, work, strlen(work)) == 0 &&
			   name_ends(s, strlen(work))) {
			home_add(&out, st->work);
			s += strlen(work);
		} else if (*s) {
			buf_addc(&out, *s++);
		}
	}
	buf_clear(md);
	buf_add(md, buf_str(&out), out.len);
	buf_release(&out);
}

/* What follows "@dir/" in @name, or NULL. */
static const char *past(const char *name, const char *dir)
{
	size_t n = strlen(dir);

	return n && strncmp(name, dir, n) == 0 && name[n] == '/' ? name + n + 1
								 : NULL;
}

/* What follows one of the tree's names in @name, or all of it. */
static const char *below(const struct store *st, const char *name)
{
	struct buf names[4] = {BUF_INIT, BUF_INIT, BUF_INIT, BUF_INIT};
	const char *rest = NULL;

	buf_adds(&names[0], BOXED);
	tree_add_name(&names[1], st);
	add_link(&names[2], st); /* "~" undone by the learner's own shell */
	add_source(&names[3], st);
	for (size_t i = 0; i < 4; i++) {
		if (!rest)
			rest = past(name, buf_str(&names[i]));
		buf_release(&names[i]);
	}
	return rest ? rest : name;
}

static bool climbs(const char *name)
{
	return *name == '/' || strcmp(name, "..") == 0 ||
	       strncmp(name, "../", 3) == 0 || strstr(name, "/../") ||
	       (strlen(name) > 2 &&
		strcmp(name + strlen(name) - 3, "/..") == 0);
}

static bool find(struct buf *out, const struct store *st, const char *name,
		 mode_t type)
{
	struct buf path = BUF_INIT;
	struct stat sb;
	bool found = false;

	name = below(st, name);
	if (!climbs(name)) {
		add_source(&path, st);
		buf_addf(&path, "/%s", name);
		found = stat(buf_str(&path), &sb) == 0 &&
			(sb.st_mode & S_IFMT) == type;
	}
	if (found)
		buf_adds(out, buf_str(&path));
	buf_release(&path);
	return found;
}

bool tree_find(struct buf *out, const struct store *st, const char *name)
{
	return *name && find(out, st, name, S_IFREG);
}

bool tree_find_folder(struct buf *out, const struct store *st, const char *name)
{
	return find(out, st, name, S_IFDIR);
}
