/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The store: 64 bytes, and the first of them are an id. This code has been in
 * the field for twenty years, and nobody is going to rewrite it this week.
 *
 * Both functions may be called from any number of threads at once. They take
 * a mutex, so they may sleep. Neither keeps a pointer after it has returned.
 */
#ifndef LEGACY_H
#define LEGACY_H

#include <linux/types.h>

#define LEGACY_SIZE	64
#define LEGACY_ID_SIZE	8	/* the first bytes are the id: read only */

/**
 * legacy_read() - copy bytes out of the store
 * @offset: the first byte to copy
 * @dst: where they go; there must be room for @len bytes
 * @len: how many are wanted
 *
 * Stops where the store ends.
 *
 * Return: the number of bytes copied, which is less than @len at the end of
 * the store and may be 0; or -ENXIO if @offset lies beyond the end.
 */
int legacy_read(unsigned int offset, u8 *dst, size_t len);

/**
 * legacy_write() - copy bytes into the store
 * @offset: where the first byte goes
 * @src: the bytes; there must be @len of them
 * @len: how many
 *
 * Return: 0 when all were written; otherwise none was, and it is -ENXIO if
 * @offset lies beyond the end, -EROFS if it lies in the id, and -ENOSPC if
 * there is no room for @len bytes at @offset.
 */
int legacy_write(unsigned int offset, const u8 *src, size_t len);

#endif
