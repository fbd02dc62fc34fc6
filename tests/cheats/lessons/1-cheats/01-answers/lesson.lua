-- SPDX-License-Identifier: GPL-2.0-or-later
-- What is cheated at: a module with tests, and lines that it must print.
return lesson {
  format = 1,
  id = "1.1",
  slug = "answers",
  title = "A module that answers",
  minutes = 1,
  kernel = { "7.3" },
  files = { given = { "work.h", "Makefile" }, edit = { "work.c" } },
  steps = { write "work" },
  run = function(guest)
    guest:insmod "work.ko"
    guest:insmod "work_test.ko"
    guest:rmmod "work_test"
    guest:rmmod "work"
  end,
  checks = {
    check "ready" { title = "it says that it is ready",
      job = "insmod work.ko", log = "work: ready" },
    check "answers" { title = "it answers", points = 3, ktap = "work_answers" },
    check "gone" { title = "it says that it goes",
      job = "rmmod work", log = "work: gone" },
    check "clean" { title = "nothing was broken", findings = "none" },
  },
}
