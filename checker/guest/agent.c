/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "agent.h"

static int port = -1;
static int kmsg_fd = -1;
static unsigned short seq;
static char nonce[KILN_NONCE_LEN + 1];

/* The largest frame, and a NUL to end what it holds as a string. */
static char frame[KILN_FRAME_MAX + 1];

unsigned long long now_us(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000ull + ts.tv_nsec / 1000;
}

void kmsg(const char *text)
{
	if (kmsg_fd >= 0)
		write(kmsg_fd, text, strlen(text));
}

/* Nothing can be told to anybody: leave a word in the log, and stop. */
static void die(const char *why)
{
	kmsg(why);
	reboot(LINUX_REBOOT_CMD_RESTART);
	for (;;)
		sleep(1000);
}

static void port_write(const char *p, unsigned len)
{
	while (len > 0) {
		ssize_t n = write(port, p, len);

		if (n < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (n <= 0)
			die("kiln: agent: the job port is gone\n");
		p += n;
		len -= n;
	}
}

/*
 * Until something is asked of us. A poll of the inbox costs next to nothing,
 * and a snapshot is made, and resumed, in the midst of this.
 */
static void await_request(void)
{
	struct pollfd p = {.fd = port, .events = POLLIN};

	while (!inbox_left() && (poll(&p, 1, 0) <= 0 || !(p.revents & POLLIN)))
		usleep(1000);
}

/* Reading gives 0 while no host is there, as it is during a snapshot. */
static void port_read(char *p, unsigned len)
{
	while (len > 0) {
		ssize_t n = read(port, p, len);

		if (n < 0 && errno != EINTR && errno != EAGAIN)
			die("kiln: agent: the job port is gone\n");
		if (n <= 0) {
			usleep(1000);
			continue;
		}
		p += n;
		len -= n;
	}
}

int port_fd(void)
{
	return port;
}

/* A frame lies in one of the two whole. */
static void request_read(char *p, unsigned len)
{
	unsigned left = inbox_left();

	if (left == 0)
		port_read(p, len);
	else if (left >= len)
		inbox_read(p, len);
	else
		die("kiln: agent: the inbox ends in the midst of a request\n");
}

static void send_frame(unsigned type, const void *data, unsigned len)
{
	struct frame_head h = {.len = len, .type = type, .seq = seq};

	port_write((const char *)&h, sizeof(h));
	port_write(data, len);
}

void send_data(const void *data, unsigned len)
{
	const char *p = data;

	while (len > 0) {
		unsigned n = len < KILN_FRAME_MAX ? len : KILN_FRAME_MAX;

		send_frame(FRAME_DATA, p, n);
		p += n;
		len -= n;
	}
}

void send_answer(enum answer_how how, int result, unsigned long long us)
{
	struct frame_answer a = {
		.how = how,
		.result = result,
		.guest_us = us,
	};

	send_frame(FRAME_ANSWER, &a, sizeof(a));
}

const char *read_small(const char *path, unsigned *len)
{
	static char text[8192];
	int fd = open(path, O_RDONLY);
	ssize_t n;

	if (fd < 0)
		return NULL;
	n = read(fd, text, sizeof(text) - 1);
	close(fd);
	if (n < 0)
		return NULL;
	text[n] = '\0';
	if (len)
		*len = n;
	return text;
}

/* The port's number is the kernel's choice; its name is ours. */
static int open_port(void)
{
	char path[64];

	for (int dev = 0; dev < 4; dev++) {
		for (int nr = 0; nr < 4; nr++) {
			const char *name;

			snprintf(path, sizeof(path),
				 "/sys/class/virtio-ports/vport%dp%d/name",
				 dev, nr);
			name = read_small(path, NULL);
			if (!name || strncmp(name, KILN_PORT "\n",
					     sizeof(KILN_PORT)) != 0)
				continue;
			snprintf(path, sizeof(path), "/dev/vport%dp%d", dev,
				 nr);
			return open(path, O_RDWR | O_CLOEXEC);
		}
	}
	return -1;
}

static void do_start(const char *p, unsigned len)
{
	struct frame_start s;

	if (len != sizeof(s)) {
		send_answer(ANSWER_BAD_REQUEST, 0, 0);
		return;
	}
	memcpy(&s, p, sizeof(s));
	memcpy(nonce, s.nonce, KILN_NONCE_LEN);
	ground_reseed(s.entropy);
	chaos_start(s.chaos);
	send_answer(ANSWER_DONE, 0, 0);
}

/* The folders above @path. */
static void make_parents(const char *path)
{
	char dir[256];

	snprintf(dir, sizeof(dir), "%s", path);
	for (char *p = strchr(dir + 1, '/'); p; p = strchr(p + 1, '/')) {
		*p = '\0';
		mkdir(dir, 0755);
		*p = '/';
	}
}

static int put_file(const char *path, unsigned mode, const char *data,
		    unsigned len)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND, mode);
	int result = 0;

	if (fd < 0 && errno == ENOENT) {
		make_parents(path);
		fd = open(path, O_WRONLY | O_CREAT | O_APPEND, mode);
	}
	if (fd < 0)
		return -errno;
	while (len > 0 && result == 0) {
		ssize_t n = write(fd, data, len);

		if (n <= 0)
			result = n < 0 ? -errno : -ENOSPC;
		else
			data += n, len -= n;
	}
	close(fd);
	return result;
}

static void do_put(const char *p, unsigned len)
{
	struct frame_put head;
	char path[256];

	if (len < sizeof(head)) {
		send_answer(ANSWER_BAD_REQUEST, 0, 0);
		return;
	}
	memcpy(&head, p, sizeof(head));
	p += sizeof(head);
	len -= sizeof(head);
	if (head.path_len >= sizeof(path) || head.path_len > len) {
		send_answer(ANSWER_BAD_REQUEST, 0, 0);
		return;
	}
	memcpy(path, p, head.path_len);
	path[head.path_len] = '\0';
	send_answer(ANSWER_DONE,
		    put_file(path, head.mode, p + head.path_len,
			     len - head.path_len),
		    0);
}

static void do_step(unsigned type, const char *p, unsigned len)
{
	struct frame_step head;
	struct step s = {.head = &head};

	if (len < sizeof(head)) {
		send_answer(ANSWER_BAD_REQUEST, 0, 0);
		return;
	}
	memcpy(&head, p, sizeof(head));
	p += sizeof(head);
	len -= sizeof(head);
	if (head.path_len >= sizeof(s.path) || head.path_len > len) {
		send_answer(ANSWER_BAD_REQUEST, 0, 0);
		return;
	}
	memcpy(s.path, p, head.path_len);
	s.rest = p + head.path_len;
	s.rest_len = len - head.path_len;
	step_do(type, &s);
}

/* The marker lines by which the host cuts the log into steps. */
void mark_begin(int step)
{
	char line[96];

	snprintf(line, sizeof(line), "<6>kiln: %s begin %d\n", nonce, step);
	kmsg(line);
}

void mark_end(int step, int result)
{
	char line[96];

	snprintf(line, sizeof(line), "<6>kiln: %s end %d %d\n", nonce, step,
		 result);
	kmsg(line);
}

void mark_round(int step, unsigned round)
{
	char line[96];

	snprintf(line, sizeof(line), "<6>kiln: %s round %d %u\n", nonce, step,
		 round);
	kmsg(line);
}

static void do_end(void)
{
	char line[96];

	snprintf(line, sizeof(line), "<6>kiln: %s done\n", nonce);
	kmsg(line);
	send_answer(ANSWER_DONE, 0, now_us());
}

/* A measure for the host: what a busy second of ours costs it. */
static void do_spin(const char *p, unsigned len)
{
	unsigned ms = 0;
	unsigned long long end;

	if (len == sizeof(ms))
		memcpy(&ms, p, len);
	end = now_us() + ms * 1000ull;
	while (now_us() < end)
		;
	send_answer(ANSWER_DONE, 0, ms * 1000ull);
}

static void read_body(const struct frame_head *h,
		      void (*read_it)(char *p, unsigned len))
{
	if (h->len > KILN_FRAME_MAX)
		die("kiln: agent: a request is too long\n");
	read_it(frame, h->len);
	frame[h->len] = '\0';
}

bool port_request(struct frame_head *h, const char **body)
{
	struct pollfd p = {.fd = port, .events = POLLIN};

	if (poll(&p, 1, 0) <= 0 || !(p.revents & POLLIN))
		return false;
	port_read((char *)h, sizeof(*h));
	read_body(h, port_read);
	*body = frame;
	return true;
}

static void serve(const struct frame_head *h)
{
	seq = h->seq;
	switch (h->type) {
	case FRAME_START:
		do_start(frame, h->len);
		break;
	case FRAME_PUT:
		do_put(frame, h->len);
		break;
	case FRAME_KUNIT:
		probe_kunit();
		send_answer(ANSWER_DONE, 0, 0);
		break;
	case FRAME_END:
		do_end();
		break;
	case FRAME_SPIN:
		do_spin(frame, h->len);
		break;
	case FRAME_SHELL:
		shell_do(frame, h->len);
		break;
	case FRAME_RESIZE:
		break; /* the shell ended just then */
	case FRAME_RESET:
		reboot(LINUX_REBOOT_CMD_RESTART);
		break;
	default:
		do_step(h->type, frame, h->len);
		break;
	}
}

int main(void)
{
	struct frame_hello hello = {.proto = KILN_PROTO, .pid = getpid()};

	ground_mount();
	kmsg_fd = open("/dev/kmsg", O_WRONLY | O_CLOEXEC);
	ground_suites();
	port = open_port();
	if (port < 0)
		die("kiln: agent: there is no port " KILN_PORT "\n");
	/* The kernel says once that it has enough: not in a learner's log. */
	ground_reseed((const unsigned char[KILN_ENTROPY_LEN]){0});
	if (!inbox_open())
		die("kiln: agent: there is no inbox\n");
	/*
	 * Let the boot's last kernel threads come to rest, so that they are
	 * not part of every run. Guest time is free while it sleeps.
	 */
	sleep(2);
	send_frame(FRAME_HELLO, &hello, sizeof(hello));
	for (;;) {
		struct frame_head h;

		await_request();
		request_read((char *)&h, sizeof(h));
		read_body(&h, request_read);
		serve(&h);
	}
}
