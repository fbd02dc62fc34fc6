// SPDX-License-Identifier: GPL-2.0
#include <linux/errno.h>
#include <linux/minmax.h>
#include <linux/mutex.h>
#include <linux/string.h>

#include "legacy.h"

static DEFINE_MUTEX(legacy_lock);
static u8 legacy_bytes[LEGACY_SIZE] = "KILN-042";

int legacy_read(unsigned int offset, u8 *dst, size_t len)
{
	if (offset > LEGACY_SIZE)
		return -ENXIO;

	len = min_t(size_t, len, LEGACY_SIZE - offset);

	mutex_lock(&legacy_lock);
	memcpy(dst, legacy_bytes + offset, len);
	mutex_unlock(&legacy_lock);

	return len;
}

int legacy_write(unsigned int offset, const u8 *src, size_t len)
{
	if (offset > LEGACY_SIZE)
		return -ENXIO;
	if (offset < LEGACY_ID_SIZE)
		return -EROFS;
	if (len > LEGACY_SIZE - offset)
		return -ENOSPC;

	mutex_lock(&legacy_lock);
	memcpy(legacy_bytes + offset, src, len);
	mutex_unlock(&legacy_lock);

	return 0;
}
