/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive-int.h"
#include "buf.h"
#include "err.h"

#include <errno.h>
#include <fcntl.h>
#include <libtar.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct archive {
	struct buf bytes; /* of the whole file; members point into it */
	char (*names)[ARCHIVE_NAME_MAX + 1];
	struct archive_member *members;
	size_t n;
};

/* The characters that a name may be made of. */
static bool name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || (c && strchr("._+-", c));
}

bool archive_name_ok(const char *name)
{
	size_t len = strnlen(name, ARCHIVE_NAME_MAX + 1);

	if (len == 0 || len > ARCHIVE_NAME_MAX)
		return false;
	for (size_t i = 0; i < len; i++) {
		bool first = i == 0 || name[i - 1] == '/';

		if (first && (name[i] == '.' || name[i] == '-'))
			return false;
		if (name[i] == '/' ? first || i + 1 == len
				   : !name_char(name[i]))
			return false;
	}
	return true;
}

/* ---- refusing ---- */

__attribute__((format(printf, 2, 3))) static int refuse(struct err *e,
							const char *why, ...)
{
	char text[256];
	va_list ap;

	va_start(ap, why);
	vsnprintf(text, sizeof(text), why, ap);
	va_end(ap);
	return err_set(e, ERR_USAGE, 0, "not an archive that is taken: %s",
		       text);
}

static int refuse_member(struct err *e, const char *name, const char *why)
{
	refuse(e, "%s", why);
	return err_where(e, "%s", *name ? name : "a member without a name");
}

static int no_memory(struct err *e)
{
	return err_set(e, ERR_ENV, ENOMEM, "cannot read the archive");
}

/* What somebody may have done to a tar file, known by how it begins. */
static const char *compressed_by(const struct buf *b)
{
	static const struct {
		const char *magic;
		size_t len;
		const char *tool;
	} kinds[] = {
		{"\x1f\x8b", 2, "gzip"},
		{"\xfd"
		 "7zXZ",
		 5, "xz"},
		{"BZh", 3, "bzip2"},
		{"\x28\xb5\x2f\xfd", 4, "zstd"},
		{"PK\x03\x04", 4, "zip"},
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (b->len >= kinds[i].len &&
		    memcmp(b->data, kinds[i].magic, kinds[i].len) == 0)
			return kinds[i].tool;
	return NULL;
}

static int look_at_whole(const struct buf *b, struct err *e)
{
	const char *tool = compressed_by(b);

	if (tool) {
		refuse(e, "it is compressed with %s", tool);
		return err_next(e, "uncompress it first");
	}
	if (b->len == 0)
		return refuse(e, "it is empty");
	if (b->len % ARCHIVE_BLOCK)
		return refuse(e,
			      "%zu bytes are no whole number of blocks of "
			      "512: it was cut short, or is no tar file",
			      b->len);
	if (!raw_is_end((const uint8_t *)b->data) &&
	    !raw_is_ustar((const uint8_t *)b->data))
		return refuse(e, "it is no tar file, or one of a kind that is "
				 "not taken (with GNU tar, use "
				 "--format=ustar)");
	return 0;
}

/* ---- members ---- */

static bool same_or_within(const char *a, const char *b)
{
	size_t n = strlen(a);

	return strncmp(a, b, n) == 0 && (!b[n] || b[n] == '/');
}

static int add_member(struct archive *a, const struct raw_header *h,
		      const char *data, struct err *e)
{
	for (size_t i = 0; i < a->n; i++) {
		if (strcmp(a->names[i], h->name) == 0)
			return refuse_member(e, h->name, "it is there twice");
		if (same_or_within(a->names[i], h->name) ||
		    same_or_within(h->name, a->names[i]))
			return refuse_member(e, h->name,
					     "it would be a file "
					     "and a folder");
	}
	memcpy(a->names[a->n], h->name, sizeof(h->name));
	a->members[a->n] = (struct archive_member){
		.name = a->names[a->n],
		.data = data,
		.len = h->size,
	};
	a->n++;
	return 0;
}

/* Why the member whose header is at @at is refused; NULL: it is not. */
static const char *look_at_member(struct raw_header *h, const struct archive *a,
				  size_t at, const struct archive_limits *most)
{
	const uint8_t *p = (const uint8_t *)a->bytes.data + at;
	size_t left = a->bytes.len - at - ARCHIVE_BLOCK;
	const char *why = raw_header(h, p);

	if (why)
		return why;
	if (a->n == most->members)
		return "there are too many files";
	if (h->size > most->member || h->size > INT_MAX)
		return "it is too large";
	if (h->size > left)
		return "the archive ends in the middle of it";
	/* @left is a multiple of a block, so the padding is there too. */
	for (size_t i = h->size; i % ARCHIVE_BLOCK; i++)
		if (p[ARCHIVE_BLOCK + i])
			return "something is hidden behind it";
	return NULL;
}

/* Take the member at *@at, and go on to the next. */
static int take_member(struct archive *a, size_t *at,
		       const struct archive_limits *most, struct err *e)
{
	struct raw_header h;
	const char *why = look_at_member(&h, a, *at, most);

	if (why)
		return refuse_member(e, h.name, why);
	*at += ARCHIVE_BLOCK;
	if (add_member(a, &h, a->bytes.data + *at, e) < 0)
		return -1;
	*at += (h.size + ARCHIVE_BLOCK - 1) / ARCHIVE_BLOCK * ARCHIVE_BLOCK;
	return 0;
}

static int look_at_end(const struct archive *a, size_t at, struct err *e)
{
	const uint8_t *p = (const uint8_t *)a->bytes.data;

	if (a->bytes.len - at < 2 * (size_t)ARCHIVE_BLOCK)
		return refuse(e, "its end is missing: it was cut short");
	for (; at < a->bytes.len; at += ARCHIVE_BLOCK)
		if (!raw_is_end(p + at))
			return refuse(e, "something stands behind its end");
	return 0;
}

static int take_members(struct archive *a, const struct archive_limits *most,
			struct err *e)
{
	size_t at = 0;

	while (at < a->bytes.len &&
	       !raw_is_end((const uint8_t *)a->bytes.data + at))
		if (take_member(a, &at, most, e) < 0)
			return -1;
	return look_at_end(a, at, e);
}

/* ---- libtar ---- */

static bool libtar_sees(TAR *t, const struct archive_member *m)
{
	const char *name;

	if (th_read(t) != 0 || !TH_ISREG(t) || TH_ISLNK(t) || TH_ISSYM(t) ||
	    TH_ISDIR(t) || TH_ISCHR(t) || TH_ISBLK(t) || TH_ISFIFO(t) ||
	    th_get_size(t) != m->len)
		return false;
	name = th_get_pathname(t);
	return name && strcmp(name, m->name) == 0 && tar_skip_regfile(t) == 0;
}

/* Takes @fd over. */
static int ask_libtar(const struct archive *a, int fd, struct err *e)
{
	bool agree = true;
	TAR *t;

	if (tar_fdopen(&t, fd, "archive", NULL, O_RDONLY, 0, TAR_CHECK_MAGIC) <
	    0) {
		close(fd);
		return no_memory(e);
	}
	for (size_t i = 0; agree && i < a->n; i++)
		agree = libtar_sees(t, &a->members[i]);
	agree = agree && th_read(t) == 1;
	tar_close(t);
	return agree ? 0 : refuse(e, "libtar reads something else in it");
}

/* libtar reads from descriptors alone. */
static int check_with_libtar(const struct archive *a, struct err *e)
{
	const char *p = a->bytes.data;
	size_t left = a->bytes.len;
	int fd = memfd_create("archive", MFD_CLOEXEC);

	while (fd >= 0 && left > 0) {
		ssize_t n = write(fd, p, left);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		p += n;
		left -= (size_t)n;
	}
	if (fd >= 0 && left == 0 && lseek(fd, 0, SEEK_SET) == 0)
		return ask_libtar(a, fd, e);
	err_set(e, ERR_ENV, errno, "cannot read the archive");
	if (fd >= 0)
		close(fd);
	return -1;
}

/* ---- the whole ---- */

/* At most one member for each block. */
static int make_room(struct archive *a, const struct archive_limits *most)
{
	size_t n = a->bytes.len / ARCHIVE_BLOCK;

	if (n > most->members)
		n = most->members;
	a->names = calloc(n + 1, sizeof(*a->names));
	a->members = calloc(n + 1, sizeof(*a->members));
	return a->names && a->members ? 0 : -1;
}

/* Takes the bytes over. */
static int parse(struct archive **out, struct buf *bytes,
		 const struct archive_limits *most, struct err *e)
{
	struct archive *a = calloc(1, sizeof(*a));

	*out = NULL;
	if (!a) {
		buf_release(bytes);
		return no_memory(e);
	}
	a->bytes = *bytes;
	if (look_at_whole(&a->bytes, e) == 0) {
		if (make_room(a, most) < 0)
			no_memory(e);
		else if (take_members(a, most, e) == 0 &&
			 check_with_libtar(a, e) == 0)
			*out = a;
	}
	if (*out)
		return 0;
	archive_free(a);
	return -1;
}

int archive_read(struct archive **out, const char *path,
		 const struct archive_limits *most, struct err *e)
{
	struct buf b = BUF_INIT;
	struct err own = ERR_INIT;

	*out = NULL;
	b.max = most->total;
	if (buf_read_file(&b, path, most->total, &own) < 0) {
		buf_release(&b);
		if (own.errnum == EFBIG) {
			refuse(&own, "it has more than %zu bytes", most->total);
			err_where(&own, "%s", path);
		}
	} else if (parse(out, &b, most, &own) == 0) {
		return 0;
	}
	if (e)
		*e = own;
	if (own.code == ERR_USAGE && !*own.where)
		err_where(e, "%s", path);
	return -1;
}

int archive_parse(struct archive **out, const void *data, size_t len,
		  const struct archive_limits *most, struct err *e)
{
	struct buf b = BUF_INIT;

	*out = NULL;
	if (len > most->total)
		return refuse(e, "it has more than %zu bytes", most->total);
	b.max = most->total;
	buf_add(&b, data, len);
	if (!buf_ok(&b)) {
		buf_release(&b);
		return no_memory(e);
	}
	return parse(out, &b, most, e);
}

void archive_free(struct archive *a)
{
	if (!a)
		return;
	buf_release(&a->bytes);
	free(a->names);
	free(a->members);
	free(a);
}

size_t archive_count(const struct archive *a)
{
	return a->n;
}

const struct archive_member *archive_member(const struct archive *a, size_t i)
{
	return i < a->n ? &a->members[i] : NULL;
}

const struct archive_member *archive_find(const struct archive *a,
					  const char *name)
{
	for (size_t i = 0; i < a->n; i++)
		if (strcmp(a->members[i].name, name) == 0)
			return &a->members[i];
	return NULL;
}
