/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Water meters, and a table of them.
 *
 * Every meter has a count of the references to it, a kref, from the moment
 * it is made. It lives as long as there is one; who puts the last one frees
 * it. The table holds one for each meter that is listed.
 *
 * All functions may be called from any thread, any number of them at once.
 * meter_get(), meter_put() and meter_litres() never sleep; the others may, for
 * they take a mutex.
 */
#ifndef METER_H
#define METER_H

#include <linux/types.h>

struct meter;

/**
 * meter_find() - look a meter up
 * @id: its number
 *
 * Return: the meter, with a reference that the caller must put; or NULL if
 * none of that number is listed.
 */
struct meter *meter_find(unsigned int id);

/**
 * meter_get() - take one more reference
 * @m: a meter that is sure to live until the function returns
 */
void meter_get(struct meter *m);

/**
 * meter_put() - give a reference back
 * @m: a meter that the caller has a reference to, which is gone afterwards
 *
 * Frees the meter if this was the last one.
 */
void meter_put(struct meter *m);

/**
 * meter_litres() - how much has flowed so far
 * @m: a meter that is sure to live until the function returns
 */
unsigned int meter_litres(const struct meter *m);

/**
 * meter_set_main() - say which meter is the main one
 * @m: the meter, or NULL for none
 *
 * Takes over the caller's reference to @m, and keeps it.
 *
 * Return: the main meter so far, with the reference that was kept for it,
 * which the caller must put; or NULL if there was none.
 */
struct meter *meter_set_main(struct meter *m);

/* The rest is for who runs the meters, and for tests. */

int meter_add(unsigned int id, unsigned int litres);	/* lists a new one */
void meter_remove(unsigned int id);	/* takes it off the table, if there */
unsigned int meter_id(const struct meter *m);
unsigned int meter_refs(const struct meter *m);	/* how many there are now */
unsigned int meters_alive(void);
void meters_stop(void);	/* no main meter, an empty table: at the end */

#endif
