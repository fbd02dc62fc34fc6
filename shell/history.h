/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * history: the lines typed at the prompt, kept from one session to the next.
 *
 * A text file, a line each, added to one at a time: what was typed survives
 * a kill, and two shells mix theirs. A history that cannot be kept is no
 * reason to stop anybody's work: nothing here fails.
 */
#ifndef SHELL_HISTORY_H
#define SHELL_HISTORY_H

struct history_file;

/* The file need not be there. NULL only when out of memory. */
struct history_file *history_open(const char *path);
void history_close(struct history_file *h);

/* For EL_HIST: the History of libedit, filled from the file. */
void *history_edit(struct history_file *h);

/* Remember a line, without its newline, unless it is blank. */
void history_add(struct history_file *h, const char *line);

#endif
