-- SPDX-License-Identifier: GPL-2.0-or-later
return lesson {
  format = 1,
  id = "1.1",
  slug = "rough",
  title = "For tests of author lint",
  minutes = 1,
  kernel = { "7.3" },
  files = { given = { "Makefile" }, edit = { "half.c", "half_rs.rs" } },
  steps = { write "half" },
  run = function(guest)
    guest:insmod "half.ko"
  end,
  checks = {
    check "loads" { title = "it loads", job = "insmod half.ko" },
  },
  hints = {
    start = { "Begin." },
    loads = { "Does it?" },
    ["build-failed"] = { "Read it." },
  },
  wrong = { types = { verdict = "build-failed" } },
}
