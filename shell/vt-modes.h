/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * vt-modes: what a program has switched on in the terminal, from what it
 * writes.
 *
 * A full-screen program that is ended, or left behind in a guest, leaves the
 * terminal in its own state: another screen, other codes for the cursor keys,
 * a mouse that types. What went through is watched here, byte by byte, so
 * that just that can be taken back; who switched nothing on, or put it back
 * itself, costs nothing. See xterm's ctlseqs for the sequences.
 */
#ifndef SHELL_VT_MODES_H
#define SHELL_VT_MODES_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

struct vt_modes {
	unsigned on; /* bits, by place in a table of vt-modes.c */
	bool keypad, region, style, charset, shifted, cursor_shape;
	/* In the middle of a sequence. */
	int state;
	char seq[32];
	size_t n;
};

void vt_modes_init(struct vt_modes *m);
void vt_modes_feed(struct vt_modes *m, const char *data, size_t len);
bool vt_modes_screen(const struct vt_modes *m); /* on the alternate one */

/* Add what takes back all that is on, nothing if nothing is; and forget it. */
void vt_modes_undo(struct vt_modes *m, struct buf *out);

/* Add the same for a program that was not watched: all of it. */
void vt_modes_undo_all(struct buf *out);

#endif
