/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "draft.h"
#include "checker/err.h"
#include "folder.h"
#include "glyph.h"
#include "lesson.h"
#include "names.h"
#include "suggest.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { TITLE_MAX = 60, SLUG_MAX = 63, MINUTES_MAX = 240 };

const char *const draft_languages[] = {"c", "rust", "both", NULL};

/* ---- what is there ---- */

static int add_track(struct draft *d, const char *track, struct err *e)
{
	struct strv names = STRV_INIT;
	unsigned track_no, number;
	const char *slug;
	char path[4500];
	int ret;

	snprintf(path, sizeof(path), "%s/%s", d->lessons, track);
	ret = folder_names(&names, path, FOLDER_DIRS, e);
	for (size_t i = 0; ret == 0 && i < names.n; i++) {
		snprintf(path, sizeof(path), "/%s/%s", track, names.v[i]);
		if (lesson_place(path, &track_no, &number, &slug) &&
		    strv_add(&d->there, path) < 0)
			ret = err_set(e, ERR_ENV, ENOMEM,
				      "cannot list the lessons");
	}
	strv_release(&names);
	return ret;
}

/* "1-the-boundary" to 1; -1 for what is no track. */
static int track_number(const char *name)
{
	char path[300];
	unsigned track, number;
	const char *slug;

	snprintf(path, sizeof(path), "/%.200s/01-x", name);
	return lesson_place(path, &track, &number, &slug) ? (int)track : -1;
}

int draft_init(struct draft *d, const char *lessons, struct err *e)
{
	struct stat st;
	int ret;

	*d = (struct draft){.lessons = lessons};
	if (stat(lessons, &st) < 0 || !S_ISDIR(st.st_mode)) {
		err_set(e, ERR_USAGE, 0, "there is no folder %.300s", lessons);
		return err_next(e, "--dir names the folder that has the "
				   "tracks in it, such as lessons/");
	}
	ret = folder_names(&d->tracks, lessons, FOLDER_DIRS, e);
	for (size_t i = 0; ret == 0 && i < d->tracks.n; i++)
		if (track_number(d->tracks.v[i]) >= 0)
			ret = add_track(d, d->tracks.v[i], e);
	if (ret < 0)
		draft_release(d);
	return ret;
}

void draft_release(struct draft *d)
{
	strv_release(&d->there);
	strv_release(&d->tracks);
}

/* The lesson at that place, "/TRACK/NN-slug", or NULL. */
static const char *at_place(const struct draft *d, unsigned track,
			    unsigned number)
{
	for (size_t i = 0; i < d->there.n; i++) {
		unsigned t, n;
		const char *slug;

		if (lesson_place(d->there.v[i], &t, &n, &slug) && t == track &&
		    n == number)
			return d->there.v[i];
	}
	return NULL;
}

static unsigned next_number(const struct draft *d, unsigned track)
{
	unsigned next = 1;

	for (size_t i = 0; i < d->there.n; i++) {
		unsigned t, n;
		const char *slug;

		if (lesson_place(d->there.v[i], &t, &n, &slug) && t == track &&
		    n >= next)
			next = n + 1;
	}
	return next;
}

static const char *track_folder(const struct draft *d, unsigned track)
{
	for (size_t i = 0; i < d->tracks.n; i++)
		if (track_number(d->tracks.v[i]) == (int)track)
			return d->tracks.v[i];
	return NULL;
}

/* ---- its parts ---- */

/* The next one of the last track. */
static void default_id(const struct draft *d, char out[256])
{
	int last = -1;

	for (size_t i = 0; i < d->tracks.n; i++)
		if (track_number(d->tracks.v[i]) > last)
			last = track_number(d->tracks.v[i]);
	if (last < 0)
		last = 1;
	snprintf(out, 256, "%d.%u", last, next_number(d, (unsigned)last));
}

static int no_text(struct err *e)
{
	err_set(e, ERR_USAGE, 0,
		"the title has a control character, or is not "
		"UTF-8");
	return err_next(e, "a line of plain text is allowed");
}

static int set_title(struct draft *d, const char *text, struct err *e)
{
	const char *p = text, *end = text + strlen(text);
	size_t n = 0;

	for (; p < end; n++) {
		long c = glyph_next(&p, end);

		if (c < 0x20 || c == 0x7f || (c >= 0x80 && c < 0xa0))
			return no_text(e);
	}
	if (n == 0 || n > TITLE_MAX || strlen(text) >= sizeof(d->title)) {
		err_set(e, ERR_USAGE, 0, "the title has %zu characters", n);
		return err_next(e, "1 to %d are allowed", TITLE_MAX);
	}
	snprintf(d->title, sizeof(d->title), "%s", text);
	return 0;
}

static int set_id(struct draft *d, const char *text, struct err *e)
{
	const char *folder, *taken;
	unsigned track, number;
	char rest, usual[256];

	if (!isdigit((unsigned char)*text) || strlen(text) > 9 ||
	    strspn(text, "0123456789.") != strlen(text) ||
	    sscanf(text, "%4u.%4u%c", &track, &number, &rest) != 2) {
		err_set(e, ERR_USAGE, 0, "'%.40s' is no id of a lesson", text);
		default_id(d, usual);
		return err_next(e, "track and number are meant, such as %s",
				usual);
	}
	if (number < 1 || number > 99 || track > 99) {
		err_set(e, ERR_USAGE, 0, "there is no place %u.%u", track,
			number);
		return err_next(e, "tracks are 0 to 99, numbers 1 to 99");
	}
	taken = at_place(d, track, number);
	if (taken) {
		err_set(e, ERR_USAGE, 0, "%u.%u is taken, by %.200s", track,
			number, taken + 1);
		return err_next(e, "%u.%u is free", track,
				next_number(d, track));
	}
	d->track = track;
	d->number = number;
	folder = track_folder(d, track);
	d->new_track = !folder;
	if (folder)
		snprintf(d->track_dir, sizeof(d->track_dir), "%s", folder);
	return 0;
}

static int no_slug(const char *what, const char *text, struct err *e)
{
	err_set(e, ERR_USAGE, 0, "'%.80s' is no name of a %s", text, what);
	return err_next(e,
			"lower-case words joined by dashes are allowed, "
			"at most %d characters",
			SLUG_MAX);
}

static int set_track(struct draft *d, const char *text, struct err *e)
{
	const char *dash = strchr(d->track_dir, '-');

	if (!is_slug(text) || strlen(text) > SLUG_MAX)
		return no_slug("track", text, e);
	if (d->new_track) {
		snprintf(d->track_dir, sizeof(d->track_dir), "%u-%s", d->track,
			 text);
		return 0;
	}
	if (dash && strcmp(dash + 1, text) == 0)
		return 0;
	err_set(e, ERR_USAGE, 0, "track %u is there, and called '%.80s'",
		d->track, dash ? dash + 1 : "");
	return err_next(e, "leave --track out, or take another id");
}

static int set_slug(struct draft *d, const char *text, struct err *e)
{
	if (!is_slug(text) || strlen(text) > SLUG_MAX)
		return no_slug("lesson", text, e);
	for (size_t i = 0; i < d->there.n; i++) {
		unsigned track, number;
		const char *slug;

		if (!lesson_place(d->there.v[i], &track, &number, &slug) ||
		    strcmp(slug, text) != 0)
			continue;
		err_set(e, ERR_USAGE, 0, "lesson %u.%u is called '%s' already",
			track, number, text);
		return err_next(e, "--slug gives it another name");
	}
	snprintf(d->slug, sizeof(d->slug), "%s", text);
	return 0;
}

static int set_language(struct draft *d, const char *text, struct err *e)
{
	const char *maybe;

	for (size_t i = 0; draft_languages[i]; i++)
		if (strcmp(draft_languages[i], text) == 0) {
			d->language = draft_languages[i];
			return 0;
		}
	maybe = suggest(text, draft_languages);
	err_set(e, ERR_USAGE, 0, "'%.40s' is none of the languages%s%s%s", text,
		maybe ? " (did you mean " : "", maybe ? maybe : "",
		maybe ? "?)" : "");
	return err_next(e, "allowed are c, rust and both");
}

static int set_minutes(struct draft *d, const char *text, struct err *e)
{
	size_t n = strspn(text, "0123456789");
	long v = strtol(text, NULL, 10);

	if (n == 0 || text[n] || n > 4 || v < 1 || v > MINUTES_MAX) {
		err_set(e, ERR_USAGE, 0, "'%.40s' is no number of minutes",
			text);
		return err_next(e, "1 to %d are allowed", MINUTES_MAX);
	}
	snprintf(d->minutes, sizeof(d->minutes), "%ld", v);
	return 0;
}

int draft_set(struct draft *d, enum draft_part part, const char *text,
	      struct err *e)
{
	static int (*const set[])(struct draft *, const char *,
				  struct err *) = {
		[DRAFT_TITLE] = set_title,	 [DRAFT_ID] = set_id,
		[DRAFT_TRACK] = set_track,	 [DRAFT_SLUG] = set_slug,
		[DRAFT_LANGUAGE] = set_language, [DRAFT_MINUTES] = set_minutes,
	};

	return set[part](d, text, e);
}

/* ---- what nobody says ---- */

/* "Rust calls C, safely" to "rust-calls-c-safely". */
static void slug_of(const char *title, char out[SLUG_MAX + 1])
{
	size_t n = 0;

	for (const char *p = title; *p && n < SLUG_MAX; p++) {
		if (isalnum((unsigned char)*p))
			out[n++] = (char)tolower((unsigned char)*p);
		else if (n > 0 && out[n - 1] != '-')
			out[n++] = '-';
	}
	while (n > 0 && out[n - 1] == '-')
		n--;
	out[n] = '\0';
}

static bool slug_taken(const struct draft *d, const char *slug)
{
	struct draft copy = *d;

	return set_slug(&copy, slug, NULL) < 0;
}

/* That of the title; with a number behind it where it is taken. */
static void default_slug(const struct draft *d, char out[256])
{
	char slug[SLUG_MAX + 1];

	slug_of(d->title, slug);
	if (!slug[0])
		snprintf(slug, sizeof(slug), "lesson");
	snprintf(out, 256, "%s", slug);
	for (int n = 2; n < 100 && slug_taken(d, out); n++)
		snprintf(out, 256, "%.58s-%d", slug, n);
}

void draft_default(const struct draft *d, enum draft_part part, char out[256])
{
	const char *dash = strchr(d->track_dir, '-');

	if (part == DRAFT_ID)
		default_id(d, out);
	else if (part == DRAFT_SLUG)
		default_slug(d, out);
	else if (part == DRAFT_TRACK)
		snprintf(out, 256, "%s",
			 d->new_track || !dash ? "new-track" : dash + 1);
	else
		snprintf(out, 256, "%s",
			 part == DRAFT_TITLE	  ? "A new lesson"
			 : part == DRAFT_LANGUAGE ? "both"
						  : "20");
}
