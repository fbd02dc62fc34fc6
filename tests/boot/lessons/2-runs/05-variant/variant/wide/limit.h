/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LIMIT_H
#define LIMIT_H

#define LIMIT 5

struct limit {
	long value;
};

int limit_value(const struct limit *l);

/* The learner's. */
int work_limit(void);
int work_value(const struct limit *l);

#endif
