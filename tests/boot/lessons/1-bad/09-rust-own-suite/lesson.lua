-- SPDX-License-Identifier: GPL-2.0-or-later
-- An assertion in a test ends it by __kunit_abort(), refused elsewhere.
return lesson {
  format = 1,
  id = "1.9",
  slug = "rust-own-suite",
  title = "A module in Rust that tests itself",
  minutes = 1,
  kernel = { "7.3" },
  kernel_symbols = { "__kunit_abort" },
  files = { given = { "Makefile" }, edit = { "bad_rs.rs" } },
  steps = { write "bad" },
  run = function(guest)
    guest:insmod "bad_rs.ko"
    guest:rmmod "bad_rs"
  end,
  checks = {
    check "loads" { title = "it loads", job = "insmod bad_rs.ko" },
    check "ready" { title = "it says so", log = "bad_rs: ready" },
    check "unloads" { title = "it unloads", job = "rmmod bad_rs" },
    check "clean" { title = "nothing was broken", findings = "none" },
  },
}
