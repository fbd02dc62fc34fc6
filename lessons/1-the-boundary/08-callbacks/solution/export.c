// SPDX-License-Identifier: GPL-2.0
/* EXPORT_SYMBOL() exists in C only: these lend it to door.rs. */
#include <linux/export.h>

#include "door.h"

int rack_sum(int *sum)
{
	return rack_rs_sum(sum);
}
EXPORT_SYMBOL_GPL(rack_sum);

int rack_copy(int *dst, size_t room, size_t *copied)
{
	return rack_rs_copy(dst, room, copied);
}
EXPORT_SYMBOL_GPL(rack_copy);

int rack_stop_at(unsigned int slot, int errno)
{
	return rack_rs_stop_at(slot, errno);
}
EXPORT_SYMBOL_GPL(rack_stop_at);

int rack_count(unsigned int *count)
{
	return rack_rs_count(count);
}
EXPORT_SYMBOL_GPL(rack_count);

int rack_owner(int *sum, unsigned int *drops)
{
	return rack_rs_owner(sum, drops);
}
EXPORT_SYMBOL_GPL(rack_owner);
