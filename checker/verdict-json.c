/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The contract of `--json`. A value that could not be made (out of memory)
 * is a NULL json_t, which jansson's _new setters refuse: verdict_put() sees that.
 */
#include "utf8.h"
#include "verdict-int.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define FORMAT 1

bool verdict_put(json_t *object, const char *key, json_t *value)
{
	return json_object_set_new(object, key, value) == 0;
}

/* Kernel logs and compilers repeat any byte; jansson takes only UTF-8. */
json_t *verdict_string(const char *s)
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

bool verdict_append(json_t *list, json_t *o, bool ok)
{
	if (ok)
		return json_array_append_new(list, o) == 0;
	json_decref(o);
	return false;
}

json_t *verdict_finished(json_t *j, bool ok)
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

		ok = verdict_put(o, "name", verdict_string(tier_name(t))) &&
		     verdict_put(o, "result",
				 verdict_string(tier_result_name(r))) &&
		     verdict_put(o, "ms",
				 r == TIER_NOT_RUN
					 ? json_null()
					 : json_integer(v->tiers[t].ms));
		ok = verdict_append(list, o, ok);
	}
	return verdict_finished(list, ok);
}

static json_t *checks(const struct verdict *v)
{
	json_t *list = json_array();
	bool ok = list;

	for (size_t i = 0; ok && i < v->nchecks; i++) {
		const struct verdict_check *c = &v->checks[i];
		json_t *o = json_object();

		ok = verdict_put(o, "id", verdict_string(c->id)) &&
		     verdict_put(o, "title", verdict_string(c->title)) &&
		     verdict_put(
			     o, "result",
			     verdict_string(check_result_name(c->result))) &&
		     verdict_put(o, "points", number(c->points)) &&
		     verdict_put(o, "message", verdict_string(c->message));
		ok = verdict_append(list, o, ok);
	}
	return verdict_finished(list, ok);
}

static json_t *findings(const struct verdict *v)
{
	json_t *list = json_array();
	bool ok = list;

	for (size_t i = 0; ok && i < v->nfindings; i++) {
		const struct finding *f = &v->findings[i];
		json_t *o = json_object();

		ok = verdict_put(o, "kind",
				 verdict_string(finding_name(f->kind))) &&
		     verdict_put(o, "title", verdict_string(f->title)) &&
		     verdict_put(o, "file", verdict_string(f->file)) &&
		     verdict_put(o, "line", known(f->line)) &&
		     verdict_put(o, "explain", verdict_string(f->explain));
		ok = verdict_append(list, o, ok);
	}
	return verdict_finished(list, ok);
}

json_t *verdict_object(const struct verdict *v)
{
	const char *guest = v->warm ? "warm" : "cold";
	json_t *o = json_object();
	bool ok;

	ok = verdict_put(o, "format", json_integer(FORMAT)) &&
	     verdict_put(o, "lesson", verdict_string(v->lesson)) &&
	     verdict_put(o, "verdict",
			 verdict_string(outcome_name(v->outcome))) &&
	     verdict_put(o, "score", score(v)) &&
	     verdict_put(o, "tiers", tiers(v)) &&
	     verdict_put(o, "checks", checks(v)) &&
	     verdict_put(o, "findings", findings(v)) &&
	     verdict_put(o, "guest",
			 verdict_string(v->booted ? guest : NULL)) &&
	     verdict_put(o, "kernel", verdict_string(v->kernel)) &&
	     verdict_put(o, "pack", verdict_string(v->pack)) &&
	     verdict_put(o, "seed", known(v->seed)) &&
	     verdict_put(o, "log", verdict_string(v->log));
	return verdict_finished(o, ok);
}

int verdict_dump(json_t *o, size_t flags, FILE *out)
{
	char *text = o ? json_dumps(o, flags) : NULL;
	int ret = -1;

	if (text && fputs(text, out) != EOF && fputc('\n', out) != EOF &&
	    fflush(out) == 0)
		ret = 0;
	free(text);
	json_decref(o);
	return ret;
}

int verdict_json(const struct verdict *v, FILE *out)
{
	return verdict_dump(verdict_object(v), JSON_COMPACT, out);
}
