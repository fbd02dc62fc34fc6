/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "splat-int.h"

struct head {
	const char *text; /* what the line starts with */
	enum finding_kind kind;
	enum splat_end end;
	bool (*fill)(struct splat *sp, char *s);
};

static const struct head heads[] = {
	{"BUG: KASAN: ", FINDING_KASAN, SPLAT_END_EQUALS, fill_kasan},
	{"BUG: KFENCE: ", FINDING_KASAN, SPLAT_END_EQUALS, fill_kasan},
	{"BUG: kernel NULL pointer dereference", FINDING_OOPS, SPLAT_END_DIE,
	 fill_fault},
	{"BUG: unable to handle ", FINDING_OOPS, SPLAT_END_DIE, fill_fault},
	{"BUG: TASK stack guard page was hit", FINDING_OOPS, SPLAT_END_DIE,
	 fill_fault},
	{"BUG: IRQ stack guard page was hit", FINDING_OOPS, SPLAT_END_DIE,
	 fill_fault},
	{"PANIC: double fault", FINDING_OOPS, SPLAT_END_DIE, fill_fault},
	{"traps: PANIC: double fault", FINDING_OOPS, SPLAT_END_DIE, fill_fault},
	{"Unable to handle kernel ", FINDING_OOPS, SPLAT_END_DIE, fill_fault},
	{"Oops: ", FINDING_OOPS, SPLAT_END_DIE, fill_oops},
	{"Internal error: ", FINDING_OOPS, SPLAT_END_DIE, fill_oops},
	{"general protection fault", FINDING_OOPS, SPLAT_END_DIE, fill_oops},
	{"divide error: ", FINDING_OOPS, SPLAT_END_DIE, fill_oops},
	{"invalid opcode: ", FINDING_OOPS, SPLAT_END_DIE, fill_oops},
	{"stack segment: ", FINDING_OOPS, SPLAT_END_DIE, fill_oops},
	{"kernel BUG at ", FINDING_BUG, SPLAT_END_DIE, fill_bug},
	{"rust_kernel: panicked at ", FINDING_RUST_PANIC, SPLAT_END_DIE,
	 fill_rust},
	{"BUG: sleeping function called from invalid context",
	 FINDING_ATOMIC_SLEEP, SPLAT_END_TASK, fill_plain},
	{"BUG: scheduling ", FINDING_ATOMIC_SLEEP, SPLAT_END_TASK,
	 fill_scheduling},
	{"BUG: assuming ", FINDING_ATOMIC_SLEEP, SPLAT_END_TASK, fill_plain},
	{"BUG: workqueue leaked ", FINDING_HELD_LOCK, SPLAT_END_TASK,
	 fill_workqueue},
	{"BUG: workqueue lockup", FINDING_SOFT_LOCKUP, SPLAT_END_LINE,
	 fill_plain},
	{"BUG: soft lockup", FINDING_SOFT_LOCKUP, SPLAT_END_TASK, fill_lockup},
	{"watchdog: BUG: soft lockup", FINDING_SOFT_LOCKUP, SPLAT_END_TASK,
	 fill_lockup},
	{"watchdog: ", FINDING_SOFT_LOCKUP, SPLAT_END_TASK, fill_hard_lockup},
	{"BUG: spinlock ", FINDING_BUG, SPLAT_END_TASK, fill_spinlock},
	{"BUG: rwlock ", FINDING_BUG, SPLAT_END_TASK, fill_spinlock},
	{"BUG: key ", FINDING_LOCKDEP, SPLAT_END_LINE, fill_plain},
	{"BUG: ", FINDING_BUG, SPLAT_END_TASK, fill_other_bug},
	{"BUG ", FINDING_BUG, SPLAT_END_TASK, fill_slub},
	{"[ BUG: ", FINDING_LOCKDEP, SPLAT_END_TASK, fill_plain},
	{"INFO: trying to register non-static key", FINDING_LOCKDEP,
	 SPLAT_END_TASK, fill_plain},
	{"INFO: task ", FINDING_HUNG_TASK, SPLAT_END_TASK, fill_hung},
	{"INFO: rcu", FINDING_RCU_STALL, SPLAT_END_TASK, fill_rcu},
	{"rcu: INFO: ", FINDING_RCU_STALL, SPLAT_END_TASK, fill_rcu},
	{"WARNING: ", FINDING_WARN, SPLAT_END_TRACE, fill_warning},
	{"UBSAN: ", FINDING_UBSAN, SPLAT_END_TRACE, fill_ubsan},
	{"list_add corruption", FINDING_LIST_CORRUPTION, SPLAT_END_DIE,
	 fill_plain},
	{"list_add double add", FINDING_LIST_CORRUPTION, SPLAT_END_DIE,
	 fill_plain},
	{"list_del corruption", FINDING_LIST_CORRUPTION, SPLAT_END_DIE,
	 fill_plain},
	{"kmemleak: ", FINDING_LEAK, SPLAT_END_LINE, fill_kmemleak},
	{"Kernel panic - not syncing: ", FINDING_PANIC, SPLAT_END_PANIC,
	 fill_panic},
};

bool splat_may_start(char c)
{
	switch (c) {
	case 'B': case 'I': case 'K': case 'O': case 'P': case 'U':
	case 'W': case '[': case 'd': case 'g': case 'i': case 'k':
	case 'l': case 'r': case 's': case 't': case 'w':
		return true;
	}
	return false;
}

static const struct head *find_head(const char *s, size_t len)
{
	if (len == 0 || !splat_may_start(*s))
		return NULL;
	for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++)
		if (heads[i].text[0] == *s &&
		    text_starts(s, len, heads[i].text))
			return &heads[i];
	return NULL;
}

/* Not the whole of it: it is large, and a log may be full of headlines. */
static void clear(struct splat *sp)
{
	sp->pid = -1;
	sp->died = sp->aftermath = sp->imbalance = sp->near = false;
	sp->title[0] = sp->file[0] = '\0';
	sp->where[0] = sp->frame[0] = sp->held[0] = sp->outer[0] = '\0';
	sp->line = sp->strays = 0;
	sp->wants_message = sp->in_trace = sp->past_trace = false;
	sp->oops_seen = sp->locks_listed = sp->irqs_off = false;
	sp->within = false;
	splat_sites_clear(sp);
}

bool splat_head(struct splat *sp, const char *s, size_t len,
		const char *message)
{
	const struct head *h = find_head(s, len);
	char copy[SPLAT_TEXT];

	/* Within "cut here" it is the message of the warning to come. */
	if (!h || (message && h->kind == FINDING_LIST_CORRUPTION))
		return false;
	clear(sp);
	sp->kind = h->kind;
	sp->end = h->end;
	text_copy(copy, sizeof(copy), s, len);
	if (!h->fill(sp, copy))
		return false;
	if (message && *message && sp->wants_message) {
		splat_message(sp, message);
		sp->wants_message = false;
	}
	return true;
}
