// SPDX-License-Identifier: GPL-2.0
/* EXPORT_SYMBOL() exists in C only: these two lend it to store_rs.rs. */
#include <linux/export.h>

#include "store.h"

int store_read(unsigned int offset, u8 *dst, size_t len, size_t *copied)
{
	return store_rs_read(offset, dst, len, copied);
}
EXPORT_SYMBOL_GPL(store_read);

int store_write(unsigned int offset, const u8 *src, size_t len)
{
	return store_rs_write(offset, src, len);
}
EXPORT_SYMBOL_GPL(store_write);
