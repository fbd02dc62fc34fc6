/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * keyboard: single keys from the terminal on stdin, for a loop that polls.
 *
 * While it is taken, keys come without echo and without Enter, Ctrl-C and
 * Ctrl-Z among them, and the signals that concern a terminal (its size,
 * stopping, going on) can be read from a descriptor. Whoever takes it has
 * called term_guard(), so that the terminal is put back however we end.
 */
#ifndef SHELL_KEYBOARD_H
#define SHELL_KEYBOARD_H

#include <stdbool.h>
#include <stddef.h>

struct err;
struct keyboard;

/* Keys that have no letter. */
enum {
	KEY_INTERRUPT = 3, /* Ctrl-C */
	KEY_END = 4, /* Ctrl-D, or the terminal is gone */
	KEY_SUSPEND = 26, /* Ctrl-Z */
};

enum keyboard_event {
	KEYBOARD_NOTHING,
	KEYBOARD_RESIZED,
	KEYBOARD_STOPPED, /* we are to stop: keyboard_suspend() */
	KEYBOARD_RESUMED, /* we were stopped, and the terminal was others' */
};

enum { KEYBOARD_MOST = 64 };

/* Taken. @keys: stdin is a terminal; without it only the size is followed. */
struct keyboard *keyboard_new(bool keys, struct err *e);
void keyboard_free(struct keyboard *k);

/* Give the terminal back as it was, and take it again. */
void keyboard_release(struct keyboard *k);
void keyboard_take(struct keyboard *k);
/* Stop, as the shell that started us expects it of Ctrl-Z. */
void keyboard_suspend(struct keyboard *k);

int keyboard_fd(const struct keyboard *k); /* -1: no keys will come */
int keyboard_signal_fd(const struct keyboard *k);

/*
 * What was pressed, when keyboard_fd() is readable: bytes, without those of
 * keys that send several (arrows, and what is not ASCII).
 */
size_t keyboard_read(struct keyboard *k, unsigned char room[KEYBOARD_MOST]);
/* When keyboard_signal_fd() is. */
enum keyboard_event keyboard_signal(struct keyboard *k);

#endif
