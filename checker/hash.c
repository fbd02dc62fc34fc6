/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hash.h"
#include "buf.h"
#include "err.h"

#include <errno.h>
#include <fts.h>
#include <sha2.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_MOST  ((size_t)512 << 20)
#define FILES_MOST 4096

struct hash {
	SHA2_CTX ctx;
	unsigned files;
};

struct hash *hash_new(void)
{
	struct hash *h = calloc(1, sizeof(*h));

	if (h)
		SHA256Init(&h->ctx);
	return h;
}

void hash_free(struct hash *h)
{
	free(h);
}

void hash_add(struct hash *h, const void *data, size_t len)
{
	uint64_t n = len;

	SHA256Update(&h->ctx, (const uint8_t *)&n, sizeof(n));
	SHA256Update(&h->ctx, data, len);
}

void hash_raw(struct hash *h, const void *data, size_t len)
{
	SHA256Update(&h->ctx, data, len);
}

int hash_file(struct hash *h, const char *path, struct err *e)
{
	struct buf b = BUF_INIT;
	int ret;

	b.max = FILE_MOST;
	ret = buf_read_file(&b, path, FILE_MOST, e);
	if (ret == 0)
		hash_add(h, buf_str(&b), b.len);
	buf_release(&b);
	return ret;
}

/* By bytes: the locale must not change a key. */
static int by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

static int add_entry(struct hash *h, FTS *tree, FTSENT *f, size_t root_len,
		     struct err *e)
{
	const char *below = f->fts_path + root_len;

	switch (f->fts_info) {
	case FTS_D:
		if (f->fts_level > 0 && f->fts_name[0] == '.')
			fts_set(tree, f, FTS_SKIP);
		return 0;
	case FTS_F:
		if (f->fts_name[0] == '.')
			return 0;
		if (++h->files > FILES_MOST)
			return err_set(e, ERR_LESSON, 0, "too many files");
		hash_add(h, below, strlen(below));
		return hash_file(h, f->fts_accpath, e);
	case FTS_DNR:
	case FTS_ERR:
	case FTS_NS:
		err_set(e, ERR_ENV, f->fts_errno, "cannot read the folder");
		return err_where(e, "%s", f->fts_path);
	default:
		return 0;
	}
}

int hash_tree(struct hash *h, const char *dir, struct err *e)
{
	char *const roots[] = {(char *)dir, NULL};
	FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
	FTSENT *f;
	int ret = 0;

	if (!tree) {
		err_set(e, ERR_ENV, errno, "cannot read the folder");
		return err_where(e, "%s", dir);
	}
	while (ret == 0 && (f = fts_read(tree)))
		ret = add_entry(h, tree, f, strlen(dir), e);
	fts_close(tree);
	return ret;
}

/* The digest's first @digits digits, and a NUL. */
static void spell(char *out, SHA2_CTX *ctx, int digits)
{
	uint8_t digest[SHA256_DIGEST_LENGTH];

	SHA256Final(digest, ctx);
	for (int i = 0; i < digits / 2; i++)
		snprintf(out + 2 * i, 3, "%02x", digest[i]);
}

void hash_key(struct hash *h, char key[HASH_KEY_LEN + 1])
{
	spell(key, &h->ctx, HASH_KEY_LEN);
}

void hash_hex(const void *data, size_t len, char hex[HASH_HEX_LEN + 1])
{
	SHA2_CTX ctx;

	SHA256Init(&ctx);
	SHA256Update(&ctx, data, len);
	spell(hex, &ctx, HASH_HEX_LEN);
}

int hash_hex_file(const char *path, char hex[HASH_HEX_LEN + 1], struct err *e)
{
	struct buf b = BUF_INIT;
	int ret;

	b.max = FILE_MOST;
	ret = buf_read_file(&b, path, FILE_MOST, e);
	if (ret == 0)
		hash_hex(buf_str(&b), b.len, hex);
	buf_release(&b);
	return ret;
}
