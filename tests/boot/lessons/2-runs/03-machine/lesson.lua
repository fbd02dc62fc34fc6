-- SPDX-License-Identifier: GPL-2.0-or-later
-- A machine of its own: two CPUs, and two devices beside the usual ones.
return lesson {
  format = 1,
  id = "2.3",
  slug = "machine",
  title = "A machine of its own",
  minutes = 1,
  kernel = { "7.3" },
  files = { given = { "Makefile" }, edit = { "draw.c" } },
  programs = { "draw_user" },
  machine = { cpus = 2, devices = { "edu", "pci-testdev" } },
  steps = { write "bad" },
  run = function(guest)
    guest:read "/sys/devices/system/cpu/online"
    guest:read "/proc/bus/pci/devices"
    guest:insmod "draw.ko"
    guest:run "draw_user"
  end,
  checks = {
    check "cpus" { title = "two CPUs", output = "0-1",
      job = "read /sys/devices/system/cpu/online" },
    check "edu" { title = "edu is there", output = "123411e8",
      job = "read /proc/bus/pci/devices" },
    check "testdev" { title = "and so is pci-testdev", output = "1b360005",
      job = "read /proc/bus/pci/devices" },
    check "draws" { title = "it draws a number", log = "draw: kernel" },
    check "clean" { title = "nothing was broken", findings = "none" },
  },
}
