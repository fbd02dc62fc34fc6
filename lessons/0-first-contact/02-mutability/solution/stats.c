// SPDX-License-Identifier: GPL-2.0
/*
 * Statistics of response times, in microseconds. The Rust module beside this
 * one does the same.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/array_size.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/overflow.h>
#include <linux/printk.h>
#include <linux/types.h>

/*
 * 32 bits each: that keeps the overflow near enough to be tested. With 64
 * bits it is further away, and the question is the same.
 */
struct stats {
	u32 count;
	u32 total;
	u32 longest;
};

static const u32 samples[] = { 120, 80, 200, 400, 95 };

/* The longest of the samples, 0 if there are none. */
static u32 longest(const u32 *samples, size_t n)
{
	u32 most = 0;

	for (size_t i = 0; i < n; i++) {
		if (samples[i] > most)
			most = samples[i];
	}
	return most;
}

/* How many percent of the samples are above the limit, 0 if there are none. */
static u32 slow_percent(const u32 *samples, size_t n, u32 limit)
{
	size_t slow = 0;
	u32 percent = 0;

	for (size_t i = 0; i < n; i++) {
		if (samples[i] > limit)
			slow++;
	}
	if (n)
		percent = slow * 100 / n;
	return percent;
}

/*
 * Takes one more sample into the statistics. If the count or the total would
 * not fit, fails with -EOVERFLOW and changes nothing.
 */
static int stats_add(struct stats *s, u32 sample)
{
	u32 count, total;

	if (check_add_overflow(s->count, 1, &count) ||
	    check_add_overflow(s->total, sample, &total))
		return -EOVERFLOW;

	s->count = count;
	s->total = total;
	if (sample > s->longest)
		s->longest = sample;
	return 0;
}

/* The mean of all samples, rounded down; -ENODATA if there are none. */
static int stats_mean(const struct stats *s, u32 *mean)
{
	if (!s->count)
		return -ENODATA;

	*mean = s->total / s->count;
	return 0;
}

static int __init stats_init(void)
{
	const size_t n = ARRAY_SIZE(samples);
	struct stats s = {};
	u32 mean;
	int err;

	pr_info("longest %u us, %u%% above 150 us\n",
		longest(samples, n), slow_percent(samples, n, 150));

	for (size_t i = 0; i < n; i++) {
		err = stats_add(&s, samples[i]);
		if (err)
			return err;
	}

	err = stats_mean(&s, &mean);
	if (err)
		return err;

	pr_info("%u samples, mean %u us\n", s.count, mean);
	return 0;
}
module_init(stats_init);

static void __exit stats_exit(void)
{
}
module_exit(stats_exit);

MODULE_AUTHOR("Kiln");
MODULE_DESCRIPTION("Statistics of response times, in C");
MODULE_LICENSE("GPL");
