/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What abi-source.c and abi-answer.c share; for them alone. */
#ifndef CHECKER_ABI_FOUND_H
#define CHECKER_ABI_FOUND_H

#include "abi-lex.h"
#include "abi-source.h"

struct abi_function {
	const char *file;
	char *name;
	bool is_extern;
};

/* An extern block. */
struct abi_block {
	size_t file;
	const char *end; /* behind its closing brace */
	char *cfg;
};

struct abi_file {
	char *name, *text;
	size_t len;
	struct abi_tokens tokens;
};

struct abi_source {
	struct abi_file *files;
	size_t nfiles;
	struct abi_item *items;
	size_t nitems;
	struct abi_function *functions;
	size_t nfunctions;
	struct abi_block *blocks;
	size_t nblocks;
	struct abi_extern *externs;
	size_t nexterns;
};

#endif
