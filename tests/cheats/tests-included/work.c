// SPDX-License-Identifier: GPL-2.0
/* Reads the instructor's tests, where a lesson has them. */
#include "work.h"
#include "../tests/work_test.c"
