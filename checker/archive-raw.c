/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One header of 512 bytes, as POSIX.1-1988 has it: every field is looked at
 * before anybody believes one of them.
 */
#include "archive-int.h"

#include <string.h>

/* Where things stand in a header; pax(1), "ustar Interchange Format". */
enum {
	NAME = 0,
	NAME_LEN = 100,
	MODE = 100,
	UID = 108,
	GID = 116,
	ID_LEN = 8,
	SIZE = 124,
	MTIME = 136,
	LONG_LEN = 12,
	CHKSUM = 148,
	TYPE = 156,
	LINKNAME = 157,
	MAGIC = 257,
	MAGIC_LEN = 8, /* with the version */
	DEVMAJOR = 329,
	DEVMINOR = 337,
	PREFIX = 345,
};

#define FORMAT_BITS 0170000 /* S_IFMT, as GNU's header puts it into mode */
#define REGULAR	    0100000

bool raw_is_end(const uint8_t block[ARCHIVE_BLOCK])
{
	for (size_t i = 0; i < ARCHIVE_BLOCK; i++)
		if (block[i])
			return false;
	return true;
}

static bool all_zero(const uint8_t *p, size_t len)
{
	while (len > 0)
		if (p[--len])
			return false;
	return true;
}

/*
 * Spaces, octal digits, then at least one space or NUL and only such: what
 * libtar, GNU tar and POSIX write. A field that is full of digits would run
 * on into the next for libtar, and GNU's base-256 is a claim of its own.
 */
static bool octal(uint64_t *out, const uint8_t *field, size_t len)
{
	size_t i = 0;

	*out = 0;
	while (i < len && field[i] == ' ')
		i++;
	for (; i < len && field[i] >= '0' && field[i] <= '7'; i++)
		*out = *out << 3 | (uint64_t)(field[i] - '0');
	if (i == len)
		return false;
	for (; i < len; i++)
		if (field[i] != ' ' && field[i] != '\0')
			return false;
	return true;
}

static bool checksum_ok(const uint8_t *block)
{
	uint64_t said, sum = 0;

	for (size_t i = 0; i < ARCHIVE_BLOCK; i++)
		sum += i >= CHKSUM && i < CHKSUM + 8 ? ' ' : block[i];
	return octal(&said, block + CHKSUM, 8) && said == sum;
}

bool raw_is_ustar(const uint8_t block[ARCHIVE_BLOCK])
{
	return memcmp(block + MAGIC,
		      "ustar\0"
		      "00",
		      MAGIC_LEN) == 0 ||
	       memcmp(block + MAGIC, "ustar  \0", MAGIC_LEN) == 0;
}

static const char *type_refused(uint8_t type)
{
	switch (type) {
	case '0':
	case '\0':
		return NULL;
	case '1':
		return "it is a hard link";
	case '2':
		return "it is a symbolic link";
	case '3':
	case '4':
		return "it is a device";
	case '5':
		return "it is a folder";
	case '6':
		return "it is a FIFO";
	case 'g':
	case 'x':
	case 'X':
		return "it has a pax header (with GNU tar, use "
		       "--format=ustar)";
	case 'L':
	case 'K':
		return "it has a name that is too long (GNU's extension)";
	case 'S':
		return "it is a sparse file";
	default:
		return "it is no regular file";
	}
}

static bool numbers_ok(const uint8_t *block, uint64_t *mode, uint64_t *size)
{
	uint64_t n;

	return octal(mode, block + MODE, ID_LEN) &&
	       octal(&n, block + UID, ID_LEN) &&
	       octal(&n, block + GID, ID_LEN) &&
	       octal(size, block + SIZE, LONG_LEN) &&
	       octal(&n, block + MTIME, LONG_LEN) &&
	       octal(&n, block + DEVMAJOR, ID_LEN) &&
	       octal(&n, block + DEVMINOR, ID_LEN);
}

/* For a message: the bytes that are no part of a good name become '?'. */
static void show_name(char *out, const uint8_t *field)
{
	size_t i = 0;

	for (; i < ARCHIVE_NAME_MAX && field[i]; i++)
		out[i] = field[i] > ' ' && field[i] < 0x7f ? (char)field[i]
							   : '?';
	out[i] = '\0';
}

const char *raw_header(struct raw_header *out,
		       const uint8_t block[ARCHIVE_BLOCK])
{
	const char *why;
	uint64_t mode, size;

	show_name(out->name, block + NAME);
	out->size = 0;
	if (!checksum_ok(block))
		return "its header is damaged, or is none";
	if (!raw_is_ustar(block))
		return "its header is not of a kind that is taken";
	why = type_refused(block[TYPE]);
	if (why)
		return why;
	if (!memchr(block + NAME, '\0', NAME_LEN) ||
	    !all_zero(block + PREFIX, ARCHIVE_BLOCK - PREFIX))
		return "its name is too long";
	if (!archive_name_ok((const char *)block + NAME))
		return "its name is not one that is taken";
	if (!all_zero(block + LINKNAME, MAGIC - LINKNAME))
		return "it is a file and a link at once";
	if (!numbers_ok(block, &mode, &size))
		return "a number in its header is none";
	if ((mode & FORMAT_BITS) && (mode & FORMAT_BITS) != REGULAR)
		return "its mode is not that of a file";
	out->size = (size_t)size;
	return NULL;
}
