/* SPDX-License-Identifier: GPL-2.0 */
/* What store.ko offers to other modules; the tests come in by this door. */
#ifndef STORE_H
#define STORE_H

#include <linux/types.h>

/* 0 with the number of bytes in @copied, or a negative errno. */
int store_read(unsigned int offset, u8 *dst, size_t len, size_t *copied);

/* 0, or a negative errno. */
int store_write(unsigned int offset, const u8 *src, size_t len);

/* The same in store_rs.rs, not exported. */
int store_rs_read(unsigned int offset, u8 *dst, size_t len, size_t *copied);
int store_rs_write(unsigned int offset, const u8 *src, size_t len);

#endif
