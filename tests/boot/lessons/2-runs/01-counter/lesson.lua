-- SPDX-License-Identifier: GPL-2.0-or-later
-- Two threads and what they share; run in one schedule after the other.
return lesson {
  format = 1,
  id = "2.1",
  slug = "counter",
  title = "Two threads",
  minutes = 1,
  kernel = { "7.3" },
  files = { given = { "two.h", "Makefile" }, edit = { "two.c" } },
  races = { runs = 5 },
  steps = { write "bad" },
  run = function(guest)
    guest:insmod "two.ko"
    guest:rmmod "two"
  end,
  checks = {
    check "loads" { title = "it loads", job = "insmod two.ko" },
    check "all" { title = "nothing is lost", log = "two: all there" },
    check "clean" { title = "nothing was broken", findings = "none" },
  },
}
