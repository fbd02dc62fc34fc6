-- SPDX-License-Identifier: GPL-2.0-or-later
-- For the golden screens: only to be listed.
return lesson {
  format = 1,
  id = "1.2",
  slug = "errors-cross",
  title = "Errors cross it",
  minutes = 120,
  needs = { "1.1" },
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
