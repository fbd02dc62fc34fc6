/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "agent.h"

static char text[1 << 20];

/* Read @path whole into text[]; its length, or -1. */
static int slurp(const char *path)
{
	int fd = open(path, O_RDONLY);
	unsigned len = 0;
	ssize_t n = 0;

	if (fd < 0)
		return -1;
	while (len < sizeof(text) - 1 &&
	       (n = read(fd, text + len, sizeof(text) - 1 - len)) > 0)
		len += n;
	close(fd);
	if (n < 0)
		return -1;
	text[len] = '\0';
	return len;
}

void probe_entries(const char *dir, void (*fn)(const char *name))
{
	struct dirent entry, *e;
	DIR *d = opendir(dir);

	if (!d)
		return;
	while (readdir_r(d, &entry, &e) == 0 && e)
		if (e->d_name[0] != '.')
			fn(e->d_name);
	closedir(d);
}

/* Give back what is free: this empties KASAN's quarantine too. */
static void shrink(const char *cache)
{
	char path[128];
	int fd;

	if (strncmp(cache, "kmalloc-", 8) != 0)
		return;
	snprintf(path, sizeof(path), "/sys/kernel/slab/%s/shrink", cache);
	fd = open(path, O_WRONLY);
	if (fd < 0)
		return;
	write(fd, "1", 1);
	close(fd);
}

static void (*on_trace)(const char *cache, char *trace);

/*
 * A trace is a run of lines that an empty line ends (mm/slub.c,
 * slab_debugfs_show()).
 */
static void traces_of(const char *cache)
{
	char path[128];
	char *p;

	if (strncmp(cache, "kmalloc-", 8) != 0)
		return;
	snprintf(path, sizeof(path),
		 "/sys/kernel/debug/slab/%s/alloc_traces", cache);
	if (slurp(path) < 0)
		return;
	for (p = text; *p;) {
		char *end = strstr(p, "\n\n");
		char *next = end ? end + 2 : p + strlen(p);

		if (end)
			end[1] = '\0';
		on_trace(cache, p);
		p = next;
	}
}

void probe_traces(void (*fn)(const char *cache, char *trace))
{
	on_trace = fn;
	probe_entries("/sys/kernel/slab", shrink);
	probe_entries("/sys/kernel/debug/slab", traces_of);
}

/*
 * Send the traces that hold a frame which the kernel cannot name, and so
 * prints as a number: code that was there when it allocated and is gone
 * now, an unloaded module's.
 */
static void send_leak(const char *cache, char *trace)
{
	if (!strstr(trace, " 0xffffffff") || unwind_told(trace))
		return;
	send_data(cache, strlen(cache));
	send_data(" ", 1);
	send_data(trace, strlen(trace));
}

void probe_leaks(void)
{
	probe_traces(send_leak);
}

/* One data frame a suite: its name, a NUL, the text of `results`. */
static void results_of(const char *suite)
{
	static char out[sizeof(text) + 256];
	char path[256];
	unsigned name_len = strlen(suite);
	int len;

	snprintf(path, sizeof(path), "/sys/kernel/debug/kunit/%s/results",
		 suite);
	len = slurp(path);
	if (len < 0 || name_len > 200)
		return;
	if (len > (int)KILN_FRAME_MAX - 256)
		len = KILN_FRAME_MAX - 256;
	memcpy(out, suite, name_len + 1);
	memcpy(out + name_len + 1, text, len);
	send_data(out, name_len + 1 + len);
}

void probe_kunit(void)
{
	probe_entries("/sys/kernel/debug/kunit", results_of);
}
