/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * leaks: what SLUB says was allocated by code that is gone.
 *
 * Reads what the agent sends for PLAN_LEAKS: traces of
 * /sys/kernel/debug/slab/CACHE/alloc_traces (mm/slub.c,
 * slab_debugfs_show()), each with its cache's name before it, that hold a
 * frame which the kernel can no longer name. Pure.
 */
#ifndef CHECKER_LEAKS_H
#define CHECKER_LEAKS_H

#include "finding.h"

/* Findings of kind leak; the caller frees them. -1: out of memory. */
int leaks_parse(struct finding **out, size_t *n, const char *text);

#endif
