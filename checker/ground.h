/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ground: what a verdict stands on besides the learner's files.
 *
 * The lesson (its script, text, solution and tests, each by its SHA-256), the
 * kernel and the toolroot (their keys, and the SHA-256 of their .complete,
 * which tells two that were made from the same apart), and Kiln itself. When
 * all of it is the same, another verdict on the same files is news.
 */
#ifndef CHECKER_GROUND_H
#define CHECKER_GROUND_H

#include "hash.h"
#include "spec.h"

struct changes;
struct err;
struct store;

#define GROUND_MAX_FILES 4096

struct ground_file {
	char *name; /* below the lesson's folder */
	char hash[HASH_HEX_LEN + 1];
};

struct ground {
	char *kiln; /* version, or NULL */
	char *id; /* of the lesson */
	char *slug;
	char *title;
	struct ground_file *files; /* by name */
	size_t nfiles;
	char *kernel; /* release */
	char *kernel_key;
	char *kernel_stamp;
	char *toolroot_key;
	char *toolroot_stamp;
};

/* See what is here now. On failure @g is empty. */
int ground_look(struct ground *g, const struct spec *spec,
		const struct store *store, const char *kiln, struct err *e);
void ground_release(struct ground *g);

/* Append a file, for who reads it from elsewhere; NULL: out of memory. */
struct ground_file *ground_add_file(struct ground *g, const char *name);
const struct ground_file *ground_file(const struct ground *g, const char *name);

/*
 * Add what differs to @out: "lesson-id", "lesson-file" (named), "kernel"
 * (release and key), "kernel-stamp", "toolroot", "toolroot-stamp", "kiln". A
 * stamp is compared where the keys are the same. -1: out of memory.
 */
int ground_compare(struct changes *out, const struct ground *then,
		   const struct ground *now);

#endif
