/* SPDX-License-Identifier: GPL-2.0-or-later */
/* welcome: what is said when the shell opens. */
#ifndef SHELL_WELCOME_H
#define SHELL_WELCOME_H

struct session;

/* After session_open(). Short, and shorter for who comes back. */
void welcome(struct session *s);

#endif
