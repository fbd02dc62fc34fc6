/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * complete-int: where candidates come from. For complete*.c alone. Each adds
 * what begins with @word.
 */
#ifndef SHELL_COMPLETE_INT_H
#define SHELL_COMPLETE_INT_H

#include "checker/source-names.h"

#include <stdbool.h>

struct catalogue_entry;
struct session;
struct strv;

void offer(struct strv *out, const char *s, const char *word);

void offer_lessons(struct strv *out, struct session *s, const char *word);
/* A leading "~/" stays as it was typed. */
void offer_files(struct strv *out, const char *word, bool folders_only);
/* Paths below the kernel's source, once one was begun. */
void offer_tree(struct strv *out, struct session *s, const char *word);
/* Sections and files of the lesson at work. */
void offer_texts(struct strv *out, struct session *s, const char *word);
/* Steps of @c, or, if that is NULL, of the lesson at work. */
void offer_steps(struct strv *out, struct session *s,
		 const struct catalogue_entry *c, const char *word);
/* All files of it; numbers of kept versions and the files that they have. */
void offer_work(struct strv *out, struct session *s, const char *word);
void offer_versions(struct strv *out, struct session *s, const char *word);
/* Its source files; names that are found in them. */
void offer_sources(struct strv *out, struct session *s, const char *word);
void offer_names(struct strv *out, struct session *s, enum source_names which,
		 const char *word);
/* The words of "text|json|tap". */
void offer_choices(struct strv *out, const char *choices, const char *word);

#endif
