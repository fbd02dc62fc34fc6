/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kbuild-commands.h"
#include "err.h"
#include "kbuild.h"
#include "proc.h"
#include "sandbox.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DRY_MS	60000
#define DRY_MAX ((size_t)4 << 20)

/* ---- a line of sh(1), as words ---- */

/*
 * Add what a word's piece at @p means, up to @end; where the piece ends.
 * What stands in double quotes has nothing to expand in what Kbuild prints.
 */
static const char *take_piece(struct buf *word, const char *p, const char *end)
{
	const char *close;

	if (*p == '\\' && p + 1 < end) {
		buf_addc(word, p[1]);
		return p + 2;
	}
	if (*p != '\'' && *p != '"') {
		buf_addc(word, *p);
		return p + 1;
	}
	close = memchr(p + 1, *p, (size_t)(end - p - 1));
	if (!close)
		close = end;
	buf_add(word, p + 1, (size_t)(close - p - 1));
	return close < end ? close + 1 : end;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* A ';' that no quote holds is a word of its own. */
static int split(struct strv *words, const char *p, const char *end)
{
	struct buf word = BUF_INIT;
	int r = 0;

	while (p < end && r == 0) {
		buf_clear(&word);
		while (p < end && is_blank(*p))
			p++;
		if (p < end && *p == ';') {
			r = strv_add(words, ";");
			p++;
			continue;
		}
		if (p == end)
			break;
		while (p < end && !is_blank(*p) && *p != ';')
			p = take_piece(&word, p, end);
		r = buf_ok(&word) ? strv_add(words, buf_str(&word)) : -1;
	}
	buf_release(&word);
	return r;
}

/* ---- which of them is a compiler's ---- */

static bool is_rust(const char *word)
{
	return strcmp(word, "clippy-driver") == 0 || strcmp(word, "rustc") == 0;
}

static bool is_compiler(const char *word)
{
	return strcmp(word, "clang") == 0 || is_rust(word);
}

/* The words of one command, from the compiler's name to the next ';'. */
struct span {
	size_t first, end;
};

static bool compiles(const struct strv *words, struct span s)
{
	bool compiles = false;

	for (size_t i = s.first; i < s.end; i++)
		if (strcmp(words->v[i], "-c") == 0 ||
		    strncmp(words->v[i], "--emit=obj", 10) == 0)
			compiles = true;
	return compiles && s.end - s.first > 2 &&
	       !strchr("/-", *words->v[s.end - 1]);
}

/* Which files Kbuild is to remember is no affair of the compiler's. */
static bool is_for_make(const char *word)
{
	return strncmp(word, "-Wp,-MMD,", 9) == 0 ||
	       strncmp(word, "--emit=dep-info", 15) == 0;
}

static int add_command(struct kbuild_commands *out, const struct strv *words,
		       struct span s)
{
	struct kbuild_command *more, *c;
	size_t i = s.first;
	int r = 0;

	more = reallocarray(out->v, out->n + 1, sizeof(*more));
	if (!more)
		return -1;
	out->v = more;
	c = &out->v[out->n++];
	*c = (struct kbuild_command){.rust = is_rust(words->v[i])};
	while (i > 0 && strcmp(words->v[i - 1], ";") != 0)
		i--;
	for (; i < s.first && r == 0; i++)
		if (strchr(words->v[i], '='))
			r = strv_add(&c->env, words->v[i]);
	for (; i < s.end && r == 0; i++)
		if (!is_for_make(words->v[i]))
			r = strv_add(&c->argv, words->v[i]);
	c->file = strdup(words->v[s.end - 1]);
	return c->file ? r : -1;
}

static int read_line(struct kbuild_commands *out, const char *line,
		     const char *end)
{
	struct strv words = STRV_INIT;
	int r = split(&words, line, end);

	for (size_t i = 0; i < words.n && r == 0; i++) {
		struct span s = {.first = i, .end = i};

		if (!is_compiler(words.v[i]))
			continue;
		while (s.end < words.n && strcmp(words.v[s.end], ";") != 0)
			s.end++;
		if (compiles(&words, s))
			r = add_command(out, &words, s);
		i = s.end;
	}
	strv_release(&words);
	return r;
}

int kbuild_commands_read(struct kbuild_commands *out, const char *text,
			 size_t len)
{
	const char *end = text + len;
	int r = 0;

	*out = (struct kbuild_commands)KBUILD_COMMANDS_INIT;
	while (text < end && r == 0) {
		const char *nl = memchr(text, '\n', (size_t)(end - text));

		if (!nl)
			nl = end;
		r = read_line(out, text, nl);
		text = nl < end ? nl + 1 : end;
	}
	if (r < 0)
		kbuild_commands_release(out);
	return r;
}

/* ---- the run ---- */

int kbuild_commands(struct kbuild_commands *out, const struct store *s,
		    const char *dir, const char *memory, int cancel_fd,
		    struct err *e)
{
	const struct sandbox_bind binds[] = {
		{.from = dir, .to = SANDBOX_STAGE},
		{.from = memory, .to = SANDBOX_DATA},
	};
	const struct sandbox_script script = {
		.store = s,
		.binds = binds,
		.nbinds = memory ? 2 : 1,
		/*
		 * Even so it makes folders, to try compilers in; it misses
		 * the list of modules, which it has not made; and it compiles
		 * Rust, which fails where a rule of the lesson's would have
		 * generated a part: hence -k.
		 */
		.lines = "PATH=" SANDBOX_DATA ":$PATH\n"
			 "cp -R " SANDBOX_STAGE " " KBUILD_COMMANDS_DIR
			 " && : >" KBUILD_COMMANDS_DIR
			 "/modules.order || exit\n" KBUILD_MAKE
			 " -n -k M=" KBUILD_COMMANDS_DIR " modules </dev/null",
		.timeout_ms = DRY_MS,
		.out_max = DRY_MAX,
		.cancel_fd = cancel_fd,
	};
	struct proc_result p = PROC_RESULT_INIT;
	int r = sandbox_run(&p, &script, e);

	*out = (struct kbuild_commands)KBUILD_COMMANDS_INIT;
	if (r == 0 && p.end == PROC_CANCELLED) {
		r = err_set(e, ERR_CANCELLED, 0, "interrupted");
	} else if (r == 0 &&
		   kbuild_commands_read(out, buf_str(&p.out), p.out.len) < 0) {
		r = err_set(e, ERR_ENV, ENOMEM, "cannot read what make says");
	} else if (r == 0 &&
		   (p.end != PROC_EXITED || (p.status != 0 && out->n == 0))) {
		kbuild_commands_release(out);
		r = err_set(e, ERR_ENV, 0,
			    "make could not say what it would "
			    "run");
		err_where(e, "%.400s", buf_str(&p.out));
	}
	proc_result_release(&p);
	return r;
}

void kbuild_commands_release(struct kbuild_commands *c)
{
	for (size_t i = 0; i < c->n; i++) {
		free(c->v[i].file);
		strv_release(&c->v[i].env);
		strv_release(&c->v[i].argv);
	}
	free(c->v);
	*c = (struct kbuild_commands)KBUILD_COMMANDS_INIT;
}
