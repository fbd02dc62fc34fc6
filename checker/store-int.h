/* SPDX-License-Identifier: GPL-2.0-or-later */
/* store-int: what the files of store share. Nobody else includes it. */
#ifndef CHECKER_STORE_INT_H
#define CHECKER_STORE_INT_H

struct err;

/*
 * The keys of what is made from the data folder @data; the caller frees
 * them. A file that is missing there is an error.
 */
int key_toolroot(char **out, const char *data, struct err *e);
int key_linux(char **out, const char *data, const char *toolroot_key,
	      struct err *e);

#endif
