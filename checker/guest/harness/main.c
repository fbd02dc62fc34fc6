// SPDX-License-Identifier: GPL-2.0
/*
 * kiln_unwind: what the agent needs inside of the kernel to see how the
 * init function of a module copes.
 *
 * The agent loads it before any module of a learner, and never unloads it.
 * It lets the n-th slab allocation of one init function fail, and no other:
 * a notifier puts a function of ours in the place of the module's init, and
 * that sets current->fail_nth (lib/fault-inject.c) around the call alone,
 * so that what the module loader allocates is not counted. The tracepoints
 * of the slab allocator, which fire for failures too, tell from where the
 * allocation came that failed.
 *
 * It is driven through the files in /sys/module/kiln_unwind/parameters:
 *
 *	arm	write "NAME N": the next module that this process loads, if it
 *		is called NAME, goes through us, and its allocation N fails; 0:
 *		none does
 *	report	read "STATE N HIT RESULT\n", see show_report(), and a line for
 *		each caller of the allocation that failed
 *	resolve	write "ADDRESS PID", read the address's name: names_say()
 *	settle	write anything: all that RCU has put off is freed
 *	now	read the jiffies
 *	live	read how many objects that the module's code had allocated
 *		were not freed by kfree(); what was freed in other ways counts,
 *		so that 0 is certain, and no other number is
 */
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/notifier.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/stacktrace.h>
#include <trace/events/kmem.h>

#include "harness.h"

enum state {
	IDLE,	 /* armed, and no such module came */
	NO_INIT, /* it came, and has no init function */
	BEGUN,	 /* its init function is called, and has not returned */
	ENDED,
};

static struct {
	char name[MODULE_NAME_LEN];
	pid_t pid; /* who armed, and loads; 0: nobody */
	unsigned int nth;
	enum state state;
	int (*init)(void);
	int result;
	unsigned int left; /* .nth, less what was allocated */
	unsigned int seen; /* calls of kmalloc() that failslab counts too */
	unsigned long stack[HARNESS_DEPTH];
	unsigned int depth;
} run;

struct module *harness_module;

static bool is_our_process(void)
{
	return run.pid && in_task() && task_pid_nr(current) == run.pid;
}

bool harness_in_init(void)
{
	return run.state == BEGUN && is_our_process();
}

/*
 * An allocation has failed, while fail_nth had come to nothing: ours. What
 * fails after it, for another reason, is not.
 */
static void saw(const void *ptr)
{
	if (ptr || run.depth || !run.nth || !harness_in_init() ||
	    READ_ONCE(current->fail_nth))
		return;
	run.depth = stack_trace_save(run.stack, HARNESS_DEPTH, 0);
}

/* What has more than a slab, or must not fail, is not for failslab. */
static void saw_kmalloc(void *data, unsigned long call_site, const void *ptr,
			size_t bytes_req, size_t bytes_alloc, gfp_t gfp_flags,
			int node)
{
	if (harness_in_init() && !(gfp_flags & __GFP_NOFAIL) &&
	    bytes_req <= KMALLOC_MAX_CACHE_SIZE)
		run.seen++;
	saw(ptr);
}

static void saw_cache(void *data, unsigned long call_site, const void *ptr,
		      struct kmem_cache *s, gfp_t gfp_flags, int node)
{
	saw(ptr);
}

/* In the place of the module's own init. */
static noinline int kiln_init(void)
{
	int result;

	run.state = BEGUN;
	WRITE_ONCE(current->fail_nth, run.nth);
	result = run.init();
	run.left = READ_ONCE(current->fail_nth);
	WRITE_ONCE(current->fail_nth, 0);
	run.result = result;
	run.state = ENDED;
	return result;
}

static int module_changes(struct notifier_block *nb, unsigned long what,
			  void *data)
{
	struct module *mod = data;

	if (what == MODULE_STATE_GOING && mod == harness_module)
		WRITE_ONCE(harness_module, NULL);
	if (what != MODULE_STATE_COMING || !is_our_process() ||
	    run.state != IDLE || strcmp(mod->name, run.name) != 0)
		return NOTIFY_DONE;
	names_keep(mod, run.pid);
	WRITE_ONCE(harness_module, mod);
	run.state = NO_INIT;
	if (mod->init) {
		run.init = mod->init;
		mod->init = kiln_init;
	}
	return NOTIFY_OK;
}

static struct notifier_block notifier = {.notifier_call = module_changes};

static int arm(const char *val, const struct kernel_param *kp)
{
	char name[MODULE_NAME_LEN];
	unsigned int nth;

	BUILD_BUG_ON(MODULE_NAME_LEN < 56);
	if (sscanf(val, "%55s %u", name, &nth) != 2)
		return -EINVAL;
	if (strcmp(name, run.name) != 0) {
		names_forget();
		live_forget();
	}
	memset(&run, 0, sizeof(run));
	strscpy(run.name, name);
	run.nth = nth;
	run.left = nth;
	run.pid = task_pid_nr(current);
	return 0;
}

static bool is_our_code(unsigned long addr)
{
	return within_module(addr, THIS_MODULE);
}

/*
 * Has one failed? 1; no: 0. And -1 when more was allocated than fail_nth
 * has counted: somebody has put it up.
 */
static int is_hit(void)
{
	if (run.state != ENDED)
		return run.depth > 0;
	if (run.nth && !run.left)
		return 1;
	return run.left > run.nth || (run.nth && run.nth - run.left < run.seen)
		       ? -1
		       : 0;
}

/*
 * N is what was armed, HIT is_hit(), RESULT what init returned. A state of
 * BEGUN says that it did not.
 * Of the stack, what lies between our probe and our kiln_init() matters.
 */
static int show_report(char *to, const struct kernel_param *kp)
{
	int n = scnprintf(to, PAGE_SIZE, "%d %u %d %d\n", run.state, run.nth,
			  is_hit(), run.result);
	unsigned int i = 0;

	while (i < run.depth && is_our_code(run.stack[i]))
		i++;
	for (; i < run.depth && !is_our_code(run.stack[i]); i++)
		n += names_say(to + n, PAGE_SIZE - n, run.stack[i], run.pid,
			       run.name);
	return n;
}

static char resolved[512];

static int resolve(const char *val, const struct kernel_param *kp)
{
	unsigned long addr;
	pid_t pid;

	if (sscanf(val, "%lx %d", &addr, &pid) != 2)
		return -EINVAL;
	names_say(resolved, sizeof(resolved), addr, pid, run.name);
	return 0;
}

static int show_resolved(char *to, const struct kernel_param *kp)
{
	return scnprintf(to, PAGE_SIZE, "%s", resolved);
}

/*
 * Destroying a cache, any cache, waits for all that kfree_rcu() has put off
 * (mm/slab_common.c, kvfree_rcu_barrier_on_cache()).
 */
static int settle(const char *val, const struct kernel_param *kp)
{
	struct kmem_cache *c;

	c = kmem_cache_create("kiln_settle", 64, 0, SLAB_NO_MERGE, NULL);
	kmem_cache_destroy(c);
	rcu_barrier();
	return 0;
}

static int show_now(char *to, const struct kernel_param *kp)
{
	return scnprintf(to, PAGE_SIZE, "%lu\n", jiffies);
}

static int show_live(char *to, const struct kernel_param *kp)
{
	bool lost;
	unsigned int n = live_count(&lost);

	return scnprintf(to, PAGE_SIZE, "%u%s\n", n, lost ? " and more" : "");
}

static const struct kernel_param_ops arm_ops = {.set = arm};
static const struct kernel_param_ops report_ops = {.get = show_report};
static const struct kernel_param_ops settle_ops = {.set = settle};
static const struct kernel_param_ops now_ops = {.get = show_now};
static const struct kernel_param_ops live_ops = {.get = show_live};
static const struct kernel_param_ops resolve_ops = {
	.set = resolve,
	.get = show_resolved,
};

module_param_cb(arm, &arm_ops, NULL, 0200);
module_param_cb(report, &report_ops, NULL, 0400);
module_param_cb(settle, &settle_ops, NULL, 0200);
module_param_cb(now, &now_ops, NULL, 0400);
module_param_cb(live, &live_ops, NULL, 0400);
module_param_cb(resolve, &resolve_ops, NULL, 0600);

/* Not __init: what it allocates must not look like that of code gone. */
static int start(void)
{
	int err = register_trace_kmalloc(saw_kmalloc, NULL);

	if (!err)
		err = register_trace_kmem_cache_alloc(saw_cache, NULL);
	if (!err)
		err = live_start();
	return err ? err : register_module_notifier(&notifier);
}
module_init(start);

MODULE_DESCRIPTION("Lets the allocations of a module's init fail");
MODULE_AUTHOR("Kiln");
MODULE_LICENSE("GPL");
