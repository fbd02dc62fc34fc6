/* SPDX-License-Identifier: GPL-2.0 */
/* REPLACE: what the learner is given and does not change. */
#ifndef HALF_H
#define HALF_H

/* Half of @n; -EINVAL if @n is odd or negative. */
int half_of(int n);

#endif
