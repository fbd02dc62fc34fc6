/* SPDX-License-Identifier: GPL-2.0-or-later */
/* hash: SHA-256 over strings, files and folders, for keys. */
#ifndef CHECKER_HASH_H
#define CHECKER_HASH_H

#include <stddef.h>

struct err;
struct hash;

#define HASH_KEY_LEN 16 /* hexadecimal digits of a key */
#define HASH_HEX_LEN 64 /* and of a whole SHA-256 */

struct hash *hash_new(void); /* NULL: out of memory */
void hash_free(struct hash *h);

/* A part, with its length, so that no two sequences of parts are alike. */
void hash_add(struct hash *h, const void *data, size_t len);
/*
 * Bytes as they are, without a length: for callers whose parts cannot be
 * mistaken for each other anyway.
 */
void hash_raw(struct hash *h, const void *data, size_t len);
/* A file's content, as one part. */
int hash_file(struct hash *h, const char *path, struct err *e);
/*
 * Every regular file below @dir, by path and content, in the order of their
 * names. At most 4096 files.
 */
int hash_tree(struct hash *h, const char *dir, struct err *e);

/* The first HASH_KEY_LEN digits, and a NUL; @h is done with. */
void hash_key(struct hash *h, char key[HASH_KEY_LEN + 1]);

/* What sha256sum says of these bytes, of this file. */
void hash_hex(const void *data, size_t len, char hex[HASH_HEX_LEN + 1]);
int hash_hex_file(const char *path, char hex[HASH_HEX_LEN + 1], struct err *e);

#endif
