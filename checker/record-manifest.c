/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The manifest as it is written; record-read.c reads it. */
#include "record-int.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>

/* Put @value, which it takes over, under @key; false if either is amiss. */
static bool put(json_t *o, const char *key, json_t *value)
{
	return json_object_set_new(o, key, value) == 0;
}

static json_t *text(const char *s)
{
	return s ? json_string(s) : json_null();
}

static json_t *finished(json_t *j, bool ok)
{
	if (ok)
		return j;
	json_decref(j);
	return NULL;
}

static json_t *names(const struct strv *list)
{
	json_t *a = json_array();
	bool ok = a;

	for (size_t i = 0; ok && i < list->n; i++)
		ok = json_array_append_new(a, json_string(list->v[i])) == 0;
	return finished(a, ok);
}

static json_t *made(const char *release, const char *key, const char *stamp)
{
	json_t *o = json_object();
	bool ok = (!release || put(o, "release", text(release))) &&
		  put(o, "key", text(key)) && put(o, "stamp", text(stamp));

	return finished(o, ok);
}

static json_t *lesson(const struct ground *g)
{
	json_t *o = json_object();
	json_t *files = json_object();
	bool ok = o && files;

	for (size_t i = 0; ok && i < g->nfiles; i++)
		ok = put(files, g->files[i].name, text(g->files[i].hash));
	ok = ok && put(o, "id", text(g->id)) && put(o, "slug", text(g->slug)) &&
	     put(o, "title", text(g->title)) &&
	     put(o, "files", json_incref(files));
	json_decref(files);
	return finished(o, ok);
}

static json_t *member(const struct archive_member *m)
{
	char hex[HASH_HEX_LEN + 1];
	json_t *o = json_object();
	bool ok;

	hash_hex(m->data, m->len, hex);
	ok = put(o, "name", text(m->name)) &&
	     put(o, "size", json_integer((json_int_t)m->len)) &&
	     put(o, "sha256", text(hex));
	return finished(o, ok);
}

static json_t *list(const struct archive_member *members, size_t n)
{
	json_t *a = json_array();
	bool ok = a;

	for (size_t i = 0; ok && i < n; i++)
		ok = json_array_append_new(a, member(&members[i])) == 0;
	return finished(a, ok);
}

/* A number above 2^63-1 is a string of digits, as in a verdict. */
static json_t *seed(uint64_t n)
{
	char digits[32];

	if (n <= INT64_MAX)
		return json_integer((json_int_t)n);
	snprintf(digits, sizeof(digits), "%" PRIu64, n);
	return json_string(digits);
}

/* For people who look into the archive: laid out, and ending as text does. */
static char *lines(const json_t *o)
{
	char *text = json_dumps(o, JSON_INDENT(2));
	struct buf b = BUF_INIT;

	if (!text)
		return NULL;
	buf_adds(&b, text);
	buf_addc(&b, '\n');
	free(text);
	text = buf_ok(&b) ? buf_steal(&b) : NULL;
	buf_release(&b);
	return text;
}

char *manifest_make(const struct record *r,
		    const struct archive_member *members, size_t n,
		    const char *created)
{
	const struct ground *g = &r->ground;
	json_t *o = json_object();
	char *out = NULL;
	bool ok;

	ok = put(o, "format", json_integer(RECORD_FORMAT)) &&
	     put(o, "kind", text(RECORD_KIND)) &&
	     put(o, "created", text(created)) &&
	     put(o, "kiln", text(g->kiln)) && put(o, "lesson", lesson(g)) &&
	     put(o, "kernel",
		 made(g->kernel, g->kernel_key, g->kernel_stamp)) &&
	     put(o, "toolroot",
		 made(NULL, g->toolroot_key, g->toolroot_stamp)) &&
	     put(o, "seed", seed(r->seed)) &&
	     put(o, "options", json_pack("{s:b}", "cold", r->cold)) &&
	     put(o, "edit", names(&r->edit)) &&
	     put(o, "members", list(members, n));
	if (ok)
		out = lines(o);
	json_decref(o);
	return out;
}
