/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Run a fuzz target on the files named, without a fuzzer: so `make check`
 * replays the corpus, under the sanitizers too. Prints TAP.
 */
#include "checker/buf.h"
#include "checker/err.h"

#include <stdint.h>
#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int main(int argc, char **argv)
{
	printf("1..%d\n", argc - 1);
	for (int i = 1; i < argc; i++) {
		struct buf b = BUF_INIT;
		struct err e = ERR_INIT;

		if (buf_read_file(&b, argv[i], 1 << 20, &e) < 0) {
			printf("not ok %d - %s: %s\n", i, argv[i], e.what);
			continue;
		}
		LLVMFuzzerTestOneInput((const uint8_t *)buf_str(&b), b.len);
		printf("ok %d - %s\n", i, argv[i]);
		buf_release(&b);
	}
	return 0;
}
