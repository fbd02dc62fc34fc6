-- SPDX-License-Identifier: GPL-2.0-or-later
-- It names a device that no QEMU has.
return lesson {
  format = 1,
  id = "2.4",
  slug = "device",
  title = "A device that there is not",
  minutes = 1,
  kernel = { "7.3" },
  files = { given = { "Makefile" }, edit = { "draw.c" } },
  machine = { devices = { "flux-capacitor" } },
  steps = { write "bad" },
  run = function(guest)
    guest:insmod "draw.ko"
  end,
  checks = {
    check "loads" { title = "it loads", job = "insmod draw.ko" },
  },
}
