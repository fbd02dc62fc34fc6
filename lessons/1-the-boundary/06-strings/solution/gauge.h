/* SPDX-License-Identifier: GPL-2.0 */
/* What gauge.ko offers to other modules. Both are written in Rust. */
#ifndef GAUGE_H
#define GAUGE_H

#include <linux/types.h>

/**
 * gauge_parse() - take a line "NAME=NUMBER" apart
 * @line: the line, NUL-terminated, or NULL if there is none
 * @name: where the name goes, with a NUL behind it
 * @size: the room at @name, in bytes; may be 0
 * @value: where the number goes
 *
 * NAME is all that stands before the first '=': one byte or more, in whatever
 * encoding. NUMBER is decimal, or hexadecimal after 0x, or octal after 0, and
 * fits into an unsigned int; other forms, as +5 and 0b101, may be refused. One
 * newline at the end of the line is no part of it: "echo depth=12 > …" sends
 * one.
 *
 * Return: 0; -EINVAL if there is no line, no name, or no such number;
 * -ENAMETOOLONG if there is no room for the name and its NUL. Nothing is
 * written unless it is 0.
 */
int gauge_parse(const char *line, char *name, size_t size, unsigned int *value);

/**
 * gauge_show() - show "NAME: VALUE" on the panel
 * @name: the name, NUL-terminated, or NULL if there is none
 * @value: the number, shown in decimal
 *
 * What is not printable ASCII in the name is shown as \xNN, in lower case.
 *
 * Return: 0; -EINVAL if there is no name; -ENOMEM; or what panel_show() said.
 */
int gauge_show(const char *name, unsigned int value);

#endif
