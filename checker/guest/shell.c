/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A person at the console. The shell is busybox's, which the host has put
 * there; it runs on the UART's terminal, where the kernel prints as well. We
 * stay what PID 1 is: poweroff, halt and reboot of busybox send it a signal,
 * and here all three end the visit.
 */
#include "agent.h"

#include <asm/ioctls.h>
#include <asm/termios.h>
#include <linux/signalfd.h>

#define TTY "/dev/ttyS0"
#define RC  "/tmp/.shrc"

/* As the kernel has them: a bit for each, from 1 on. */
#define BIT(sig) (1ull << ((sig)-1))

static const unsigned long long wanted =
	BIT(SIGCHLD) | BIT(SIGUSR1) | BIT(SIGUSR2) | BIT(SIGTERM);

static int mask(int how)
{
	return _syscall(__NR_rt_sigprocmask, how, &wanted, NULL,
			sizeof(wanted));
}

static int run(char *const argv[])
{
	int pid = fork(), status = -1;

	if (pid == 0) {
		execve(KILN_SHELL, argv, NULL);
		_exit(127);
	}
	if (pid > 0)
		waitpid(pid, &status, 0);
	return status;
}

/* Each applet by its name; and what scripts of the kernel's world expect. */
static int install(void)
{
	char *links[] = {"busybox", "--install", "-s", "/bin", NULL};

	mkdir("/bin", 0755);
	symlink("/bin", "/sbin");
	mkdir(KILN_LESSON, 0755);
	return run(links);
}

/*
 * An interactive shell of busybox's introduces itself on its standard output,
 * in three lines; this is read after that.
 */
static void write_rc(void)
{
	static const char text[] = "exec >" TTY "\n";
	int fd = open(RC, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	write(fd, text, sizeof(text) - 1);
	close(fd);
}

static void resize(int tty, const struct frame_shell *s)
{
	struct winsize w = {.ws_row = s->rows, .ws_col = s->columns};

	if (s->rows && s->columns)
		ioctl(tty, TIOCSWINSZ, &w);
}

static void be_shell(const struct frame_shell *s, const char *term)
{
	char kind[80];
	char *envp[] = {"PATH=/bin",
			"HOME=" KILN_LESSON,
			"PS1=guest# ",
			"USER=root",
			"LOGNAME=root",
			"SHELL=/bin/sh",
			"ENV=" RC,
			kind,
			NULL};
	char *person[] = {"sh", "-i", NULL};
	char *script[] = {"sh", KILN_SCRIPT, NULL};
	int tty, null;

	mask(1); /* SIG_UNBLOCK */
	setsid();
	tty = open(TTY, O_RDWR);
	null = open("/dev/null", O_RDWR);
	ioctl(tty, TIOCSCTTY, 1);
	dup2(s->script ? null : tty, 0);
	dup2(s->script ? tty : null, 1);
	dup2(tty, 2);
	snprintf(kind, sizeof(kind), "TERM=%s", *term ? term : "dumb");
	chdir(KILN_LESSON);
	execve(KILN_SHELL, s->script ? script : person, envp);
	_exit(127);
}

static void take_request(int tty)
{
	struct frame_shell s;
	struct frame_head h;
	const char *body;

	if (!port_request(&h, &body) || h.type != FRAME_RESIZE ||
	    h.len < sizeof(s))
		return;
	memcpy(&s, body, sizeof(s));
	resize(tty, &s);
}

/* True: it is over, and *@status says how the shell ended. */
static bool take_signal(int signals, int shell, int *status)
{
	struct signalfd_siginfo info;
	bool over = false;
	int pid, st;

	if (read(signals, &info, sizeof(info)) != sizeof(info))
		return false;
	*status = 0;
	if (info.ssi_signo != SIGCHLD)
		return true;
	while ((pid = waitpid(-1, &st, WNOHANG)) > 0) {
		if (pid != shell)
			continue;
		over = true;
		*status = WIFEXITED(st) ? WEXITSTATUS(st) : 128 + WTERMSIG(st);
	}
	return over;
}

static int attend(int shell, int tty, int signals)
{
	struct pollfd fds[] = {
		{.fd = signals, .events = POLLIN},
		{.fd = port_fd(), .events = POLLIN},
	};
	int status = 0;

	for (;;) {
		if (poll(fds, 2, -1) <= 0)
			continue;
		if (fds[1].revents & POLLIN)
			take_request(tty);
		if (fds[0].revents && take_signal(signals, shell, &status))
			return status;
	}
}

void shell_do(const char *p, unsigned len)
{
	struct frame_shell s;
	int tty, signals, shell, status;

	if (len < sizeof(s)) {
		send_answer(ANSWER_BAD_REQUEST, 0, 0);
		return;
	}
	memcpy(&s, p, sizeof(s));
	if (install() != 0) {
		send_answer(ANSWER_DONE, -ENOEXEC, 0);
		return;
	}
	tty = open(TTY, O_RDWR | O_NOCTTY | O_CLOEXEC);
	resize(tty, &s);
	write_rc();
	mask(0); /* SIG_BLOCK */
	signals = _syscall(__NR_signalfd4, -1, &wanted, sizeof(wanted),
			   SFD_CLOEXEC);
	shell = fork();
	if (shell == 0)
		be_shell(&s, p + sizeof(s));
	status = attend(shell, tty, signals);
	/* What was printed has left before we say that it is over. */
	ioctl(tty, TCSBRK, 1);
	send_answer(ANSWER_DONE, status, 0);
}
