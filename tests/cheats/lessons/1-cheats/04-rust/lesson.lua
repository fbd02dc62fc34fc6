-- SPDX-License-Identifier: GPL-2.0-or-later
return lesson {
  format = 1,
  id = "1.4",
  slug = "rust",
  title = "A module in Rust",
  minutes = 1,
  kernel = { "7.3" },
  files = { given = { "Makefile" }, edit = { "work.rs" } },
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
