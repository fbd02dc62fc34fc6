/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * splat-int: what the files of the headlines share, and nobody else sees.
 *
 * splat-head.c has the table of headlines; splat-fill.c and splat-warn.c
 * take each apart; splat-detail.c adds what the lines below a headline say. A fill function takes out what identifies no fault
 * (process, CPU, address) and may say that it is no headline after all. The
 * line is a copy of at most SPLAT_TEXT bytes, to be cut freely.
 */
#ifndef CHECKER_SPLAT_INT_H
#define CHECKER_SPLAT_INT_H

#include "splat.h"

bool fill_plain(struct splat *sp, char *s);
bool fill_kasan(struct splat *sp, char *s);
bool fill_fault(struct splat *sp, char *s);
bool fill_oops(struct splat *sp, char *s);
bool fill_bug(struct splat *sp, char *s);
bool fill_rust(struct splat *sp, char *s);
bool fill_ubsan(struct splat *sp, char *s);
bool fill_scheduling(struct splat *sp, char *s);
bool fill_lockup(struct splat *sp, char *s);
bool fill_hard_lockup(struct splat *sp, char *s);
bool fill_hung(struct splat *sp, char *s);
bool fill_rcu(struct splat *sp, char *s);
bool fill_panic(struct splat *sp, char *s);
bool fill_slub(struct splat *sp, char *s);
bool fill_spinlock(struct splat *sp, char *s);
bool fill_workqueue(struct splat *sp, char *s);
bool fill_kmemleak(struct splat *sp, char *s);
bool fill_other_bug(struct splat *sp, char *s);
bool fill_warning(struct splat *sp, char *s); /* splat-warn.c */

/*
 * splat-detail.c: what tells faults with one headline from each other, put
 * at the end of the title. @address: hexadecimal, of a page fault.
 */
void splat_detail(struct splat *sp, const char *s, size_t len);
void detail_address(struct splat *sp, const char *address);
bool detail_in_modules(const char *address);

/* End the string where @what stands in it, if it does. */
void head_cut_at(char *s, const char *what);
void head_append(char *to, size_t cap, const char *s);
/* Scrub @s, and make it the title. */
void head_title(struct splat *sp, char *s);

#endif
