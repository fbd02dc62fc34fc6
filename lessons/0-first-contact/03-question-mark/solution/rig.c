// SPDX-License-Identifier: GPL-2.0
/*
 * A measuring rig of three parts, and a sign at the door that says that it is
 * in use. Load it with fail_at=1 to 4, and that step of the way up fails.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/errno.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/printk.h>

static int fail_at;
module_param(fail_at, int, 0);
MODULE_PARM_DESC(fail_at, "The step that is to fail, 0 for none");

static int power_on(void)
{
	if (fail_at == 1)
		return -EIO;
	pr_info("power on\n");
	return 0;
}

static void power_off(void)
{
	pr_info("power off\n");
}

static int clock_on(void)
{
	if (fail_at == 2)
		return -ETIMEDOUT;
	pr_info("clock on\n");
	return 0;
}

static void clock_off(void)
{
	pr_info("clock off\n");
}

static int firmware_on(void)
{
	if (fail_at == 3)
		return -ENOENT;
	pr_info("firmware on\n");
	return 0;
}

static void firmware_off(void)
{
	pr_info("firmware off\n");
}

static void sign_on(void)
{
	pr_info("sign on\n");
}

static void sign_off(void)
{
	pr_info("sign off\n");
}

static int self_test(void)
{
	if (fail_at == 4) {
		pr_info("self-test failed\n");
		return -EBADMSG;
	}
	pr_info("self-test passed\n");
	return 0;
}

static int __init rig_init(void)
{
	int err;

	err = power_on();
	if (err)
		return err;

	err = clock_on();
	if (err)
		goto err_power;

	err = firmware_on();
	if (err)
		goto err_clock;

	sign_on();
	err = self_test();
	if (err)
		goto err_sign;

	return 0;

err_sign:
	sign_off();
	firmware_off();
err_clock:
	clock_off();
err_power:
	power_off();
	return err;
}
module_init(rig_init);

static void __exit rig_exit(void)
{
	sign_off();
	firmware_off();
	clock_off();
	power_off();
}
module_exit(rig_exit);

MODULE_AUTHOR("Kiln");
MODULE_DESCRIPTION("A rig that comes up step by step, in C");
MODULE_LICENSE("GPL");
