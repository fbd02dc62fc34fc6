-- SPDX-License-Identifier: GPL-2.0-or-later
-- A test that is skipped ends by kunit_try_catch_throw(), refused elsewhere.
return lesson {
  format = 1,
  id = "1.8",
  slug = "own-suite",
  title = "A module that tests itself",
  minutes = 1,
  kernel = { "7.3" },
  kernel_symbols = { "kunit_try_catch_throw" },
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
