-- SPDX-License-Identifier: GPL-2.0-or-later
-- For the golden screens: one file of C, quick to build.
return lesson {
  format = 1,
  id = "0.1",
  slug = "one-number",
  title = "One number, told to the log",
  minutes = 5,
  kernel = { "7.3" },
  files = { given = { "Makefile" }, edit = { "number.c" } },
  steps = { read "the-log", write "tell-it", read "the-end" },
  run = function(guest)
    guest:insmod "number.ko"
    guest:rmmod "number"
  end,
  checks = {
    check "loads" { title = "the module loads", points = 1, job = "insmod number.ko" },
    check "tells" { title = "it tells its number", points = 2, log = "number: it is 42" },
    check "clean" { title = "the kernel reports no fault", points = 1, findings = "none" },
  },
  hints = {
    start = { "Which function of the kernel prints a line?" },
    tells = {
      "Which number does the log show, and which one was asked for?",
      "`pr_info(\"it is %d\\n\", 42);`",
    },
    ["build-failed"] = { "Which error is the first? Mend that one." },
  },
}
