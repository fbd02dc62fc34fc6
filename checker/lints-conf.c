/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * clippy.toml: https://doc.rust-lang.org/clippy/lint_configuration.html.
 * What a path names, a function, a type or a macro, is for clippy to find
 * out; as each of the others it means nothing.
 */
#include "lints.h"
#include "buf.h"
#include "spec.h"

#include <stdio.h>
#include <string.h>

static const char *const keys[] = {"disallowed-methods", "disallowed-types",
				   "disallowed-macros"};

/* Behind "KEY = [" at the beginning of a line, if the kernel writes it so. */
static const char *find_list(const char *own, const char *key)
{
	char open[40];
	const char *at = own;

	snprintf(open, sizeof(open), "%s = [", key);
	while ((at = strstr(at, open))) {
		if (at == own || at[-1] == '\n')
			return at + strlen(open);
		at++;
	}
	return NULL;
}

/*
 * clippy does not look for a method in what is only another name for a type,
 * as KBox is for Box<_, Kmalloc>.
 */
void lints_path(struct buf *out, const char *path)
{
	static const char *const aliases[][2] = {
		{"KBox", "Box"}, {"VBox", "Box"}, {"KVBox", "Box"},
		{"KVec", "Vec"}, {"VVec", "Vec"}, {"KVVec", "Vec"},
	};

	while (*path) {
		size_t len = strcspn(path, ":");
		const char *word = path;

		for (size_t i = 0; i < sizeof(aliases) / sizeof(*aliases); i++)
			if (path[len] && strlen(aliases[i][0]) == len &&
			    strncmp(path, aliases[i][0], len) == 0)
				word = aliases[i][1];
		buf_add(out, word, word == path ? len : strlen(word));
		path += len;
		len = strspn(path, ":");
		buf_add(out, path, len);
		path += len;
	}
}

static void add_path(struct buf *out, const char *path, const char *before,
		     const char *after)
{
	buf_addf(out, "%spath = \"", before);
	lints_path(out, path);
	buf_addf(out,
		 "\"%sreason = \"the lesson says so\"%sallow-invalid = true%s",
		 *after ? ", " : "\n", *after ? ", " : "\n",
		 *after ? after : "\n");
}

static void add_paths(struct buf *out, const struct spec *spec,
		      const char *before, const char *after)
{
	for (size_t i = 0; i < spec->nchecks; i++) {
		const struct check_spec *c = &spec->checks[i];

		for (size_t k = 0; c->kind == CHECK_FORBID && k < c->lines.n;
		     k++)
			add_path(out, c->lines.v[k], before, after);
	}
}

int lints_conf(struct buf *out, const char *own, const struct spec *spec)
{
	const char *done = own;
	char before[60];

	/* A table's key cannot be said twice: put into what is there. */
	while (*done) {
		const char *next = NULL;

		for (size_t k = 0; k < 3; k++) {
			const char *at = find_list(done, keys[k]);

			if (at && (!next || at < next))
				next = at;
		}
		if (!next)
			break;
		buf_add(out, done, (size_t)(next - done));
		add_paths(out, spec, "\n{ ", " },");
		done = next;
	}
	buf_adds(out, done);
	for (size_t k = 0; k < 3; k++) {
		if (find_list(own, keys[k]))
			continue;
		snprintf(before, sizeof(before), "\n[[%s]]\n", keys[k]);
		add_paths(out, spec, before, "");
	}
	return buf_ok(out) ? 0 : -1;
}
