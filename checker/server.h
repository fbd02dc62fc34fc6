/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * server: the language servers of the toolroot, shut in.
 *
 * An editor and its server name files to each other, so here, other than in
 * a build's box, the learner's work, the kernel and the toolroot stand where
 * they stand outside; around them is nothing but the toolroot's /usr. All of
 * it is read-only, and there is no network. The settings that a server
 * needs whoever asks it are given to it in that box, so that every editor
 * does without any of its own.
 */
#ifndef CHECKER_SERVER_H
#define CHECKER_SERVER_H

#include "buf.h"

struct err;
struct store;

enum server {
	SERVER_RUST, /* rust-analyzer */
	SERVER_C, /* clangd */
	SERVER_N,
};

/* "rust", "c": as people ask for it. SERVER_N: there is none of that name. */
enum server server_by_name(const char *name);
const char *server_program(enum server w); /* "rust-analyzer", "clangd" */

struct server_opts {
	const struct store *store;
	enum server which;
	/*
	 * A folder with a compile_commands.json that holds for the kernel's
	 * own files as well, or NULL.
	 */
	const char *commands;
	const char *chdir; /* where to run it, below the work; NULL: there */
};

/*
 * Fill @argv with bwrap and all its words, the server's own name included;
 * more words for it may follow. *@settings becomes the descriptor that bwrap
 * reads the settings from, under that number; with @settings NULL the server
 * has none.
 */
int server_argv(struct strv *argv, const struct server_opts *o, int *settings,
		struct err *e);

/*
 * Run it on our standard input and output until it or its input ends, with
 * @words as more words for it. Its exit status, 1 if it had to be ended; -1:
 * it could not be run.
 */
int server_serve(const struct server_opts *o, const char *const *words,
		 size_t nwords, struct err *e);

#endif
