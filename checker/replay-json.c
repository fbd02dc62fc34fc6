/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two verdicts as JSON, held against each other; and what is said of it. */
#include "err.h"
#include "finding.h"
#include "replay.h"

#include <errno.h>
#include <jansson.h>
#include <string.h>

#define FORMAT 1

/* ---- comparing ---- */

static const char *text_of(json_t *o, const char *key)
{
	return json_string_value(json_object_get(o, key));
}

static void score_text(char out[64], json_t *v)
{
	json_t *score = json_object_get(v, "score");

	snprintf(
		out, 64, "%lld/%lld",
		(long long)json_integer_value(json_object_get(score, "earned")),
		(long long)json_integer_value(
			json_object_get(score, "possible")));
}

/* The object of @list whose @key is @value. */
static json_t *find(json_t *list, const char *key, const char *value)
{
	size_t i;
	json_t *o;

	json_array_foreach(list, i, o)
	{
		const char *s = text_of(o, key);

		if (s && strcmp(s, value) == 0)
			return o;
	}
	return NULL;
}

/* Those of @a, against those of @b; and of those alone that @b lacks. */
static int compare_checks(struct changes *out, json_t *then, json_t *now)
{
	size_t i;
	json_t *o;

	json_array_foreach(then, i, o)
	{
		const char *id = text_of(o, "id");
		json_t *is = id ? find(now, "id", id) : NULL;

		if (id &&
		    changes_compare(out, "check", id, text_of(o, "result"),
				    text_of(is, "result")) < 0)
			return -1;
	}
	json_array_foreach(now, i, o)
	{
		const char *id = text_of(o, "id");

		if (id && !find(then, "id", id) &&
		    changes_add(out, "check", id, NULL, text_of(o, "result")) <
			    0)
			return -1;
	}
	return 0;
}

static size_t count_kind(json_t *list, const char *kind)
{
	size_t i, n = 0;
	json_t *o;

	json_array_foreach(list, i, o)
	{
		const char *s = text_of(o, "kind");

		n += s && strcmp(s, kind) == 0;
	}
	return n;
}

static int compare_kind(struct changes *out, json_t *then, json_t *now,
			const char *kind)
{
	char was[32], is[32];

	for (size_t i = 0; i < out->n; i++)
		if (strcmp(out->v[i].what, "finding") == 0 &&
		    strcmp(out->v[i].name, kind) == 0)
			return 0;
	snprintf(was, sizeof(was), "%zu", count_kind(then, kind));
	snprintf(is, sizeof(is), "%zu", count_kind(now, kind));
	return changes_compare(out, "finding", kind, was, is);
}

static int compare_findings(struct changes *out, json_t *then, json_t *now)
{
	json_t *lists[] = {then, now};
	size_t i;
	json_t *o;

	for (int l = 0; l < 2; l++)
		json_array_foreach(lists[l], i, o)
		{
			const char *kind = text_of(o, "kind");

			if (kind && compare_kind(out, then, now, kind) < 0)
				return -1;
		}
	return 0;
}

static int compare(struct changes *out, json_t *then, json_t *now)
{
	char was[64], is[64];

	score_text(was, then);
	score_text(is, now);
	if (changes_compare(out, "verdict", NULL, text_of(then, "verdict"),
			    text_of(now, "verdict")) < 0 ||
	    changes_compare(out, "score", NULL, was, is) < 0 ||
	    compare_checks(out, json_object_get(then, "checks"),
			   json_object_get(now, "checks")) < 0)
		return -1;
	return compare_findings(out, json_object_get(then, "findings"),
				json_object_get(now, "findings"));
}

int replay_compare(struct changes *out, const char *then, const char *now,
		   struct err *e)
{
	json_t *was = json_loads(then, JSON_REJECT_DUPLICATES, NULL);
	json_t *is = json_loads(now, 0, NULL);
	int ret;

	if (!json_is_object(was))
		ret = err_set(e, ERR_USAGE, 0, "the record has no verdict");
	else if (!is || compare(out, was, is) < 0)
		ret = err_set(e, ERR_ENV, ENOMEM, "cannot replay");
	else
		ret = 0;
	json_decref(was);
	json_decref(is);
	return ret;
}

/* ---- telling ---- */

static json_t *text(const char *s)
{
	return s ? json_string(s) : json_null();
}

static bool put(json_t *o, const char *key, json_t *value)
{
	return json_object_set_new(o, key, value) == 0;
}

static json_t *list(const struct changes *c)
{
	json_t *a = json_array();

	for (size_t i = 0; i < c->n; i++) {
		const struct change *v = &c->v[i];
		json_t *o = json_object();

		if (!put(o, "what", text(v->what)) ||
		    !put(o, "name", text(v->name)) ||
		    !put(o, "then", text(v->then)) ||
		    !put(o, "now", text(v->now)) ||
		    json_array_append(a, o) < 0) {
			json_decref(o);
			json_decref(a);
			return NULL;
		}
		json_decref(o);
	}
	return a;
}

int replay_json(const struct replay *p, const struct record *r, FILE *out)
{
	json_t *o = json_object();
	int ret = -1;

	if (put(o, "format", json_integer(FORMAT)) &&
	    put(o, "same", json_boolean(p->differs.n == 0)) &&
	    put(o, "lesson", text(r->ground.id)) &&
	    put(o, "created", text(r->created)) &&
	    put(o, "ground", list(&p->ground)) &&
	    put(o, "then", json_loads(r->verdict, 0, NULL)) &&
	    put(o, "now", json_loads(p->now, 0, NULL)) &&
	    put(o, "differs", list(&p->differs)) &&
	    json_dumpf(o, out, JSON_COMPACT) == 0 && fputc('\n', out) != EOF &&
	    fflush(out) == 0)
		ret = 0;
	json_decref(o);
	return ret;
}
