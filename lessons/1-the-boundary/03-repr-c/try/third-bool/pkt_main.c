// SPDX-License-Identifier: GPL-2.0
/*
 * The C half of pkt.ko, and its entry. It stands for the driver of a radio,
 * which has heard one packet so far.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/export.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/printk.h>

#include "pkt.h"

static const struct pkt first = {
	.kind = PKT_BEACON,
	.seq = 7,
	.from = { { 0x02, 0x4b, 0x49, 0x4c, 0x4e, 0x01 } },
	.len = 48,
	.urgent = 2,
	.stamp = 1234567890123ULL,
};

static int __init pkt_init(void)
{
	pr_info("a packet of kind %d, %s\n", pkt_rs_kind(&first),
		pkt_rs_is_urgent(&first) ? "urgent" : "not urgent");
	return 0;
}
module_init(pkt_init);

static void __exit pkt_exit(void)
{
}
module_exit(pkt_exit);

/* The door for other modules, and so for the tests. It is given. */

int pkt_kind(const struct pkt *pkt)
{
	return pkt_rs_kind(pkt);
}
EXPORT_SYMBOL_GPL(pkt_kind);

bool pkt_is_urgent(const struct pkt *pkt)
{
	return pkt_rs_is_urgent(pkt);
}
EXPORT_SYMBOL_GPL(pkt_is_urgent);

void pkt_reply(const struct pkt *pkt, const struct pkt_addr *own,
	       struct pkt *reply)
{
	pkt_rs_reply(pkt, own, reply);
}
EXPORT_SYMBOL_GPL(pkt_reply);

MODULE_AUTHOR("Kiln");
MODULE_DESCRIPTION("A struct that C and Rust share");
MODULE_LICENSE("GPL");
