/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * err: how a function says that its surroundings failed it.
 *
 * Errors are of three kinds and never mix. A bug of ours is BUG(). What the
 * learner's work did is a verdict (verdict.h). All else, a missing file, a
 * full disk, a broken lesson, is a struct err: the function returns -1 and
 * fills the caller's struct. The checker never prints and never exits.
 */
#ifndef CHECKER_ERR_H
#define CHECKER_ERR_H

enum err_code {
	ERR_NONE,
	ERR_USAGE,     /* the caller asked for something that cannot be */
	ERR_LESSON,    /* the lesson itself is wrong */
	ERR_ENV,       /* the machine: no toolroot, disk full, a missing tool */
	ERR_CANCELLED, /* the user asked us to stop */
};

struct err {
	enum err_code code;
	int errnum;	  /* errno, or 0 where there is none */
	char what[512];	  /* what happened, without a full stop */
	char where[512];  /* path, file:line or command; may be empty */
	char next[512];	  /* what to do about it; may be empty */
};

#define ERR_INIT {.code = ERR_NONE}

/*
 * Fill @e and return -1, so that a failing function can end in one line.
 * @e may be NULL. With errnum set, its text is added to @what.
 */
__attribute__((format(printf, 4, 5))) int
err_set(struct err *e, enum err_code code, int errnum, const char *what, ...);

/* Add to an error that is already set; both return -1. */
__attribute__((format(printf, 2, 3))) int
err_where(struct err *e, const char *where, ...);
__attribute__((format(printf, 2, 3))) int
err_next(struct err *e, const char *next, ...);

/* The exit code of an error: 2, 3, 4 or 130. */
int err_exit_code(const struct err *e);

/* A bug of ours: say where, and abort. */
#define BUG(...) err_bug(__FILE__, __LINE__, __VA_ARGS__)
__attribute__((noreturn, format(printf, 3, 4))) void
err_bug(const char *file, int line, const char *what, ...);

#endif
