-- SPDX-License-Identifier: GPL-2.0-or-later
return lesson {
  format = 1,
  id = "1.7",
  slug = "rust-leaks",
  title = "A module in Rust that must give all back",
  minutes = 1,
  kernel = { "7.3" },
  files = { given = { "Makefile" }, edit = { "bad_rs.rs" } },
  steps = { write "bad" },
  run = function(guest)
    guest:insmod "bad_rs.ko"
    guest:rmmod "bad_rs"
    guest:leaks()
  end,
  checks = {
    check "loads" { title = "it loads", job = "insmod bad_rs.ko" },
    check "ready" { title = "it says so", log = "bad_rs: ready" },
    check "unloads" { title = "it unloads", job = "rmmod bad_rs" },
    check "clean" { title = "nothing was broken", findings = "none" },
  },
}
