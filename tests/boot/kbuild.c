/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * kbuild FOLDER [plain]: build a folder as a check does, or with nothing
 * remembered; its .ko files stay there.
 */
#include "checker/err.h"
#include "checker/kbuild.h"
#include "checker/memory.h"
#include "checker/store.h"

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
	struct memory_watch watch = {.cancel_fd = -1};
	struct kbuild_opts o = {.cancel_fd = -1};
	struct kbuild_result r = {.built = false};
	struct err e = ERR_INIT;
	struct store store;
	char *memory = NULL;
	bool built = false;

	if (argc < 2 || store_open(&store, &e) < 0)
		goto out;
	o.store = &store;
	o.stage = argv[1];
	if (argc < 3 && memory_open(&memory, &store, &watch, &e) < 0)
		goto close;
	o.memory = memory;
	if (kbuild_run(&r, &o, &e) == 0)
		built = r.built;
	if (!built)
		fprintf(stderr, "%s\n", buf_str(&r.output));
	kbuild_release(&r);
close:
	free(memory);
	store_release(&store);
out:
	if (!built)
		fprintf(stderr, "kbuild: %s %s\n", e.what, e.where);
	return built ? 0 : 1;
}
