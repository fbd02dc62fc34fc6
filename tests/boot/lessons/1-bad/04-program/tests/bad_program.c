// SPDX-License-Identifier: GPL-2.0
/* A test that goes as wrong as the module tells it to go. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void print_lines(size_t bytes)
{
	static const char line[] = "# a line of 64 bytes, of which there are "
				   "a great many more to come\n";

	for (size_t n = 0; n < bytes; n += sizeof(line) - 1)
		fputs(line, stdout);
}

static void go_wrong(const char *mode)
{
	if (strcmp(mode, "loop") == 0)
		for (;;)
			__asm__ volatile("");
	if (strcmp(mode, "sleep") == 0)
		sleep(3600);
	if (strcmp(mode, "print") == 0)
		print_lines(10 << 20);
	if (strcmp(mode, "print-on") == 0)
		for (;;)
			print_lines(1 << 20);
	if (strcmp(mode, "crash") == 0)
		*(volatile int *)8 = 0;
	if (strcmp(mode, "exit") == 0)
		exit(7);
	if (strcmp(mode, "abort") == 0)
		abort();
	/* One that stays behind and holds its output open. */
	if (strcmp(mode, "daemon") == 0 && fork() == 0) {
		setsid();
		for (;;)
			pause();
	}
	/*
	 * One that goes on printing when its parent has answered and left.
	 * The answer comes first: in the midst of it there would be a race.
	 */
	if (strcmp(mode, "fork") == 0) {
		printf("ok 1 - well\n");
		fflush(stdout);
		if (fork() != 0)
			exit(0);
		for (;;)
			print_lines(1 << 20);
	}
}

int main(void)
{
	char mode[32] = "";
	FILE *f = fopen("/sys/module/bad/parameters/mode", "r");

	printf("TAP version 13\n1..1\n");
	if (!f || !fgets(mode, sizeof(mode), f))
		return 2;
	fclose(f);
	mode[strcspn(mode, "\n")] = '\0';
	fflush(stdout);
	go_wrong(mode);
	printf("ok 1 - well\n");
	return 0;
}
