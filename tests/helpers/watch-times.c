/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * watch-times KILN LESSON FILE: how soon `kiln watch` sees a save, and
 * answers a key while a check runs. Drives it on a terminal of its own; FILE
 * is the learner's, and holds work that builds. Two lines on stdout, each a
 * median and the longest in ms:
 *
 *   save-to-check 12.1 14.0
 *   key-to-echo 0.3 0.9
 */
#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { TIMES = 9, PATIENCE_MS = 120000 };

static int tty;
static char seen[1 << 16]; /* since the last forget() */
static size_t nseen;

static double now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec * 1e3 + (double)ts.tv_nsec / 1e6;
}

static void forget(void)
{
	nseen = 0;
	seen[0] = '\0';
}

/* Take in what comes within @ms; false: nothing did. */
static bool take(int ms)
{
	struct pollfd p = {.fd = tty, .events = POLLIN};
	ssize_t n;

	if (poll(&p, 1, ms) <= 0)
		return false;
	if (nseen > sizeof(seen) / 2)
		forget();
	n = read(tty, seen + nseen, sizeof(seen) - nseen - 1);
	if (n <= 0) {
		fprintf(stderr, "watch-times: it has ended:\n%s\n", seen);
		exit(1);
	}
	nseen += (size_t)n;
	seen[nseen] = '\0';
	return true;
}

/* When @text was there. */
static double wait_for(const char *text)
{
	double end = now_ms() + PATIENCE_MS;

	while (!strstr(seen, text)) {
		if (now_ms() > end) {
			fprintf(stderr, "watch-times: no '%s' in:\n%s\n", text,
				seen);
			exit(1);
		}
		take(1000);
	}
	return now_ms();
}

static void save(const char *path, const char *text, size_t len)
{
	char tmp[4200];
	FILE *f;

	snprintf(tmp, sizeof(tmp), "%s.new", path);
	f = fopen(tmp, "w");
	if (!f || fwrite(text, 1, len, f) != len || fclose(f) != 0 ||
	    rename(tmp, path) < 0) {
		perror(path);
		exit(1);
	}
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static void tell(const char *what, double *v, size_t n)
{
	qsort(v, n, sizeof(*v), by_value);
	printf("%s %.1f %.1f\n", what, v[n / 2], v[n - 1]);
}

static char *read_all(const char *path, size_t *len)
{
	FILE *f = fopen(path, "r");
	char *s = malloc(1 << 20);

	if (!f || !s) {
		perror(path);
		exit(1);
	}
	*len = fread(s, 1, 1 << 20, f);
	fclose(f);
	return s;
}

/* A line of the block, which only a check that has just begun is without. */
static double save_to_check(const char *path, const char *text, size_t len)
{
	double began;

	while (take(300))
		;
	forget();
	save(path, text, len);
	began = now_ms();
	/* On the screen before the process is made, and with the stage after. */
	return wait_for("stage") - began;
}

/* Of the question, and of the keys that come back, in turns. */
static double key_to_echo(unsigned i)
{
	double began;

	take(20);
	forget();
	began = now_ms();
	if (write(tty, i % 2 ? "z" : "r", 1) != 1)
		exit(1);
	return wait_for(i % 2 ? "quit" : "Reset") - began;
}

int main(int argc, char **argv)
{
	struct winsize size = {.ws_row = 24, .ws_col = 80};
	double saves[TIMES], keys[2 * TIMES];
	size_t len;
	char *text;
	pid_t pid;

	if (argc != 4) {
		fprintf(stderr, "usage: watch-times KILN LESSON FILE\n");
		return 2;
	}
	/* What hangs ends, and the terminal's end ends watch. */
	alarm(180);
	text = read_all(argv[3], &len);
	pid = forkpty(&tty, NULL, NULL, &size);
	if (pid == 0) {
		setenv("TERM", "xterm", 1);
		execl(argv[1], "kiln", "watch", argv[2], (char *)NULL);
		_exit(127);
	}
	wait_for(" points.");
	for (unsigned i = 0; i < TIMES; i++) {
		saves[i] = save_to_check(argv[3], text, len);
		wait_for("build");
		keys[2 * i] = key_to_echo(0);
		keys[2 * i + 1] = key_to_echo(1);
	}
	/* A q may be asked about; this is not. */
	if (write(tty, "\003", 1) != 1)
		kill(pid, SIGTERM);
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
	tell("save-to-check", saves, TIMES);
	tell("key-to-echo", keys, 2 * TIMES);
	free(text);
	return 0;
}
