// SPDX-License-Identifier: GPL-2.0
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/mutex.h>
#include <linux/types.h>

#include "sensors.h"

static DEFINE_MUTEX(rack_lock);
static unsigned int visits;

static struct {
	bool plugged;
	int celsius;
} sensors[RACK_SLOTS] = {
	[0] = { true, 41 },
	[2] = { true, 38 },
	[5] = { true, 71 },
	[6] = { true, 44 },
};

int rack_for_each(int (*visit)(unsigned int slot, int celsius, void *ctx),
		  void *ctx)
{
	int ret = -ENODEV;

	mutex_lock(&rack_lock);
	for (unsigned int slot = 0; slot < RACK_SLOTS; slot++) {
		if (!sensors[slot].plugged)
			continue;

		visits++;
		ret = visit(slot, sensors[slot].celsius, ctx);
		if (ret)
			break;
	}
	mutex_unlock(&rack_lock);

	return ret;
}

static int (*watch_fn)(unsigned int slot, int celsius, void *ctx);
static void *watch_ctx;

/* Keeps both, and calls the function whenever a sensor is plugged in. */
void rack_watch(int (*fn)(unsigned int slot, int celsius, void *ctx), void *ctx)
{
	mutex_lock(&rack_lock);
	watch_fn = fn;
	watch_ctx = ctx;
	mutex_unlock(&rack_lock);
}

void rack_plug(unsigned int slot, int celsius)
{
	mutex_lock(&rack_lock);
	sensors[slot].plugged = true;
	sensors[slot].celsius = celsius;
	if (watch_fn)
		watch_fn(slot, celsius, watch_ctx);
	mutex_unlock(&rack_lock);
}
EXPORT_SYMBOL_GPL(rack_plug);

void rack_unplug(unsigned int slot)
{
	mutex_lock(&rack_lock);
	sensors[slot].plugged = false;
	mutex_unlock(&rack_lock);
}
EXPORT_SYMBOL_GPL(rack_unplug);

unsigned int rack_visits(void)
{
	return visits;
}
EXPORT_SYMBOL_GPL(rack_visits);
