-- SPDX-License-Identifier: GPL-2.0-or-later
-- The learner writes both sides of a boundary.
return lesson {
  format = 1,
  id = "2.2",
  slug = "pair",
  title = "A queue in C, used from Rust",
  minutes = 1,
  kernel = { "7.3" },
  files = {
    given = { "queue.h", "Makefile" },
    edit = { "queue.c", "user_rs.rs" },
  },
  swap = { c = { "queue.c" }, rust = { "user_rs.rs" }, always = true },
  steps = { write "bad" },
  run = function(guest)
    guest:insmod "pair.ko"
    guest:rmmod "pair"
  end,
  checks = {
    check "loads" { title = "it loads", job = "insmod pair.ko" },
    check "order" { title = "first in, first out", log = "pair: 1 2 3" },
    check "clean" { title = "nothing was broken", findings = "none" },
  },
}
