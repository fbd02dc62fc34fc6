/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hints-general: hints of Kiln's own, for verdicts that say nothing of what a
 * lesson asks for. A lesson's hints for the same come in their place.
 */
#ifndef SHELL_HINTS_GENERAL_H
#define SHELL_HINTS_GENERAL_H

struct lesson_hints;

/* Those for this key, "timeout"; NULL: there are none. */
const struct lesson_hints *hints_general(const char *key);

#endif
