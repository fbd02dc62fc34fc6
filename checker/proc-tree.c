/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The tree of processes below one, from /proc, and the sweep of strays.
 *
 * Only children of ours are ever killed from here, never their children:
 * the number of a child cannot be given to another process before we reap
 * it. When a stray dies its children become ours, and the next round finds
 * them; a pid namespace dies with its first process.
 */
#include "proc-int.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SWEEP_MS   5000 /* then what is left is stuck in the kernel */
#define MAX_STRAYS 64 /* a round */
#define MAX_DEPTH  32 /* bounds the descriptors of a walk */

bool tree_always_scan;

struct stat_line {
	char state;
	pid_t ppid;
	int64_t ticks; /* utime + stime */
};

static int open_proc(pid_t pid, const char *file)
{
	char path[128];

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, file);
	return open(path, O_RDONLY | O_CLOEXEC);
}

/* Read the file up to @size - 1 bytes; -1 when it is not there. */
static ssize_t read_proc(pid_t pid, const char *file, char *to, size_t size)
{
	int fd = open_proc(pid, file);
	ssize_t n;

	if (fd < 0)
		return -1;
	do
		n = read(fd, to, size - 1);
	while (n < 0 && errno == EINTR);
	close(fd);
	if (n >= 0)
		to[n] = '\0';
	return n;
}

/* /proc/PID/stat, proc_pid_stat(5). */
static bool read_stat(pid_t pid, struct stat_line *st)
{
	unsigned long utime, stime;
	char line[1024];
	const char *p;
	int ppid;

	if (read_proc(pid, "stat", line, sizeof(line)) <= 0)
		return false;
	/* The name is the program's to choose, parentheses and all. */
	p = strrchr(line, ')');
	if (!p ||
	    sscanf(p + 1, " %c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu",
		   &st->state, &ppid, &utime, &stime) != 4)
		return false;
	st->ppid = ppid;
	st->ticks = (int64_t)utime + (int64_t)stime;
	return true;
}

static void scan_all(pid_t pid, void (*fn)(pid_t, void *), void *arg)
{
	DIR *d = opendir("/proc");
	struct stat_line st;
	struct dirent *de;

	if (!d)
		return;
	while ((de = readdir(d))) {
		pid_t other = (pid_t)atoi(de->d_name);

		if (other > 0 && read_stat(other, &st) && st.ppid == pid)
			fn(other, arg);
	}
	closedir(d);
}

/* A list of numbers, each with a space behind it, however long. */
static void parse_children(int fd, void (*fn)(pid_t, void *), void *arg)
{
	char chunk[1024];
	pid_t pid = 0;
	ssize_t n;

	while ((n = read(fd, chunk, sizeof(chunk))) > 0) {
		for (ssize_t i = 0; i < n; i++) {
			if (isdigit((unsigned char)chunk[i])) {
				pid = pid * 10 + (chunk[i] - '0');
			} else if (pid > 0) {
				fn(pid, arg);
				pid = 0;
			}
		}
	}
}

static bool kernel_lists_children(void)
{
	static int known; /* 0: not asked yet */
	char file[64];

	if (!known) {
		snprintf(file, sizeof(file), "/proc/self/task/%d/children",
			 (int)getpid());
		known = access(file, R_OK) == 0 ? 1 : -1;
	}
	return known > 0 && !tree_always_scan;
}

void tree_each_child(pid_t pid, void (*fn)(pid_t child, void *arg), void *arg)
{
	struct dirent *de;
	char path[64];
	DIR *tasks;

	if (!kernel_lists_children()) {
		scan_all(pid, fn, arg);
		return;
	}
	snprintf(path, sizeof(path), "/proc/%d/task", (int)pid);
	tasks = opendir(path);
	if (!tasks)
		return;
	/* Each thread has its own children. */
	while ((de = readdir(tasks))) {
		char file[64];
		int fd;

		if (de->d_name[0] == '.')
			continue;
		snprintf(file, sizeof(file), "task/%.20s/children", de->d_name);
		fd = open_proc(pid, file);
		if (fd < 0)
			continue;
		parse_children(fd, fn, arg);
		close(fd);
	}
	closedir(tasks);
}

struct cpu_walk {
	int64_t ticks;
	unsigned depth;
};

static void add_cpu(pid_t pid, void *arg)
{
	struct cpu_walk *w = arg;
	struct stat_line st;

	if (!read_stat(pid, &st))
		return;
	w->ticks += st.ticks;
	if (w->depth >= MAX_DEPTH)
		return;
	w->depth++;
	tree_each_child(pid, add_cpu, w);
	w->depth--;
}

struct tree_walk {
	void (*fn)(pid_t pid, void *arg);
	void *arg;
	int depth;
};

static void visit(pid_t pid, void *arg)
{
	struct tree_walk *w = arg;

	w->fn(pid, w->arg);
	if (w->depth >= MAX_DEPTH)
		return;
	w->depth++;
	tree_each_child(pid, visit, w);
	w->depth--;
}

void tree_each(pid_t pid, void (*fn)(pid_t pid, void *arg), void *arg)
{
	struct tree_walk w = {.fn = fn, .arg = arg};

	visit(pid, &w);
}

int64_t tree_cpu_ms(pid_t pid)
{
	struct cpu_walk w = {0};
	struct stat_line st;

	if (!read_stat(pid, &st))
		return -1;
	add_cpu(pid, &w);
	return w.ticks * 1000 / sysconf(_SC_CLK_TCK);
}

/* The second number of schedstat, Documentation/scheduler/sched-stats.rst. */
static void add_waited(pid_t pid, void *arg)
{
	char path[64], line[128];
	struct dirent *de;
	DIR *tasks;

	snprintf(path, sizeof(path), "/proc/%d/task", (int)pid);
	tasks = opendir(path);
	while (tasks && (de = readdir(tasks))) {
		unsigned long long ran, waited;

		if (de->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "task/%.20s/schedstat",
			 de->d_name);
		if (read_proc(pid, path, line, sizeof(line)) > 0 &&
		    sscanf(line, "%llu %llu", &ran, &waited) == 2)
			*(uint64_t *)arg += waited;
	}
	if (tasks)
		closedir(tasks);
}

int64_t tree_waited_ms(pid_t pid)
{
	uint64_t ns = 0;

	tree_each(pid, add_waited, &ns);
	return (int64_t)(ns / 1000000);
}

struct strays {
	pid_t v[MAX_STRAYS];
	size_t n;
};

static void add_stray(pid_t pid, void *arg)
{
	struct strays *s = arg;

	if (s->n < MAX_STRAYS && !proc_is_known(pid))
		s->v[s->n++] = pid;
}

static void note_living_stray(pid_t pid, void *arg)
{
	struct stat_line st;

	if (!proc_is_known(pid) && read_stat(pid, &st) && st.state != 'Z')
		*(bool *)arg = true;
}

bool tree_has_strays(void)
{
	bool any = false;

	tree_each_child(getpid(), note_living_stray, &any);
	return any;
}

/* Returns its CPU time; one that does not die in time is left behind. */
static int64_t reap_stray(pid_t pid, int64_t deadline)
{
	struct timespec pause = {.tv_nsec = 100000};
	struct rusage ru;
	pid_t got;

	while ((got = wait4(pid, NULL, WNOHANG, &ru)) == 0) {
		if (mono_ms() >= deadline)
			return 0;
		nanosleep(&pause, NULL);
		if (pause.tv_nsec < 10000000)
			pause.tv_nsec *= 2;
	}
	if (got < 0)
		return 0;
	return ((int64_t)ru.ru_utime.tv_sec + ru.ru_stime.tv_sec) * 1000000 +
	       ru.ru_utime.tv_usec + ru.ru_stime.tv_usec;
}

int64_t tree_sweep(void)
{
	int64_t deadline = mono_ms() + SWEEP_MS;
	int64_t cpu_us = 0;
	struct strays s;

	do {
		s.n = 0;
		tree_each_child(getpid(), add_stray, &s);
		for (size_t i = 0; i < s.n; i++)
			kill(s.v[i], SIGKILL);
		for (size_t i = 0; i < s.n; i++)
			cpu_us += reap_stray(s.v[i], deadline);
	} while (s.n > 0 && mono_ms() < deadline);
	return cpu_us;
}
