/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files of kiln_unwind share. main.c stands in for a module's init
 * and answers the agent; live.c keeps the objects that a module has not
 * freed; names.c the names of addresses in modules that are gone.
 */
#ifndef KILN_HARNESS_H
#define KILN_HARNESS_H

#include <linux/module.h>
#include <linux/types.h>

#define HARNESS_DEPTH 32 /* frames of a stack that are looked at */

/* The module whose round it is, while it is there; else NULL. */
extern struct module *harness_module;

/* live.c */
int live_start(void);
void live_forget(void);
unsigned int live_count(bool *lost);
/* Is it @current's init that runs? Then all that it allocates counts. */
bool harness_in_init(void);

/* names.c */
void names_keep(const struct module *mod, pid_t pid);
void names_forget(void);
/*
 * "symbol+offset/size [module]\n" for where a call returns to, in code that
 * @pid has loaded, or else anybody, latest.
 */
int names_say(char *to, size_t size, unsigned long addr, pid_t pid,
	      const char *module);

#endif
