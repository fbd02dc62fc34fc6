// SPDX-License-Identifier: GPL-2.0
/* EXPORT_SYMBOL() exists in C only; these functions are in panel_rs.rs. */
#include <linux/export.h>

#include "panel.h"

#define EXPORT_FROM_RUST EXPORT_SYMBOL_GPL

EXPORT_FROM_RUST(panel_show);
EXPORT_FROM_RUST(panel_alarm);
EXPORT_FROM_RUST(panel_litres);
EXPORT_FROM_RUST(panel_promote);
EXPORT_FROM_RUST(panel_clear);
