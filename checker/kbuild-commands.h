/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * kbuild-commands: what Kbuild would run to build a folder.
 *
 * `make -n` of the build that kbuild.h does, taken apart: which compiler is
 * called with which words for which file. For programs that must see a file
 * as its compiler does, such as language servers. Nothing is built.
 */
#ifndef CHECKER_KBUILD_COMMANDS_H
#define CHECKER_KBUILD_COMMANDS_H

#include "buf.h"

#include <stdbool.h>
#include <stddef.h>

struct err;
struct store;

/* Where the compilers see the folder. */
#define KBUILD_COMMANDS_DIR "/tmp/module"

struct kbuild_command {
	char *file; /* as the Makefile has it: "wrap.c", a crate's root */
	bool rust; /* rustc or clippy; otherwise clang */
	struct strv env; /* "OBJTREE=/kiln/build", … */
	/*
	 * argv[0] included, .file last. What a file's object needs besides
	 * (its .d file) is left out. The kernel is at /kiln/src and
	 * /kiln/build, the folder at KBUILD_COMMANDS_DIR.
	 */
	struct strv argv;
};

struct kbuild_commands {
	struct kbuild_command *v;
	size_t n;
};

#define KBUILD_COMMANDS_INIT                                                   \
	{                                                                      \
		.v = NULL                                                      \
	}

/*
 * Of the folder @dir, which has a Makefile and is only read. @memory:
 * memory_open()'s folder, or NULL. None at all is no error.
 */
int kbuild_commands(struct kbuild_commands *out, const struct store *s,
		    const char *dir, const char *memory, int cancel_fd,
		    struct err *e);
void kbuild_commands_release(struct kbuild_commands *c);

/* Likewise, of what make printed. -1: out of memory. */
int kbuild_commands_read(struct kbuild_commands *out, const char *text,
			 size_t len);

#endif
