/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tar files made by hand, good and bad, in `tar`; and what comes of them. */
#ifndef TESTS_UNIT_TAR_FIXTURE_H
#define TESTS_UNIT_TAR_FIXTURE_H

#include "tmp_fixture.h"

#include "checker/archive.h"
#include "checker/buf.h"
#include "checker/err.h"

static const struct archive_limits most = {
	.members = 8,
	.member = 4096,
	.total = 64 << 10,
};

/* ---- a tar file by hand ---- */

static struct buf tar;

UNUSED static int begin(void **state)
{
	buf_release(&tar);
	return make_tmp(state);
}

UNUSED static int end(void **state)
{
	buf_release(&tar);
	return drop_tmp(state);
}

#define TAR_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

/* Give the header at @at the checksum that it ought to have. */
UNUSED static void sign(size_t at)
{
	unsigned char *p = (unsigned char *)tar.data + at;
	unsigned sum = 0;

	memset(p + 148, ' ', 8);
	for (int i = 0; i < 512; i++)
		sum += p[i];
	snprintf((char *)p + 148, 8, "%06o", sum);
}

/* A header as POSIX has it; where it begins. */
UNUSED static size_t header(const char *name, char type, size_t size)
{
	size_t at = tar.len;
	char h[512] = "";

	memcpy(h, name, strnlen(name, 100));
	snprintf(h + 100, 8, "%07o", 0644);
	snprintf(h + 108, 8, "%07o", 1000);
	snprintf(h + 116, 8, "%07o", 1000);
	snprintf(h + 124, 12, "%011zo", size & 077777777777);
	snprintf(h + 136, 12, "%011o", 0);
	h[156] = type;
	memcpy(h + 257,
	       "ustar\0"
	       "00",
	       8);
	snprintf(h + 329, 8, "%07o", 0);
	snprintf(h + 337, 8, "%07o", 0);
	buf_add(&tar, h, sizeof(h));
	sign(at);
	return at;
}

UNUSED static void pad(void)
{
	while (tar.len % 512)
		buf_addc(&tar, '\0');
}

UNUSED static size_t file(const char *name, const char *text)
{
	size_t at = header(name, '0', strlen(text));

	buf_adds(&tar, text);
	pad();
	return at;
}

UNUSED static void zeros(size_t blocks)
{
	for (size_t i = 0; i < blocks * 512; i++)
		buf_addc(&tar, '\0');
}

/* Bytes over those of the header at @at. */
UNUSED static void patch(size_t at, size_t field, const void *bytes, size_t len)
{
	memcpy(tar.data + at + field, bytes, len);
	sign(at);
}

/* ---- what comes of it ---- */

UNUSED static struct archive *taken(void)
{
	struct err e = ERR_INIT;
	struct archive *a;

	if (archive_parse(&a, tar.data, tar.len, &most, &e) < 0)
		fail_msg("%s [%s]", e.what, e.where);
	return a;
}

/* Refused, for a reason that says @why, in a member that is called @where. */
UNUSED static void refused(const char *why, const char *where)
{
	struct err e = ERR_INIT;
	struct archive *a = (struct archive *)&e;

	assert_int_equal(archive_parse(&a, tar.data, tar.len, &most, &e), -1);
	assert_null(a);
	assert_int_equal(e.code, ERR_USAGE);
	if (!strstr(e.what, why))
		fail_msg("'%s' is not in: %s", why, e.what);
	assert_string_equal(e.where, where);
	buf_clear(&tar);
}

UNUSED static void holds(const struct archive *a, const char *name,
			 const char *text)
{
	const struct archive_member *m = archive_find(a, name);

	assert_non_null(m);
	assert_string_equal(m->name, name);
	assert_int_equal(m->len, strlen(text));
	assert_memory_equal(m->data, text, m->len);
}

#endif
