/* SPDX-License-Identifier: GPL-2.0 */
/* Three orders of waiter 3's for table 12, and order 1 is late. */
void demo(void);
