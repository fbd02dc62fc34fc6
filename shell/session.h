/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session: what every command works with.
 *
 * A session is made before anything is known to work, and opens nothing by
 * itself: `kiln help` must do in a home that cannot be written to. Commands
 * that need folders, lessons or progress call session_open() first. All in
 * it is owned by it, and what its functions return is borrowed unless it
 * says otherwise.
 */
#ifndef SHELL_SESSION_H
#define SHELL_SESSION_H

#include "catalogue.h"
#include "checker/store.h"
#include "term.h"

#include <stdbool.h>
#include <stdint.h>

#define KILN_VERSION "0.1.0"

struct lesson;
struct progress;

struct session {
	struct term term;
	bool interactive; /* a person at the prompt, not one command */
	bool leave; /* the prompt is to end */
	/* For steps.h. */
	bool asked; /* a question was shown, and nothing was checked since */
	bool guided; /* the step at work was shown in this session */
	bool watching; /* keys are pressed, no words typed: see cmd-watch.h */
	/* After session_open(). */
	bool is_open;
	struct store store;
	struct catalogue lessons;
	struct progress *progress;
	struct err no_progress; /* why it cannot be read, if it cannot */
	struct err unwritable; /* why a folder cannot be written to */
	char *current; /* slug of the lesson at work; NULL: none started */
	int64_t active_at, unspent_ms; /* spent.c's */
	char *history; /* path of the prompt's history */
};

void session_init(struct session *s);
void session_release(struct session *s);

/*
 * Find the folders, the lessons and the lesson at work. Progress that cannot
 * be read is no error yet, for lessons can still be looked at; what needs it
 * fails.
 */
int session_open(struct session *s, struct err *e);
/* Read the lessons again: there is one more. */
int session_look_again(struct session *s, struct err *e);
/*
 * For commands that write: -1, and why, when one of the folders cannot be
 * written to. Those that only look work there too.
 */
int session_writable(const struct session *s, struct err *e);

/*
 * Its id for the prompt, "1.2"; before any was started, that of the first.
 * NULL: there are no lessons.
 */
const char *session_current_id(const struct session *s);
const char *session_history(const struct session *s);

/*
 * The lesson called @name; with NULL the one at work. NULL: ERR_USAGE. It
 * may be a broken one.
 */
const struct catalogue_entry *session_find(struct session *s, const char *name,
					   struct err *e);
/* Likewise, but with NULL and none at work, the first. */
const struct catalogue_entry *
session_find_or_first(struct session *s, const char *name, struct err *e);
/* By slug; NULL when there is none. */
const struct catalogue_entry *session_by_slug(const struct session *s,
					      const char *slug);
/* The whole lesson; -1 with why it is broken (ERR_LESSON). */
int session_load(struct session *s, struct lesson *out,
		 const struct catalogue_entry *c, struct err *e);

/* Make it the lesson at work, here and for the next session. */
int session_start(struct session *s, const char *slug, struct err *e);

/* "WORK/SLUG" and "STATE/logs/SLUG.EXT"; the caller frees. NULL: no memory. */
char *session_work_dir(const struct session *s, const char *slug);
char *session_log_path(const struct session *s, const char *slug,
		       const char *ext);

#endif
