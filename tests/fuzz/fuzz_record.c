/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The JSON in a record that somebody else made: up to a zero byte the
 * manifest, in a tar file as it should be; behind it the verdict.
 *
 * clang -std=gnu17 -D_GNU_SOURCE -I. -g -O1 \
 *	-fsanitize=fuzzer,address,undefined tests/fuzz/fuzz_record.c \
 *	checker/[a-z]*.c -ljansson -lmd -ldw -ltar -liberty -o fuzz_record
 * ./fuzz_record -max_len=8192 tests/fuzz/corpus/record
 */
#include "checker/err.h"
#include "checker/record-int.h"
#include "checker/replay.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define NOW                                                                    \
	"{\"verdict\":\"pass\",\"score\":{\"earned\":1,\"possible\":1},"       \
	"\"checks\":[{\"id\":\"loads\",\"result\":\"pass\"}],\"findings\":"    \
	"[{\"kind\":\"kasan\"}]}"

/* A header of ours, for a member of @size bytes. */
static void add(struct buf *tar, const char *name, const void *data,
		size_t size)
{
	char h[512] = "";
	unsigned sum = 0;

	snprintf(h, 100, "%s", name);
	memcpy(h + 100,
	       "0000644\0"
	       "0000000\0"
	       "0000000",
	       24);
	snprintf(h + 124, 12, "%011o", (unsigned)size);
	memcpy(h + 136, "00000000000", 12);
	memset(h + 148, ' ', 8);
	h[156] = '0';
	memcpy(h + 257,
	       "ustar\0"
	       "00",
	       8);
	memcpy(h + 329,
	       "0000000\0"
	       "0000000",
	       16);
	for (int i = 0; i < 512; i++)
		sum += (unsigned char)h[i];
	snprintf(h + 148, 8, "%06o", sum);
	buf_add(tar, h, sizeof(h));
	buf_add(tar, data, size);
	while (tar->len % 512)
		buf_addc(tar, '\0');
}

static void try_manifest(const void *text, size_t len)
{
	static const char end[1024];
	struct buf tar = BUF_INIT;
	struct err e = ERR_INIT;
	struct record r;

	add(&tar, "manifest.json", text, len);
	buf_add(&tar, end, sizeof(end));
	if (record_parse(&r, tar.data, tar.len, &e) == 0)
		BUG("a record without a verdict is taken");
	if (e.code != ERR_USAGE || r.archive || r.ground.nfiles)
		BUG("not refused as it should be: %s", e.what);
	buf_release(&tar);
}

static void try_verdict(const char *text, size_t len)
{
	struct changes c = CHANGES_INIT;
	struct err e = ERR_INIT;
	char *copy;

	if (!verdict_text_ok(text, len, "1.2", true))
		return;
	copy = strndup(text, len);
	if (replay_compare(&c, copy, NOW, &e) < 0)
		BUG("a verdict that is taken cannot be compared: %s", e.what);
	for (size_t i = 0; i < c.n; i++)
		if (!c.v[i].what || (!c.v[i].then && !c.v[i].now))
			BUG("change %zu is none", i);
	changes_release(&c);
	if (replay_compare(&c, copy, copy, &e) < 0)
		BUG("a verdict is not what it is: %s", e.what);
	changes_release(&c);
	free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *zero = size ? memchr(data, 0, size) : NULL;
	size_t len = zero ? (size_t)(zero - data) : size;

	try_manifest(data, len);
	if (zero)
		try_verdict((const char *)zero + 1, size - len - 1);
	return 0;
}
