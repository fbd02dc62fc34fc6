/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * start: how long a shell takes to its prompt on a terminal, and its memory.
 *
 *	start ROUNDS PROMPT COMMAND [ARGUMENTS]
 *
 * From just before exec until the last byte of PROMPT has come out of the
 * terminal (80x24); then Ctrl-D. Prints "ms MEDIAN" and "mb PEAK", the peak of
 * resident memory in any round.
 */
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 101, PATIENCE_S = 20 };

static double now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec * 1e3 + (double)ts.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

/* Until @prompt stands in what came; false when it never does. */
static int wait_for(int fd, const char *prompt)
{
	static char seen[1 << 16];
	size_t have = 0;

	while (have < sizeof(seen)) {
		ssize_t n = read(fd, seen + have, sizeof(seen) - have);

		if (n <= 0)
			return 0;
		have += (size_t)n;
		if (memmem(seen, have, prompt, strlen(prompt)))
			return 1;
	}
	return 0;
}

static double one_round(const char *prompt, char **argv, long *peak_kb)
{
	struct winsize ws = {.ws_row = 24, .ws_col = 80};
	double began = now_ms(), took;
	struct rusage ru;
	int fd, status;
	char rest[4096];
	pid_t pid = forkpty(&fd, NULL, NULL, &ws);

	if (pid == 0) {
		alarm(PATIENCE_S);
		execvp(argv[0], argv);
		_exit(127);
	}
	if (pid < 0 || !wait_for(fd, prompt)) {
		fprintf(stderr, "start: %s shows no '%s'\n", argv[0], prompt);
		exit(1);
	}
	took = now_ms() - began;
	if (write(fd, "\004", 1) != 1)
		exit(1);
	while (read(fd, rest, sizeof(rest)) > 0)
		;
	wait4(pid, &status, 0, &ru);
	close(fd);
	if (ru.ru_maxrss > *peak_kb)
		*peak_kb = ru.ru_maxrss;
	return took;
}

int main(int argc, char **argv)
{
	int rounds = argc > 3 ? atoi(argv[1]) : 0;
	double took[MOST];
	long peak_kb = 0;

	if (rounds < 1 || rounds > MOST) {
		fprintf(stderr, "usage: start ROUNDS PROMPT COMMAND...\n");
		return 2;
	}
	for (int i = 0; i < rounds; i++)
		took[i] = one_round(argv[2], argv + 3, &peak_kb);
	qsort(took, (size_t)rounds, sizeof(*took), by_size);
	printf("ms %.2f\nmb %.2f\n", took[rounds / 2], (double)peak_kb / 1024);
	return 0;
}
