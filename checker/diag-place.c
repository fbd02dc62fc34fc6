/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where a report points, and which lint it is, from the whole of its text. */
#include "diag-parse.h"

#include <stdint.h>
#include <string.h>

/* "  --> x.rs:12:5" and "  ::: x.rs:15:1" */
static bool rustc_place(struct span line, struct head *at)
{
	line = span_trim(line);
	if (!span_starts(line, "--> ") && !span_starts(line, "::: "))
		return false;
	at->file = place_parse(span_from(line, 4), &at->line, &at->col);
	return at->file.len > 0 && at->col > 0; /* line 0: an empty file */
}

/*
 * The first place, or, where that is in the kernel's source (a macro of
 * the kernel's, expanded by the learner), the first of the learner's.
 */
static void locate_rustc(struct head *h, struct span text)
{
	struct head at = {.line = 0};
	struct span line;

	while (span_line(&text, &line)) {
		if (!rustc_place(line, &at))
			continue;
		if (h->file.len == 0 || place_is_ours(at.file)) {
			h->file = at.file;
			h->line = at.line;
			h->col = at.col;
		}
		if (place_is_ours(h->file))
			return;
	}
	/* "couldn't read x.rs: stream did not contain valid UTF-8" */
	if (h->file.len == 0 && span_starts(h->message, "couldn't read ")) {
		line = span_from(h->message, strlen("couldn't read "));
		line.len = span_find(line, ": ") < line.len
				   ? span_find(line, ": ")
				   : line.len;
		h->file = place_parse(line, &at.line, &at.col);
	}
}

/* "x.c:1:28: note: expanded from macro 'list_head'" */
static bool note_place(struct span line, struct head *at)
{
	size_t end = span_find(line, ": note: ");

	if (end == SIZE_MAX)
		return false;
	line.len = end;
	at->file = place_parse(line, &at->line, &at->col);
	return at->line > 0;
}

/* "In file included from x.c:2:" */
static bool include_place(struct span line, struct head *at)
{
	if (!span_starts(line, "In file included from ") &&
	    !span_starts(line, "                 from "))
		return false;
	line = span_from(line, span_find(line, "from ") + strlen("from "));
	if (span_ends(line, ":") || span_ends(line, ","))
		line.len--;
	at->file = place_parse(line, &at->line, &at->col);
	return at->line > 0;
}

static bool take_place(struct head *h, struct span text,
		       bool (*place)(struct span, struct head *))
{
	struct head at = {.line = 0};
	struct span line;

	while (span_line(&text, &line)) {
		if (!place(line, &at) || !place_is_ours(at.file))
			continue;
		h->file = at.file;
		h->line = at.line;
		h->col = at.col;
		return true;
	}
	return false;
}

static void locate_clang(struct head *h, struct span text)
{
	if (h->file.len == 0 || place_is_ours(h->file))
		return;
	if (!take_place(h, text, note_place))
		take_place(h, text, include_place);
}

static bool is_source(struct span path)
{
	return span_ends(path, ".c") || span_ends(path, ".rs") ||
	       span_ends(path, ".h") || span_ends(path, ".S");
}

/* ">>> referenced by x.c:12 (/…)", ">>> defined at x.c" */
static void locate_linker(struct head *h, struct span text)
{
	struct span line;

	while (h->file.len == 0 && span_line(&text, &line)) {
		struct span path;
		size_t end;

		if (span_starts(line, ">>> referenced by "))
			line = span_from(line, strlen(">>> referenced by "));
		else if (span_starts(line, ">>> defined at "))
			line = span_from(line, strlen(">>> defined at "));
		else
			continue;
		end = span_find(line, " ");
		if (end != SIZE_MAX)
			line.len = end;
		path = place_parse(line, &h->line, &h->col);
		if (is_source(path))
			h->file = path;
		else
			h->line = h->col = 0;
	}
}

static bool lint_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
	       c == '-' || c == ':';
}

/* The lint's name after the first of @before, if it stands there. */
static struct span lint_after(struct span text, const char *before)
{
	size_t at = span_find(text, before), n = 0;
	struct span rest;

	if (at == SIZE_MAX)
		return (struct span){text.s, 0};
	rest = span_from(text, at + strlen(before));
	while (n < rest.len && lint_char(rest.s[n]))
		n++;
	return (struct span){rest.s, n};
}

/*
 * Only the first report of a lint says how it was switched on; Clippy's
 * all carry a link. "`-D unused-variables` implied by `-D warnings`".
 */
struct span lint_in_text(struct span text)
{
	static const char *const before[] = {
		"= note: `#[warn(",
		"= note: `#[deny(",
		"= note: `#[forbid(",
		"= note: `-W ",
		"= note: `-D ",
		"= note: `-F ",
		"= note: requested on the command line with `-W ",
		"= note: requested on the command line with `-D ",
		"= note: requested on the command line with `-F ",
		"= note: requested on the command line with `--force-warn ",
		"= note: the lint is `", /* rust-json.c */
	};
	struct span name = {text.s, 0};

	for (size_t i = 0;
	     name.len == 0 && i < sizeof(before) / sizeof(*before); i++)
		name = lint_after(text, before[i]);
	return name;
}

struct span clippy_in_text(struct span text)
{
	return lint_after(text, "rust-clippy/master/index.html#");
}

void head_locate(struct head *h, struct span text)
{
	switch (h->tool) {
	case DIAG_RUSTC:
		locate_rustc(h, text);
		break;
	case DIAG_CLANG:
		locate_clang(h, text);
		break;
	case DIAG_LINKER:
		locate_linker(h, text);
		break;
	case DIAG_MODPOST:
	case DIAG_MAKE:
	case DIAG_ABI:
		break;
	}
	if (span_starts(h->file, "./"))
		h->file = span_from(h->file, 2);
}
