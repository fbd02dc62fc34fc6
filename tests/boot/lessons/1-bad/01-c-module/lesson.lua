-- SPDX-License-Identifier: GPL-2.0-or-later
-- What the misbehaving modules in tests/boot/cases/ are checked as.
return lesson {
  format = 1,
  id = "1.1",
  slug = "c-module",
  title = "A module in C",
  minutes = 1,
  kernel = { "7.3" },
  files = { given = { "bad.h", "Makefile" }, edit = { "bad.c" } },
  steps = { write "bad" },
  run = function(guest)
    guest:insmod "bad.ko"
    guest:rmmod "bad"
  end,
  checks = {
    check "loads" { title = "it loads", job = "insmod bad.ko" },
    check "ready" { title = "it says so", log = "bad: ready" },
    check "unloads" { title = "it unloads", job = "rmmod bad" },
    check "clean" { title = "nothing was broken", findings = "none" },
  },
}
