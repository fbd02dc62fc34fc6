/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ram-pages: which pages of a resumed guest's RAM were written to.
 *
 * QEMU maps the snapshot's file privately, so that a page which the guest
 * writes to becomes one of QEMU's own: bit 61 of its pagemap entry, "page is
 * file-page", goes (Documentation/admin-guide/mm/pagemap.rst). That stays so,
 * whatever is written there later.
 */
#ifndef CHECKER_RAM_PAGES_H
#define CHECKER_RAM_PAGES_H

#include <stddef.h>
#include <stdint.h>

#define RAM_PAGE ((uint64_t)4096)

#define RAM_PAGES_LOST UINT64_MAX /* it cannot be told any more */

struct proc;
struct ram_pages;

/*
 * @p: QEMU, or what it runs below; @ram_fd: the snapshot's file, as large as
 * the RAM is. NULL when this host does not show it, which some containers
 * do not.
 */
struct ram_pages *ram_pages_open(const struct proc *p, int ram_fd);
void ram_pages_close(struct ram_pages *r);

/*
 * The first page at or after @from that was written to, as a physical
 * address, or @to when there is none before it, or RAM_PAGES_LOST.
 */
uint64_t ram_pages_written(const struct ram_pages *r, uint64_t from,
			   uint64_t to);

#endif
