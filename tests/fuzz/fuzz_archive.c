/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * clang -std=gnu17 -D_GNU_SOURCE -I. -g -O1 \
 *	-fsanitize=fuzzer,address,undefined \
 *	tests/fuzz/fuzz_archive.c checker/archive*.c checker/buf.c \
 *	checker/err.c -ltar -o fuzz_archive
 * ./fuzz_archive -max_len=20000 tests/fuzz/corpus/archive
 */
#include "checker/archive.h"
#include "checker/err.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct archive_limits most = {
	.members = 16,
	.member = 8192,
	.total = 64 << 10,
};

/* What must hold of any archive that is taken. */
static void check(const struct archive *a)
{
	size_t n = archive_count(a);

	if (n > most.members || archive_member(a, n))
		BUG("%zu members", n);
	for (size_t i = 0; i < n; i++) {
		const struct archive_member *m = archive_member(a, i);
		char *copy = malloc(m->len + 1);

		if (!archive_name_ok(m->name) || m->len > most.member)
			BUG("member %zu is not to be taken", i);
		/* Every byte of it is there. */
		memcpy(copy, m->data, m->len);
		free(copy);
		if (archive_find(a, m->name) != m)
			BUG("%s is there twice", m->name);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct err e = ERR_INIT;
	struct archive *a;

	if (archive_parse(&a, data, size, &most, &e) < 0) {
		if (a || (size <= most.total && e.code != ERR_USAGE))
			BUG("not refused as it should be: %s", e.what);
		/* Two readers that disagree are a hole in ours. */
		if (strstr(e.what, "libtar"))
			BUG("%s", e.what);
		return 0;
	}
	check(a);
	archive_free(a);
	return 0;
}

#ifdef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION
/* A checksum that is right is not found by chance: make it so, mostly. */
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max,
			       unsigned seed);

static size_t sign(uint8_t *header)
{
	unsigned sum = 0;

	header[124 + 11] = '\0';
	memset(header + 148, ' ', 8);
	for (int i = 0; i < 512; i++)
		sum += header[i];
	snprintf((char *)header + 148, 8, "%06o", sum);
	return strtoul((const char *)header + 124, NULL, 8);
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max,
			       unsigned seed)
{
	size_t at = 0;

	size = LLVMFuzzerMutate(data, size, max);
	if (seed % 8)
		size -= size % 512;
	while (seed % 16 && at + 512 <= size && data[at]) {
		size_t len = sign(data + at);

		if (len > size)
			break;
		at += 512 + (len + 511) / 512 * 512;
	}
	return size;
}
#endif
