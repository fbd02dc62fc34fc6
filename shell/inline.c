/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inline.h"
#include "checker/buf.h"
#include "cmd.h"
#include "session.h"
#include "topic.h"

#include <string.h>

/* The flag that @word is, "--dir"; NULL: none of this command. */
static const struct cmd_flag *flag_of(const struct cmd_entry *c,
				      const char *word)
{
	if (strncmp(word, "--", 2) != 0)
		return NULL;
	for (size_t i = 0; c->flags && c->flags[i].name; i++)
		if (strcmp(c->flags[i].name, word + 2) == 0)
			return &c->flags[i];
	return NULL;
}

void inline_usage(struct buf *out, struct session *s, int argc,
		  const char *const *argv)
{
	const struct cmd_entry *c = argc > 0 ? cmd_find(argv[0]) : NULL;
	const struct cmd_flag *f;
	const char *meant;

	if (argc == 0)
		return;
	if (!c) {
		meant = cmd_guess(argv[0]);
		buf_addf(out, "there is no command '%.60s'%s%s%s", argv[0],
			 meant ? "; did you mean '" : "", meant ? meant : "",
			 meant ? "'?" : "");
		return;
	}
	f = flag_of(c, argv[argc - 1]);
	if (f && f->arg) {
		buf_addf(out, "--%s %s: %s", f->name, f->arg, f->help);
		return;
	}
	buf_addf(out, "%s%s%s%s%s: %s", c->name, *c->usage ? " " : "", c->usage,
		 c->flags && c->flags[0].name ? " " : "",
		 c->flags && c->flags[0].name ? "[--FLAGS]" : "", c->summary);
}

/* By number, or by name. */
static const struct catalogue_entry *lesson_of(const struct session *s,
					       const char *word)
{
	for (size_t i = 0; s->is_open && i < s->lessons.n; i++)
		if (strcmp(s->lessons.v[i].id, word) == 0 ||
		    strcmp(s->lessons.v[i].slug, word) == 0)
			return &s->lessons.v[i];
	return NULL;
}

static bool names_lessons(const struct cmd_entry *c)
{
	return c->takes != CMD_TAKES_NOTHING && c->takes != CMD_TAKES_COMMAND &&
	       c->takes != CMD_TAKES_FILE;
}

void inline_note(struct buf *out, struct session *s, int argc,
		 const char *const *argv, const char *choice)
{
	const struct cmd_entry *c = argc > 0 ? cmd_find(argv[0]) : NULL;
	const struct catalogue_entry *lesson;
	const struct cmd_entry *named = cmd_find(choice);

	if (argc == 0 || (c && c->takes == CMD_TAKES_COMMAND)) {
		if (named)
			buf_adds(out, named->summary);
		else if (topic_find(choice))
			buf_adds(out, topic_find(choice)->title);
		return;
	}
	if (c && flag_of(c, choice)) {
		buf_adds(out, flag_of(c, choice)->help);
		return;
	}
	lesson = c && names_lessons(c) ? lesson_of(s, choice) : NULL;
	if (lesson)
		buf_addf(out, "%s %s", lesson->id, lesson->title);
}
