/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "proof-answer.h"
#include "checker/err.h"
#include "checker/utf8.h"
#include "checker/verdict.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

void proof_answer_release(struct proof_answer *a)
{
	free(a->verdict);
	free(a->reason);
	free(a->why);
	free(a->flaky);
	strv_release(&a->checks);
	*a = (struct proof_answer){.holds = false};
}

static int no_memory(struct err *e)
{
	return err_set(e, ERR_ENV, ENOMEM, "cannot keep the result");
}

int proof_answer_take(struct proof_answer *a, const struct verdict *v,
		      bool holds, const char *why, long ms, struct err *e)
{
	*a = (struct proof_answer){
		.verdict = strdup(outcome_name(v->outcome)),
		.reason = strdup(v->reason ? v->reason : ""),
		.holds = holds,
		.why = strdup(why ? why : ""),
		.flaky = strdup(""),
		.ms = ms,
	};
	for (size_t i = 0; i < v->nchecks; i++)
		if (strv_addf(&a->checks, "%s %s", v->checks[i].id,
			      check_result_name(v->checks[i].result)) < 0)
			goto nomem;
	if (a->verdict && a->reason && a->why && a->flaky)
		return 0;
nomem:
	proof_answer_release(a);
	return no_memory(e);
}

int proof_answer_set_flaky(struct proof_answer *a, struct buf *why,
			   struct err *e)
{
	char *text = strdup(buf_str(why));

	if (!text || !buf_ok(why)) {
		free(text);
		return no_memory(e);
	}
	free(a->flaky);
	a->flaky = text;
	return 0;
}

/* ---- as JSON ---- */

/* A string that is UTF-8 whatever it is made of. */
static json_t *text(const char *s)
{
	struct buf b = BUF_INIT;
	json_t *j;

	utf8_add_clean(&b, s, strlen(s));
	j = buf_ok(&b) ? json_string(buf_str(&b)) : NULL;
	buf_release(&b);
	return j;
}

/* Takes @j, which may be NULL: out of memory. */
static int put(json_t *j, FILE *out)
{
	int ret = -1;

	if (j && json_dumpf(j, out, JSON_COMPACT) == 0 &&
	    fputc('\n', out) != EOF)
		ret = fflush(out);
	json_decref(j);
	return ret;
}

int proof_answer_write(const struct proof_answer *a, FILE *out)
{
	json_t *checks = json_array();

	for (size_t i = 0; i < a->checks.n; i++)
		json_array_append_new(checks, text(a->checks.v[i]));
	return put(json_pack("{so so so sb so so sI}", "verdict",
			     text(a->verdict), "reason", text(a->reason),
			     "checks", checks, "holds", (int)a->holds, "why",
			     text(a->why), "flaky", text(a->flaky), "ms",
			     (json_int_t)a->ms),
		   out);
}

int proof_answer_write_error(const struct err *e, FILE *out)
{
	return put(json_pack("{s{si si so so so}}", "error", "code",
			     (int)e->code, "errnum", e->errnum, "what",
			     text(e->what), "where", text(e->where), "next",
			     text(e->next)),
		   out);
}

static int read_error(json_t *j, struct err *e)
{
	const char *what, *where, *next;
	int code, errnum;

	if (json_unpack(j, "{si si ss ss ss}", "code", &code, "errnum", &errnum,
			"what", &what, "where", &where, "next", &next) < 0)
		return err_set(e, ERR_ENV, 0, "a run gave no answer");
	/* The errno's text is in .what already. */
	err_set(e, (enum err_code)code, 0, "%s", what);
	if (*where)
		err_where(e, "%s", where);
	if (*next)
		err_next(e, "%s", next);
	return -1;
}

static int read_checks(struct strv *out, json_t *list)
{
	const char *s;
	json_t *item;
	size_t i;

	json_array_foreach(list, i, item)
	{
		s = json_string_value(item);
		if (!s || strv_add(out, s) < 0)
			return -1;
	}
	return 0;
}

static int read_answer(struct proof_answer *a, json_t *j)
{
	const char *verdict, *reason, *why, *flaky;
	json_t *checks;
	json_int_t ms;
	int holds;

	if (json_unpack(j, "{ss ss so sb ss ss sI}", "verdict", &verdict,
			"reason", &reason, "checks", &checks, "holds", &holds,
			"why", &why, "flaky", &flaky, "ms", &ms) < 0)
		return -1;
	*a = (struct proof_answer){
		.verdict = strdup(verdict),
		.reason = strdup(reason),
		.holds = holds,
		.why = strdup(why),
		.flaky = strdup(flaky),
		.ms = (long)ms,
	};
	if (a->verdict && a->reason && a->why && a->flaky &&
	    read_checks(&a->checks, checks) == 0)
		return 0;
	proof_answer_release(a);
	return -1;
}

/* The last line, without its newline. */
static const char *last_line(const char *s, size_t *len)
{
	const char *from;

	while (*len && s[*len - 1] == '\n')
		--*len;
	from = memrchr(s, '\n', *len);
	from = from ? from + 1 : s;
	*len -= (size_t)(from - s);
	return from;
}

int proof_answer_read(struct proof_answer *a, const char *s, size_t len,
		      struct err *e)
{
	size_t n = len;
	const char *line = last_line(s, &n);
	json_t *j = json_loadb(line, n, 0, NULL);
	json_t *error = json_object_get(j, "error");
	int ret = -1;

	*a = (struct proof_answer){.holds = false};
	if (error)
		read_error(error, e);
	else if (j && read_answer(a, j) == 0)
		ret = 0;
	else
		err_set(e, ERR_ENV, 0, "a run ended without an answer");
	if (ret < 0 && !error)
		err_where(e, "%.400s", len ? s : "it printed nothing");
	json_decref(j);
	return ret;
}

/* ---- twice ---- */

static const char *result_in(const char *check)
{
	const char *blank = strrchr(check, ' ');

	return blank ? blank + 1 : "";
}

bool proof_answer_same(const struct proof_answer *a,
		       const struct proof_answer *b, struct buf *why)
{
	if (strcmp(a->verdict, b->verdict) != 0) {
		buf_addf(why,
			 "the verdict was %s the first time, and %s the "
			 "second%s%s",
			 a->verdict, b->verdict, *b->reason ? ": " : "",
			 b->reason);
		return false;
	}
	for (size_t i = 0; i < a->checks.n && i < b->checks.n; i++) {
		const char *x = a->checks.v[i], *y = b->checks.v[i];

		if (strcmp(x, y) == 0)
			continue;
		buf_addf(why,
			 "check '%.*s' gave %s the first time, and %s "
			 "the second",
			 (int)strcspn(x, " "), x, result_in(x), result_in(y));
		return false;
	}
	if (a->checks.n == b->checks.n)
		return true;
	buf_addf(why,
		 "there were %zu checks the first time, and %zu the "
		 "second",
		 a->checks.n, b->checks.n);
	return false;
}
