/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * harness: the module of ours that guest:soak and guest:failslab need in
 * the guest (checker/guest/harness), built once for each kernel and kept in
 * cache/harness-KEY/. A check that needs it not does not look for it.
 */
#ifndef CHECKER_HARNESS_H
#define CHECKER_HARNESS_H

struct err;
struct store;

struct harness_opts {
	const struct store *store;
	const char *memory; /* memory_open()'s folder, or NULL */
	int cancel_fd;
	void *arg;
	void (*detail)(void *arg, const char *what); /* or NULL */
};

/* *@path: the module, as the guest takes it; the caller frees it. */
int harness_open(char **path, const struct harness_opts *o, struct err *e);

#endif
