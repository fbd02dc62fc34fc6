/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "splat.h"
#include "utf8.h"

#include <stdlib.h>
#include <string.h>

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

static bool is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z') || c == '_' || c == '.' || c == '$';
}

bool text_starts(const char *s, size_t len, const char *with)
{
	size_t n = strlen(with);

	return len >= n && memcmp(s, with, n) == 0;
}

void text_copy(char *to, size_t cap, const char *s, size_t len)
{
	len = utf8_cut(s, strnlen(s, len), cap - 1);
	memmove(to, s, len);
	to[len] = '\0';
}

/* "0x" and hexadecimal digits: their length, or 0. */
static size_t hex(const char *s)
{
	size_t n = 2;

	if (s[0] != '0' || s[1] != 'x' || !is_hex(s[2]))
		return 0;
	while (is_hex(s[n]))
		n++;
	return n;
}

/* "+0x1a/0x40" */
static size_t offset(const char *s)
{
	size_t n, m;

	if (*s != '+' || !(n = hex(s + 1)))
		return 0;
	if (s[1 + n] != '/' || !(m = hex(s + 2 + n)))
		return 0;
	return 2 + n + m;
}

size_t text_symbol(const char *s, char *out, size_t cap)
{
	size_t n = 0, name, module;

	while (is_word(s[n]))
		n++;
	if (n == 0 || (s[0] >= '0' && s[0] <= '9') || !offset(s + n))
		return 0;
	n += offset(s + n);
	name = n;
	if (s[n] == ' ' && s[n + 1] == '[') {
		module = strcspn(s + n + 2, " ]");
		n += 2 + module;
		if (s[n] != '\0' && name + module + 4 <= cap) {
			text_copy(out, cap, s, n);
			out[n] = ']';
			out[n + 1] = '\0';
			/* With a build ID: "[module 0123abcd…]". */
			return n + strcspn(s + n, "]") + 1;
		}
	}
	text_copy(out, cap, s, name);
	return name < cap ? name : 0;
}

bool text_in_module(const char *symbol)
{
	return strchr(symbol, '[');
}

bool text_same_function(const char *a, const char *b)
{
	size_t n = strcspn(a, "+");

	return n > 0 && n == strcspn(b, "+") && strncmp(a, b, n) == 0;
}

/* A run of hexadecimal digits so long that it can only be an address. */
static size_t address(const char *s)
{
	size_t prefix = hex(s) ? 2 : 0;
	size_t n = prefix;

	while (is_hex(s[n]))
		n++;
	return n - prefix >= 12 && (s[n] == '.' || !is_word(s[n])) ? n : 0;
}

void text_scrub(char *s)
{
	static const char mark[] = "<addr>";
	char *start = s, *out = s;
	bool word = false;
	size_t n;

	/* The mark is shorter than any address: out never overtakes s. */
	while (*s) {
		if ((n = offset(s))) {
			s += n;
			continue;
		}
		if (!word && (n = address(s))) {
			memcpy(out, mark, sizeof(mark) - 1);
			out += sizeof(mark) - 1;
			s += n;
			continue;
		}
		word = is_word(*s);
		*out++ = *s++;
	}
	while (out > start && out[-1] == ' ')
		out--;
	*out = '\0';
}

bool text_file_line(const char *s, const char *stop, char *file, size_t cap,
		    unsigned *line)
{
	const char *colon = s;
	unsigned long n;
	char *end;

	for (;;) {
		colon = memchr(colon, ':', (size_t)(stop - colon));
		if (!colon)
			return false;
		colon++;
		n = strtoul(colon, &end, 10);
		if (end > colon && end <= stop && *colon >= '0' &&
		    *colon <= '9')
			break;
	}
	if (colon - 1 == s || n > 10000000)
		return false;
	text_copy(file, cap, s, (size_t)(colon - 1 - s));
	*line = (unsigned)n;
	return true;
}

long text_task_pid(const char *s)
{
	const char *slash = strrchr(s, '/');

	if (!slash || slash[1] < '0' || slash[1] > '9')
		return -1;
	return strtol(slash + 1, NULL, 10);
}
