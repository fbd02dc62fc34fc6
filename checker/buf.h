/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * buf: a growable run of bytes with an upper bound, and strv, a growable
 * list of owned strings.
 *
 * A buffer is always NUL-terminated, so that .data may be read as a string;
 * .len is what counts, for there may be NULs inside. Failing (out of memory,
 * or over .max) is sticky: further additions do nothing and buf_ok() says
 * so, which lets a writer check once, at the end.
 */
#ifndef CHECKER_BUF_H
#define CHECKER_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct err;

struct buf {
	char *data;  /* never NULL after a first addition */
	size_t len;  /* bytes used, without the NUL */
	size_t cap;  /* bytes allocated */
	size_t max;  /* most bytes it may hold; 0: BUF_DEFAULT_MAX */
	bool failed; /* something did not fit */
};

#define BUF_INIT	{.data = NULL}
#define BUF_DEFAULT_MAX ((size_t)256 << 20)

void buf_release(struct buf *b);
void buf_clear(struct buf *b); /* empty it, keep the memory, forget failure */
bool buf_ok(const struct buf *b);
const char *buf_str(const struct buf *b); /* never NULL */

void buf_add(struct buf *b, const void *data, size_t len);
void buf_adds(struct buf *b, const char *s);
void buf_addc(struct buf *b, char c);
__attribute__((format(printf, 2, 3))) void buf_addf(struct buf *b,
						    const char *fmt, ...);

/* Give the string away; the caller frees it. NULL if anything failed. */
char *buf_steal(struct buf *b);

/*
 * Read @path whole, at most @max bytes. A file that is larger, missing, or
 * not a regular file is an ERR_ENV error that names it.
 */
int buf_read_file(struct buf *b, const char *path, size_t max, struct err *e);

/* Write all of it to @path through a temporary file beside it and rename. */
int buf_write_file(const struct buf *b, const char *path, mode_t mode,
		   struct err *e);
/* Remove such files of writers that were killed, an hour ago or more. */
void buf_sweep(const char *dir);

struct strv {
	char **v; /* NULL-terminated, or NULL when empty */
	size_t n;
};

#define STRV_INIT {.v = NULL}

void strv_release(struct strv *sv);
/* Add a copy; -1 when out of memory. */
int strv_add(struct strv *sv, const char *s);
__attribute__((format(printf, 2, 3))) int strv_addf(struct strv *sv,
						    const char *fmt, ...);
bool strv_has(const struct strv *sv, const char *s);
/* strv_add(), unless it is there. */
int strv_add_once(struct strv *sv, const char *s);

#endif
