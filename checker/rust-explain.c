/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "rust-explain.h"
#include "buf.h"
#include "err.h"
#include "proc.h"
#include "sandbox.h"
#include "store.h"

#include <ctype.h>
#include <string.h>

#define CLIPPY "clippy::"
enum { EXPLAIN_MS = 20000, LONGEST = 100 };

static bool is_lint(const char *s)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_-");

	return n > 0 && !s[n] && islower((unsigned char)s[0]);
}

static bool is_error(const char *s)
{
	return s[0] == 'E' && strlen(s) == 5 &&
	       strspn(s + 1, "0123456789") == 4;
}

bool rust_is_code(const char *code)
{
	if (strlen(code) > LONGEST)
		return false;
	if (strncmp(code, CLIPPY, strlen(CLIPPY)) == 0)
		return is_lint(code + strlen(CLIPPY));
	return is_error(code) || is_lint(code);
}

/* ---- what they print ---- */

/*
 * The examples are doctests: their fences say how they are to be compiled,
 * and lines that begin with "# " are not for readers.
 */
static void add_example_line(struct buf *out, const char *s, size_t len)
{
	size_t lead = strspn(s, " ");

	if (lead < len && s[lead] == '#' &&
	    (lead + 1 == len || s[lead + 1] == ' '))
		return;
	buf_add(out, s, len);
	buf_addc(out, '\n');
}

/* rustc leaves out what its fences said: "text" would be no Rust. */
static bool is_rust(const char *info, size_t len)
{
	return len == 0 || strncmp(info, "rust", 4) == 0 ||
	       strncmp(info, "ignore", 6) == 0 ||
	       strncmp(info, "compile_fail", 12) == 0 ||
	       strncmp(info, "no_run", 6) == 0 || info[0] == 'E';
}

static void add_markdown(struct buf *out, const char *s)
{
	bool fenced = false, rust = false;

	while (*s) {
		size_t len = strcspn(s, "\n");
		size_t lead = strspn(s, " ");

		if (strncmp(s + lead, "```", 3) == 0) {
			fenced = !fenced;
			rust = is_rust(s + lead + 3, len - lead - 3);
			buf_add(out, s, rust ? lead + 3 : len);
			buf_adds(out, fenced && rust ? "rust\n" : "\n");
		} else if (fenced && rust) {
			add_example_line(out, s, len);
		} else {
			buf_add(out, s, len);
			buf_addc(out, '\n');
		}
		s += len;
		s += *s == '\n';
	}
}

/* The line of `rustc -W help` on lint @name: "  name  level  meaning". */
static bool add_lint(struct buf *out, const char *s, const char *name)
{
	for (; s && *s; s = strchr(s, '\n')) {
		size_t n = strlen(name);
		const char *level;

		s += strspn(s, "\n ");
		for (size_t i = 0; i < n; i++)
			if (s[i] != name[i] && !(s[i] == '-' && name[i] == '_'))
				n = 0;
		if (n == 0 || s[n] != ' ')
			continue;
		level = s + n + strspn(s + n, " ");
		n = strcspn(level, " \n");
		buf_addf(out, "Rust's lint `%s`: %.*s. (%.*s by default)\n",
			 name,
			 (int)strcspn(level + n + strspn(level + n, " "), "\n"),
			 level + n + strspn(level + n, " "), (int)n, level);
		return true;
	}
	return false;
}

/* ---- asking them ---- */

static int ask(struct proc_result *r, const struct store *s,
	       const char *const *words, int cancel_fd, struct err *e)
{
	struct proc_spec spec = PROC_SPEC_INIT;
	struct strv argv = STRV_INIT;
	int ret = sandbox_argv(&argv, s, NULL, 0, "/", e);

	for (; ret == 0 && *words; words++)
		if (strv_add(&argv, *words) < 0)
			ret = err_set(e, ERR_ENV, 0, "out of memory");
	spec.argv = (const char *const *)argv.v;
	spec.timeout_ms = EXPLAIN_MS;
	spec.cancel_fd = cancel_fd;
	if (ret == 0)
		ret = proc_run(r, &spec, e);
	strv_release(&argv);
	if (ret == 0 && r->end == PROC_CANCELLED)
		ret = err_set(e, ERR_CANCELLED, 0, "interrupted");
	else if (ret == 0 && r->end != PROC_EXITED)
		ret = err_set(e, ERR_ENV, 0, "%s did not answer", words[-2]);
	return ret;
}

int rust_explain(struct buf *out, const struct store *s, const char *code,
		 int cancel_fd, struct err *e)
{
	const char *const rustc[] = {"rustc", "--explain", code, NULL};
	const char *const clippy[] = {"cargo-clippy", "--explain",
				      code + strlen(CLIPPY), NULL};
	const char *const lints[] = {"rustc", "-W", "help", NULL};
	bool is_clippy = strncmp(code, CLIPPY, strlen(CLIPPY)) == 0;
	struct proc_result r = PROC_RESULT_INIT;
	int ret;

	if (!store_has_toolroot(s) || !store_has_linux(s)) {
		err_set(e, ERR_ENV, 0, "Rust's tools are not there yet");
		return err_next(e, "run `kiln setup`; it takes about 12 "
				   "minutes, once");
	}
	ret = ask(&r, s,
		  is_clippy	   ? clippy
		  : is_error(code) ? rustc
				   : lints,
		  cancel_fd, e);
	if (ret == 0 && r.status == 0 && !is_clippy && !is_error(code))
		ret = add_lint(out, buf_str(&r.out), code);
	else if (ret == 0 && r.status == 0 && r.out.len) {
		add_markdown(out, buf_str(&r.out));
		ret = 1;
	}
	proc_result_release(&r);
	return ret;
}
