/* SPDX-License-Identifier: GPL-2.0 */
/* The panel: one row of 24 characters. It knows ASCII and nothing else. */
#ifndef PANEL_H
#define PANEL_H

#define PANEL_WIDTH	24

/**
 * panel_show() - put a text on the panel
 * @text: NUL-terminated
 *
 * Copies the text before it returns, and does not keep the pointer. May sleep.
 *
 * Return: 0, or -E2BIG if the text is wider than the panel, which then shows
 * what it showed before.
 */
int panel_show(const char *text);

/* What the panel shows, NUL-terminated; for the tests. */
const char *panel_text(void);

#endif
