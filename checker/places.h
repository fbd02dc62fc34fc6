/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * places: whose line it was.
 *
 * Between the run and the grading: every finding whose report names code in
 * a module gets the innermost line of the learner's files on the way there,
 * as .file and .line. Where the report has more places (who allocated, who
 * freed, which locks are held since where), its .explain tells them. What
 * never came to an end is said in one phrase: struct evidence's .stuck.
 */
#ifndef CHECKER_PLACES_H
#define CHECKER_PLACES_H

struct evidence;
struct buf;
struct finding;

struct places_opts {
	const char *stage; /* where the modules with their DWARF are */
	const char *tests; /* modules of the lesson's own; or NULL */
};

/*
 * Fill the places of @ev's findings: those of its log and its leaks. A place
 * that cannot be told is left out. @ev->stuck is for the caller to free.
 */
void places_find(struct evidence *ev, const struct places_opts *o);

/*
 * places-text.c, pure. The sentences on the sites of @f whose places are
 * known, and the phrase on a stack that did not end: "it loops in ring_wait
 * (ring.c:44)".
 */
void places_tell(struct buf *b, const struct finding *f);
void places_tell_stuck(struct buf *b, const struct finding *f);

#endif
