-- SPDX-License-Identifier: GPL-2.0-or-later
-- One module of both languages, in which each calls the other.
return lesson {
  format = 1,
  id = "1.20",
  slug = "places",
  title = "A module in C and Rust",
  minutes = 1,
  kernel = { "7.3" },
  files = { given = { "Makefile" }, edit = { "ring_c.c", "ring_rs.rs" } },
  steps = { write "bad" },
  run = function(guest)
    guest:insmod "ring.ko"
    guest:rmmod "ring"
    guest:sleep(2500)
    guest:leaks()
  end,
  checks = {
    check "clean" { title = "nothing was broken", findings = "none" },
  },
}
