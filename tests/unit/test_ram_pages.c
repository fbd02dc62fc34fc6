/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ram-pages: which pages of a private mapping were written to. */
#include "proc_fixture.h"

#include "checker/ram-pages.h"

#include <time.h>

#define PAGES 1200 /* more than are asked for at once */

static char ram[] = "/tmp/kiln-ram-XXXXXX";
static int ram_fd;
static struct proc *child;

static void nap(void)
{
	nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
}

static int setup(void **state)
{
	const char *argv[] = {helper("map-private"), ram, NULL};
	struct proc_spec spec = PROC_SPEC_INIT;

	(void)state;
	ram_fd = mkstemp(ram);
	spec.argv = argv;
	if (ram_fd < 0 || ftruncate(ram_fd, PAGES * 4096) < 0)
		return -1;
	child = proc_start(&spec, NULL);
	return child ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	proc_kill(child);
	close(ram_fd);
	return unlink(ram);
}

static struct ram_pages *opened(void)
{
	struct ram_pages *r = NULL;

	for (int i = 0; !r && i < 1000; i++) {
		r = ram_pages_open(child, ram_fd);
		if (!r)
			nap();
	}
	return r;
}

static void test_written(void **state)
{
	struct ram_pages *r = opened();
	uint64_t end = PAGES * RAM_PAGE;

	(void)state;
	if (!r)
		skip(); /* this host does not show it */
	for (int i = 0; i < 1000 && ram_pages_written(r, 0, end) == end; i++)
		nap();
	assert_int_equal(ram_pages_written(r, 0, end), 3 * RAM_PAGE);
	assert_int_equal(ram_pages_written(r, 3 * RAM_PAGE, end), 3 * RAM_PAGE);
	assert_int_equal(ram_pages_written(r, 4 * RAM_PAGE, end), end);
	assert_int_equal(ram_pages_written(r, 0, 3 * RAM_PAGE), 3 * RAM_PAGE);
	assert_int_equal(ram_pages_written(r, end, end), end);
	ram_pages_close(r);
}

static void test_another_file(void **state)
{
	int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);

	(void)state;
	assert_null(ram_pages_open(child, fd));
	close(fd);
	ram_pages_close(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_written),
		cmocka_unit_test(test_another_file),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
