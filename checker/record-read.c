/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A record that somebody else may have made: every field of the manifest is
 * looked at, and every member held against it, before any of it is used.
 */
#include "record-int.h"
#include "verdict.h"

#include <errno.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_MAX  200 /* bytes of a title, a name, a version */
#define LIST_MAX  64
#define JSON_MOST 1024 /* checks or findings of a verdict */

__attribute__((format(printf, 2, 3))) static int bad(struct err *e,
						     const char *why, ...)
{
	char said[256];
	va_list ap;

	va_start(ap, why);
	vsnprintf(said, sizeof(said), why, ap);
	va_end(ap);
	return err_set(e, ERR_USAGE, 0, "not a record that can be replayed: %s",
		       said);
}

static int no_memory(struct err *e)
{
	return err_set(e, ERR_ENV, ENOMEM, "cannot read the record");
}

/* ---- fields ---- */

/* A string of one line that is not long; NULL: it is none. */
static const char *plain(json_t *j)
{
	const char *s = json_string_value(j);

	if (!s || strlen(s) != json_string_length(j) || strlen(s) > TEXT_MAX)
		return NULL;
	for (const char *p = s; *p; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			return NULL;
	return s;
}

static bool take(char **out, json_t *o, const char *key)
{
	const char *s = plain(json_object_get(o, key));

	*out = s ? strdup(s) : NULL;
	return *out;
}

static bool is_hex(const char *s, size_t len)
{
	return s && strlen(s) == len && strspn(s, "0123456789abcdef") == len;
}

static bool take_hex(char **out, json_t *o, const char *key, size_t len)
{
	return take(out, o, key) && is_hex(*out, len);
}

static bool take_seed(uint64_t *out, json_t *j)
{
	const char *s = plain(j);
	char *end;

	if (json_is_integer(j)) {
		*out = (uint64_t)json_integer_value(j);
		return json_integer_value(j) > 0;
	}
	if (!s || *s < '0' || *s > '9')
		return false;
	errno = 0;
	*out = strtoull(s, &end, 10);
	return !*end && !errno && *out;
}

static bool take_names(struct strv *out, json_t *list)
{
	size_t i;
	json_t *j;

	if (!json_is_array(list) || json_array_size(list) > LIST_MAX)
		return false;
	json_array_foreach(list, i, j)
	{
		const char *s = plain(j);

		if (!s || strv_has(out, s) || strv_add(out, s) < 0)
			return false;
	}
	return true;
}

static bool take_files(struct ground *g, json_t *files)
{
	const char *name;
	json_t *j;

	if (!json_is_object(files) ||
	    json_object_size(files) > GROUND_MAX_FILES)
		return false;
	json_object_foreach(files, name, j)
	{
		const char *hash = json_string_value(j);
		json_t *text = json_string(name);
		bool ok = plain(text) && is_hex(hash, HASH_HEX_LEN);
		struct ground_file *f = ok ? ground_add_file(g, name) : NULL;

		json_decref(text);
		if (!f)
			return false;
		memcpy(f->hash, hash, HASH_HEX_LEN + 1);
	}
	return true;
}

static bool take_ground(struct ground *g, json_t *o)
{
	json_t *lesson = json_object_get(o, "lesson");
	json_t *kernel = json_object_get(o, "kernel");
	json_t *toolroot = json_object_get(o, "toolroot");

	return (json_is_null(json_object_get(o, "kiln")) ||
		take(&g->kiln, o, "kiln")) &&
	       take(&g->id, lesson, "id") && take(&g->slug, lesson, "slug") &&
	       take(&g->title, lesson, "title") &&
	       take_files(g, json_object_get(lesson, "files")) &&
	       take(&g->kernel, kernel, "release") &&
	       take_hex(&g->kernel_key, kernel, "key", HASH_KEY_LEN) &&
	       take_hex(&g->kernel_stamp, kernel, "stamp", HASH_HEX_LEN) &&
	       take_hex(&g->toolroot_key, toolroot, "key", HASH_KEY_LEN) &&
	       take_hex(&g->toolroot_stamp, toolroot, "stamp", HASH_HEX_LEN);
}

/* ---- members ---- */

static bool member_matches(const struct archive_member *m, json_t *o)
{
	const char *said = json_string_value(json_object_get(o, "sha256"));
	json_t *size = json_object_get(o, "size");
	char hex[HASH_HEX_LEN + 1];

	hash_hex(m->data, m->len, hex);
	return said && strcmp(said, hex) == 0 && json_is_integer(size) &&
	       (size_t)json_integer_value(size) == m->len;
}

/* What may stand in a record, by its name. */
static int take_member(struct record *r, const char *name, struct err *e)
{
	const char *file = name + strlen(RECORD_FILES);

	if (strcmp(name, RECORD_VERDICT) == 0)
		return 0;
	if (strcmp(name, RECORD_LOG) == 0) {
		r->has_log = true;
		return 0;
	}
	if (strncmp(name, RECORD_FILES, strlen(RECORD_FILES)) != 0 ||
	    !strv_has(&r->edit, file)) {
		bad(e, "it holds a file that was not asked for");
		return err_where(e, "%s", name);
	}
	return strv_add(&r->staged, file) < 0 ? no_memory(e) : 0;
}

/* One entry of the list for each member, in their order. */
static int take_members(struct record *r, json_t *list, struct err *e)
{
	if (!json_is_array(list) ||
	    json_array_size(list) + 1 != archive_count(r->archive))
		return bad(e, "its manifest does not list what is in it");
	for (size_t i = 1; i < archive_count(r->archive); i++) {
		const struct archive_member *m = archive_member(r->archive, i);
		json_t *o = json_array_get(list, i - 1);
		const char *name = plain(json_object_get(o, "name"));

		if (!name || strcmp(name, m->name) != 0)
			return bad(e, "its manifest does not list what is in "
				      "it");
		if (!member_matches(m, o)) {
			bad(e, "what is in it is not what its manifest says");
			return err_where(e, "%s", m->name);
		}
		if (take_member(r, m->name, e) < 0)
			return -1;
	}
	return 0;
}

static int take_manifest(struct record *r, json_t *o, struct err *e)
{
	json_t *format = json_object_get(o, "format");
	const char *kind = plain(json_object_get(o, "kind"));
	json_t *cold = json_object_get(json_object_get(o, "options"), "cold");

	if (!json_is_integer(format) || !kind || strcmp(kind, RECORD_KIND) != 0)
		return bad(e, "its manifest is not one");
	if (json_integer_value(format) != RECORD_FORMAT)
		return bad(e, "its format is %lld, and this Kiln knows %d",
			   (long long)json_integer_value(format),
			   RECORD_FORMAT);
	r->cold = json_is_true(cold);
	if (!json_is_boolean(cold) || !take(&r->created, o, "created") ||
	    !take_seed(&r->seed, json_object_get(o, "seed")) ||
	    !take_ground(&r->ground, o) ||
	    !take_names(&r->edit, json_object_get(o, "edit")))
		return bad(e, "a field of its manifest is missing, or is not "
			      "as it should be");
	return take_members(r, json_object_get(o, "members"), e);
}

/*
 * The object in these bytes, or NULL. jansson takes a zero byte behind a
 * number for an end of it, where whoever reads a string sees its own.
 */
static json_t *object(const char *bytes, size_t len)
{
	json_t *o;

	if (len > RECORD_JSON_MAX || memchr(bytes, '\0', len))
		return NULL;
	o = json_loadb(bytes, len, JSON_REJECT_DUPLICATES, NULL);
	if (json_is_object(o))
		return o;
	json_decref(o);
	return NULL;
}

int manifest_read(struct record *r, struct err *e)
{
	const struct archive_member *m = archive_member(r->archive, 0);
	json_t *o;
	int ret;

	if (!m || strcmp(m->name, RECORD_MANIFEST) != 0)
		return bad(e, "it does not begin with " RECORD_MANIFEST);
	o = object(m->data, m->len);
	if (!o)
		return bad(e, "its manifest is no JSON object, or too large");
	ret = take_manifest(r, o, e);
	json_decref(o);
	return ret;
}

/* ---- the verdict ---- */

static bool is_outcome(const char *name)
{
	for (enum outcome o = OUTCOME_PASS; o <= OUTCOME_ENV_FAULT; o++)
		if (name && strcmp(name, outcome_name(o)) == 0)
			return true;
	return false;
}

/* A list of objects, in each of which these fields are short strings. */
static bool list_ok(json_t *list, const char *a, const char *b)
{
	size_t i;
	json_t *o;

	if (!json_is_array(list) || json_array_size(list) > JSON_MOST)
		return false;
	json_array_foreach(
		list, i,
		o) if (!plain(json_object_get(o, a)) ||
		       (b && !plain(json_object_get(o, b)))) return false;
	return true;
}

bool verdict_text_ok(const char *json, size_t len, const char *id, bool has_log)
{
	json_t *o = object(json, len);
	json_t *score = json_object_get(o, "score");
	const char *lesson = plain(json_object_get(o, "lesson"));
	const char *log = plain(json_object_get(o, "log"));
	bool ok;

	ok = json_integer_value(json_object_get(o, "format")) == 1 && lesson &&
	     strcmp(lesson, id) == 0 &&
	     is_outcome(plain(json_object_get(o, "verdict"))) &&
	     json_is_integer(json_object_get(score, "earned")) &&
	     json_is_integer(json_object_get(score, "possible")) &&
	     list_ok(json_object_get(o, "checks"), "id", "result") &&
	     list_ok(json_object_get(o, "findings"), "kind", NULL) &&
	     (has_log ? log && strcmp(log, RECORD_LOG) == 0
		      : json_is_null(json_object_get(o, "log")));
	json_decref(o);
	return ok;
}

static int take_verdict(struct record *r, struct err *e)
{
	const struct archive_member *m =
		archive_find(r->archive, RECORD_VERDICT);

	if (!m)
		return bad(e, "there is no verdict in it");
	if (!verdict_text_ok(m->data, m->len, r->ground.id, r->has_log))
		return bad(e, "its verdict is none of lesson %s", r->ground.id);
	r->verdict = strndup(m->data, m->len);
	return r->verdict ? 0 : no_memory(e);
}

/* ---- the whole ---- */

static int take_archive(struct record *r, struct err *e)
{
	if (manifest_read(r, e) == 0 && take_verdict(r, e) == 0)
		return 0;
	record_release(r);
	return -1;
}

int record_read(struct record *r, const char *path, struct err *e)
{
	*r = (struct record)RECORD_INIT;
	if (archive_read(&r->archive, path, &record_limits, e) < 0)
		return -1;
	if (take_archive(r, e) == 0)
		return 0;
	if (e && !*e->where)
		err_where(e, "%s", path);
	return -1;
}

int record_parse(struct record *r, const void *data, size_t len, struct err *e)
{
	*r = (struct record)RECORD_INIT;
	if (archive_parse(&r->archive, data, len, &record_limits, e) < 0)
		return -1;
	return take_archive(r, e);
}
