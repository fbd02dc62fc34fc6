-- SPDX-License-Identifier: GPL-2.0-or-later
-- The watchdogs bark after seconds, not after minutes.
return lesson {
  format = 1,
  id = "1.6",
  slug = "watchdogs",
  title = "A module under impatient watchdogs",
  minutes = 1,
  kernel = { "7.3" },
  budget = 30,
  files = { given = { "bad.h", "Makefile" }, edit = { "bad.c" } },
  steps = { write "bad" },
  run = function(guest)
    guest:write("/proc/sys/kernel/watchdog_thresh", "1")
    guest:write("/proc/sys/kernel/hung_task_timeout_secs", "2")
    guest:write("/sys/module/rcupdate/parameters/rcu_cpu_stall_timeout", "3")
    guest:insmod "bad.ko"
    guest:rmmod "bad"
  end,
  checks = {
    check "loads" { title = "it loads", job = "insmod bad.ko" },
    check "ready" { title = "it says so", log = "bad: ready" },
    check "clean" { title = "nothing was broken", findings = "none" },
  },
}
