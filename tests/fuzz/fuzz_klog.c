/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * clang -std=gnu17 -D_GNU_SOURCE -I. -g -O1 \
 *	-fsanitize=fuzzer,address,undefined \
 *	tests/fuzz/fuzz_klog.c checker/klog.c checker/klog-[flr]*.c \
 *	checker/splat*.c checker/ktap*.c checker/finding.c \
 *	checker/explain.c checker/utf8.c checker/buf.c checker/err.c \
 *	-o fuzz_klog
 * ./fuzz_klog -max_len=20000 tests/fuzz/corpus/klog tests/golden
 */
#include "checker/err.h"
#include "checker/klog.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct klog *read_log(const uint8_t *data, size_t size, size_t piece)
{
	struct klog *k = klog_new("0123456789abcdef", 0);

	while (size > 0) {
		size_t n = size < piece ? size : piece;
		/* A copy of its own, so that reading beyond it is seen. */
		char *copy = malloc(n);

		memcpy(copy, data, n);
		klog_feed(k, copy, n);
		free(copy);
		data += n;
		size -= n;
	}
	klog_finish(k);
	return k;
}

/* What must hold of any input at all. */
static void check(const struct klog *k)
{
	const struct finding *f;
	size_t n;

	f = klog_findings(k, &n);
	for (size_t i = 0; i < n; i++) {
		if (!f[i].title || f[i].kind >= FINDING_NKINDS)
			BUG("finding %zu is no finding", i);
		if (f[i].log_line < 1 || f[i].log_line > f[i].log_end ||
		    f[i].log_end > klog_total_lines(k))
			BUG("lines %zu to %zu of %zu", f[i].log_line,
			    f[i].log_end, klog_total_lines(k));
	}
	for (size_t i = 0; i < klog_nlines(k); i++) {
		struct klog_line l = klog_line(k, i);

		if (l.text[l.len] != '\0' || strlen(l.text) != l.len)
			BUG("line %zu is not whole", i);
	}
}

/* In one piece or in many, a log says the same. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct klog *a = read_log(data, size, size + 1);
	struct klog *b = read_log(data, size, 1 + size % 61);
	size_t na, nb;

	check(a);
	check(b);
	klog_findings(a, &na);
	klog_findings(b, &nb);
	if (na != nb || klog_total_lines(a) != klog_total_lines(b) ||
	    ktap_status(klog_ktap(a)) != ktap_status(klog_ktap(b)))
		BUG("pieces matter");
	klog_free(a);
	klog_free(b);
	return 0;
}
