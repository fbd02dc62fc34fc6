-- SPDX-License-Identifier: GPL-2.0-or-later
-- Its test program does not compile.
return lesson {
  format = 1,
  id = "1.4",
  slug = "tests",
  title = "A lesson whose tests do not build",
  minutes = 1,
  kernel = { "7.3" },
  files = { given = { "bad.h", "Makefile" }, edit = { "bad.c" } },
  programs = { "broken" },
  steps = { write "bad" },
  run = function(guest)
    guest:insmod "bad.ko"
    guest:run "broken"
    guest:rmmod "bad"
  end,
  checks = {
    check "loads" { title = "it loads", job = "insmod bad.ko" },
    check "ready" { title = "it says so", log = "bad: ready" },
    check "unloads" { title = "it unloads", job = "rmmod bad" },
    check "clean" { title = "nothing was broken", findings = "none" },
  },
}
