/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "editors.h"
#include "checker/buf.h"
#include "checker/err.h"
#include "checker/hash.h"
#include "checker/memory.h"
#include "checker/proc.h"
#include "checker/store.h"
#include "editors-int.h"
#include "lesson.h"
#include "live.h"
#include "session.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define WRITTEN	 EDITORS_DIR "/written"
#define FORMAT	 "kiln editors 1" /* raised when other files are written */
#define TEXT_MAX ((size_t)4 << 20)

static const struct {
	const char *name;
	mode_t mode;
	int text; /* enum editors_text, or -1 */
} files[] = {
	{"rust-project.json", 0644, -1},
	{"compile_commands.json", 0644, -1},
	{".vscode/settings.json", 0644, EDITORS_VSCODE_SETTINGS},
	{".vscode/extensions.json", 0644, EDITORS_VSCODE_EXTENSIONS},
	{".nvim.lua", 0644, EDITORS_NEOVIM},
	{EDITORS_DIR "/EDITORS.md", 0644, EDITORS_NOTE},
	{EDITORS_DIR "/rust-analyzer", 0755, EDITORS_RUST_SERVER},
	{EDITORS_DIR "/clangd", 0755, EDITORS_C_SERVER},
};

enum { NFILES = sizeof(files) / sizeof(*files) };

static int no_memory(struct err *e)
{
	return err_set(e, ERR_ENV, ENOMEM, "cannot write the editors' files");
}

/* ---- what was written, and from what ---- */

/* The first line is "FORMAT KEY", each other "SHA256 NAME". */
struct written {
	char key[HASH_KEY_LEN + 1];
	char hash[NFILES][HASH_HEX_LEN + 1]; /* "": not by us */
};

static int index_of(const char *name, size_t len)
{
	for (int i = 0; i < (int)NFILES; i++)
		if (strlen(files[i].name) == len &&
		    memcmp(files[i].name, name, len) == 0)
			return i;
	return -1;
}

static void read_written(struct written *w, const char *dir)
{
	const size_t head = strlen(FORMAT " ");
	struct buf path = BUF_INIT;
	struct buf b = BUF_INIT;
	const char *p;

	*w = (struct written){.key = ""};
	buf_addf(&path, "%s/" WRITTEN, dir);
	buf_read_file(&b, buf_str(&path), TEXT_MAX, NULL);
	p = buf_str(&b);
	if (strncmp(p, FORMAT " ", head) == 0 &&
	    strcspn(p + head, "\n") == HASH_KEY_LEN)
		memcpy(w->key, p + head, HASH_KEY_LEN);
	while ((p = strchr(p, '\n')) && *++p) {
		size_t len = strcspn(p, "\n");
		int i = len > HASH_HEX_LEN + 1
				? index_of(p + HASH_HEX_LEN + 1,
					   len - HASH_HEX_LEN - 1)
				: -1;

		if (i >= 0)
			memcpy(w->hash[i], p, HASH_HEX_LEN);
	}
	buf_release(&path);
	buf_release(&b);
}

static int write_written(const struct written *w, const char *dir,
			 struct err *e)
{
	struct buf path = BUF_INIT;
	struct buf b = BUF_INIT;
	int r;

	buf_addf(&b, FORMAT " %s\n", w->key);
	for (size_t i = 0; i < NFILES; i++)
		if (w->hash[i][0])
			buf_addf(&b, "%s %s\n", w->hash[i], files[i].name);
	buf_addf(&path, "%s/" WRITTEN, dir);
	r = buf_write_file(&b, buf_str(&path), 0644, e);
	buf_release(&path);
	buf_release(&b);
	return r;
}

static void hash_word(struct hash *h, const char *word)
{
	hash_add(h, word, strlen(word));
}

/* Sources do not say how they are built; a Makefile does. */
static bool is_source(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot && (strcmp(dot, ".c") == 0 || strcmp(dot, ".h") == 0 ||
		       strcmp(dot, ".rs") == 0 || strcmp(dot, ".S") == 0);
}

static int hash_files(struct hash *h, const struct lesson *l,
		      const struct strv *list, struct err *e)
{
	struct buf path = BUF_INIT;
	int r = 0;

	hash_word(h, "files");
	for (size_t i = 0; i < list->n && r == 0; i++) {
		hash_word(h, list->v[i]);
		if (is_source(list->v[i]))
			continue;
		buf_clear(&path);
		buf_addf(&path, "%s/solution/%s", l->spec.dir, list->v[i]);
		r = hash_file(h, buf_str(&path), e);
	}
	buf_release(&path);
	return r;
}

static int make_key(char key[HASH_KEY_LEN + 1], const struct editors_update *u,
		    struct err *e)
{
	const struct store *st = &u->s->store;
	struct hash *h = hash_new();
	struct buf place = BUF_INIT;
	int r;

	if (!h)
		return no_memory(e);
	editors_our_place(&place);
	hash_word(h, FORMAT " " KILN_VERSION);
	hash_word(h, buf_str(&place));
	hash_word(h, st->toolroot);
	hash_word(h, st->linux_dir);
	hash_word(h, u->dir);
	r = hash_files(h, u->lesson, &u->lesson->spec.given, e);
	if (r == 0)
		r = hash_files(h, u->lesson, &u->lesson->spec.edit, e);
	if (r == 0)
		hash_key(h, key);
	hash_free(h);
	buf_release(&place);
	return r;
}

/* ---- what there is to say ---- */

static bool builds_c(const struct kbuild_commands *c)
{
	for (size_t i = 0; i < c->n; i++)
		if (!c->v[i].rust)
			return true;
	return false;
}

static int ask_kbuild(struct kbuild_commands *out,
		      const struct editors_update *u, const char *memory,
		      const char *dir, const char *below, struct err *e)
{
	struct buf path = BUF_INIT;
	int r;

	buf_addf(&path, "%s/%s", dir, below);
	r = kbuild_commands(out, &u->s->store, buf_str(&path), memory,
			    u->cancel_fd, e);
	buf_release(&path);
	return r;
}

static int gather(struct editors_facts *f, const struct editors_update *u,
		  struct err *e)
{
	const struct memory_watch w = {.cancel_fd = u->cancel_fd};
	const struct store *st = &u->s->store;
	char *memory = NULL;
	int r = 0;

	*f = (struct editors_facts){
		.store = st, .lesson = u->lesson, .dir = u->dir};
	/* It makes this quick; but to make it is the work of a check. */
	if (memory_exists(st))
		r = memory_open(&memory, st, &w, e);
	if (r == 0)
		r = ask_kbuild(&f->commands, u, memory, u->lesson->spec.dir,
			       "solution", e);
	if (r == 0 && !builds_c(&f->commands))
		r = ask_kbuild(&f->sample, u, memory, st->data,
			       "checker/box/sample", e);
	free(memory);
	return r;
}

static int make_text(struct buf *out, size_t i, const struct editors_facts *f,
		     struct err *e)
{
	if (i == 0)
		return editors_rust_project(out, f, e);
	if (i == 1)
		return editors_compile_commands(out, f, e);
	editors_text(out, (enum editors_text)files[i].text, f->dir);
	return buf_ok(out) ? 0 : no_memory(e);
}

/* ---- writing ---- */

static void file_path(struct buf *out, const char *dir, size_t i)
{
	buf_clear(out);
	buf_addf(out, "%s/%s", dir, files[i].name);
}

/* Of the learner's making, or changed by them: not what we would write. */
static bool is_theirs(const char *path, const char *hash,
		      const struct buf *text)
{
	struct buf now = BUF_INIT;
	char hex[HASH_HEX_LEN + 1];
	bool theirs = true;
	struct stat st;

	if (lstat(path, &st) < 0)
		return false;
	if (S_ISREG(st.st_mode) &&
	    buf_read_file(&now, path, TEXT_MAX, NULL) == 0) {
		hash_hex(buf_str(&now), now.len, hex);
		theirs = strcmp(hex, hash) != 0 &&
			 (now.len != text->len ||
			  memcmp(buf_str(&now), buf_str(text), now.len) != 0);
	}
	buf_release(&now);
	return theirs;
}

static int make_folder(const char *path, struct err *e)
{
	char *folder = strndup(path, (size_t)(strrchr(path, '/') - path));
	int r = folder ? make_dirs(folder, e) : no_memory(e);

	free(folder);
	return r;
}

static int write_file(struct written *w, size_t i,
		      const struct editors_facts *f, struct err *e)
{
	struct buf path = BUF_INIT;
	struct buf text = BUF_INIT;
	int r = make_text(&text, i, f, e);

	file_path(&path, f->dir, i);
	if (r == 0 && is_theirs(buf_str(&path), w->hash[i], &text)) {
		w->hash[i][0] = '\0';
	} else if (r == 0) {
		r = make_folder(buf_str(&path), e);
		if (r == 0)
			r = buf_write_file(&text, buf_str(&path), files[i].mode,
					   e);
		hash_hex(buf_str(&text), text.len, w->hash[i]);
	}
	buf_release(&path);
	buf_release(&text);
	return r;
}

static bool all_there(const struct written *w, const char *dir)
{
	struct buf path = BUF_INIT;
	bool there = true;

	for (size_t i = 0; i < NFILES; i++) {
		file_path(&path, dir, i);
		if (access(buf_str(&path), F_OK) < 0)
			there = false;
	}
	buf_release(&path);
	return there;
}

int editors_update(const struct editors_update *u, struct err *e)
{
	struct editors_facts f;
	struct written w;
	char key[HASH_KEY_LEN + 1];
	int r;

	if (!store_has_toolroot(&u->s->store) || !store_has_linux(&u->s->store))
		return 0;
	if (make_key(key, u, e) < 0)
		return -1;
	read_written(&w, u->dir);
	if (strcmp(key, w.key) == 0 && (!u->anew || all_there(&w, u->dir)))
		return 0;
	r = gather(&f, u, e);
	for (size_t i = 0; i < NFILES && r == 0; i++)
		r = write_file(&w, i, &f, e);
	memcpy(w.key, key, sizeof(key));
	if (r == 0)
		r = write_written(&w, u->dir, e);
	kbuild_commands_release(&f.commands);
	kbuild_commands_release(&f.sample);
	return r;
}

bool editors_has_commands(const char *dir)
{
	struct buf path = BUF_INIT;
	bool there;

	buf_addf(&path, "%s/compile_commands.json", dir);
	there = access(buf_str(&path), R_OK) == 0;
	buf_release(&path);
	return there;
}

void editors_tell(const struct session *s, const struct lesson *l,
		  const char *dir)
{
	struct editors_update u = {
		.s = s, .lesson = l, .dir = dir, .anew = true};
	struct live *live = live_new_brief(&s->term);
	struct err e = ERR_INIT;
	int r = -1;

	u.cancel_fd = cancel_begin(&e);
	if (live && u.cancel_fd >= 0) {
		live_begin(live, "editor");
		live_detail(live,
			    "telling editors how the lesson is built, once");
	}
	if (u.cancel_fd >= 0) {
		r = editors_update(&u, &e);
		cancel_end();
	}
	live_free(live);
	if (r == 0 || e.code == ERR_CANCELLED)
		return;
	term_error(&e);
	term_warn("editors are not told of this lesson; all else works");
}
