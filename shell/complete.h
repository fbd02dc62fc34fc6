/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * complete: what the word at the cursor may become.
 */
#ifndef SHELL_COMPLETE_H
#define SHELL_COMPLETE_H

#include <stddef.h>

struct session;
struct strv;

/*
 * @argv: the @argc words before the one being completed; @word: what there
 * is of it. Adds whole words to @out, sorted; a folder ends in '/'.
 */
void complete_words(struct strv *out, struct session *s, int argc,
		    const char *const *argv, const char *word);

/* What the candidate @word means, in a few words; NULL: nobody says. */
const char *complete_about(const struct session *s, int argc,
			   const char *const *argv, const char *word);

/* The length of what all of @words have in common at the start. */
size_t complete_common(const struct strv *words);

#endif
