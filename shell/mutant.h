/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mutant: small changes of a source, each a mistake that somebody might make.
 *
 * By tokens, not by grammar: some of them will not compile, which is found
 * out soon enough. Pure.
 */
#ifndef SHELL_MUTANT_H
#define SHELL_MUTANT_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct code_tokens;

struct mutant {
	size_t at, len; /* the bytes that give way */
	char *put; /* to these */
	unsigned line; /* of the first of them, 1-based */
	const char *what; /* "a condition negated": a constant */
};

struct mutants {
	struct mutant *v;
	size_t n;
	bool failed; /* out of memory */
};

/*
 * All mutants of @text. 0; 1: its brackets do not match; -1: no memory.
 */
int mutants_make(struct mutants *out, const char *text, bool rust);
void mutants_release(struct mutants *m);

/* Add @text with @m done to it. */
void mutant_apply(struct buf *out, const struct mutant *m, const char *text);

/*
 * A name that outlives changes elsewhere in the file: eight hexadecimal
 * digits of a hash of @file, the mutant's lines before and after, and how
 * many of @all before it have the same.
 */
#define MUTANT_NAME_LEN 8
bool mutant_name(char name[MUTANT_NAME_LEN + 1], const struct mutants *all,
		 size_t i, const char *file, const char *text);

/* The lines that it touches: before, or with @after after it. */
void mutant_lines(struct buf *out, const struct mutant *m, const char *text,
		  bool after);

/* For mutant-*.c: one more, from the start of token @from to the end of @to. */
void mutant_add(struct mutants *m, const struct code_tokens *t, size_t from,
		size_t to, const char *put, const char *what);
/* In mutant-token.c: operators, numbers, errors, `?`. */
void mutant_tokens(struct mutants *m, const struct code_tokens *t);
/* In mutant-statement.c: what is left out or swapped; conditions. */
void mutant_statements(struct mutants *m, const struct code_tokens *t);
/* In mutant-function.c: functions that do nothing. */
void mutant_functions(struct mutants *m, const struct code_tokens *t);

#endif
