/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Checks of what compilers report: lint and forbid. */
#include "lua-int.h"
#include "checker/spec.h"

#include <string.h>

#define NAMES_MAX 64
#define PATHS_MAX 32
#define MOST_MAX  100

/* Reports come under the names of lints, never under those of groups. */
static const char *const groups[] = {
	"-Wall",	 "-Wextra",	    "-Wpedantic",
	"-Weverything",	 "-Werror",	    "clippy::all",
	"clippy::cargo", "clippy::complexity", "clippy::correctness",
	"clippy::nursery", "clippy::pedantic", "clippy::perf",
	"clippy::restriction", "clippy::style", "clippy::suspicious",
	"future_incompatible", "let_underscore", "nonstandard_style",
	"rust_2018_idioms", "unused", "warnings", NULL,
};

static bool is_of(const char *s, const char *more)
{
	while ((*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') ||
	       (*s >= '0' && *s <= '9') || (*s && strchr(more, *s)))
		s++;
	return !*s;
}

static void need_lint(const struct rec *r, const char *s)
{
	bool clang = strncmp(s, "-W", 2) == 0;

	for (size_t i = 0; groups[i]; i++)
		if (strcmp(s, groups[i]) == 0)
			rec_fail(r, "lint",
				 "\"%s\" is a group of lints; name each that "
				 "is meant",
				 s);
	if (!is_of(s, "_:+=-") || (s[0] == '-' && !clang) ||
	    strncmp(s, "-Wno-", 5) == 0 || strncmp(s, "-Wp,", 4) == 0)
		rec_fail(r, "lint",
			 "\"%s\" is not the name of a lint, such as "
			 "\"clippy::x\", \"unused_must_use\" or \"-Wshadow\"",
			 s);
}

static void need_path(const struct rec *r, const char *s)
{
	const char *at = strstr(s, "::");

	if (!is_of(s, "_:") || !at || at == s || !at[2] ||
	    strstr(s, ":::"))
		rec_fail(r, "forbid",
			 "\"%s\" is not the path of a function, a type or a "
			 "macro, such as \"core::mem::forget\"",
			 s);
}

static void take_files(const struct rec *r, const struct spec *spec,
		       struct check_spec *c)
{
	/** check.files
	 * With `lint` and `forbid`: only these files, which are among those to
	 * edit. Otherwise all of them.
	 * > files = { "wrap.rs" },
	 */
	if (!get_list(r, "files", &c->files, 64, 200, GET_PATH | GET_REQUIRED))
		return;
	for (size_t i = 0; i < c->files.n; i++)
		must_be_in(r, "files", c->files.v[i], &spec->edit,
			   "file to edit");
}

static void take_most(const struct rec *r, struct check_spec *c)
{
	long most = 0;

	/** check.most
	 * With `lint`: so many reports are tolerated; none if left out.
	 * > check "few" { title = "one unsafe block", lint = "unsafe_code",
	 * >   most = 1 },
	 */
	get_number(r, "most", &most, 0, MOST_MAX, 0);
	c->most = (unsigned)most;
}

void lua_lint_read(const struct rec *r, const struct spec *spec,
		   struct check_spec *c)
{
	get_list(r, "lint", &c->lines, NAMES_MAX, 80, GET_REQUIRED | GET_LINE);
	for (size_t i = 0; i < c->lines.n; i++)
		need_lint(r, c->lines.v[i]);
	take_most(r, c);
	if (rec_has(r, "files"))
		take_files(r, spec, c);
}

void lua_forbid_read(const struct rec *r, const struct spec *spec,
		     struct check_spec *c)
{
	get_list(r, "forbid", &c->lines, PATHS_MAX, 120,
		 GET_REQUIRED | GET_LINE);
	for (size_t i = 0; i < c->lines.n; i++)
		need_path(r, c->lines.v[i]);
	if (rec_has(r, "files"))
		take_files(r, spec, c);
}
