/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of archive share; for them alone. */
#ifndef CHECKER_ARCHIVE_INT_H
#define CHECKER_ARCHIVE_INT_H

#include "archive.h"

#include <stdint.h>

#define ARCHIVE_BLOCK 512

struct raw_header {
	char name[ARCHIVE_NAME_MAX + 1];
	size_t size;
};

/* Whether @block is the zeros that end an archive. */
bool raw_is_end(const uint8_t block[ARCHIVE_BLOCK]);

/* Whether it is marked as a header of POSIX's kind, or GNU's. */
bool raw_is_ustar(const uint8_t block[ARCHIVE_BLOCK]);

/*
 * Take a header apart. NULL, or why it is refused; @out->name is then the
 * name as far as it can be told, and fit to be shown.
 */
const char *raw_header(struct raw_header *out,
		       const uint8_t block[ARCHIVE_BLOCK]);

#endif
