/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "history.h"
#include "checker/buf.h"

#include <fcntl.h>
#include <histedit.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	MOST_LINES = 500,
	MOST_BYTES = 4 << 20,
};

struct history_file {
	History *edit;
	char *path;
};

void *history_edit(struct history_file *h)
{
	return h->edit;
}

static void remember(struct history_file *h, const char *line)
{
	HistEvent ev;

	history(h->edit, &ev, H_ENTER, line);
}

/* Where the last @most lines of @s begin. */
static const char *last_lines(const char *s, size_t len, unsigned most)
{
	const char *p = s + len;
	unsigned lines = 0;

	while (p > s) {
		if (p[-1] == '\n' && p != s + len && ++lines == most)
			break;
		p--;
	}
	return p;
}

/* Lines are shortened to the last ones when twice too many have gathered. */
static void trim(struct history_file *h, const char *text, size_t len)
{
	const char *keep = last_lines(text, len, MOST_LINES);
	struct buf b = BUF_INIT;

	if (keep == text || last_lines(text, len, 2 * MOST_LINES) == text)
		return;
	buf_adds(&b, keep);
	buf_write_file(&b, h->path, 0600, NULL);
	buf_release(&b);
}

static void load(struct history_file *h)
{
	struct buf b = BUF_INIT;
	char *s, *nl;

	if (buf_read_file(&b, h->path, MOST_BYTES, NULL) == 0 && b.len) {
		trim(h, b.data, b.len);
		s = b.data;
		for (; (nl = strchr(s, '\n')); s = nl + 1) {
			*nl = '\0';
			if (*s)
				remember(h, s);
		}
	}
	buf_release(&b);
}

struct history_file *history_open(const char *path)
{
	struct history_file *h = calloc(1, sizeof(*h));
	HistEvent ev;

	if (!h)
		return NULL;
	h->edit = history_init();
	h->path = strdup(path);
	if (!h->edit || !h->path) {
		history_close(h);
		return NULL;
	}
	history(h->edit, &ev, H_SETSIZE, MOST_LINES);
	history(h->edit, &ev, H_SETUNIQUE, 1);
	load(h);
	return h;
}

void history_close(struct history_file *h)
{
	if (!h)
		return;
	if (h->edit)
		history_end(h->edit);
	free(h->path);
	free(h);
}

void history_add(struct history_file *h, const char *line)
{
	struct buf b = BUF_INIT;
	ssize_t n;
	int fd;

	if (!line[strspn(line, " \t")] || strchr(line, '\n'))
		return;
	remember(h, line);
	buf_addf(&b, "%s\n", line);
	fd = open(h->path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (fd >= 0) {
		n = write(fd, buf_str(&b), b.len);
		(void)n;
		close(fd);
	}
	buf_release(&b);
}
