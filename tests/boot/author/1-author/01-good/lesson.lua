-- SPDX-License-Identifier: GPL-2.0-or-later
return lesson {
  format = 1,
  id = "1.1",
  slug = "good",
  title = "For tests of author: good",
  minutes = 1,
  kernel = { "7.3" },
  files = { given = { "Makefile" }, edit = { "half.c" } },
  steps = { write "half" },
  run = function(guest)
    guest:insmod("half.ko", { number = 6 })
    guest:rmmod "half"
  end,
  checks = {
    check "loads" { title = "it loads", job = "insmod half.ko" },
    check "half" { title = "it prints half the number", log = "half of 6 is 3" },
    check "clean" { title = "no fault", findings = "none" },
  },
  hints = {
    half = { "What is half of 6?" },
  },
  wrong = { whole = "half" },
}
