/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Checks of what was built, and of its sources: size and source. */
#include "lua-int.h"
#include "checker/spec.h"

#include <limits.h>
#include <string.h>

#define BYTES_MAX 16777216
#define NAMES_MAX 16

static bool ends_in(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n > m && strcmp(s + n - m, end) == 0;
}

static void need_name(const struct rec *r, const char *field, const char *s)
{
	for (; *s; s++)
		if (!(*s >= 'a' && *s <= 'z') && !(*s >= 'A' && *s <= 'Z') &&
		    !(*s >= '0' && *s <= '9') && *s != '_')
			rec_fail(r, field, "%s has a '%c' in it, and names "
					   "here have none",
				 field, *s);
}

void lua_size_read(const struct rec *r, struct check_spec *c)
{
	/** [size] size = { ... }
	 * How many bytes sections of a module have.
	 * > check "small" { title = "it stays small",
	 * >   size = { file = "wrap.ko", section = ".text", most = 900 } },
	 */
	static const char *const allowed[] = {"file", "section", "most",
					      "least", NULL};
	long most = -1, least = 0;
	struct rec f;

	rec_open(&f, r, "size", true);
	rec_only(&f, allowed);
	/** size.file
	 * The module, as `run` would load it.
	 * > file = "wrap.ko",
	 */
	get_string(&f, "file", &c->file, 200, GET_REQUIRED | GET_PATH);
	if (!ends_in(c->file, ".ko"))
		rec_fail(&f, "file", "\"%s\" is no module, such as \"wrap.ko\"",
			 c->file);
	/** size.section
	 * A section, with those whose names go on behind it after a dot:
	 * `".text"` has `.text.unlikely` in it. Or a group of them, as `size`
	 * has it: `"text"` (what cannot be written to), `"data"`, `"bss"`.
	 * > section = ".rodata",
	 */
	get_string(&f, "section", &c->part, 60, GET_REQUIRED | GET_LINE);
	if (c->part[0] != '.' && strcmp(c->part, "text") != 0 &&
	    strcmp(c->part, "data") != 0 && strcmp(c->part, "bss") != 0)
		rec_fail(&f, "section",
			 "section is \"%s\"; allowed are a section, such as "
			 "\".text\", and text, data and bss",
			 c->part);
	/** size.most
	 * At most so many bytes. This or `least` is there, or both.
	 * > most = 900,
	 */
	get_number(&f, "most", &most, 0, BYTES_MAX, 0);
	/** size.least
	 * At least so many.
	 * > least = 1,
	 */
	get_number(&f, "least", &least, 1, BYTES_MAX, 0);
	if (most < 0 && least == 0)
		rec_fail(r, "size", "neither most nor least says how many "
				    "bytes are allowed");
	if (most >= 0 && most < least)
		rec_fail(r, "size", "most is less than least");
	c->most = most < 0 ? UINT_MAX : (unsigned)most;
	c->least = (unsigned)least;
	lua_pop(r->L, 1);
}

void lua_source_read(const struct rec *r, const struct spec *spec,
		     struct check_spec *c)
{
	/** [source] source = { ... }
	 * What a function of C calls, as clang understands it: see
	 * [Rules](lesson-format.md#rules).
	 * > check "frees" { title = "it frees what it took",
	 * >   source = { file = "ring.c", within = "ring_free",
	 * >     calls = "kfree" } },
	 */
	static const char *const allowed[] = {"file", "within", "calls",
					      "avoids", NULL};
	struct rec f;

	rec_open(&f, r, "source", true);
	rec_only(&f, allowed);
	/** source.file
	 * A C file, one of those to edit.
	 * > file = "ring.c",
	 */
	get_string(&f, "file", &c->file, 200, GET_REQUIRED | GET_PATH);
	must_be_in(&f, "file", c->file, &spec->edit, "file to edit");
	if (!ends_in(c->file, ".c"))
		rec_fail(&f, "file", "\"%s\" is no C file", c->file);
	/** source.within
	 * The function that is looked at. One that is not there fails the check.
	 * > within = "ring_free",
	 */
	get_string(&f, "within", &c->part, 100, GET_REQUIRED | GET_LINE);
	need_name(&f, "within", c->part);
	/** source.calls
	 * Functions that it calls, each of them.
	 * > calls = { "kfree", "mutex_unlock" },
	 */
	get_list(&f, "calls", &c->lines, NAMES_MAX, 100, GET_LINE);
	/** source.avoids
	 * Functions that it neither calls nor takes the address of.
	 * > avoids = "strcpy",
	 */
	get_list(&f, "avoids", &c->avoids, NAMES_MAX, 100, GET_LINE);
	for (size_t i = 0; i < c->lines.n; i++)
		need_name(&f, "calls", c->lines.v[i]);
	for (size_t i = 0; i < c->avoids.n; i++)
		need_name(&f, "avoids", c->avoids.v[i]);
	if (c->lines.n + c->avoids.n == 0)
		rec_fail(r, "source", "neither calls nor avoids is there");
	lua_pop(r->L, 1);
}
