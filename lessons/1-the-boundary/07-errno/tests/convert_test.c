// SPDX-License-Identifier: GPL-2.0
/*
 * Each conversion with each kind of value that there is. No address here is
 * ever followed: what counts is what becomes of the number.
 */
#include <kunit/test.h>
#include <linux/err.h>
#include <linux/limits.h>
#include <linux/module.h>

#include "doors.h"

#define UNSET 12345

static int thing;

static void *const addresses[] = {
	&thing,			/* of a module */
	(void *)0xffff888000000040UL, /* kernel memory: < 0 as a long */
	(void *)8,		/* small */
	(void *)-4096L,		/* the last that is no error pointer */
};

static const char *const address_names[] = {
	"of a variable", "of kernel memory", "8", "-4096",
};

static void a_status(struct kunit *test)
{
	int err = UNSET;

	KUNIT_EXPECT_EQ_MSG(test, seen_status(0, &err), IS_OK, "0 is success");
	KUNIT_EXPECT_EQ_MSG(test, seen_status(-EBUSY, &err), IS_AN_ERR,
			    "-EBUSY is an error");
	KUNIT_EXPECT_EQ_MSG(test, err, -EBUSY, "the errno of -EBUSY");
}

static void a_count(struct kunit *test)
{
	static const int counts[] = { 0, 1, 12, 4096, INT_MAX };
	int i;

	for (i = 0; i < ARRAY_SIZE(counts); i++) {
		size_t n = UNSET;
		int err = UNSET;

		KUNIT_EXPECT_EQ_MSG(test, seen_count(counts[i], &n, &err), IS_OK,
				    "%d (1 is Ok, 3 is Err)", counts[i]);
		KUNIT_EXPECT_EQ_MSG(test, n, counts[i],
				    "the count in the Ok of %d", counts[i]);
	}
}

static void a_count_that_is_an_errno(struct kunit *test)
{
	int i;

	for (i = 1; i <= MAX_ERRNO; i++) {
		size_t n = UNSET;
		int err = UNSET;
		int what = seen_count(-i, &n, &err);

		if (what == IS_AN_ERR && err == -i)
			continue;
		KUNIT_EXPECT_EQ_MSG(test, what, IS_AN_ERR,
				    "C returned %d (1 is Ok, 3 is Err)", -i);
		KUNIT_EXPECT_EQ_MSG(test, err, -i, "the errno of %d", -i);
		return;
	}
}

static void a_count_that_is_nonsense(struct kunit *test)
{
	size_t n = UNSET;
	int err = UNSET;

	KUNIT_EXPECT_EQ_MSG(test, seen_count(INT_MIN, &n, &err), IS_AN_ERR,
			    "C returned INT_MIN, which is no count");
	KUNIT_EXPECT_EQ_MSG(test, err, -EINVAL,
			    "there is no such errno: to_result() makes EINVAL of it");
}

static void an_address_that_was_looked_up(struct kunit *test)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(addresses); i++) {
		void *found = NULL;
		int err = UNSET;

		KUNIT_EXPECT_EQ_MSG(test, seen_lookup(addresses[i], &found, &err), IS_OK,
				    "the address %s (1 is Some, 2 is None, 3 is Err)",
				    address_names[i]);
		KUNIT_EXPECT_PTR_EQ_MSG(test, found, addresses[i],
					"the address %s", address_names[i]);
	}
}

static void a_lookup_that_found_nothing(struct kunit *test)
{
	void *found = NULL;
	int err = UNSET;

	KUNIT_EXPECT_EQ_MSG(test, seen_lookup(NULL, &found, &err), IS_NONE,
			    "NULL from a lookup (1 is Some, 2 is None, 3 is Err)");
}

static void a_lookup_that_failed(struct kunit *test)
{
	int i;

	for (i = 1; i <= MAX_ERRNO; i++) {
		void *found = NULL;
		int err = UNSET;
		int what = seen_lookup(ERR_PTR(-i), &found, &err);

		if (what == IS_AN_ERR && err == -i)
			continue;
		KUNIT_EXPECT_EQ_MSG(test, what, IS_AN_ERR,
				    "ERR_PTR(%d) (1 is Some, 2 is None, 3 is Err)", -i);
		KUNIT_EXPECT_EQ_MSG(test, err, -i, "the errno of ERR_PTR(%d)", -i);
		return;
	}
}

static void an_allocation(struct kunit *test)
{
	void *found = NULL;
	int err = UNSET;

	KUNIT_EXPECT_EQ_MSG(test, seen_alloc(&thing, &found, &err), IS_OK,
			    "an address from an allocation (1 is Ok, 3 is Err)");
	KUNIT_EXPECT_PTR_EQ(test, found, (void *)&thing);
	KUNIT_EXPECT_EQ_MSG(test, seen_alloc(NULL, &found, &err), IS_AN_ERR,
			    "NULL from an allocation (1 is Ok, 3 is Err)");
	KUNIT_EXPECT_EQ_MSG(test, err, -ENOMEM,
			    "NULL from an allocation means that there is no memory");
}

static struct kunit_case in_cases[] = {
	KUNIT_CASE(a_status),
	KUNIT_CASE(a_count),
	KUNIT_CASE(a_count_that_is_an_errno),
	KUNIT_CASE(a_count_that_is_nonsense),
	KUNIT_CASE(an_address_that_was_looked_up),
	KUNIT_CASE(a_lookup_that_found_nothing),
	KUNIT_CASE(a_lookup_that_failed),
	KUNIT_CASE(an_allocation),
	{}
};

static struct kunit_suite in_suite = {
	.name = "convert_in",
	.test_cases = in_cases,
};

static void tell_a_status(struct kunit *test)
{
	int i;

	KUNIT_EXPECT_EQ_MSG(test, told_status(IS_OK, 0), 0, "Ok(()) is 0 to C");
	for (i = 1; i <= MAX_ERRNO; i++) {
		int ret = told_status(IS_AN_ERR, -i);

		if (ret == -i)
			continue;
		KUNIT_EXPECT_EQ_MSG(test, ret, -i,
				    "errno %d: C looks for a negative number", i);
		return;
	}
}

static void tell_a_count(struct kunit *test)
{
	int i;

	KUNIT_EXPECT_EQ(test, told_count(IS_OK, 0, 0), 0);
	KUNIT_EXPECT_EQ(test, told_count(IS_OK, 12, 0), 12);
	KUNIT_EXPECT_EQ(test, told_count(IS_OK, INT_MAX, 0), INT_MAX);
	for (i = 1; i <= MAX_ERRNO; i++) {
		int ret = told_count(IS_AN_ERR, 0, -i);

		if (ret == -i)
			continue;
		KUNIT_EXPECT_EQ_MSG(test, ret, -i,
				    "errno %d: C looks for a negative number", i);
		return;
	}
}

static void tell_a_count_that_does_not_fit(struct kunit *test)
{
	static const size_t counts[] = {
		(size_t)INT_MAX + 1, 4294967274UL, 1UL << 32, SIZE_MAX,
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(counts); i++)
		KUNIT_EXPECT_EQ_MSG(test, told_count(IS_OK, counts[i], 0), -EOVERFLOW,
				    "Ok(%zu) does not fit into an int", counts[i]);
}

static void tell_a_lookup(struct kunit *test)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(addresses); i++)
		KUNIT_EXPECT_PTR_EQ_MSG(test, told_lookup(IS_OK, addresses[i], 0),
					addresses[i], "the address %s", address_names[i]);
	KUNIT_EXPECT_PTR_EQ_MSG(test, told_lookup(IS_NONE, NULL, 0), NULL,
				"Ok(None) is NULL to C");
	for (i = 1; i <= MAX_ERRNO; i++) {
		void *ptr = told_lookup(IS_AN_ERR, &thing, -i);

		if (PTR_ERR(ptr) == -i)
			continue;
		KUNIT_EXPECT_EQ_MSG(test, PTR_ERR(ptr), -i,
				    "Err with errno %d is ERR_PTR(%d) to C", i, -i);
		return;
	}
}

static void tell_an_allocation(struct kunit *test)
{
	KUNIT_EXPECT_PTR_EQ(test, told_alloc(IS_OK, &thing, 0), (void *)&thing);
	KUNIT_EXPECT_PTR_EQ_MSG(test, told_alloc(IS_AN_ERR, &thing, -ENOMEM), NULL,
				"the caller tests for NULL and for nothing else");
	KUNIT_EXPECT_PTR_EQ_MSG(test, told_alloc(IS_AN_ERR, &thing, -EINVAL), NULL,
				"whatever the error: the caller tests for NULL");
}

static struct kunit_case out_cases[] = {
	KUNIT_CASE(tell_a_status),
	KUNIT_CASE(tell_a_count),
	KUNIT_CASE(tell_a_count_that_does_not_fit),
	KUNIT_CASE(tell_a_lookup),
	KUNIT_CASE(tell_an_allocation),
	{}
};

static struct kunit_suite out_suite = {
	.name = "convert_out",
	.test_cases = out_cases,
};

kunit_test_suites(&in_suite, &out_suite);

MODULE_AUTHOR("Kiln");
MODULE_DESCRIPTION("Tests of lesson 1.7");
MODULE_LICENSE("GPL");
