-- SPDX-License-Identifier: GPL-2.0-or-later
-- For the golden screens: a question, a guest, and C beside Rust.
return lesson {
  format = 1,
  id = "2.2",
  slug = "both-hands",
  title = "Both hands: one sum in C and in Rust",
  minutes = 15,
  kernel = { "7.3" },
  files = { given = { "left.c", "Makefile" }, edit = { "right.rs" } },
  solution_after = 2,
  steps = {
    predict "which-first" {
      question = "Both modules are loaded, `left.ko` first. What does the log say?",
      choices = {
        { "The two sums, left then right.", log = { "left: 6", "right: 6" } },
        { "The right one's alone: C prints nothing before the first newline is there.",
          absent = { "left: 6" } },
        "Nothing.",
      },
      answer = 1,
      try = "twice",
      why = "`pr_info` in `include/linux/printk.h` and `pr_info!` in `rust/kernel/print.rs` end "
        .. "in the same log.",
    },
    explore "look" {
      commands = {
        "insmod left.ko",
        "insmod right.ko",
        "grep -w -e left_init -e cleanup_module /proc/kallsyms | sort",
        "rmmod right",
      },
      notice = "`lsmod` names no language.",
    },
    write "the-right-hand",
  },
  run = function(guest)
    guest:insmod "left.ko"
    guest:insmod "right.ko"
    guest:rmmod "right"
    guest:rmmod "left"
  end,
  checks = {
    check "loads" { title = "the right hand loads", points = 1, job = "insmod right.ko" },
    check "sums" { title = "both say the same", points = 1, log = { "left: 6", "right: 6" } },
    check "clean" { title = "the kernel reports no fault", points = 1, findings = "none" },
  },
  hints = {
    start = { "Read `left.c` first." },
    E0425 = { "Which name is it, and who would have to make it?" },
  },
}
