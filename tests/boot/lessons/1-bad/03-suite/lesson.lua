-- SPDX-License-Identifier: GPL-2.0-or-later
-- A real suite, so that forged results have something to stand beside.
return lesson {
  format = 1,
  id = "1.3",
  slug = "suite",
  title = "A module under test",
  minutes = 1,
  kernel = { "7.3" },
  files = { given = { "bad.h", "Makefile" }, edit = { "bad.c" } },
  steps = { write "bad" },
  run = function(guest)
    guest:insmod "bad.ko"
    guest:insmod "bad_test.ko"
    guest:rmmod "bad_test"
    guest:rmmod "bad"
  end,
  checks = {
    check "loads" { title = "it loads", job = "insmod bad.ko" },
    check "answers" { title = "it answers", points = 3, ktap = "bad_answers" },
    check "clean" { title = "nothing was broken", findings = "none" },
  },
}
