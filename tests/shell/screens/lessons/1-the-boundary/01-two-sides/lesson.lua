-- SPDX-License-Identifier: GPL-2.0-or-later
-- For the golden screens: only to be listed.
return lesson {
  format = 1,
  id = "1.1",
  slug = "two-sides",
  title = "Two sides of one call, and the struct that both lay out",
  minutes = 25,
  needs = { "0.2" },
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
