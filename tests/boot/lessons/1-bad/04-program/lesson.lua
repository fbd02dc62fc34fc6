-- SPDX-License-Identifier: GPL-2.0-or-later
-- A test program that behaves as the module under test makes it.
return lesson {
  format = 1,
  id = "1.4",
  slug = "program",
  title = "A module with a test program",
  minutes = 1,
  kernel = { "7.3" },
  files = { given = { "bad.h", "Makefile" }, edit = { "bad.c" } },
  programs = { "bad_program" },
  steps = { write "bad" },
  run = function(guest)
    guest:insmod "bad.ko"
    guest:run "bad_program"
    guest:rmmod "bad"
  end,
  checks = {
    check "tap" { title = "its test passes", points = 2,
      tap = "run bad_program" },
    check "unloads" { title = "it unloads", job = "rmmod bad" },
    check "clean" { title = "nothing was broken", findings = "none" },
  },
}
