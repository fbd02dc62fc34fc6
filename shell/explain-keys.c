/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "explain-keys.h"
#include "checker/buf.h"
#include "checker/diag.h"
#include "checker/finding.h"
#include "checker/rust-explain.h"
#include "progress.h"
#include "session.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_READ = 4 << 20 };

static const struct {
	const char *key, *text;
} verdicts[] = {
	{"abi-failed",
	 "C and Rust were compiled apart, and nothing but the declarations "
	 "says how one calls the other. Both sides were built, and then "
	 "compared by the debug information that the compilers left: a "
	 "declaration in an `extern \"C\"` block differs from the C function "
	 "of that name, or a `#[repr(C)]` struct from the C struct.\n\n"
	 "It would link all the same, for a symbol has no types. Then each "
	 "side looks for arguments, results and fields where the other has "
	 "not put them: in another register, at another offset, wider or with "
	 "another sign.\n\n"
	 "Put both declarations side by side, and go from left to right: the "
	 "order, the width, the sign, the pointer's `const` or `mut`. `int` "
	 "is `c_int`, `unsigned int` is `c_uint`, `size_t` is `usize`. "
	 "'check' names the parts that differ."},
	{"build-failed",
	 "A compiler, the linker or modpost refused the work. 'log --build' "
	 "has all that they printed; begin with the first error, for others "
	 "often follow from it."},
	{"timeout",
	 "A step of the run did not end in the guest time that it has, some "
	 "seconds. Guest time passes with the instructions that the guest "
	 "executes, so a slow machine is not the cause; nor does a sleep "
	 "cost any of yours.\n\n"
	 "The kernel was then made to show its stacks: they are the last lines "
	 "of 'log'. A loop is told with its line. A task that sleeps waits for "
	 "a lock, a completion or an event that nobody brings."},
	{"incomplete",
	 "The guest was gone, or its log was cut, before the run was over: it "
	 "restarted or fell silent, or the log grew beyond what is read. What "
	 "checks say about the rest is not to be relied on, so nothing passes."
	 "\n\n"
	 "A log that grows without end comes from a print in a loop. A guest "
	 "that restarts or is silent was brought down harder than the kernel "
	 "can report: by a loop with interrupts off, or a stack that ran "
	 "over."},
};

const char *explain_verdict(const char *key)
{
	for (size_t i = 0; i < sizeof(verdicts) / sizeof(*verdicts); i++)
		if (strcmp(key, verdicts[i].key) == 0)
			return verdicts[i].text;
	return NULL;
}

bool explain_has(const char *key)
{
	return finding_from_name(key) != FINDING_NKINDS ||
	       explain_verdict(key) ||
	       (rust_is_code(key) && (key[0] == 'E' || strchr(key, ':')));
}

void explain_keys(struct strv *out, struct session *s)
{
	struct strv keys = STRV_INIT;
	char *verdict = NULL;

	if (!s->is_open || !s->current ||
	    progress_last(s->progress, s->current, &verdict, &keys, NULL) < 0)
		return;
	for (size_t i = 0; i < keys.n; i++)
		if (explain_has(keys.v[i]))
			strv_add(out, keys.v[i]);
	free(verdict);
	strv_release(&keys);
}

/* ---- an error without a code ---- */

static void add_codes(struct buf *md, const struct diag *d, size_t n)
{
	struct strv codes = STRV_INIT;

	for (size_t i = 0; i < n; i++)
		if (d[i].level == DIAG_ERROR && d[i].code &&
		    explain_has(d[i].code) && !strv_has(&codes, d[i].code))
			strv_add(&codes, d[i].code);
	for (size_t i = 0; i < codes.n; i++)
		buf_addf(md, "%s%s",
			 i ? ", " : "\nThe errors after it have: ", codes.v[i]);
	if (codes.n)
		buf_addf(md,
			 ". They may follow from it; 'explain %s' has "
			 "Rust's words.\n",
			 codes.v[0]);
	strv_release(&codes);
}

static void add_error(struct buf *md, const struct diag *d)
{
	const char *advice = diag_advice(d);
	const char *place = d->file ? strrchr(d->file, '/') : NULL;

	buf_adds(md, "## ");
	if (d->file)
		buf_adds(md, place ? place + 1 : d->file);
	if (d->file && d->line)
		buf_addf(md, ":%u", d->line);
	buf_addf(md, "%s%s\n\n", d->file ? ": " : "", d->message);
	if (advice)
		buf_addf(md, "%s\n", advice);
	else if (d->tool == DIAG_RUSTC)
		buf_adds(md, "rustc has no longer text for it: an error "
			     "without a code is mostly one of syntax, and "
			     "the place says where reading stopped. What is "
			     "wrong stands there or shortly before it: a "
			     "missing word, bracket or separator.\n");
	else
		buf_adds(md, "There is no longer text for it than the "
			     "message: 'log --build' has all of that.\n");
}

bool explain_first(struct buf *md, struct session *s)
{
	char *path =
		s->current ? session_log_path(s, s->current, "build") : NULL;
	struct buf raw = BUF_INIT;
	struct diag *d = NULL;
	size_t n = 0;
	bool found;

	if (path && buf_read_file(&raw, path, MOST_READ, NULL) == 0)
		diag_parse(&d, &n, buf_str(&raw), raw.len, "");
	/* Errors come first. */
	found = n && d[0].level == DIAG_ERROR && !d[0].code;
	if (found) {
		add_error(md, &d[0]);
		add_codes(md, d, n);
	}
	diag_free(d, n);
	buf_release(&raw);
	free(path);
	return found;
}
