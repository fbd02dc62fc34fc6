/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "when.h"
#include "checker/buf.h"

#include <string.h>

/* Midnights between the two, by the clock of the place. */
static int days_between(const struct tm *from, const struct tm *to)
{
	struct tm a = {.tm_year = from->tm_year,
		       .tm_mon = from->tm_mon,
		       .tm_mday = from->tm_mday};
	struct tm b = {.tm_year = to->tm_year,
		       .tm_mon = to->tm_mon,
		       .tm_mday = to->tm_mday};

	/* In UTC, where every day is as long as the others. */
	return (int)((timegm(&b) - timegm(&a)) / 86400);
}

static void add_time(struct buf *out, const char *fmt, const struct tm *tm)
{
	char text[64];

	/* The formats are constants of ours. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	if (strftime(text, sizeof(text), fmt, tm) > 0)
		buf_adds(out, text);
#pragma GCC diagnostic pop
}

void when_add(struct buf *out, time_t at, time_t now)
{
	static const char *const names[] = {"Sun", "Mon", "Tue", "Wed",
					    "Thu", "Fri", "Sat"};
	struct tm then, today;
	int days;

	localtime_r(&at, &then);
	localtime_r(&now, &today);
	days = days_between(&then, &today);
	if (days == 0)
		buf_adds(out, "today ");
	else if (days == 1)
		buf_adds(out, "yesterday ");
	else if (days > 1 && days < 7)
		buf_addf(out, "%s ", names[then.tm_wday]);
	else
		add_time(out, "%Y-%m-%d ", &then);
	add_time(out, "%H:%M", &then);
}

static void add_ago(struct buf *out, int64_t seconds)
{
	static const struct {
		int64_t seconds;
		const char *name;
	} units[] = {{86400, "day"}, {3600, "hour"}, {60, "minute"}};

	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		int64_t n = seconds / units[i].seconds;

		if (n == 0)
			continue;
		buf_addf(out, ", %lld %s%s ago", (long long)n, units[i].name,
			 n == 1 ? "" : "s");
		return;
	}
	/* A clock that was set back says nothing. */
	if (seconds >= 0)
		buf_adds(out, ", just now");
}

void when_add_long(struct buf *out, time_t at, time_t now)
{
	struct tm then;

	localtime_r(&at, &then);
	add_time(out, "%Y-%m-%d %H:%M:%S", &then);
	add_ago(out, (int64_t)(now - at));
}

void when_add_ms(struct buf *out, int64_t ms)
{
	if (ms < 60000)
		buf_addf(out, "%lld.%lld s", (long long)(ms / 1000),
			 (long long)(ms % 1000 / 100));
	else
		buf_addf(out, "%lld min %lld s", (long long)(ms / 60000),
			 (long long)(ms / 1000 % 60));
}
