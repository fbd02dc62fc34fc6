// SPDX-License-Identifier: GPL-2.0
int main(void)
{
	return no_such_thing;
}
