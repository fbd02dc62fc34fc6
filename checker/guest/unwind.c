/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "agent.h"

#define HARNESS	 "/sys/module/" KILN_HARNESS "/parameters/"
#define SPANS_MAX 64 /* as many as a plan has steps */
#define FAILSLAB "/sys/kernel/debug/failslab/"

/* The kernel ticks of the step's beginning: older objects are not its. */
static unsigned long long began;
/* From when to when these steps went, in ticks: all of them. */
static unsigned long long spans[SPANS_MAX][2];
static unsigned nspans;
/* Who loaded the module in which round, from 1 on. */
static int loaders[KILN_ROUNDS_MAX + 1];
static unsigned nloaders;

/* Where a driver may leave something that has a name. */
static const char *const dirs[] = {
	"/dev",
	"/proc",
	"/sys/module",
	"/sys/kernel",
	"/sys/kernel/debug",
	"/sys/class",
	"/sys/class/misc",
	"/sys/bus",
	"/sys/bus/pci/drivers",
	"/sys/bus/platform/devices",
	"/sys/bus/platform/drivers",
};

/* What was there when the step began, as hashes of "dir/name"; 0: free. */
static unsigned long before[4096];
static unsigned nbefore;
static const char *dir;

static int write_to(const char *path, const char *data)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	int len = strlen(data);
	int ret;

	if (fd < 0)
		return -errno;
	ret = write(fd, data, len);
	ret = ret < 0 ? -errno : ret == len ? 0 : -EIO;
	close(fd);
	return ret;
}

/* "/work/my-ring.ko" is the module my_ring. */
static void module_name(char *name, unsigned size, const char *path)
{
	const char *slash = strrchr(path, '/');
	char *p;

	snprintf(name, size, "%s", slash ? slash + 1 : path);
	p = strrchr(name, '.');
	if (p)
		*p = '\0';
	for (p = name; *p; p++)
		if (*p == '-')
			*p = '_';
}

int unwind_arm(const struct step *s)
{
	char name[64], line[96];

	module_name(name, sizeof(name), s->path);
	snprintf(line, sizeof(line), "%s %u", name, s->head->nth);
	return write_to(HARNESS "arm", line);
}

void unwind_loaded_by(unsigned round, int pid)
{
	if (round > KILN_ROUNDS_MAX)
		return;
	loaders[round] = pid;
	nloaders = round + 1;
}

static unsigned round_of(int pid)
{
	for (unsigned i = 1; i < nloaders; i++)
		if (loaders[i] == pid)
			return i;
	return 0;
}

/* ---- what is left behind: names ---- */

static bool is_process(const char *name)
{
	return name[0] >= '0' && name[0] <= '9' && strcmp(dir, "/proc") == 0;
}

static unsigned long hash_of(const char *name)
{
	const char *const parts[] = {dir, "/", name};
	unsigned long h = 0xcbf29ce484222325ul;

	for (unsigned i = 0; i < 3; i++)
		for (const char *p = parts[i]; *p; p++)
			h = (h ^ (unsigned char)*p) * 0x100000001b3ul;
	return h ? h : 1;
}

/* Where the hash is, or would be. */
static unsigned long *find(unsigned long h)
{
	unsigned most = sizeof(before) / sizeof(before[0]);
	unsigned i = h % most;

	while (before[i] && before[i] != h)
		i = (i + 1) % most;
	return &before[i];
}

static void note_name(const char *name)
{
	unsigned long *slot = find(hash_of(name));

	/* One free slot ends every search. */
	if (*slot || nbefore + 1 >= sizeof(before) / sizeof(before[0]))
		return;
	*slot = hash_of(name);
	nbefore++;
}

static void tell_new_name(const char *name)
{
	char line[512];
	int len;

	if (is_process(name) || *find(hash_of(name)))
		return;
	len = snprintf(line, sizeof(line), "%s/%s\n", dir, name);
	if (len > 0 && (unsigned)len < sizeof(line))
		send_data(line, len);
}

static void each_name(void (*fn)(const char *name))
{
	for (unsigned i = 0; i < sizeof(dirs) / sizeof(dirs[0]); i++) {
		dir = dirs[i];
		probe_entries(dir, fn);
	}
}

/* ---- what is left behind: objects ---- */

static unsigned long long jiffies_now(void)
{
	const char *text = read_small(HARNESS "now", NULL);

	return text ? strtoul(text, NULL, 10) : 0;
}

static unsigned long number_after(const char *trace, const char *key,
				  char **end)
{
	const char *p = strstr(trace, key);

	*end = (char *)"";
	return p ? strtoul(p + strlen(key), end, 10) : 0;
}

static unsigned word_len(const char *p)
{
	unsigned n = 0;

	while (p[n] && p[n] != ' ' && p[n] != '\n')
		n++;
	return n;
}

/* The name of an address that the kernel has forgotten. */
static void send_address(const char *addr, unsigned len, int pid)
{
	char line[64];
	const char *name = NULL, *end;

	snprintf(line, sizeof(line), "%.*s %d", len, addr, pid);
	if (write_to(HARNESS "resolve", line) == 0)
		name = read_small(HARNESS "resolve", NULL);
	end = name ? strchr(name, '\n') : NULL;
	if (end)
		send_data(name, end - name);
	else
		send_data(addr, len);
}

/* A trace, with the names that the harness knows. */
static void send_named(const char *trace, int pid)
{
	while (*trace) {
		const char *p = strstr(trace, "0xffffffff");
		unsigned len = p ? p - trace : strlen(trace);

		send_data(trace, len);
		if (!p)
			return;
		len = word_len(p);
		send_address(p, len, pid);
		trace = p + len;
	}
}

static unsigned long long made_at(const char *trace)
{
	char *end;

	return jiffies_now() - number_after(trace, " age=", &end);
}

bool unwind_told(const char *trace)
{
	unsigned long long at = nspans ? made_at(trace) : 0;

	for (unsigned i = 0; i < nspans; i++)
		if (at >= spans[i][0] && at <= spans[i][1])
			return true;
	return false;
}

/*
 * Sent are the traces of objects that were allocated since the step began
 * by code that is gone, or on behalf of an init, each after the rounds of
 * the first and the last: "3 3 kmalloc-64 1 …".
 */
static void send_left(const char *cache, char *trace)
{
	unsigned long pid, last;
	char head[128], *end;

	if (!strstr(trace, " 0xffffffff") && !strstr(trace, " kiln_init+"))
		return;
	if (made_at(trace) < began)
		return;
	pid = last = number_after(trace, " pid=", &end);
	if (*end == '-')
		last = strtoul(end + 1, NULL, 10);
	snprintf(head, sizeof(head), "%u %u %s ", round_of(pid), round_of(last),
		 cache);
	send_data(head, strlen(head));
	send_named(trace, pid);
}

void unwind_leaks(void)
{
	const char *live;

	write_to(HARNESS "settle", "1");
	/* Walking the slabs takes a second: only if there may be something. */
	live = read_small(HARNESS "live", NULL);
	if (!live || strcmp(live, "0\n") != 0)
		probe_traces(send_left);
}

/* ---- requests ---- */

/* In this process: it is ours, and nothing of a learner's is there yet. */
static int load_harness(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int ret;

	if (fd < 0)
		return -errno;
	ret = _syscall(__NR_finit_module, fd, "", 0);
	close(fd);
	unlink(path);
	if (ret == 0)
		ret = write_to(FAILSLAB "ignore-gfp-wait", "N");
	return ret == 0 ? write_to(FAILSLAB "verbose", "0") : ret;
}

static void begin(const struct step *s)
{
	mark_begin(s->head->step);
	nloaders = 0;
	memset(before, 0, sizeof(before));
	nbefore = 0;
	each_name(note_name);
	write_to(HARNESS "arm", "- 0"); /* another name: all is forgotten */
	began = jiffies_now();
}

static void finish(void)
{
	if (nspans == SPANS_MAX)
		return;
	spans[nspans][0] = began;
	spans[nspans][1] = jiffies_now();
	nspans++;
}

bool unwind_do(unsigned type, const struct step *s)
{
	const char *text;
	unsigned len;
	int result = 0;

	switch (type) {
	case FRAME_HARNESS:
		result = load_harness(s->path);
		break;
	case FRAME_BEGIN:
		begin(s);
		break;
	case FRAME_REPORT:
		text = read_small(HARNESS "report", &len);
		if (text)
			send_data(text, len);
		break;
	case FRAME_LEFT:
		each_name(tell_new_name);
		break;
	case FRAME_FINISH:
		finish();
		mark_end(s->head->step, atoi(s->rest));
		break;
	default:
		return false;
	}
	send_answer(ANSWER_DONE, result, 0);
	return true;
}
