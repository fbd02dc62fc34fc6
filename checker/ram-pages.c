/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ram-pages.h"
#include "proc.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define PRESENT	  (UINT64_C(1) << 63)
#define SWAPPED	  (UINT64_C(1) << 62)
#define FILE_PAGE (UINT64_C(1) << 61)
#define CHUNK	  512 /* pages asked for at once */

struct ram_pages {
	int fd; /* /proc/PID/pagemap */
	uint64_t start; /* where in that process the RAM is mapped */
};

/* The process that has the file mapped, and where. */
struct search {
	const struct stat *ram;
	pid_t pid;
	uint64_t start;
};

/* "7f0000-7f1000 rw-p 00000000 08:01 1234 /path": proc_pid_maps(5). */
static void look_at_process(pid_t pid, void *arg)
{
	struct search *s = arg;
	char line[4352];
	FILE *f;

	if (s->pid)
		return;
	snprintf(line, sizeof(line), "/proc/%d/maps", (int)pid);
	f = fopen(line, "re");
	while (f && !s->pid && fgets(line, sizeof(line), f)) {
		unsigned long long from, to, offset, inode;

		if (sscanf(line, "%llx-%llx rw-p %llx %*s %llu", &from, &to,
			   &offset, &inode) != 4)
			continue;
		if (offset != 0 || inode != s->ram->st_ino ||
		    to - from != (unsigned long long)s->ram->st_size)
			continue;
		s->pid = pid;
		s->start = from;
	}
	if (f)
		fclose(f);
}

struct ram_pages *ram_pages_open(const struct proc *p, int ram_fd)
{
	struct stat st;
	struct search s = {.ram = &st};
	struct ram_pages *r;
	char path[64];

	if (sysconf(_SC_PAGESIZE) != (long)RAM_PAGE || fstat(ram_fd, &st) < 0)
		return NULL;
	proc_each(p, look_at_process, &s);
	if (!s.pid)
		return NULL;
	r = malloc(sizeof(*r));
	if (!r)
		return NULL;
	snprintf(path, sizeof(path), "/proc/%d/pagemap", (int)s.pid);
	*r = (struct ram_pages){
		.fd = open(path, O_RDONLY | O_CLOEXEC),
		.start = s.start,
	};
	if (r->fd >= 0)
		return r;
	free(r);
	return NULL;
}

void ram_pages_close(struct ram_pages *r)
{
	if (!r)
		return;
	close(r->fd);
	free(r);
}

uint64_t ram_pages_written(const struct ram_pages *r, uint64_t from,
			   uint64_t to)
{
	uint64_t entry[CHUNK];

	while (from < to) {
		uint64_t n = (to - from) / RAM_PAGE;
		off_t at = (off_t)((r->start + from) / RAM_PAGE *
				   sizeof(entry[0]));

		if (n > CHUNK)
			n = CHUNK;
		if (n == 0)
			break;
		if (pread(r->fd, entry, n * sizeof(entry[0]), at) !=
		    (ssize_t)(n * sizeof(entry[0])))
			return RAM_PAGES_LOST;
		for (uint64_t i = 0; i < n; i++)
			if ((entry[i] & (PRESENT | SWAPPED)) &&
			    !(entry[i] & FILE_PAGE))
				return from + i * RAM_PAGE;
		from += n * RAM_PAGE;
	}
	return to;
}
