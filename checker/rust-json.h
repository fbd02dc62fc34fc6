/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rust-json: what rustc prints with --error-format=json, as it prints it
 * without, but with the name of its lint in every report.
 *
 * In plain text rustc names a lint in the first report of it alone. The
 * format: rustc's book, "JSON Output". Pure: text in, text out.
 */
#ifndef CHECKER_RUST_JSON_H
#define CHECKER_RUST_JSON_H

#include "buf.h"

/* In place; lines that are no JSON of rustc's stay. -1: out of memory. */
int rust_json_render(struct buf *output);

#endif
