/* SPDX-License-Identifier: GPL-2.0 */
#ifndef CONVERT_H
#define CONVERT_H

/* Which file are you from? Both convert.c and convert.rs define it. */
void convert_who(void);

#endif
