// SPDX-License-Identifier: GPL-2.0
/*
 * What C gets when it asks the Rust half about packets, by way of pkt_kind(),
 * pkt_is_urgent() and pkt_reply() in pkt_main.c.
 */
#include <kunit/test.h>
#include <linux/module.h>
#include <linux/string_choices.h>

#include "pkt.h"

/* Every byte of it is another one, the padding too. */
static void fill(struct pkt *pkt)
{
	u8 *p = (u8 *)pkt;

	for (size_t i = 0; i < sizeof(*pkt); i++)
		p[i] = 0xa0 + i;
}

static bool kind_is(struct kunit *test, u8 kind, int want)
{
	struct pkt pkt;
	int got;

	fill(&pkt);
	pkt.kind = kind;
	got = pkt_kind(&pkt);
	if (got != want)
		KUNIT_FAIL(test, "a packet of kind %d: kind() gives %d to C, not %d%s",
			   kind, got, want, want < 0 ? " (-EINVAL)" : "");
	return got == want;
}

static void kind_is_known(struct kunit *test)
{
	kind_is(test, PKT_DATA, PKT_DATA);
	kind_is(test, PKT_ACK, PKT_ACK);
	kind_is(test, PKT_BEACON, PKT_BEACON);
}

static void kind_is_noise(struct kunit *test)
{
	kind_is(test, 0, -EINVAL);
	for (int kind = PKT_BEACON + 1; kind < 256; kind++)
		if (!kind_is(test, kind, -EINVAL))
			break;
}

static struct kunit_case kind_cases[] = {
	KUNIT_CASE(kind_is_known),
	KUNIT_CASE(kind_is_noise),
	{}
};

static struct kunit_suite kind_suite = {
	.name = "pkt_kind",
	.test_cases = kind_cases,
};

static bool urgent_is(struct kunit *test, u8 urgent, bool want)
{
	struct pkt pkt;
	bool got;

	fill(&pkt);
	pkt.urgent = urgent;
	got = pkt_is_urgent(&pkt);
	if (got != want)
		KUNIT_FAIL(test, "a packet whose urgent is %d: is_urgent() gives %s, not %s",
			   urgent, str_true_false(got), str_true_false(want));
	return got == want;
}

static void zero_is_not_urgent(struct kunit *test)
{
	urgent_is(test, 0, false);
}

static void all_else_is_urgent(struct kunit *test)
{
	for (int urgent = 1; urgent < 256; urgent++)
		if (!urgent_is(test, urgent, true))
			break;
}

static struct kunit_case urgent_cases[] = {
	KUNIT_CASE(zero_is_not_urgent),
	KUNIT_CASE(all_else_is_urgent),
	{}
};

static struct kunit_suite urgent_suite = {
	.name = "pkt_urgent",
	.test_cases = urgent_cases,
};

static void reply_has_every_field(struct kunit *test)
{
	static const struct pkt_addr own = { { 2, 3, 5, 7, 11, 13 } };
	struct pkt pkt, *reply;

	/* Of just the right size, so that KASAN sees one byte too many. */
	reply = kunit_kmalloc(test, sizeof(*reply), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, reply);
	memset(reply, 0xee, sizeof(*reply));
	fill(&pkt);
	pkt_reply(&pkt, &own, reply);

	KUNIT_EXPECT_EQ(test, reply->kind, pkt.kind);
	KUNIT_EXPECT_EQ(test, reply->seq, pkt.seq);
	KUNIT_EXPECT_MEMEQ(test, &reply->from, &own, sizeof(own));
	KUNIT_EXPECT_EQ(test, reply->len, 0);
	KUNIT_EXPECT_EQ(test, reply->urgent, pkt.urgent);
	KUNIT_EXPECT_EQ(test, reply->stamp, pkt.stamp);
}

static struct kunit_case reply_cases[] = {
	KUNIT_CASE(reply_has_every_field),
	{}
};

static struct kunit_suite reply_suite = {
	.name = "pkt_reply",
	.test_cases = reply_cases,
};

kunit_test_suites(&kind_suite, &urgent_suite, &reply_suite);

MODULE_AUTHOR("Kiln");
MODULE_DESCRIPTION("Tests of lesson 1.3");
MODULE_LICENSE("GPL");
