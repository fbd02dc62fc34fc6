-- SPDX-License-Identifier: GPL-2.0-or-later
-- What is cheated at: a lesson that has its Makefile written as well.
return lesson {
  format = 1,
  id = "1.3",
  slug = "makefile",
  title = "A module with a Makefile",
  minutes = 1,
  kernel = { "7.3" },
  files = { given = { "work.h" }, edit = { "work.c", "Makefile" } },
  kernel_symbols = { "register_module_notifier" },
  steps = { write "work" },
  run = function(guest)
    guest:insmod "work.ko"
    guest:rmmod "work"
  end,
  checks = {
    check "ready" { title = "it says that it is ready",
      job = "insmod work.ko", log = "work: ready" },
    check "gone" { title = "it says that it goes",
      job = "rmmod work", log = "work: gone" },
    check "clean" { title = "nothing was broken", findings = "none" },
  },
}
