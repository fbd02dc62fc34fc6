-- SPDX-License-Identifier: GPL-2.0-or-later
-- What a module leaves behind shows only when it has gone.
return lesson {
  format = 1,
  id = "1.2",
  slug = "leaks",
  title = "A module that must give all back",
  minutes = 1,
  kernel = { "7.3" },
  files = { given = { "bad.h", "Makefile" }, edit = { "bad.c" } },
  steps = { write "bad" },
  run = function(guest)
    guest:insmod "bad.ko"
    guest:rmmod "bad"
    guest:sleep(2500)
    guest:leaks()
  end,
  checks = {
    check "loads" { title = "it loads", job = "insmod bad.ko" },
    check "ready" { title = "it says so", log = "bad: ready" },
    check "unloads" { title = "it unloads", job = "rmmod bad" },
    check "clean" { title = "nothing was broken", findings = "none" },
  },
}
