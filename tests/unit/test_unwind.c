/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "checker/unwind.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct plan_step soak = {.op = PLAN_SOAK, .rounds = 5};
static struct plan_step failslab = {.op = PLAN_FAILSLAB, .rounds = 20};

/* What the harness says, as it was taken from real runs. */
static const char in_c[] = "3 2 1 -12\n"
			   "__do_trace_kmalloc+0x80/0xb0\n"
			   "__kmalloc_noprof+0x36d/0x4e0\n"
			   "ring_new+0x85/0x13c [ring]\n"
			   "init_module+0x14/0x30 [ring]\n";
static const char in_the_kernel[] =
	"3 3 1 0\n"
	"__do_trace_kmalloc+0x80/0xb0\n"
	"__kmalloc_cache_noprof+0x2ac/0x3e0\n"
	"ida_alloc_range+0x3ab/0x590\n"
	"misc_register+0x19e/0x490\n"
	"init_module+0xbd/0x13c [ring]\n";
static const char in_rust[] =
	"3 1 1 -12\n"
	"__do_trace_kmalloc+0x80/0xb0\n"
	"__kmalloc_node_track_caller_noprof+0x371/0x4f0\n"
	"krealloc_node_align_noprof+0x1b1/0x2c0\n"
	"rust_helper_krealloc_node_align+0x9/0x10\n"
	"_RNvXNtNtCs1h_6kernel5alloc9allocatorNtB2_7KmallocNtB4_9Allocator7"
	"realloc+0x20/0x90 [ring]\n"
	"_RNvMCsabc_4ringNtB2_5Slots3new+0x3a/0x200 [ring]\n";
static const char ended[] = "3 4 0 0\n";

static struct unwind_round *add(struct unwind *u, const char *report,
				int result)
{
	struct unwind_round *r = unwind_add(u);

	assert_non_null(r);
	r->load = STEP_DONE;
	r->load_result = result;
	if (result == 0) {
		r->unload = STEP_DONE;
		r->unload_result = 0;
	}
	if (report)
		assert_int_equal(unwind_take_report(r, report, "ring"), 0);
	return r;
}

static void assert_says(const struct plan_step *p, const struct unwind *u,
			bool fine, const char *want)
{
	struct buf why = BUF_INIT;

	assert_int_equal(unwind_judge(&why, p, u), fine);
	assert_string_equal(buf_str(&why), want);
	buf_release(&why);
}

static void modules_have_names(void **state)
{
	char name[64];

	unwind_module(name, sizeof(name), "my-ring-x.ko");
	assert_string_equal(name, "my_ring_x");
	unwind_module(name, sizeof(name), "sub/ring.ko");
	assert_string_equal(name, "ring");
}

static void a_report_names_the_call(void **state)
{
	struct unwind *u = unwind_new();
	struct unwind_round *r;

	r = add(u, in_c, -ENOMEM);
	assert_int_equal(r->init, UNWIND_ENDED);
	assert_true(r->hit && r->direct && !r->tampered);
	assert_string_equal(r->call, "kmalloc");
	assert_string_equal(r->site.function, "ring_new");
	assert_int_equal(r->returned, -12);

	r = add(u, in_the_kernel, 0);
	assert_true(r->hit && !r->direct);
	assert_string_equal(r->call, "misc_register");

	r = add(u, in_rust, -ENOMEM);
	assert_true(r->hit && r->direct);
	assert_string_equal(r->site.function, "ring::Slots::new");
	assert_int_equal(r->site.at.nsites, 2);

	r = add(u, ended, 0);
	assert_true(!r->hit && r->site.function == NULL);
	r = add(u, "3 4 -1 0\n", 0);
	assert_true(!r->hit && r->tampered);
	r = add(u, "no report at all", 0);
	assert_int_equal(r->init, UNWIND_UNKNOWN);
	r = add(u, "99 1 1 0\n", 0);
	assert_int_equal(r->init, UNWIND_UNKNOWN);
	unwind_free(u);
}

static void leaks_are_read(void **state)
{
	static const char text[] =
		"2 2 kmalloc-64       1 func+0x1/0x2 age=3 pid=45\n"
		"        func+0x1/0x2\n"
		"        ring_new+0x43/0x90 [ring]\n"
		"        init_module+0x14/0x30 [ring]\n"
		"\n"
		"2 2 kmalloc-64       2 func+0x1/0x2 age=3 pid=45\n"
		"        other+0x1/0x2\n"
		"        ring_new+0x43/0x90 [ring]\n"
		"        init_module+0x14/0x30 [ring]\n"
		"0 0 kmalloc-8       1 func+0x1/0x2 age=3 pid=9\n"
		"        func+0x1/0x2\n"
		"rubbish\n";
	struct unwind *u = unwind_new();

	assert_int_equal(unwind_take_leaks(u, text, "ring"), 0);
	assert_int_equal(u->nleaks, 2);
	/* Two that only the kernel's side tells apart are one. */
	assert_int_equal(u->leaks[0].count, 3);
	assert_int_equal(u->leaks[0].first, 2);
	assert_string_equal(u->leaks[0].cache, "kmalloc-64");
	assert_string_equal(u->leaks[0].site.function, "ring_new");
	assert_null(u->leaks[1].site.function);
	unwind_free(u);

	u = unwind_new();
	assert_int_equal(unwind_take_leaks(u, "", "ring"), 0);
	assert_int_equal(u->nleaks, 0);
	unwind_free(u);
}

static void soak_is_judged(void **state)
{
	struct unwind *u = unwind_new();
	struct unwind_round *r;

	add(u, NULL, 0);
	r = add(u, NULL, 0);
	assert_says(&soak, u, false, "it came to an end after round 2");
	u->complete = true;
	assert_says(&soak, u, true, "loaded and unloaded 2 times, and nothing "
				    "was left behind");
	r->left = strdup("/dev/ring");
	assert_true(unwind_stops(&soak, r));
	assert_says(&soak, u, false,
		    "in round 2 of 5, /dev/ring is left behind");
	r->unload_result = -EBUSY;
	assert_true(unwind_stops(&soak, r));
	assert_says(&soak, u, false, "in round 2 of 5, rmmod gave EBUSY "
				     "(Device or resource busy)");
	r->load_result = -ENOMEM;
	assert_true(unwind_stops(&soak, r));
	assert_says(&soak, u, false, "in round 2 of 5, insmod gave ENOMEM "
				     "(Cannot allocate memory)");
	r->load = STEP_SIGNALED;
	r->load_result = SIGSEGV;
	assert_says(&soak, u, false,
		    "in round 2 of 5, insmod was killed by SIGSEGV");
	unwind_free(u);
}

static void soak_counts_leaks(void **state)
{
	struct unwind *u = unwind_new();
	char *title;

	add(u, NULL, 0);
	add(u, NULL, 0);
	u->complete = true;
	unwind_take_leaks(u,
			  "1 2 kmalloc-64 2 f age=1 pid=1-2\n"
			  "   init_module+0x1/0x2 [ring]\n",
			  "ring");
	assert_says(&soak, u, false,
		    "2 objects from kmalloc-64, allocated in init, are left "
		    "behind in rounds 1 to 2");
	title = unwind_leak_title(&soak, u, &u->leaks[0]);
	assert_string_equal(title, "2 objects from kmalloc-64, allocated in "
				   "init, are left behind in rounds 1 to 2");
	free(title);
	unwind_free(u);
}

static void failslab_is_judged(void **state)
{
	struct unwind *u = unwind_new();
	struct unwind_round *r;

	r = add(u, in_rust, -ENOMEM);
	assert_false(unwind_stops(&failslab, r));
	add(u, in_c, -ENOMEM);
	/* What the kernel did without is no matter of the module's. */
	add(u, in_the_kernel, 0);
	add(u, ended, 0);
	u->complete = true;
	assert_says(&failslab, u, true,
		    "each of 3 allocations failed, one at a time, and "
		    "nothing was left behind");

	r = &u->v[1];
	r->load_result = -EINVAL;
	assert_says(&failslab, u, true,
		    "each of 3 allocations failed, one at a time, and "
		    "nothing was left behind");
	failslab.expect = -ENOMEM;
	assert_says(&failslab, u, false,
		    "when allocation 2 of init (kmalloc in ring_new) fails, "
		    "init must give ENOMEM, and gives EINVAL");
	failslab.expect = 0;

	r->load_result = 0;
	r->unload = STEP_DONE;
	assert_says(&failslab, u, false,
		    "allocation 2 of init (kmalloc in ring_new) failed, and "
		    "init said that all went well");
	failslab.optional = true;
	assert_says(&failslab, u, true,
		    "each of 3 allocations failed, one at a time, and "
		    "nothing was left behind");
	/* That is never what was meant. */
	r->returned = ENOMEM;
	assert_says(&failslab, u, false,
		    "allocation 2 of init (kmalloc in ring_new) failed, and "
		    "init returned 12: an error is a negative number, -12");
	failslab.optional = false;
	unwind_free(u);
}

static void failslab_says_when(void **state)
{
	struct unwind *u = unwind_new();
	struct unwind_round *r;

	add(u, in_rust, -ENOMEM);
	r = add(u, "3 2 0 -16\n", -EBUSY);
	assert_true(unwind_stops(&failslab, r));
	assert_says(&failslab, u, false,
		    "after allocation 1 of init had failed, the module cannot "
		    "be loaded any more: insmod gave EBUSY (Device or "
		    "resource busy) although no allocation failed");
	r->load = STEP_SIGNALED;
	r->load_result = SIGKILL;
	r->init = UNWIND_BEGUN;
	assert_says(&failslab, u, false,
		    "before allocation 2 of init could fail, so that what had "
		    "been left when allocation 1 failed is the likely cause, "
		    "insmod was killed by SIGKILL");
	r->load = STEP_OVERDUE;
	r->init = UNWIND_UNKNOWN;
	assert_says(&failslab, u, false,
		    "when allocation 2 of init was to fail, insmod was not "
		    "done in the time that it had");
	unwind_free(u);

	u = unwind_new();
	r = add(u, "3 1 -1 0\n", 0);
	assert_true(unwind_stops(&failslab, r));
	assert_says(&failslab, u, false,
		    "allocation 1 of init should have failed, and something "
		    "in init has kept it from that");
	unwind_free(u);
}

static void failslab_has_an_end(void **state)
{
	struct plan_step two = {.op = PLAN_FAILSLAB, .rounds = 2};
	struct unwind *u = unwind_new();

	add(u, ended, 0);
	u->complete = true;
	assert_says(&two, u, true,
		    "init makes no allocation that can be made to fail");
	unwind_free(u);
	u = unwind_new();
	add(u, in_c, -ENOMEM);
	add(u, in_c, -ENOMEM);
	assert_says(&two, u, false,
		    "each of 2 allocations of init has failed, one at a time, "
		    "and it still has more: that is all that the lesson "
		    "tries");
	unwind_free(u);
}

static void failslab_names_the_leaking_allocation(void **state)
{
	static const char leak[] = "2 2 kmalloc-16 1 f age=1 pid=7\n"
				   "   ring_open+0x1/0x2 [ring]\n";
	struct unwind *u = unwind_new();
	struct unwind_round *r;

	add(u, in_c, -ENOMEM);
	add(u, in_c, -ENOMEM);
	add(u, ended, 0);
	u->complete = true;
	r = &u->v[1];
	r->site.at.sites[0].file = strdup("ring.c");
	r->site.at.sites[0].line = 31;
	unwind_take_leaks(u, leak, "ring");
	assert_says(&failslab, u, false,
		    "1 object from kmalloc-16, allocated in ring_open, is "
		    "left behind when allocation 2 of init (kmalloc in "
		    "ring_new, ring.c:31) fails");
	unwind_free(u);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(modules_have_names),
		cmocka_unit_test(a_report_names_the_call),
		cmocka_unit_test(leaks_are_read),
		cmocka_unit_test(soak_is_judged),
		cmocka_unit_test(soak_counts_leaks),
		cmocka_unit_test(failslab_is_judged),
		cmocka_unit_test(failslab_says_when),
		cmocka_unit_test(failslab_has_an_end),
		cmocka_unit_test(failslab_names_the_leaking_allocation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
