-- SPDX-License-Identifier: GPL-2.0-or-later
-- What is cheated at: a program that tries a device, and prints what came.
return lesson {
  format = 1,
  id = "1.2",
  slug = "device",
  title = "A device that answers",
  minutes = 1,
  kernel = { "7.3" },
  files = { given = { "work.h", "Makefile" }, edit = { "work.c" } },
  programs = { "work_program" },
  steps = { write "work" },
  run = function(guest)
    guest:insmod "work.ko"
    guest:run "work_program"
    guest:rmmod "work"
  end,
  checks = {
    check "one" { title = "it doubles", tap = "run work_program",
      case = "doubles" },
    check "all" { title = "its test passes", points = 2,
      tap = "run work_program" },
    check "clean" { title = "nothing was broken", findings = "none" },
  },
}
