-- SPDX-License-Identifier: GPL-2.0-or-later
-- What `make bench` checks, and builds and boots by hand: one Rust file.
return lesson {
  format = 1,
  id = "0.1",
  slug = "one-file",
  title = "One file of Rust",
  minutes = 1,
  kernel = { "7.3" },
  files = { given = { "Makefile" }, edit = { "counter.rs" } },
  steps = { write "counter" },
  run = function(guest)
    guest:insmod "counter.ko"
    guest:rmmod "counter"
  end,
  checks = {
    check "loads" { title = "it loads", job = "insmod counter.ko" },
    check "counts" { title = "it counts", log = { "counter: 3 of 3", "counter: was 6" } },
    check "clean" { title = "nothing was broken", findings = "none" },
  },
}
