/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a radio writes into memory for each packet that it hears. The radio
 * fills in each field, and nobody has looked at the values before you do.
 */
#ifndef PKT_H
#define PKT_H

#include <linux/build_bug.h>
#include <linux/stddef.h>
#include <linux/types.h>

struct pkt_addr {
	u8 octets[6];
};

enum {
	PKT_DATA = 1,
	PKT_ACK = 2,
	PKT_BEACON = 3,
};

struct pkt {
	u8 kind;		/* PKT_DATA, PKT_ACK, PKT_BEACON; or noise */
	u32 seq;
	struct pkt_addr from;
	u16 len;
	u8 urgent;		/* 0: no; anything else: yes */
	u64 stamp;
};

/* The radio's manual says where each field is. */
static_assert(offsetof(struct pkt, kind) == 0);
static_assert(offsetof(struct pkt, seq) == 4);
static_assert(offsetof(struct pkt, from) == 8);
static_assert(offsetof(struct pkt, len) == 14);
static_assert(offsetof(struct pkt, urgent) == 16);
static_assert(offsetof(struct pkt, stamp) == 24);
static_assert(sizeof(struct pkt) == 32);

/*
 * These are in Rust: pkt_rs.rs. The first is a PKT_ constant, or -EINVAL if
 * there is none for this kind. The last makes the packet that goes back: the
 * same, but with the other address in it, and without a payload.
 */
int pkt_rs_kind(const struct pkt *pkt);
bool pkt_rs_is_urgent(const struct pkt *pkt);
void pkt_rs_reply(const struct pkt *pkt, const struct pkt_addr *own,
		  struct pkt *reply);

/* The same for other modules, in pkt_main.c. */
int pkt_kind(const struct pkt *pkt);
bool pkt_is_urgent(const struct pkt *pkt);
void pkt_reply(const struct pkt *pkt, const struct pkt_addr *own,
	       struct pkt *reply);

#endif
