// SPDX-License-Identifier: GPL-2.0
#include "bad.h"

/* Frees an object whose work is still to come. */
struct job {
	struct delayed_work work;
	int answer;
};

static void fn(struct work_struct *work)
{
	struct job *job = container_of(work, struct job, work.work);

	pr_info("bad: the answer is %d\n", job->answer);
}

static noinline struct job *make(void)
{
	struct job *job = kzalloc(sizeof(*job), GFP_KERNEL);

	if (job)
		INIT_DELAYED_WORK(&job->work, fn);
	return job;
}

static int bad_init(void)
{
	ready();
	struct job *job = make();

	if (!job)
		return -ENOMEM;
	schedule_delayed_work(&job->work, 1);
	kfree(job);
	msleep(100);
	return 0;
}
