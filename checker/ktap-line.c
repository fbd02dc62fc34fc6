/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ktap-line.h"

#include <limits.h>
#include <string.h>

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool starts(const char *s, const char *end, const char *with)
{
	size_t n = strlen(with);

	return (size_t)(end - s) >= n && memcmp(s, with, n) == 0;
}

/* Digits from @s on, at least one; NULL if there is none. */
static const char *number(const char *s, const char *end, unsigned *out)
{
	unsigned long v = 0;

	if (s == end || !is_digit(*s))
		return NULL;
	for (; s < end && is_digit(*s); s++)
		if (v <= UINT_MAX)
			v = v * 10 + (unsigned long)(*s - '0');
	*out = v > UINT_MAX ? UINT_MAX : (unsigned)v;
	return s;
}

static void version(struct ktap_token *t, const char *s, const char *end)
{
	const char *p;

	t->tap = *s == 'T';
	s += t->tap ? strlen("TAP version ") : strlen("KTAP version ");
	p = number(s, end, &t->number);
	if (p == end)
		t->kind = KTAP_TOKEN_VERSION;
}

static void header(struct ktap_token *t, const char *s, const char *end)
{
	t->kind = KTAP_TOKEN_HEADER;
	t->name = s + strlen("# Subtest: ");
	t->name_len = (size_t)(end - t->name);
}

/*
 * After the number: an optional space, an optional "- " or ":- ", then the
 * name. Which of the optional parts are taken depends on whether the rest
 * then still fits, as in a regular expression: the longest first.
 */
static const char *after_number(const char *s, const char *end, int attempt)
{
	if (!(attempt & 2)) {
		if (s == end || *s != ' ')
			return NULL;
		s++;
	}
	if (attempt & 1)
		return s;
	if (starts(s, end, "- "))
		return s + 2;
	return starts(s, end, ":- ") ? s + 3 : NULL;
}

/* "name # directive": no '#' in the name, and nothing else after it. */
static bool plain_name(struct ktap_token *t, const char *s, const char *end)
{
	const char *hash = memchr(s, '#', (size_t)(end - s));

	t->plain = s;
	t->plain_len = (size_t)((hash ? hash - 1 : end) - s);
	t->directive = NULL;
	if (!hash)
		return true;
	if (hash == s || hash[-1] != ' ' || hash + 1 == end || hash[1] != ' ')
		return false;
	if (starts(hash + 2, end, "TODO")) {
		t->directive = hash + 2 + strlen("TODO");
		while (t->directive < end && *t->directive == ' ')
			t->directive++;
		t->directive_len = (size_t)(end - t->directive);
	}
	return true;
}

/* The name of a skipped test reaches to the last " # SKIP". */
static bool skipped_name(struct ktap_token *t, const char *s, const char *end)
{
	static const char mark[] = " # SKIP";
	size_t n = sizeof(mark) - 1;
	size_t at = (size_t)(end - s);

	if (at < n)
		return false;
	at -= n;
	while (at > 0 && memcmp(s + at, mark, n) != 0)
		at--;
	if (memcmp(s + at, mark, n) != 0)
		return false;
	t->name = s;
	t->name_len = at;
	t->directive = s + at + n;
	if (t->directive < end && *t->directive == ' ')
		t->directive++;
	t->directive_len = (size_t)(end - t->directive);
	return true;
}

static void result(struct ktap_token *t, const char *s, const char *end)
{
	bool found = false;
	const char *p;

	t->ok = *s == 'o';
	s = number(s + (t->ok ? strlen("ok ") : strlen("not ok ")), end,
		   &t->number);
	if (!s)
		return;
	for (int i = 0; i < 4 && !found; i++)
		if ((p = after_number(s, end, i)))
			found = plain_name(t, p, end);
	if (!found)
		return;
	t->kind = KTAP_TOKEN_RESULT;
	t->name = t->plain;
	t->name_len = t->plain_len;
	for (int i = 0; i < 4 && !t->skip; i++)
		if ((p = after_number(s, end, i)))
			t->skip = skipped_name(t, p, end);
}

void ktap_scan(struct ktap_token *t, const char *line, size_t len)
{
	const char *end = line + len;
	const char *s = line;

	*t = (struct ktap_token){.kind = KTAP_TOKEN_DIAG};
	while (end > s && is_space(end[-1]))
		end--;
	while (s < end && is_space(*s))
		s++;
	if (s == end)
		return;
	switch (*s) {
	case 'K':
		if (starts(s, end, "KTAP version "))
			version(t, s, end);
		else if (starts(s, end, "Kernel panic - not syncing: VFS:"))
			t->kind = KTAP_TOKEN_STOP;
		break;
	case 'T':
		if (starts(s, end, "TAP version "))
			version(t, s, end);
		break;
	case '#':
		if (starts(s, end, "# Subtest: "))
			header(t, s, end);
		break;
	case '1':
		if (starts(s, end, "1..") && number(s + 3, end, &t->number))
			t->kind = KTAP_TOKEN_PLAN;
		break;
	case 'o':
		if (starts(s, end, "ok "))
			result(t, s, end);
		break;
	case 'n':
		if (starts(s, end, "not ok "))
			result(t, s, end);
		break;
	case 'L':
		if (starts(s, end, "List of all partitions:"))
			t->kind = KTAP_TOKEN_STOP;
		break;
	case 'r':
		if (starts(s, end, "reboot: System halted"))
			t->kind = KTAP_TOKEN_STOP;
		break;
	}
}
