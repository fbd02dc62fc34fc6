/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Becoming another program, where nothing is left for us to do. */
#include "err.h"
#include "proc-int.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int proc_become(const char *const *argv, struct err *e)
{
	fflush(NULL);
	execvp(argv[0], (char *const *)argv);
	err_set(e, ERR_ENV, errno, "cannot run %s", argv[0]);
	return err_next(e, "`kiln doctor` looks at what is needed");
}
