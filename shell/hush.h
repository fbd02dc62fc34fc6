/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hush: keys that are pressed while a command works are not echoed into what
 * it shows. They are kept for the prompt, lines and signals stay as they
 * were, and so Ctrl-C ends the work. Ctrl-Z hands the terminal back as it was
 * found, as term_guard() does at the end of the program.
 */
#ifndef SHELL_HUSH_H
#define SHELL_HUSH_H

struct session;

/* One at a time. Without a prompt nothing is set: the terminal is lent us. */
void hush_begin(const struct session *s);
/* Also without begin. */
void hush_end(void);
/*
 * Before the end: what was typed meanwhile is not kept. Where the next thing
 * shown is an answer, an impatient Enter must not take it away.
 */
void hush_forget(void);

#endif
