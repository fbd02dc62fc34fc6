// SPDX-License-Identifier: GPL-2.0
/* What x.rs needs of C. */
int x_double(int n);

int x_double(int n)
{
	return 2 * n;
}
