/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The depot: four slots with parts. Three people wrote it, in three styles,
 * and all three styles are at home in the kernel.
 */
#ifndef DEPOT_H
#define DEPOT_H

#define DEPOT_SLOTS	4

struct part;

/**
 * depot_reserve() - reserve what is in a slot
 * @slot: which
 *
 * Return: 0; -ENXIO if there is no such slot; -EBUSY if it is empty.
 */
int depot_reserve(unsigned int slot);

/**
 * depot_stock() - how many parts are in a slot?
 * @slot: which
 *
 * Return: the number, which may be 0; or -ENXIO if there is no such slot.
 */
int depot_stock(unsigned int slot);

/**
 * depot_find() - the part in a slot
 * @slot: which
 *
 * Return: the part; NULL if the slot is empty; or ERR_PTR(-ENXIO) if there is
 * no such slot.
 */
struct part *depot_find(unsigned int slot);

/**
 * depot_make() - make a part
 * @weight: in grams
 *
 * Return: a part, to be given back to depot_scrap(); or NULL if there is no
 * memory for it, or for one as heavy as that.
 */
struct part *depot_make(unsigned int weight);

/* Gives back what depot_make() made. */
void depot_scrap(struct part *part);

#endif
