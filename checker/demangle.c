/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "demangle.h"
#include "utf8.h"

#include <libiberty/demangle.h>
#include <setjmp.h>
#include <string.h>

struct output {
	char *s;
	size_t len, cap;
	jmp_buf full;
};

/*
 * References back into a symbol can make 100 bytes of it a name without an
 * end. libiberty cannot be told to stop, so it is left: it owns nothing.
 */
static void put(const char *s, size_t len, void *arg)
{
	struct output *o = arg;

	if (len >= o->cap - o->len)
		longjmp(o->full, 1);
	memcpy(o->s + o->len, s, len);
	o->len += len;
	o->s[o->len] = '\0';
}

static bool is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z') || c == '_' || c == '.' || c == '$';
}

/* The '>' that closes the '<' at @s, and the " as " before it, if any. */
static char *closing(char *s, char **as)
{
	int depth = 0;

	*as = NULL;
	for (; *s; s++) {
		if (strchr("<([{", *s))
			depth++;
		else if (strchr(")]}", *s) || (*s == '>' && s[-1] != '-'))
			depth--;
		if (depth == 0)
			return s;
		if (depth == 1 && !*as && strncmp(s, " as ", 4) == 0)
			*as = s;
	}
	return NULL;
}

/* Not so: &T, [T], (T, U), fn(), dyn Tr. */
static bool is_path(const char *s)
{
	size_t n = 0;

	while (is_word(s[n]))
		n++;
	return *s == '<' ||
	       (n > 0 && s[n] != '(' && strncmp(s, "dyn ", 4) &&
		strncmp(s, "unsafe ", 7) && strncmp(s, "extern ", 7));
}

/* "<ring::Ring as kernel::Module>::init" is "ring::Ring::init" to people. */
static void shorten(char *s)
{
	char *as, *end;
	size_t type;

	while (*s == '<' && (end = closing(s, &as)) && end[1] == ':') {
		type = (size_t)((as ? as : end) - s - 1);
		if (!is_path(s + 1))
			return;
		memmove(s, s + 1, type);
		memmove(s + type, end + 1, strlen(end + 1) + 1);
	}
}

bool demangle_rust(char *out, size_t cap, const char *name, size_t len)
{
	char copy[DEMANGLE_MAX];
	struct output o = {.s = out, .cap = cap};

	*out = '\0';
	if (len < 3 || len >= sizeof(copy) || strncmp(name, "_R", 2) != 0)
		return false;
	memcpy(copy, name, len);
	copy[len] = '\0';
	if (setjmp(o.full) != 0 || !rust_demangle_callback(copy, 0, put, &o)) {
		*out = '\0';
		return false;
	}
	shorten(out);
	return *out != '\0';
}

void demangle_text(char *s, size_t cap)
{
	char path[2 * DEMANGLE_MAX];
	size_t n, len, rest;

	for (; *s; s += n, cap -= n) {
		n = 0;
		while (is_word(s[n]))
			n++;
		if (n == 0) {
			n = 1;
		} else if (demangle_rust(path, sizeof(path), s, n)) {
			rest = strlen(s + n);
			len = utf8_cut(path, strlen(path), cap - 1);
			rest = utf8_cut(s + n, rest, cap - 1 - len);
			memmove(s + len, s + n, rest);
			memcpy(s, path, len);
			s[len + rest] = '\0';
			n = len;
		}
	}
}
