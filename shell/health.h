/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * health: what `doctor` looks at on the learner's side, each with how to mend
 * it. Nothing is changed by looking.
 */
#ifndef SHELL_HEALTH_H
#define SHELL_HEALTH_H

#include <stdbool.h>

struct session;

struct health {
	bool well;
	char note[600]; /* what was found */
	char mend[600]; /* what to do, where it is not well */
};

/* The session is open, but for the first three. */
void health_version(struct health *h, const struct session *s);
void health_locale(struct health *h, const struct session *s);
void health_editor(struct health *h, const struct session *s);
void health_state(struct health *h, const struct session *s);
void health_progress(struct health *h, const struct session *s);

#endif
