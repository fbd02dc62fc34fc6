-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- REPLACE: all that is about halves. This is a small lesson that works, so that
-- there is something to change and to prove again, step by step:
--
--   kiln author lint @ID@      what is wrong, without a guest
--   kiln author test @ID@      every claim below, in the real guest
--   kiln author mutate @ID@    is there a mistake that no check sees?
--
-- Every field is described in the book: lua-reference.md.
return lesson {
  format = 1,
  id = "@ID@",
  slug = "@SLUG@",
  title = "@TITLE@",
  minutes = @MINUTES@, -- REPLACE: how long a learner takes, once you have seen one
  needs = {}, -- REPLACE: ids of the lessons that must come before: { "0.1" }
  kernel = { "@SERIES@" },

  -- REPLACE: what stands in solution/.
  files = {
    given = { "half.h", "Makefile" },
    edit = { "half_core.c", "half_rs.rs" },
  },

  -- When an answer fails, which side is wrong? It costs two more builds.
  -- swap = { c = "half_core.c", rust = "half_rs.rs" },

  -- REPLACE: a step for each section of text.md.
  steps = {
    read "what-a-half-is",
    predict "negative" {
      question = "`half_of(-6)` is called. What does it return?",
      choices = {
        { "-3: half of it.", log = "half_of(-6) is -3" },
        { "-22, which is `-EINVAL`.", log = "half_of(-6) is -22" },
        "Nothing: the kernel stops.",
      },
      answer = 2,
      try = "negative", -- the files in try/negative/, laid over the solution
      run = function(guest)
        guest:insmod "half.ko"
      end,
      why = "A function that cannot do what it was asked says so, "
        .. "and the caller decides.",
    },
    write "write-it",
  },

  -- REPLACE: what is done in the guest, in this order.
  run = function(guest)
    guest:insmod "half.ko"
    guest:insmod "half_test.ko"
    guest:rmmod "half_test"
    guest:rmmod "half"
    guest:insmod("half.ko", { number = -6 }, { expect = "EINVAL", as = "a negative number" })
  end,

  -- REPLACE: what must hold. The titles are what the learner reads.
  checks = {
    check "loads" { title = "the module loads", points = 1, job = "insmod half.ko" },
    check "half" { title = "half of 6 is 3", points = 2, log = "half: half of 6 is 3" },
    check "values" { title = "numbers with a half, and without", points = 3, ktap = "half" },
    check "refuses" { title = "a negative number is refused", points = 2,
      job = "a negative number" },
    check "safety" { title = "every unsafe block has a SAFETY comment", points = 1,
      lint = { "clippy::undocumented_unsafe_blocks" } },
    check "clean" { title = "the kernel reports no fault", points = 1, findings = "none" },
  },

  -- REPLACE: for who is stuck; the vaguest first, and the last is nearly the answer.
  hints = {
    start = {
      "Which numbers have a half that is a whole number?",
      "Begin with the C side: `if (n < 0 || n % 2)`.",
    },
    loads = { "What does `half` return for 6, and what does `insmod` make of that?" },
    half = { "Compare the number in the log with the one that you expect." },
    values = {
      "The report names the case, the expected and the actual number. Try that one by hand.",
      "Odd numbers and negative ones have no half here: `return -EINVAL;`.",
    },
    refuses = { "What does C return for -6, and what does your Rust make of it?" },
    safety = { "Above each `unsafe` stands `// SAFETY:`, and why the call is sound." },
    clean = { "Which of your lines does the report name?" },
    ["build-failed"] = { "Mend the first error, then `check` again." },
  },

  -- REPLACE: answers that beginners write, in wrong/NAME/, and the check that must
  -- reject each.
  wrong = {
    ["whole"] = "half",
    ["odd-accepted"] = "values",
    ["errno-as-value"] = "refuses",
  },
}
