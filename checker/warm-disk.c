/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which snapshots stay on the disk. */
#include "warm-int.h"
#include "err.h"
#include "store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST	   8 /* snapshots, with the one to be made, */
#define MOST_BYTES (2ll << 30) /* and what they all take on the disk */
#define ROOM	   (200ll << 20) /* of the one to be made */

/* The third line of .complete: what the snapshot was made from. */
void warm_add_origin(struct buf *out, const struct store *s)
{
	buf_addf(out, "%s %s\n", strrchr(s->linux_dir, '/') + 1,
		 strrchr(s->toolroot, '/') + 1);
}

static int is_snapshot(const struct dirent *de)
{
	return strncmp(de->d_name, WARM_PREFIX, strlen(WARM_PREFIX)) == 0 &&
	       !strchr(de->d_name, '.');
}

static void remove_unheld(const struct store *s, const char *name)
{
	char path[4096], lock[4200];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", s->cache, name);
	snprintf(lock, sizeof(lock), "%s.lock", path);
	fd = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
	if (fd < 0)
		return;
	if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
		remove_tree(path, NULL);
		unlink(lock);
	}
	close(fd);
}

/* Made from the kernel and the QEMU that are in use now? */
static bool is_current(const struct store *s, const char *name)
{
	struct buf have = BUF_INIT, want = BUF_INIT;
	char path[4200];
	bool current = false;

	warm_add_origin(&want, s);
	snprintf(path, sizeof(path), "%s/%s/.complete", s->cache, name);
	if (buf_read_file(&have, path, 4096, NULL) == 0)
		current = have.len >= want.len &&
			  strcmp(have.data + have.len - want.len,
				 buf_str(&want)) == 0;
	buf_release(&have);
	buf_release(&want);
	return current;
}

struct snapshot {
	char *name;
	struct timespec used;
	long long bytes;
};

static int by_use(const void *a, const void *b)
{
	const struct timespec *x = &((const struct snapshot *)a)->used;
	const struct timespec *y = &((const struct snapshot *)b)->used;

	if (x->tv_sec != y->tv_sec)
		return x->tv_sec < y->tv_sec ? -1 : 1;
	return x->tv_nsec < y->tv_nsec ? -1 : x->tv_nsec > y->tv_nsec;
}

static long long disk_use(const char *dir, const char *name)
{
	char path[4300];
	struct stat st;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	return stat(path, &st) == 0 ? (long long)st.st_blocks * 512 : 0;
}

static void look_at(struct snapshot *snap, const struct store *s, char *name)
{
	char path[4200];
	struct stat st;

	*snap = (struct snapshot){.name = name};
	snprintf(path, sizeof(path), "%s/%s.lock", s->cache, name);
	if (stat(path, &st) == 0)
		snap->used = st.st_mtim;
	snprintf(path, sizeof(path), "%s/%s", s->cache, name);
	snap->bytes = disk_use(path, "ram") + disk_use(path, "state") +
		      disk_use(path, "initrd");
}

/* Those that were not in use for longest go, until there is room for one. */
static void remove_surplus(const struct store *s, struct snapshot *all, int n)
{
	long long bytes = ROOM;
	int left = n + 1;

	for (int i = 0; i < n; i++)
		bytes += all[i].bytes;
	qsort(all, (size_t)n, sizeof(*all), by_use);
	for (int i = 0; i < n && (left > MOST || bytes > MOST_BYTES); i++) {
		remove_unheld(s, all[i].name);
		left--;
		bytes -= all[i].bytes;
	}
}

void warm_make_room(const struct store *s, const char *name)
{
	struct dirent **list = NULL;
	int n = scandir(s->cache, &list, is_snapshot, alphasort), current = 0;
	struct snapshot *all = calloc(n > 0 ? (size_t)n : 1, sizeof(*all));

	for (int i = 0; all && i < n; i++) {
		char *other = list[i]->d_name;

		if (strcmp(other, name) == 0)
			continue;
		/* Of another kernel or QEMU: of no use to anybody. */
		if (is_current(s, other))
			look_at(&all[current++], s, other);
		else
			remove_unheld(s, other);
	}
	if (all)
		remove_surplus(s, all, current);
	for (int i = 0; i < n; i++)
		free(list[i]);
	free(list);
	free(all);
}

void warm_mark_used(int lock_fd)
{
	futimens(lock_fd, NULL);
}

int warm_clean(const struct store *s, struct err *e)
{
	struct dirent **list = NULL;
	int n = scandir(s->cache, &list, is_snapshot, alphasort);

	if (n < 0)
		return err_set(e, ERR_ENV, errno, "cannot read the cache");
	for (int i = 0; i < n; i++) {
		remove_unheld(s, list[i]->d_name);
		free(list[i]);
	}
	free(list);
	return 0;
}
