-- SPDX-License-Identifier: GPL-2.0-or-later
return lesson {
  format = 1,
  id = "1.72",
  slug = "rules",
  title = "How it is written",
  minutes = 1,
  kernel = { "7.3" },
  files = { given = { "Makefile", "given.rs" }, edit = { "sum.c", "rules_rs.rs" } },
  steps = { write "bad" },
  run = function(guest)
    guest:insmod "rulesmod.ko"
    guest:rmmod "rulesmod"
  end,
  checks = {
    check "loads" { title = "it loads", job = "insmod rulesmod.ko" },
    check "sum" { title = "it adds", log = { pattern = "^rulesmod: sum [0-9]+$" },
      needs = { "loads" } },
    check "each" { title = "it says each", log = "rulesmod: add", count = 2, needs = "sum" },
    check "panics" { title = "nothing panics", lint = { "clippy::unwrap_used",
      "clippy::expect_used", "clippy::panic", "clippy::indexing_slicing" } },
    check "unsafe" { title = "one unsafe block", lint = "unsafe_code", most = 1 },
    check "argued" { title = "it is argued", lint = "clippy::undocumented_unsafe_blocks" },
    check "statics" { title = "no reference to a static mut", lint = "static_mut_refs" },
    check "shadow" { title = "no shadow", lint = "-Wshadow", files = "sum.c" },
    check "forgets" { title = "nothing is forgotten", lint = "clippy::mem_forget" },
    check "forbid" { title = "and not by other ways", forbid = { "core::mem::forget",
      "kernel::alloc::KBox::leak", "kernel::sync::Arc", "kernel::pr_warn", "core::mem::ManuallyDrop" } },
    check "small" { title = "it stays small",
      size = { file = "rulesmod.ko", section = "text", least = 100, most = 16000 } },
    check "calls" { title = "it says what it adds",
      source = { file = "sum.c", within = "rules_sum", calls = "_printk", avoids = { "memset", "ksize" } } },
    check "clean" { title = "nothing was broken", findings = "none" },
  },
}
