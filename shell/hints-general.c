/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hints-general.h"
#include "lesson.h"

#include <string.h>

static const char *const timeout_hints[] = {
	"The report names the step that did not end, and often the line it was "
	"in. What was that line waiting for, and who should have brought it to "
	"an end?",
	"Look at each loop: does something in it change what its condition "
	"looks at? A `continue` before the step forward is a classic. Then at "
	"each lock: is it given back on every way out?",
	"`log` has the kernel's stacks at the end: the uppermost function of "
	"yours is where it was. Put a `pr_info!` or `pr_info()` before that "
	"line, and `check` again.",
	NULL,
};

static const char *const incomplete_hints[] = {
	"The run was cut off: the check that failed is not the cause. What "
	"ended it stands in the report, beside *incomplete*.",
	"Did the log grow too long? Then something prints in a loop: the last "
	"lines of `log` show which line. Did the guest fall silent or restart? "
	"Then the last line of `log` is the last that went well.",
	NULL,
};

static const struct lesson_hints general[] = {
	{(char *)"timeout", {(char **)timeout_hints, 3}},
	{(char *)"incomplete", {(char **)incomplete_hints, 2}},
};

const struct lesson_hints *hints_general(const char *key)
{
	for (size_t i = 0; i < sizeof(general) / sizeof(*general); i++)
		if (strcmp(general[i].key, key) == 0)
			return &general[i];
	return NULL;
}
