/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Dies by the signal that its argument numbers, without a core. */
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>

int main(int argc, char **argv)
{
	struct rlimit none = {0, 0};

	setrlimit(RLIMIT_CORE, &none);
	raise(argc > 1 ? atoi(argv[1]) : SIGSEGV);
	return 0;
}
