/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A panel in the cellar. It shows one meter, or nothing. What is behind these
 * functions is Rust: panel_rs.rs.
 */
#ifndef PANEL_H
#define PANEL_H

struct meter;

/* Show the meter of this number. 0, or -ENOENT: the panel stays as it is. */
int panel_show(unsigned int id);

/*
 * There is an alarm for @m, so show that one; or NULL: it is over, show
 * nothing. @m is only lent: its caller sees to it that it lives until
 * panel_alarm() returns, and keeps its own reference.
 */
void panel_alarm(struct meter *m);

/* What the shown meter says, or -ENODATA. */
int panel_litres(void);

/*
 * Make the shown meter the main one, and show what was the main one so far,
 * if anything. 0, or -ENODATA if nothing is shown.
 */
int panel_promote(void);

/* Show nothing. */
void panel_clear(void);

#endif
