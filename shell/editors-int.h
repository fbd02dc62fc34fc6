/* SPDX-License-Identifier: GPL-2.0-or-later */
/* editors-int: what the files of editors share. Nobody else includes it. */
#ifndef SHELL_EDITORS_INT_H
#define SHELL_EDITORS_INT_H

#include "checker/kbuild-commands.h"

struct buf;
struct err;
struct lesson;
struct store;

struct editors_facts {
	const struct store *store;
	const struct lesson *lesson;
	const char *dir;
	struct kbuild_commands commands; /* of the lesson's own build */
	/* Of a C file of Kiln's, where the lesson builds none but has some. */
	struct kbuild_commands sample;
};

/*
 * Add @text with the places of the build's box (/kiln/src, /kiln/build,
 * KBUILD_COMMANDS_DIR) as they are outside of it.
 */
void editors_outside(struct buf *out, const struct editors_facts *f,
		     const char *text);

/* Add the text of rust-project.json, of compile_commands.json. */
int editors_rust_project(struct buf *out, const struct editors_facts *f,
			 struct err *e);
int editors_compile_commands(struct buf *out, const struct editors_facts *f,
			     struct err *e);

enum editors_crate_kind {
	CRATE_PLAIN,
	CRATE_CORE, /* of the toolroot's library */
	CRATE_PROC, /* its library is in the kernel's build */
	CRATE_GENERATED, /* has the kernel's configuration, and bindgen's work */
};

/* A crate of the kernel's; editors-crates.c. */
struct editors_crate {
	const char *name;
	const char *root; /* below rust/, or below the library */
	enum editors_crate_kind kind;
	const char *deps; /* words; those come first in the list */
	const char *cfgs; /* likewise */
	const char *env[2];
};

enum { EDITORS_NCRATES = 12 };

extern const struct editors_crate editors_crates[EDITORS_NCRATES];

/* Files for one editor or another; editors-text.c. */
enum editors_text {
	EDITORS_VSCODE_SETTINGS,
	EDITORS_VSCODE_EXTENSIONS,
	EDITORS_NEOVIM,
	EDITORS_NOTE,
	EDITORS_RUST_SERVER,
	EDITORS_C_SERVER,
};

void editors_text(struct buf *out, enum editors_text which, const char *dir);
/* Add our program's path, and what of the environment says where all is. */
void editors_our_place(struct buf *out);

#endif
