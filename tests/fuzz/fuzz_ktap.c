/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * clang -std=gnu17 -D_GNU_SOURCE -I. -g -O1 \
 *	-fsanitize=fuzzer,address,undefined \
 *	tests/fuzz/fuzz_ktap.c checker/ktap*.c checker/utf8.c checker/buf.c \
 *	checker/err.c -o fuzz_ktap
 * ./fuzz_ktap tests/fuzz/corpus/ktap
 */
#include "checker/err.h"
#include "checker/ktap.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct sums {
	size_t tests, depth;
};

static void walk(struct sums *s, const struct ktap_test *t, size_t depth)
{
	if (depth > s->depth)
		s->depth = depth;
	for (size_t i = 0; i < t->nsub; i++) {
		s->tests++;
		if (t->sub[i].name && strlen(t->sub[i].name) > KTAP_MAX_NAME)
			BUG("a name of %zu", strlen(t->sub[i].name));
		walk(s, &t->sub[i], depth + 1);
	}
}

/* What must hold of any input at all. */
static void check(const struct ktap *k)
{
	struct ktap_counts n = ktap_counts(k);
	struct sums s = {0};

	walk(&s, ktap_root(k), 0);
	if (s.depth > KTAP_MAX_DEPTH + 1 || s.tests > KTAP_MAX_TESTS)
		BUG("%zu tests, %zu deep", s.tests, s.depth);
	if (ktap_status(k) == KTAP_PASS &&
	    (n.failed || n.crashed || !n.passed))
		BUG("passes, with %u failed, %u crashed, %u passed", n.failed,
		    n.crashed, n.passed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ktap *k = ktap_new();
	size_t no = 0;

	while (size > 0) {
		const uint8_t *nl = memchr(data, '\n', size);
		size_t len = nl ? (size_t)(nl - data) : size;
		/* A copy of its own, so that reading beyond it is seen. */
		char *line = malloc(len + !len);

		memcpy(line, data, len);
		ktap_line(k, line, len, ++no);
		free(line);
		data += len + (nl != NULL);
		size -= len + (nl != NULL);
	}
	ktap_finish(k);
	check(k);
	ktap_free(k);
	return 0;
}
