/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "editor.h"
#include "checker/buf.h"
#include "checker/err.h"
#include "prompt.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum style {
	STYLE_FILE, /* FILE */
	STYLE_PLUS, /* +LINE FILE */
	STYLE_COLON, /* FILE:LINE */
	STYLE_GOTO, /* --goto FILE:LINE */
};

/* By the name up to the first '.' or '-': "vim.basic", "emacs-nox". */
static const struct {
	const char *name;
	enum style style;
	bool waits; /* by itself */
} editors[] = {
	{"vi", STYLE_PLUS, true},	 {"vim", STYLE_PLUS, true},
	{"nvim", STYLE_PLUS, true},	 {"view", STYLE_PLUS, true},
	{"nano", STYLE_PLUS, true},	 {"pico", STYLE_PLUS, true},
	{"emacs", STYLE_PLUS, true},	 {"emacsclient", STYLE_PLUS, true},
	{"micro", STYLE_PLUS, true},	 {"kak", STYLE_PLUS, true},
	{"joe", STYLE_PLUS, true},	 {"mg", STYLE_PLUS, true},
	{"mcedit", STYLE_PLUS, true},	 {"ne", STYLE_PLUS, true},
	{"sensible", STYLE_PLUS, true},	 {"editor", STYLE_PLUS, true},
	{"hx", STYLE_COLON, true},	 {"helix", STYLE_COLON, true},
	{"subl", STYLE_COLON, false},	 {"zed", STYLE_COLON, false},
	{"zeditor", STYLE_COLON, false}, {"code", STYLE_GOTO, false},
	{"codium", STYLE_GOTO, false},	 {"cursor", STYLE_GOTO, false},
};

static bool installed(const char *name)
{
	const char *p = getenv("PATH");
	char path[4096];

	while (p && *p) {
		size_t n = strcspn(p, ":");

		snprintf(path, sizeof(path), "%.*s/%s", (int)n, p, name);
		if (n && access(path, X_OK) == 0)
			return true;
		p += p[n] ? n + 1 : n;
	}
	return false;
}

/* In the order in which they are taken where nobody said which. */
static const char *first_installed(void)
{
	static const char *const known[] = {
		"sensible-editor", "nano", "vi",  "vim", "nvim", "emacs",
		"micro",	   "hx",   "kak", "joe", "mg",	 "ne",
		"mcedit"};
	size_t n = sizeof(known) / sizeof(*known);

	for (size_t i = 0; i < n; i++)
		if (installed(known[i]))
			return known[i];
	return NULL;
}

static bool is_set(const char *variable)
{
	const char *line = getenv(variable);

	return line && line[strspn(line, " \t")];
}

int editor_advise(bool full_screen, struct err *e)
{
	const char *variable =
		full_screen && is_set("VISUAL") ? "VISUAL" : "EDITOR";
	const char *other = first_installed();

	if (!other)
		return err_next(e,
				"no editor that Kiln knows is installed: "
				"apt install nano, and export %s=nano "
				"before you start Kiln",
				variable);
	return err_next(e,
			"%s is installed: export %s=%s before you start "
			"Kiln",
			other, variable, other);
}

/* 1: @variable names no editor. */
static int from_environment(struct strv *argv, const char *variable,
			    struct err *e)
{
	const char *line = getenv(variable);

	if (!is_set(variable))
		return 1;
	if (prompt_split(argv, line, e) == 0 && argv->n)
		return 0;
	err_where(e, "%s=%s", variable, line);
	return -1;
}

int editor_words(struct strv *argv, bool full_screen, struct err *e)
{
	const char *other;
	int r = 1;

	if (full_screen)
		r = from_environment(argv, "VISUAL", e);
	if (r == 1)
		r = from_environment(argv, "EDITOR", e);
	other = r == 1 ? first_installed() : NULL;
	if (other)
		r = strv_add(argv, other);
	if (r != 1)
		return r;
	err_set(e, ERR_ENV, 0, "no editor was found");
	return err_next(e, "install one: apt install nano; or set EDITOR to "
			   "the path of yours before you start Kiln");
}

static size_t find(const char *program)
{
	const char *slash = strrchr(program, '/');
	const char *name = slash ? slash + 1 : program;
	size_t n = strcspn(name, ".-");
	size_t i = 0;

	while (i < sizeof(editors) / sizeof(*editors) &&
	       (strlen(editors[i].name) != n ||
		memcmp(editors[i].name, name, n) != 0))
		i++;
	return i;
}

static bool told_to_wait(const struct strv *argv)
{
	return strv_has(argv, "--wait") || strv_has(argv, "-w");
}

int editor_add_file(struct strv *argv, const char *path, unsigned line)
{
	size_t i = find(argv->v[0]);
	bool known = i < sizeof(editors) / sizeof(*editors);
	enum style style = known && line ? editors[i].style : STYLE_FILE;
	int r = 0;

	if (known && !editors[i].waits && !told_to_wait(argv))
		r = strv_add(argv, "--wait");
	switch (style) {
	case STYLE_GOTO:
		if (r == 0)
			r = strv_add(argv, "--goto");
		/* fall through */
	case STYLE_COLON:
		return r < 0 ? r : strv_addf(argv, "%s:%u", path, line);
	case STYLE_PLUS:
		if (r == 0)
			r = strv_addf(argv, "+%u", line);
		break;
	case STYLE_FILE:
		break;
	}
	return r < 0 ? r : strv_add(argv, path);
}
