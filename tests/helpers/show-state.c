/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Prints what it was born into, a word each: ignored and blocked signals,
 * whether it leads its group, no_new_privs, the parent-death signal, the
 * file-size limit, and its folder.
 */
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

static int count_ignored(void)
{
	struct sigaction sa;
	int n = 0;

	for (int sig = 1; sig < NSIG; sig++)
		n += sigaction(sig, NULL, &sa) == 0 && sa.sa_handler != SIG_DFL;
	return n;
}

static int count_blocked(void)
{
	sigset_t set;
	int n = 0;

	sigprocmask(SIG_SETMASK, NULL, &set);
	for (int sig = 1; sig < NSIG; sig++)
		n += sigismember(&set, sig) == 1;
	return n;
}

int main(void)
{
	struct rlimit rl;
	char dir[4096];
	int death = 0;

	prctl(PR_GET_PDEATHSIG, &death);
	getrlimit(RLIMIT_FSIZE, &rl);
	if (!getcwd(dir, sizeof(dir)))
		return 1;
	printf("ignored=%d blocked=%d leader=%d nnp=%d death=%d fsize=%llu "
	       "dir=%s\n",
	       count_ignored(), count_blocked(), getpgrp() == getpid(),
	       prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0), death,
	       (unsigned long long)rl.rlim_cur, dir);
	return 0;
}
