-- SPDX-License-Identifier: GPL-2.0-or-later
-- Its tests are built with its solution, which does not compile.
return lesson {
  format = 1,
  id = "1.5",
  slug = "solution",
  title = "A lesson whose solution does not build",
  minutes = 1,
  kernel = { "7.3" },
  files = { given = { "bad.h", "Makefile" }, edit = { "bad.c" } },
  programs = { "fine" },
  steps = { write "bad" },
  run = function(guest)
    guest:insmod "bad.ko"
    guest:run "fine"
    guest:rmmod "bad"
  end,
  checks = {
    check "loads" { title = "it loads", job = "insmod bad.ko" },
    check "ready" { title = "it says so", log = "bad: ready" },
    check "unloads" { title = "it unloads", job = "rmmod bad" },
    check "clean" { title = "nothing was broken", findings = "none" },
  },
}
