/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "qemu-int.h"
#include "err.h"

#include <stdio.h>
#include <string.h>

#define DEVICE	"-device "
#define UNMOVED "non-migratable device"

/*
 * A lesson names devices without properties, and ours all have some: so the
 * word behind "-device" says whose it is.
 */
static int lesson_device(const char *text, size_t *at)
{
	const char *name = strstr(text, DEVICE);
	size_t len;

	if (!name)
		return 0;
	name += strlen(DEVICE);
	len = strcspn(name, ",:\n");
	*at = (size_t)(name - text);
	return name[len] == ':' ? (int)len : 0;
}

void qemu_blame(const char *complaint, struct err *e)
{
	struct err was = *e;
	size_t at;
	int len = lesson_device(complaint, &at);

	if (len > 0)
		err_set(e, ERR_LESSON, 0,
			"the lesson's machine has a device "
			"that QEMU cannot have: %.*s",
			len, complaint + at);
	else if (strstr(was.what, UNMOVED))
		err_set(e, ERR_LESSON, 0,
			"the lesson's machine has a device "
			"that cannot be kept warm");
	else
		return;
	err_where(e, "%s", len > 0 ? complaint : was.what);
	err_next(e, "tell the lesson's author; `qemu-system-x86_64 -device "
		    "help` lists what there is");
}
