/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What stands in the folder of a lesson: a file that nothing uses was meant
 * to be used, and somebody has forgotten a line.
 */
#include "checker/buf.h"
#include "folder.h"
#include "lesson.h"
#include "lint.h"

#include <stdio.h>
#include <string.h>

enum { FEW_WRONGS = 3 };

/* "tests/a.c" below "tests": "a.c"; else NULL. */
static const char *below(const char *path, const char *dir)
{
	size_t n = strlen(dir);

	return strncmp(path, dir, n) == 0 && path[n] == '/' ? path + n + 1
							    : NULL;
}

/* Is @word in file @name of the lesson, as a word of its own? */
static bool mentions(const struct lint *t, const char *name, const char *word)
{
	static const char in_word[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
	struct buf b = BUF_INIT;
	char path[4400];
	const char *p, *s;
	bool found = false;

	snprintf(path, sizeof(path), "%s/%s", t->l->spec.dir, name);
	if (buf_read_file(&b, path, LESSON_FILE_MAX, NULL) == 0) {
		s = buf_str(&b);
		for (p = s; !found && (p = strstr(p, word)); p++)
			found = (p == s || !strchr(in_word, p[-1])) &&
				(!p[strlen(word)] ||
				 !strchr(in_word, p[strlen(word)]));
	}
	buf_release(&b);
	return found;
}

/* Does any other of @all that begins with @dir name it? */
static bool is_named_in(const struct lint *t, const struct strv *all,
			const char *dir, const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *base = slash ? slash + 1 : path;

	for (size_t i = 0; i < all->n; i++)
		if (below(all->v[i], dir) && strcmp(all->v[i], path) != 0 &&
		    mentions(t, all->v[i], base))
			return true;
	return false;
}

static bool is_program(const struct spec *s, const char *name)
{
	size_t n = strlen(name);
	char base[256];

	if (n < 3 || n > 200 || strcmp(name + n - 2, ".c") != 0)
		return false;
	snprintf(base, sizeof(base), "%.*s", (int)n - 2, name);
	return strv_has(&s->programs, base);
}

/* "x.c" or "x.rs" is made into x.o, which the Makefile names. */
static bool is_made(const struct lint *t, const char *name)
{
	const char *dot = strrchr(name, '.');
	char object[256];

	if (!dot || (strcmp(dot, ".c") != 0 && strcmp(dot, ".rs") != 0))
		return false;
	snprintf(object, sizeof(object), "%.*s.o", (int)(dot - name), name);
	return mentions(t, "tests/Makefile", object);
}

static void look_at_test(struct lint *t, const struct strv *all,
			 const char *path, const char *name)
{
	const struct spec *s = &t->l->spec;

	if (is_program(s, name) || strcmp(name, "Makefile") == 0 ||
	    (s->has_test_modules && is_made(t, name)) ||
	    is_named_in(t, all, "tests", path))
		return;
	lint_add(t, LINT_ERROR, path, 0,
		 "nothing uses this: no program of lesson.lua, no object of "
		 "tests/Makefile, no other file of tests/ has this name");
}

/* An answer: "NAME/FILE" in wrong/ or alt/. */
static void look_at_answer(struct lint *t, const char *path, const char *name,
			   bool wrong)
{
	const char *file = strchr(name, '/');
	char answer[256];

	if (!file) {
		lint_add(t, LINT_ERROR, path, 0,
			 "a file beside the answers; each is a folder");
		return;
	}
	snprintf(answer, sizeof(answer), "%.*s", (int)(file - name), name);
	if (wrong && !lesson_wrong(t->l, answer))
		lint_add(t, LINT_ERROR, path, 0,
			 "lesson.lua lists no wrong answer \"%s\"", answer);
	if (!strv_has(&t->l->spec.edit, file + 1))
		lint_add(t, LINT_ERROR, path, 0,
			 "%s is no file to edit, so this is never looked at",
			 file + 1);
}

/* "NAME/FILE" in try/, the experiment of a step. */
static void look_at_try(struct lint *t, const char *path, const char *name)
{
	char word[256];

	snprintf(word, sizeof(word), "%.*s", (int)strcspn(name, "/"), name);
	for (size_t i = 0; i < t->l->nsteps; i++)
		if (t->l->steps[i].try && strcmp(t->l->steps[i].try, word) == 0)
			return;
	lint_add(t, LINT_ERROR, path, 0, "no predict step has try = \"%s\"",
		 word);
}

/* "NAME/FILE" in variant/, which a check builds the work beside. */
static void look_at_variant(struct lint *t, const char *path, const char *name)
{
	const struct spec *s = &t->l->spec;
	const char *file = strchr(name, '/');
	char word[256];
	bool used = false;

	snprintf(word, sizeof(word), "%.*s", (int)strcspn(name, "/"), name);
	for (size_t i = 0; i < s->nchecks; i++)
		used = used || (s->checks[i].variant.name &&
				strcmp(s->checks[i].variant.name, word) == 0);
	if (!used)
		lint_add(t, LINT_ERROR, path, 0,
			 "no check has variant = \"%s\"", word);
	else if (file && strv_has(&s->edit, file + 1))
		lint_add(t, LINT_ERROR, path, 0,
			 "%s is a file to edit, and this would take the place "
			 "of what the learner wrote",
			 file + 1);
}

static void look_at_file(struct lint *t, const struct strv *all,
			 const char *path)
{
	static const char *const own[] = {"lesson.lua", "text.md", "notes.md"};
	const struct spec *s = &t->l->spec;
	const char *name;

	for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++)
		if (strcmp(path, own[i]) == 0)
			return;
	if ((name = below(path, "solution"))) {
		if (!strv_has(&s->given, name) && !strv_has(&s->edit, name))
			lint_add(t, LINT_ERROR, path, 0,
				 "neither given nor to be edited, by the "
				 "files of lesson.lua");
	} else if ((name = below(path, "tests"))) {
		look_at_test(t, all, path, name);
	} else if ((name = below(path, "wrong"))) {
		look_at_answer(t, path, name, true);
	} else if ((name = below(path, "alt"))) {
		look_at_answer(t, path, name, false);
	} else if ((name = below(path, "try"))) {
		look_at_try(t, path, name);
	} else if ((name = below(path, "variant"))) {
		look_at_variant(t, path, name);
	} else {
		lint_add(t, LINT_ERROR, path, 0,
			 "no part of a lesson; allowed are lesson.lua, "
			 "text.md, notes.md, solution/, tests/, wrong/, alt/, "
			 "try/ and variant/");
	}
}

static void count_answers(struct lint *t, const struct strv *all)
{
	bool alt = false;

	for (size_t i = 0; i < all->n; i++)
		alt = alt || below(all->v[i], "alt");
	if (!alt)
		lint_add(t, LINT_WARNING, "alt/", 0,
			 "there is no other solution; one of another shape "
			 "shows that the tests look at behaviour");
	if (t->l->nwrongs < FEW_WRONGS)
		lint_field(t, LINT_WARNING, NULL, "wrong",
			   "%zu wrong answers; at least %d that beginners "
			   "write are wanted",
			   t->l->nwrongs, FEW_WRONGS);
}

int lint_files(struct lint *t, struct err *e)
{
	struct strv all = STRV_INIT;
	int ret = folder_names(&all, t->l->spec.dir, FOLDER_FILES, e);

	for (size_t i = 0; ret == 0 && i < all.n; i++)
		look_at_file(t, &all, all.v[i]);
	if (ret == 0)
		count_answers(t, &all);
	strv_release(&all);
	return ret;
}
