/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * memory: what is the same in every build, remembered.
 *
 * A folder, cache/memory-KEY/, holds the program of checker/box/remember.c
 * under the compilers' names, and the answers that they gave to Kbuild's
 * questions; and in MEMORY_COMMON/ the object that Kbuild links into every
 * module (.module-common.o), with the .cmd file by which Kbuild itself
 * decides whether it is up to date. KEY is made of the kernel,
 * the toolroot and that program. When it is made, a sample is built with
 * and without it; if the modules are not byte for byte the same, the memory
 * is never used.
 */
#ifndef CHECKER_MEMORY_H
#define CHECKER_MEMORY_H

#include <stdbool.h>

struct err;
struct store;

#define MEMORY_COMMON "common"

struct memory_watch {
	void *arg;
	void (*detail)(void *arg, const char *what); /* or NULL */
	int cancel_fd;				     /* -1: none */
};

/*
 * *@dir: the folder to put before PATH, made when it is not there, or NULL
 * when builds are to do without.
 */
int memory_open(char **dir, const struct store *s,
		const struct memory_watch *w, struct err *e);

/* Has it been made? */
bool memory_exists(const struct store *s);

#endif
