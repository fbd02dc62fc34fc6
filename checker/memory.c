/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "memory.h"
#include "err.h"
#include "hash.h"
#include "kbuild.h"
#include "sandbox.h"
#include "store.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAKE_MS 180000
#define USELESS ".useless" /* it changes what is built: do without */

/*
 * The sample is built three times: to learn, with what was learned, and
 * without; the last two must give the same. It is built where a learner's
 * work is, for DWARF keeps the folder's name.
 */
static const char make_memory[] =
	"set -e\n"
	"mkdir -p memory/" MEMORY_COMMON " with\n"
	"clang -std=gnu17 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror -static "
	"-o memory/clang /kiln/data/remember.c\n"
	"for name in rustc clippy-driver ld.lld; do\n"
	"	ln memory/clang memory/$name\n"
	"done\n"
	"build()\n"
	"{\n"
	"	find . -mindepth 1 -maxdepth 1 ! -name memory ! -name with "
	"-exec rm -rf {} +\n"
	"	cp /kiln/data/sample/* .\n"
	"	[ \"$1\" != common ] || cp -p memory/" MEMORY_COMMON "/.[!.]* "
	"memory/" MEMORY_COMMON "/..?* .\n"
	"	" KBUILD_MAKE " M=" SANDBOX_STAGE " modules\n"
	"}\n"
	"(\n"
	"	export PATH=" SANDBOX_STAGE "/memory:$PATH\n"
	"	KILN_REMEMBER=1\n"
	"	export KILN_REMEMBER\n"
	"	build\n"
	"	unset KILN_REMEMBER\n"
	"	cp -p .module-common.o ..module-common.o.cmd "
	"memory/" MEMORY_COMMON "\n"
	"	build common\n"
	"	mv *.ko with\n"
	")\n"
	"build\n"
	"for ko in *.ko; do\n"
	"	cmp \"$ko\" with/\"$ko\" || touch memory/" USELESS "\n"
	"done\n";

static int make_key(char key[HASH_KEY_LEN + 1], const struct store *s,
		    struct err *e)
{
	struct hash *h = hash_new();
	char path[4200];
	int ret = -1;

	if (!h)
		return err_set(e, ERR_ENV, ENOMEM, "cannot hash");
	hash_add(h, make_memory, sizeof(make_memory));
	hash_add(h, s->linux_key, strlen(s->linux_key));
	snprintf(path, sizeof(path), "%s/.complete", s->linux_dir);
	if (hash_file(h, path, e) < 0)
		goto out;
	snprintf(path, sizeof(path), "%s/checker/box", s->data);
	if (hash_tree(h, path, e) < 0)
		goto out;
	hash_key(h, key);
	ret = 0;
out:
	hash_free(h);
	return ret;
}

static int run_script(const struct store *s, const char *dir, int cancel_fd,
		      struct err *e)
{
	char source[4200];
	const struct sandbox_bind binds[] = {
		{.from = dir, .to = SANDBOX_STAGE, .writable = true},
		{.from = source, .to = SANDBOX_DATA},
	};
	const struct sandbox_script script = {
		.store = s,
		.binds = binds,
		.nbinds = 2,
		.chdir = SANDBOX_STAGE,
		.lines = make_memory,
		.timeout_ms = MAKE_MS,
		.cancel_fd = cancel_fd,
	};

	snprintf(source, sizeof(source), "%s/checker/box", s->data);
	return sandbox_do(&script, "a module of Kiln's own does not build", e);
}

/* In a run's folder, and moved to its place when it is whole. */
static int make(const struct store *s, const char *dir,
		const struct memory_watch *w, struct err *e)
{
	struct run_dir run = {.lock_fd = -1};
	char made[4200];
	int ret = -1;

	if (w->detail)
		w->detail(w->arg, "asking the compilers what they can, once");
	if (run_dir_open(&run, s, e) < 0)
		return -1;
	snprintf(made, sizeof(made), "%s/memory", run.path);
	if (run_script(s, run.path, w->cancel_fd, e) == 0)
		ret = rename(made, dir);
	/* Another made the same in the meantime. */
	if (ret < 0 && (errno == EEXIST || errno == ENOTEMPTY))
		ret = 0;
	if (ret < 0 && e->code == ERR_NONE)
		err_set(e, ERR_ENV, errno, "cannot keep what was learned");
	run_dir_close(&run);
	return ret;
}

static char *find(const struct store *s, struct err *e)
{
	char key[HASH_KEY_LEN + 1];
	char *dir;

	if (make_key(key, s, e) < 0)
		return NULL;
	if (asprintf(&dir, "%s/memory-%s", s->cache, key) >= 0)
		return dir;
	err_set(e, ERR_ENV, ENOMEM, "cannot find the memory");
	return NULL;
}

int memory_open(char **dir, const struct store *s,
		const struct memory_watch *w, struct err *e)
{
	char useless[4300];

	*dir = find(s, e);
	if (!*dir)
		return -1;
	if (access(*dir, X_OK) < 0 && make(s, *dir, w, e) < 0) {
		free(*dir);
		*dir = NULL;
		return -1;
	}
	snprintf(useless, sizeof(useless), "%s/" USELESS, *dir);
	if (access(useless, F_OK) == 0) {
		free(*dir);
		*dir = NULL;
	}
	return 0;
}

bool memory_exists(const struct store *s)
{
	char *dir = find(s, NULL);
	bool there = dir && access(dir, X_OK) == 0;

	free(dir);
	return there;
}
