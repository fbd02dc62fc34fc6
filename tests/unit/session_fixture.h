/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A session in the temporary folder: state, work, one lesson, and what was
 * said. Include after tmp_fixture.h and lesson_fixture.h.
 */
#ifndef TESTS_UNIT_SESSION_FIXTURE_H
#define TESTS_UNIT_SESSION_FIXTURE_H

#include "checker/err.h"
#include "shell/lesson.h"
#include "shell/progress.h"
#include "shell/session.h"

static struct session session;
static struct lesson lesson;
static char *said;
static size_t said_len;
static char lesson_dir[PATH_MAX + 64];

#define SLUG "rust-calls-c"

UNUSED static int make_session(void **state)
{
	struct err e = ERR_INIT;

	make_tmp(state);
	session_init(&session);
	session.term = (struct term){
		.out = open_memstream(&said, &said_len),
		.utf8 = true,
		.width = 80,
	};
	session.store.state = strdup(in_tmp("state"));
	session.store.work = strdup(in_tmp("work"));
	session.progress = progress_new(in_tmp("state/progress.db"));
	session.is_open = true;
	mkdir(in_tmp("state"), 0755);
	mkdir(in_tmp("work"), 0755);
	mkdir(in_tmp("work/" SLUG), 0755);
	snprintf(lesson_dir, sizeof(lesson_dir), "%s/1-the-boundary/02-%s",
		 tmp, SLUG);
	put_lesson(lesson_dir, fixture_script);
	if (lesson_load(&lesson, lesson_dir, &e) < 0)
		fail_msg("%s %s", e.what, e.where);
	return 0;
}

UNUSED static int drop_session(void **state)
{
	lesson_release(&lesson);
	fclose(session.term.out);
	free(said);
	said = NULL;
	session_release(&session);
	return drop_tmp(state);
}

/* Whether it was said since the last question; then it is forgotten. */
UNUSED static bool was_said(const char *text)
{
	bool found;

	fflush(session.term.out);
	found = strstr(said, text) != NULL;
	return found;
}

UNUSED static void forget_said(void)
{
	fflush(session.term.out);
	fseek(session.term.out, 0, SEEK_SET);
	memset(said, 0, said_len);
}

#define SESSION_TEST(name)                                                     \
	cmocka_unit_test_setup_teardown(name, make_session, drop_session)

#endif
