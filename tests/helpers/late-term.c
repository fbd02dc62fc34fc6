/* SPDX-License-Identifier: GPL-2.0-or-later */
/* On TERM it cleans up for 700 ms, says so, and ends with 0. */
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static volatile sig_atomic_t asked;

static void on_term(int sig)
{
	(void)sig;
	asked = 1;
}

int main(void)
{
	signal(SIGTERM, on_term);
	puts("ready");
	fflush(stdout);
	while (!asked)
		pause();
	usleep(700000);
	puts("clean");
	return 0;
}
