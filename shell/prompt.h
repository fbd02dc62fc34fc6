/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * prompt: commands read from the terminal, one after the other.
 *
 * With a terminal, libedit edits the line, completes it (complete.h) and
 * keeps a history in STATE/history; with TERM=dumb or no terminal lines are
 * read as they come. Ctrl-C clears the line, Ctrl-D on an empty one leaves,
 * Ctrl-Z stops the program; the terminal is in its usual state whenever a
 * command runs.
 */
#ifndef SHELL_PROMPT_H
#define SHELL_PROMPT_H

struct err;
struct session;
struct strv;

/*
 * Until `quit` or the end of input. Returns the exit code of the last
 * command, or 0 on a terminal, where each has shown its own.
 */
int prompt_run(struct session *s);

/*
 * Split a line into words: '…', "…" and \ quote, as in sh(1). -1: a quote is
 * not closed (ERR_USAGE).
 */
int prompt_split(struct strv *words, const char *line, struct err *e);

#endif
