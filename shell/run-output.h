/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * run-output: what the programs of a run printed, taken apart by step.
 *
 * The text is that of struct verdict's .run_output: what each step gave, after
 * a line "--- LABEL", in the order of the plan. Pure.
 */
#ifndef SHELL_RUN_OUTPUT_H
#define SHELL_RUN_OUTPUT_H

#include <stddef.h>

struct spec;

/*
 * What step @i of the plan printed, looked for from *@rest on, which moves
 * past it; NULL: nothing. A line of a program's own that looks like a heading
 * is one only if it names a later step.
 */
const char *run_output_next(const char **rest, const struct spec *spec,
			    size_t i, size_t *len);

#endif
