/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The contract of `--json`. A value that could not be made (out of memory)
 * is a NULL json_t, which jansson's _new setters refuse: put() sees that.
 */
#include "buf.h"
#include "utf8.h"
#include "verdict.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>

#define FORMAT 1

/* Put @value, which it takes over, under @key; false if either is amiss. */
static bool put(json_t *object, const char *key, json_t *value)
{
	return json_object_set_new(object, key, value) == 0;
}

/* Kernel logs and compilers repeat any byte; jansson takes only UTF-8. */
static json_t *text(const char *s)
{
	struct buf b = BUF_INIT;
	json_t *j;

	if (!s)
		return json_null();
	utf8_add_clean(&b, s, strlen(s));
	j = buf_ok(&b) ? json_stringn(buf_str(&b), b.len) : NULL;
	buf_release(&b);
	return j;
}

static json_t *number(uint64_t n)
{
	char digits[32];

	if (n <= INT64_MAX)
		return json_integer((json_int_t)n);
	snprintf(digits, sizeof(digits), "%" PRIu64, n);
	return json_string(digits);
}

static json_t *known(uint64_t n)
{
	return n ? number(n) : json_null();
}

/* Append @o to @list if all went well, and say so. */
static bool append(json_t *list, json_t *o, bool ok)
{
	if (ok)
		return json_array_append_new(list, o) == 0;
	json_decref(o);
	return false;
}

static json_t *finished(json_t *j, bool ok)
{
	if (ok)
		return j;
	json_decref(j);
	return NULL;
}

static json_t *score(const struct verdict *v)
{
	return json_pack("{s:I, s:I}", "earned", (json_int_t)v->earned,
			 "possible", (json_int_t)v->possible);
}

static json_t *tiers(const struct verdict *v)
{
	json_t *list = json_array();
	bool ok = list;

	for (enum tier t = 0; ok && t < TIER_N; t++) {
		enum tier_result r = v->tiers[t].result;
		json_t *o = json_object();

		ok = put(o, "name", text(tier_name(t))) &&
		     put(o, "result", text(tier_result_name(r))) &&
		     put(o, "ms",
			 r == TIER_NOT_RUN ? json_null()
					   : json_integer(v->tiers[t].ms));
		ok = append(list, o, ok);
	}
	return finished(list, ok);
}

static json_t *checks(const struct verdict *v)
{
	json_t *list = json_array();
	bool ok = list;

	for (size_t i = 0; ok && i < v->nchecks; i++) {
		const struct verdict_check *c = &v->checks[i];
		json_t *o = json_object();

		ok = put(o, "id", text(c->id)) &&
		     put(o, "title", text(c->title)) &&
		     put(o, "result", text(check_result_name(c->result))) &&
		     put(o, "points", number(c->points)) &&
		     put(o, "message", text(c->message));
		ok = append(list, o, ok);
	}
	return finished(list, ok);
}

static json_t *findings(const struct verdict *v)
{
	json_t *list = json_array();
	bool ok = list;

	for (size_t i = 0; ok && i < v->nfindings; i++) {
		const struct finding *f = &v->findings[i];
		json_t *o = json_object();

		ok = put(o, "kind", text(finding_name(f->kind))) &&
		     put(o, "title", text(f->title)) &&
		     put(o, "file", text(f->file)) &&
		     put(o, "line", known(f->line)) &&
		     put(o, "explain", text(f->explain));
		ok = append(list, o, ok);
	}
	return finished(list, ok);
}

static json_t *whole(const struct verdict *v)
{
	const char *guest = v->warm ? "warm" : "cold";
	json_t *o = json_object();
	bool ok;

	ok = put(o, "format", json_integer(FORMAT)) &&
	     put(o, "lesson", text(v->lesson)) &&
	     put(o, "verdict", text(outcome_name(v->outcome))) &&
	     put(o, "score", score(v)) && put(o, "tiers", tiers(v)) &&
	     put(o, "checks", checks(v)) && put(o, "findings", findings(v)) &&
	     put(o, "guest", text(v->booted ? guest : NULL)) &&
	     put(o, "kernel", text(v->kernel)) &&
	     put(o, "pack", text(v->pack)) && put(o, "seed", known(v->seed)) &&
	     put(o, "log", text(v->log));
	return finished(o, ok);
}

int verdict_json(const struct verdict *v, FILE *out)
{
	json_t *o = whole(v);
	int ret = -1;

	if (o && json_dumpf(o, out, JSON_COMPACT) == 0 &&
	    fputc('\n', out) != EOF && fflush(out) == 0)
		ret = 0;
	json_decref(o);
	return ret;
}
