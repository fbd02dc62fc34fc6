/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * inline: help at the place where it is needed, a word of a line being typed.
 */
#ifndef SHELL_INLINE_H
#define SHELL_INLINE_H

struct buf;
struct session;

/*
 * What stands after the @argc words of @argv, in a line or two; nothing when
 * that is any command.
 */
void inline_usage(struct buf *out, struct session *s, int argc,
		  const char *const *argv);
/* What @choice would be there, one of complete_words(); or nothing. */
void inline_note(struct buf *out, struct session *s, int argc,
		 const char *const *argv, const char *choice);

#endif
