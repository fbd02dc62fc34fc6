-- SPDX-License-Identifier: GPL-2.0-or-later
-- A module that must go as it came, however often, and however init ends.
return lesson {
  format = 1,
  id = "1.20",
  slug = "unwind",
  title = "A module that must undo what it did",
  minutes = 1,
  kernel = { "7.3" },
  files = { given = { "Makefile" }, edit = { "ring.c" } },
  steps = { write "bad" },
  run = function(guest)
    guest:soak("ring.ko", { slots = 4 }, { times = 3 })
    guest:failslab "ring.ko"
  end,
  checks = {
    check "again" { title = "it loads and unloads, again and again", job = "soak ring.ko" },
    check "undone" { title = "init undoes what it did when it fails", job = "failslab ring.ko" },
    check "clean" { title = "nothing was broken", findings = "none" },
  },
}
