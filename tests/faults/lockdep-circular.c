// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Takes two mutexes in one order, and then in the other. */
static DEFINE_MUTEX(left);
static DEFINE_MUTEX(right);

static noinline void left_first(void)
{
	mutex_lock(&left);
	mutex_lock(&right);
	mutex_unlock(&right);
	mutex_unlock(&left);
}

static noinline void right_first(void)
{
	mutex_lock(&right);
	mutex_lock(&left); /* HERE */
	mutex_unlock(&left);
	mutex_unlock(&right);
}

static int bad_init(void)
{
	ready();
	left_first();
	right_first();
	return 0;
}
