/* SPDX-License-Identifier: GPL-2.0-or-later */
/* when: times as people say them. */
#ifndef SHELL_WHEN_H
#define SHELL_WHEN_H

#include <stdint.h>
#include <time.h>

struct buf;

/*
 * Add "today 14:03", "yesterday 14:03", "Mon 14:03" within a week, else
 * "2026-02-03 14:03", in the time of the place; at most 16 columns.
 */
void when_add(struct buf *out, time_t at, time_t now);
/* Add "2026-02-03 14:03:07, 5 minutes ago". */
void when_add_long(struct buf *out, time_t at, time_t now);
/* Add "1.5 s", "0.9 s", "2 min 5 s". */
void when_add_ms(struct buf *out, int64_t ms);

#endif
