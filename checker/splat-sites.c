/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "splat.h"

#include <stdlib.h>
#include <string.h>

enum { NONE = -1 };

void splat_sites_clear(struct splat *sp)
{
	sp->nsites = 0;
	sp->reading.stack = sp->reading.lock = NONE;
	sp->reading.begun = sp->reading.interrupted = false;
	sp->reading.top = false;
	sp->reading.name[0] = '\0';
}

static bool is_known(const struct splat *sp, enum site_role role,
		     const char *symbol)
{
	for (unsigned i = 0; i < sp->nsites; i++)
		if (sp->sites[i].role == role &&
		    strcmp(sp->sites[i].symbol, symbol) == 0)
			return true;
	return false;
}

static void add(struct splat *sp, enum site_role role, const char *symbol,
		const char *name, bool first, bool exact)
{
	struct splat_site *site;

	if (sp->nsites == SPLAT_SITES)
		return;
	site = &sp->sites[sp->nsites++];
	site->role = role;
	site->first = first;
	site->exact = exact;
	text_copy(site->name, sizeof(site->name), name, strlen(name));
	text_copy(site->symbol, sizeof(site->symbol), symbol, strlen(symbol));
}

static void set_name(struct splat *sp, const char *s, size_t len)
{
	text_copy(sp->reading.name, sizeof(sp->reading.name), s, len);
}

/* A stack begins below this line. @name: of a lock, or "". */
static void begin(struct splat *sp, int role, const char *name, size_t len)
{
	sp->reading.stack = role;
	sp->reading.lock = NONE;
	sp->reading.begun = false;
	sp->reading.interrupted = sp->reading.top = false;
	set_name(sp, name, len);
}

/* Entries of interrupts: what they interrupted made no call. */
static bool is_entry(const char *symbol)
{
	size_t len = strlen(symbol);

	return text_starts(symbol, len, "asm_") ||
	       text_starts(symbol, len, "end_repeat_nmi");
}

/* A frame of the stack that is being read. */
static void frame(struct splat *sp, const char *symbol, bool exact)
{
	int role = sp->reading.stack;

	if (!text_in_module(symbol)) {
		sp->reading.interrupted = is_entry(symbol);
		/* Above the first in a module it is what that had called. */
		if (role == SITE_FRAME && !sp->reading.begun)
			set_name(sp, symbol,
				 is_entry(symbol) || splat_is_reporter(symbol)
					 ? 0
					 : strcspn(symbol, "+"));
		return;
	}
	if (role == SITE_FRAME && is_known(sp, SITE_FRAME, symbol))
		return;
	add(sp, (enum site_role)role, symbol,
	    sp->reading.begun ? "" : sp->reading.name, !sp->reading.begun,
	    exact || sp->reading.interrupted);
	sp->reading.begun = true;
	sp->reading.interrupted = false;
}

/*
 * Before its first instructions ("push %rbp; mov %rsp,%rbp", 4 bytes), or at
 * the end of a function that is not much more than these.
 */
static bool may_lack_frame(const char *symbol)
{
	const char *at = strchr(symbol, '+');
	char *end;

	if (!at || strtoul(at + 1, &end, 16) < 4)
		return at;
	return *end == '/' && strtoul(end + 1, NULL, 16) <= 0x20;
}

/* "RIP: 0010:fn+0x1a/0x40 [mod]", above a stack or within it. */
static void instruction(struct splat *sp, const char *s)
{
	const char *p = strchr(s + strlen("RIP: "), ':');
	char symbol[SPLAT_SYMBOL];

	if (!p || !text_symbol(p + 1, symbol, sizeof(symbol)))
		return;
	if (sp->reading.stack != SITE_FRAME)
		begin(sp, SITE_FRAME, "", 0);
	frame(sp, symbol, true);
	sp->reading.top = !text_in_module(symbol) && may_lack_frame(symbol);
}

/*
 * " fn+0x1a/0x40 [mod]", but not " ? fn+…": that one may be stale. Not so on
 * top of the stack of a function that has no frame yet, or none any more.
 */
static void stack_line(struct splat *sp, const char *s)
{
	char symbol[SPLAT_SYMBOL];
	bool stale;

	s += strspn(s, " \t");
	stale = *s == '?';
	if (stale)
		s += strspn(s, "? ");
	if (!text_symbol(s, symbol, sizeof(symbol)) ||
	    (stale && !text_in_module(symbol)))
		return;
	frame(sp, symbol, false);
	sp->reading.top = false;
}

/*
 * The name in "ffff… (&lock->mutex#2/1){+.+.}-{4:4}": its start and length,
 * without what tells classes of that name and nested ones apart.
 */
static const char *lock_name(const char *s, size_t *len)
{
	const char *end = strstr(s, "){");
	const char *open = strchr(s, '(');

	if (!end || !open || open >= end)
		return NULL;
	*len = strcspn(open + 1, "#/");
	if (*len > (size_t)(end - open - 1))
		*len = (size_t)(end - open - 1);
	return open + 1;
}

/* "ffff… (lock){+.+.}-{3:3}, at: fn+0x1a/0x40 [mod]" */
static bool lock_line(struct splat *sp, const char *s, enum site_role role)
{
	char symbol[SPLAT_SYMBOL], name[sizeof(sp->reading.name)];
	const char *at = strstr(s, ", at: ");
	const char *open;
	size_t len;

	open = at ? lock_name(s, &len) : NULL;
	if (!open || open > at)
		return false;
	if (!text_symbol(at + strlen(", at: "), symbol, sizeof(symbol)) ||
	    !text_in_module(symbol) || is_known(sp, role, symbol))
		return true;
	text_copy(name, sizeof(name), open, len);
	add(sp, role, symbol, name, true, false);
	return true;
}

/* "-> #1 (lock){+.+.}-{4:4}:"; #0 is what the report itself is about. */
static void chain(struct splat *sp, const char *s)
{
	const char *name;
	size_t len;

	sp->reading.stack = NONE;
	name = lock_name(s, &len);
	if (name && s[strlen("-> #")] != '0')
		begin(sp, SITE_CHAIN, name, len);
}

/* "…: [<ffffffffa0000010>] fn+0x1a/0x40 [mod]" */
static void disabled(struct splat *sp, const char *s)
{
	const char *at = strstr(s, ">] ");
	char symbol[SPLAT_SYMBOL];

	if (at && text_symbol(at + 3, symbol, sizeof(symbol)) &&
	    text_in_module(symbol) && !is_known(sp, SITE_DISABLED, symbol))
		add(sp, SITE_DISABLED, symbol, "", true, false);
}

/* Lines after which a lock, a stack or an address follows. */
static bool heading(struct splat *sp, const char *s, size_t len)
{
	if (text_starts(s, len, "Call Trace:")) {
		/* With the RIP above it, it is one stack. */
		if (sp->reading.stack != SITE_FRAME)
			begin(sp, SITE_FRAME, "", 0);
	} else if (text_starts(s, len, "Allocated by ")) {
		begin(sp, SITE_ALLOCATED, "", 0);
	} else if (text_starts(s, len, "Freed by ")) {
		begin(sp, SITE_FREED, "", 0);
	} else if (text_starts(s, len, "Last potentially ")) {
		sp->reading.stack = NONE;
	} else if (text_starts(s, len, "-> #")) {
		chain(sp, s);
	} else if (strstr(s, "state was registered at:")) {
		begin(sp, SITE_EARLIER, "", 0);
	} else if (strstr(s, " is trying to acquire") ||
		   strstr(s, " is trying to lock:") || strstr(s, " takes:")) {
		sp->reading.lock = SITE_WANTED;
	} else if (strstr(s, " already holding")) {
		sp->reading.lock = SITE_HELD;
	} else if (text_starts(s, len, "Preemption disabled at:")) {
		sp->reading.lock = SITE_DISABLED;
	} else {
		return false;
	}
	return true;
}

/* Most of a report: " fn+0x1a/0x40 [mod]", " #0: ffff… (lock){…". */
static void indented(struct splat *sp, const char *s)
{
	if (s[1] == '#')
		lock_line(sp, s, SITE_HELD);
	else if ((s[1] != '?' || sp->reading.top) &&
		 sp->reading.stack != NONE && sp->nsites < SPLAT_SITES)
		stack_line(sp, s);
}

void splat_sites_line(struct splat *sp, const char *s, size_t len)
{
	if (*s == ' ') {
		indented(sp, s);
		return;
	}
	if (heading(sp, s, len))
		return;
	if (text_starts(s, len, "RIP: ")) {
		instruction(sp, s);
	} else if (text_starts(s, len, "hardirqs last disabled at") ||
		   sp->reading.lock == SITE_DISABLED) {
		if (sp->kind == FINDING_ATOMIC_SLEEP)
			disabled(sp, s);
		sp->reading.lock = NONE;
	} else if (sp->reading.lock != NONE) {
		if (lock_line(sp, s, (enum site_role)sp->reading.lock))
			sp->reading.lock = NONE;
	} else if (sp->reading.stack != SITE_FRAME) {
		sp->reading.stack = NONE;
	}
}

static int give(struct finding *f, const struct splat_site *s)
{
	struct finding_site site = {
		.role = s->role,
		.first = s->first,
		.exact = s->exact,
		.name = s->name[0] ? (char *)s->name : NULL,
		.symbol = (char *)s->symbol,
	};

	return finding_add_site(f, &site);
}

/*
 * What the headline names, unless the trace does too. KASAN names the
 * instruction after its own call, all others the one at fault.
 */
static int give_headline(const struct splat *sp, struct finding *f)
{
	struct finding_site site = {
		.role = SITE_FRAME,
		.first = true,
		.exact = sp->kind != FINDING_KASAN,
		.symbol = (char *)sp->where,
	};

	if (!text_in_module(sp->where) || is_known(sp, SITE_FRAME, sp->where))
		return 0;
	return finding_add_site(f, &site);
}

int splat_give_sites(const struct splat *sp, struct finding *f)
{
	bool has[SITE_NROLES];

	for (int r = 0; r < SITE_NROLES; r++)
		has[r] = finding_has_role(f, (enum site_role)r);
	if (!has[SITE_FRAME] && give_headline(sp, f) < 0)
		return -1;
	for (unsigned i = 0; i < sp->nsites; i++)
		if (!has[sp->sites[i].role] && give(f, &sp->sites[i]) < 0)
			return -1;
	return 0;
}

/* "[<0>] fn+0x1a/0x40 [mod]" */
static const char *proc_frame(const char *line)
{
	static const char head[] = "[<0>] ";

	return strncmp(line, head, sizeof(head) - 1) == 0
		       ? line + sizeof(head) - 1
		       : NULL;
}

int stack_sites(struct finding *f, const char *text)
{
	static const char start[] = "\n[<0>] ";
	char symbol[SPLAT_SYMBOL];
	const char *line = text, *p;
	struct splat sp;

	sp.kind = FINDING_NKINDS;
	sp.where[0] = '\0';
	splat_sites_clear(&sp);
	begin(&sp, SITE_FRAME, "", 0);
	for (; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		p = proc_frame(line);
		/* What a program printed before is none of it. */
		if (!p && strstr(line, start))
			splat_sites_clear(&sp), begin(&sp, SITE_FRAME, "", 0);
		else if (p && text_symbol(p, symbol, sizeof(symbol)))
			frame(&sp, symbol, false);
	}
	return splat_give_sites(&sp, f);
}
