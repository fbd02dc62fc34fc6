-- SPDX-License-Identifier: GPL-2.0-or-later
-- For the golden screens: only to be listed.
return lesson {
  format = 1,
  id = "2.1",
  slug = "misc-device",
  title = "A misc device",
  minutes = 30,
  needs = { "0.1" },
  kernel = { "7.3" },
  files = { edit = { "Makefile" } },
  steps = { write "it" },
  run = function(guest)
    guest:insmod "it.ko"
  end,
  checks = {
    check "loads" { title = "it loads", points = 1, job = "insmod it.ko" },
  },
}
