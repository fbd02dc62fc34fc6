/* SPDX-License-Identifier: GPL-2.0-or-later */
/* files and programs: what there is to build, which must be there. */
#include "lua-int.h"
#include "lesson.h"
#include "folder.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* A plain file below the lesson, reached through no symbolic link. */
static bool is_file(const struct lesson *l, const char *rel, off_t *size)
{
	char path[4096];
	struct stat st;
	size_t base;
	int n;

	base = strlen(l->spec.dir) + 1;
	n = snprintf(path, sizeof(path), "%s/%s", l->spec.dir, rel);
	if (n < 0 || (size_t)n >= sizeof(path))
		return false;
	for (char *p = path + base; (p = strchr(p, '/')); p++) {
		*p = '\0';
		if (lstat(path, &st) < 0 || !S_ISDIR(st.st_mode))
			return false;
		*p = '/';
	}
	if (lstat(path, &st) < 0 || !S_ISREG(st.st_mode))
		return false;
	*size = st.st_size;
	return true;
}

void say_there(char out[500], const struct lesson *l, const char *parent,
	       bool folders, const char *name)
{
	struct strv names = STRV_INIT;
	char path[4200], maybe[128] = "", all[300] = "nothing";

	snprintf(path, sizeof(path), "%s/%s", l->spec.dir, parent);
	if (folder_names(&names, path, folders ? FOLDER_DIRS : FOLDER_FILES,
			 NULL) == 0 &&
	    names.n) {
		say_suggestion(maybe, sizeof(maybe), name,
			       (const char *const *)names.v);
		say_all(all, sizeof(all), (const char *const *)names.v);
	}
	snprintf(out, 500, "%s; in %s/ there is: %s", maybe, parent, all);
	if (strv_has(&names, name))
		snprintf(out, 500, " that is a plain %s, reached by no link",
			 folders ? "folder" : "file");
	strv_release(&names);
}

__attribute__((noreturn)) static void
no_file(const struct rec *r, const char *field, const struct lesson *l,
	const char *parent, const char *name)
{
	char there[500];

	say_there(there, l, parent, false, name);
	rec_fail(r, field, "there is no file %s/%.100s%s", parent, name, there);
}

static void check_files(const struct rec *r, const struct lesson *l,
			const char *field, const struct strv *files)
{
	char rel[256];
	off_t size;

	for (size_t i = 0; i < files->n; i++) {
		snprintf(rel, sizeof(rel), "solution/%s", files->v[i]);
		if (!is_file(l, rel, &size))
			no_file(r, field, l, "solution", files->v[i]);
		if (size > (off_t)LESSON_FILE_MAX)
			rec_fail(r, field,
				 "%s has %lld bytes, at most %zu "
				 "are allowed",
				 rel, (long long)size, LESSON_FILE_MAX);
		for (size_t j = 0; j < i; j++)
			if (strcmp(files->v[i], files->v[j]) == 0)
				rec_fail(r, field, "\"%s\" is listed twice",
					 files->v[i]);
	}
}

static void take_files(const struct rec *r, struct lesson *l)
{
	/** [files] files = { ... }
	 * Paths are relative to `solution/`, where each file must be, and hold
	 * at most 1 MiB. No file is in both lists, or twice in one. See
	 * [Files](lesson-format.md#files).
	 */
	static const char *const allowed[] = {"given", "edit", NULL};
	struct spec *s = &l->spec;
	struct rec f;

	/** lesson.files
	 * What a learner gets, and what of it is to be edited: [files](#files).
	 * > files = { given = { "Makefile" }, edit = { "wrap.rs" } },
	 */
	rec_open(&f, r, "files", true);
	rec_only(&f, allowed);
	/** files.given
	 * What is put into the learner's folder as it is. The lesson's own copy
	 * is built, whatever the learner makes of it.
	 * > given = { "legacy.c", "include/legacy.h", "Makefile" },
	 */
	get_list(&f, "given", &s->given, 64, 200, GET_PATH);
	/** files.edit
	 * What the learner changes.
	 * > edit = { "wrap.rs" },
	 */
	get_list(&f, "edit", &s->edit, 64, 200, GET_REQUIRED | GET_PATH);
	check_files(&f, l, "given", &s->given);
	check_files(&f, l, "edit", &s->edit);
	for (size_t i = 0; i < s->edit.n; i++)
		if (strv_has(&s->given, s->edit.v[i]))
			rec_fail(&f, "edit",
				 "\"%s\" is both given and to be "
				 "edited",
				 s->edit.v[i]);
	lua_pop(r->L, 1);
}

static void take_programs(const struct rec *r, struct lesson *l)
{
	struct strv *p = &l->spec.programs;
	char rel[256];
	off_t size;

	/** lesson.programs
	 * Programs for `guest:run`: `"ioctl_test"` is built from
	 * `tests/ioctl_test.c`, for the guest, without shared libraries.
	 * > programs = { "ioctl_test" },
	 */
	get_list(r, "programs", p, 16, 60, GET_PATH);
	for (size_t i = 0; i < p->n; i++) {
		snprintf(rel, sizeof(rel), "tests/%s.c", p->v[i]);
		if (strchr(p->v[i], '/') || !is_file(l, rel, &size))
			no_file(r, "programs", l, "tests", rel + 6);
	}
	l->spec.has_test_modules = is_file(l, "tests/Makefile", &size);
}

void lua_files_read(const struct rec *r, struct lesson *l)
{
	take_files(r, l);
	take_programs(r, l);
}
