/* SPDX-License-Identifier: GPL-2.0-or-later */
/* edit: the word at the cursor, completed or explained. */
#include "edit-int.h"
#include "checker/buf.h"
#include "choices.h"
#include "complete.h"

#include <stdlib.h>
#include <string.h>

/* What must be quoted for prompt_split() to give it back. */
static void add_quoted(struct buf *b, const char *s)
{
	for (; *s; s++) {
		if (strchr(" \t'\"\\", *s))
			buf_addc(b, '\\');
		buf_addc(b, *s);
	}
}

/* A word at the cursor, and those before it; until the next key. */
struct place {
	int argc;
	const char **argv;
	const char *word;
};

/* False: the line cannot be read as words. */
static bool find_place(struct edit *ed, struct place *p)
{
	const LineInfo *li = el_line(ed->el);
	/* Only what is before the cursor counts. */
	LineInfo upto = {li->buffer, li->cursor, li->cursor};
	int argc, at, off;

	tok_reset(ed->tok);
	if (tok_line(ed->tok, &upto, &argc, &p->argv, &at, &off) < 0)
		return false;
	p->argc = at < argc ? at : argc;
	p->word = at < argc ? p->argv[at] : "";
	return true;
}

/* The terminal is raw: a newline is only that. */
static void write_raw(const struct term *t, const char *s, size_t len)
{
	const char *end = s + len;

	while (s < end) {
		const char *nl = memchr(s, '\n', (size_t)(end - s));

		term_write(t, s, (size_t)((nl ? nl : end) - s));
		if (nl)
			term_write(t, "\r\n", 2);
		s = nl ? nl + 1 : end;
	}
	fflush(t->out);
}

static void show_choices(struct edit *ed, const struct place *p,
			 const struct strv *words)
{
	struct strv notes = STRV_INIT;
	struct buf usage = BUF_INIT, note = BUF_INIT, out = BUF_INIT;

	term_resize(ed->t);
	for (size_t i = 0; i < words->n; i++) {
		buf_clear(&note);
		ed->words.note(&note, ed->words.arg, p->argc, p->argv,
			       words->v[i]);
		strv_add(&notes, buf_str(&note));
	}
	if (!*p->word)
		ed->words.usage(&usage, ed->words.arg, p->argc, p->argv);
	buf_addc(&out, '\n');
	choices_add(&out, ed->t, buf_str(&usage), words, &notes);
	write_raw(ed->t, buf_str(&out), out.len);
	strv_release(&notes);
	buf_release(&usage);
	buf_release(&note);
	buf_release(&out);
}

/* Add to the line what @words have in common beyond @word. */
static unsigned char extend(struct edit *ed, const struct place *p,
			    const struct strv *words)
{
	size_t have = strlen(p->word);
	size_t common = complete_common(words);
	struct buf more = BUF_INIT;
	char *text;

	if (words->n == 0 && have)
		return CC_REFRESH_BEEP;
	/* Of nothing, only what there is but one of is completed. */
	if (words->n == 0 || (words->n > 1 && !have)) {
		show_choices(ed, p, words);
		return CC_REDISPLAY;
	}
	text = strndup(words->v[0], common);
	if (text && common > have)
		add_quoted(&more, text + have);
	if (words->n == 1 && common && text && text[common - 1] != '/')
		buf_addc(&more, ' ');
	free(text);
	if (more.len > 0 && buf_ok(&more)) {
		el_insertstr(ed->el, buf_str(&more));
		buf_release(&more);
		return CC_REFRESH;
	}
	buf_release(&more);
	if (words->n == 1)
		return CC_REFRESH;
	show_choices(ed, p, words);
	return CC_REDISPLAY;
}

unsigned char edit_complete_key(EditLine *el, int ch)
{
	struct edit *ed = edit_of(el);
	struct strv words = STRV_INIT;
	struct place p;
	unsigned char r;

	if (!find_place(ed, &p))
		return CC_ERROR;
	ed->words.complete(&words, ed->words.arg, p.argc, p.argv, p.word);
	r = extend(ed, &p, &words);
	strv_release(&words);
	return r;
}

/* "?" in a word is itself; where none is begun it asks what can stand. */
unsigned char edit_help_key(EditLine *el, int ch)
{
	struct edit *ed = edit_of(el);
	struct strv words = STRV_INIT;
	const LineInfo *li = el_line(el);
	bool begun = li->cursor > li->buffer && li->cursor[-1] != ' ' &&
		     li->cursor[-1] != '\t';
	struct place p;

	if (begun || !find_place(ed, &p) || *p.word) {
		el_insertstr(el, "?");
		return CC_REFRESH;
	}
	ed->words.complete(&words, ed->words.arg, p.argc, p.argv, "");
	show_choices(ed, &p, &words);
	strv_release(&words);
	return CC_REDISPLAY;
}
