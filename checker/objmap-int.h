/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the files of objmap share; for them alone.
 *
 * The answer of the guarded process, a record a line, its fields behind
 * tabs; numbers in hexadecimal:
 *
 *   S kind size name                 sections, from 0 on
 *   Y section value size flags name  symbols, from 0 on; flags: f n
 *   R section offset addend relative symbol
 *   T section offset text            a string
 *   L section address line file
 *   F section address line rust name linkage file
 *   I section address line rust name linkage file
 */
#ifndef CHECKER_OBJMAP_INT_H
#define CHECKER_OBJMAP_INT_H

#include "buf.h"
#include "objmap.h"

#include <elfutils/libdwfl.h>

#define OBJMAP_MAX 200000 /* records of a kind */

/* Text for a field: no tabs, no newlines, valid UTF-8, not endless. */
void objmap_add_text(struct buf *out, const char *s);

/* S, Y, R and T. -1: this is no object. */
int objmap_elf(struct buf *out, Elf *elf);
/* L, F and I, as far as there is DWARF. */
void objmap_dwarf(struct buf *out, const char *path);

#endif
