/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * attempt: one check of a lesson, from the shell's side: where its log goes,
 * and what is remembered of it.
 */
#ifndef SHELL_ATTEMPT_H
#define SHELL_ATTEMPT_H

#include <stdbool.h>
#include <stdint.h>

struct err;
struct session;
struct strv;
struct verdict;

/*
 * The log of a check is written under a name of its own and then takes its
 * place, so that two shells and a killed check cannot spoil one.
 */
struct attempt_log {
	bool own;
	char *path; /* STATE/logs/SLUG.log in the end */
	char *tmp; /* while the check runs */
};

/*
 * @dir: NULL for the learner's own folder. The logs of other folders are
 * kept apart, the newest few of them.
 */
int attempt_log_open(struct attempt_log *l, const struct session *s,
		     const char *slug, const char *dir, struct err *e);
/*
 * Into place, and of the learner's own what the build printed beside it
 * (SLUG.build), the places it named (SLUG.place, for spot.h), and what the
 * programs in the guest did (SLUG.run); corrects @v->log.
 */
void attempt_log_keep(struct attempt_log *l, struct verdict *v);
/* Frees, and removes what did not come into place. */
void attempt_log_close(struct attempt_log *l);

/*
 * The keys of hints for what went wrong, in the order in which it is told:
 * compiler errors (for a first one without a code the verdict), findings,
 * checks that failed, the lints that these are about, the verdict; then what
 * nothing failed of, the other warnings.
 */
int attempt_keys(struct strv *keys, const struct verdict *v);

/* Whether @v says something about the learner's work at all. */
bool attempt_counts(const struct verdict *v);

/*
 * Record it, of the files that are @version (version_checked()); a failure is
 * told, and does not change the verdict.
 */
void attempt_record(struct session *s, const char *slug,
		    const struct verdict *v, int64_t ms, int64_t version);

#endif
