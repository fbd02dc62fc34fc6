-- SPDX-License-Identifier: GPL-2.0-or-later
local test = "run lesson0_test"

return lesson {
  format = 1,
  id = "4.1",
  slug = "misc-device",
  title = "A misc device, driven from user space",
  minutes = 30,
  needs = { "1.2" },
  kernel = { "7.3" },

  files = {
    given = { "lesson0.h", "Makefile" },
    edit = { "lesson0.rs" },
  },
  programs = { "lesson0_test", "kernel_address" },

  steps = {
    read "two-kinds",
    predict "kernel-address" {
      question = "A program SETs 42, and then calls GET with the address of `guard`, a variable of "
        .. "the kernel's that is 7. What happens?",
      choices = {
        { "The processor faults: a program has no right to that address.",
          log = "BUG: unable to handle" },
        { "The kernel variable is overwritten with the total.",
          log = { "lesson0: the guard is 7", "lesson0: the guard is 42" } },
        { "The ioctl fails with EFAULT.", job = "run kernel_address", output = "GET: EFAULT" },
      },
      answer = 2,
      try = "kernel-address",
      run = function(guest)
        guest:insmod "lesson0.ko"
        guest:run "kernel_address"
        guest:rmmod "lesson0"
      end,
      why = "It is the kernel that stores, and the kernel may store there. The program has "
        .. "chosen the value (by SET) and the place: with that it can give itself any right "
        .. "it likes. copy_to_user() refuses every address that is not in the user half, and "
        .. "that check is half of what it is for.",
    },
    write "three-commands" {
      checks = { "set-get", "add", "overflow", "unknown", "pointers", "read-only", "own-total" },
    },
    write "read-and-write" {
      checks = { "read-write", "lengths", "torn", "unloads", "again", "clean" },
    },
    explore "by-hand" {
      commands = {
        "insmod lesson0.ko",
        "ls -l /dev/lesson0",
        "echo hello > /dev/lesson0",
        "exec 3<>/dev/lesson0",
        "printf '\\052\\0\\0\\0\\0\\0\\0\\0' >&3",
        "hexdump -C -n 8 <&3",
        "hexdump -C -n 8 /dev/lesson0",
        "rmmod lesson0",
        "exec 3>&-",
        "rmmod lesson0",
      },
      notice = "Whose is the file, and who may open it? How many bytes does `echo hello` write, and "
        .. "what becomes of them? Do the two `hexdump`s, which read the same name, agree, and what "
        .. "in `open` explains it? And why does the first `rmmod` end otherwise than the second?",
    },
  },

  run = function(guest)
    guest:insmod "lesson0.ko"
    guest:run "lesson0_test"
    guest:rmmod "lesson0"
    guest:soak("lesson0.ko", nil, { times = 5 })
  end,

  checks = {
    check "set-get" { title = "GET gives what SET put there", points = 2,
      tap = test, case = "set_then_get" },
    check "add" { title = "ADD stores the sum, and keeps it", points = 2,
      tap = test, case = "add_gives_the_sum" },
    check "overflow" { title = "a sum that does not fit is EOVERFLOW", points = 2,
      tap = test, case = "add_overflow" },
    check "unknown" { title = "an unknown command is ENOTTY", points = 1,
      tap = test, case = "unknown_commands" },
    check "pointers" { title = "a bad pointer is EFAULT", points = 2,
      tap = test, case = "bad_pointers" },
    check "read-only" { title = "an answer that cannot be stored is EFAULT", points = 1,
      tap = test, case = "read_only_memory" },
    check "own-total" { title = "every open file has a total of its own", points = 1,
      tap = test, case = "each_open_its_own" },
    check "read-write" { title = "read gives what write put there", points = 2,
      tap = test, case = "write_then_read" },
    check "lengths" { title = "a wrong length is EINVAL", points = 1,
      tap = test, case = "wrong_lengths" },
    check "torn" { title = "half a number is EFAULT, and changes nothing", points = 2,
      tap = test, case = "torn_buffers" },
    check "unloads" { title = "the module can be unloaded", points = 1,
      job = "rmmod lesson0" },
    check "again" { title = "five loads and unloads leave nothing behind", points = 1,
      job = "soak lesson0.ko" },
    check "clean" { title = "the kernel reports no fault", points = 1, findings = "none" },
  },

  hints = {
    start = {
      "The header `lesson0.h` has three numbers. Begin with the three constants: which type, which magic, "
        .. "which count?",
      "The magic is `const LESSON0_MAGIC: u32 = 0xbb;` and the type of all three is `i64`. So "
        .. "`_IOW::<i64>(LESSON0_MAGIC, 1)` is SET.",
      "Then `set`: there read an `i64` from `arg.reader()`, and store it by "
        .. "`*self.total.lock() = …`. And `ioctl` must call it.",
    },
    ["set-get"] = {
      "Does the report say ENOTTY? Then your `match` did not know the command. Compare the "
        .. "three constants with `lesson0.h`: direction (`_IOW` to set, `_IOR` to get), magic, "
        .. "count, and the size, which is that of an `i64`.",
      "If it is another error, or another number: what does `arg` hold, the number, or something "
        .. "that leads to the number? And how long is that?",
      "In `arg` is an address in the memory of the program. "
        .. "`UserSlice::new(UserPtr::from_addr(arg), size_of::<i64>())` stands for the eight "
        .. "bytes there.",
    },
    add = {
      "Does the report say ENOTTY? Then compare `LESSON0_ADD` with `lesson0.h`. If not: ADD goes "
        .. "both ways. What does the program find in its variable afterwards?",
      "The call `arg.reader_writer()` gives a pair, a reader and a writer of the same memory. Read the "
        .. "number, add it to the total, write the sum.",
    },
    overflow = {
      "What is `i64::MAX + 1` to your code: a panic, a negative number, or an error?",
      "Neither: `total.checked_add(number).ok_or(EOVERFLOW)?` makes an error of it.",
      "And the old total must stand: assign only after the `?`.",
    },
    unknown = {
      "The report says which command was let in, or which error it got. What is different about "
        .. "that command?",
      "The last arm of the match is `_ => return Err(ENOTTY)`, and what is matched is all of "
        .. "`cmd`, not a part of it like `_IOC_NR(cmd)`.",
    },
    pointers = {
      "Who looks at the address before it is used?",
      "All access must go through `reader()` and `writer()`, and their Result must be passed on "
        .. "by `?` or returned: then EFAULT comes by itself.",
      "Is the length that of the whole number, `size_of::<i64>()`? Then half a number is refused.",
    },
    ["read-only"] = {
      "Reading from the program's memory worked. What about the way back? And what does "
        .. "`lesson0.h` say of the total, when an ADD fails there?",
      "The Result of `write(&…)` is the answer of `get` and `add`. Return it, or use `?`.",
      "The addition stands: put the sum into the total, give the lock back, and only then write.",
    },
    ["own-total"] = {
      "Where does your total live: in the value that `open` makes, or in one for all?",
    },
    ["read-write"] = {
      "How many bytes must read(2) and write(2) report for one number?",
      "Return `Ok(bytes.len())`, not `Ok(0)`: to a program a read of 0 bytes is the end of the "
        .. "file. The bytes come from `to_ne_bytes()`, and go to `i64::from_ne_bytes`.",
      "The call `kiocb.file()` is to read and write what `me` is to `ioctl`: the total is "
        .. "`*kiocb.file().total.lock()`.",
    },
    lengths = {
      "The length `iov.len()` is known before anything is copied. When is it right?",
      "For a write it must be equal to 8; for a read it must not be less than 8.",
    },
    torn = {
      "The function `copy_from_iter()` was asked for 8 bytes. What does it say that it copied?",
      "First `if iov.copy_from_iter(&mut bytes) < bytes.len() { return Err(EFAULT); }` and only "
        .. "after that store the total. The same for `copy_to_iter()`.",
    },
    unloads = {
      "What still holds the module? An open file does, and so does a call that never returned.",
    },
    again = {
      "Does the report name something in `/dev`, or objects in memory? Who made that, and who "
        .. "should have taken it back?",
      "The field `_device` gives the device back when it is dropped, and `KBox`, `KVec` and the guards give "
        .. "back what they own. Nothing is given back after `mem::forget()`, `leak()` or "
        .. "`into_raw()`.",
    },
    kasan = {
      "\"user-memory-access\" in the report means that the kernel used an address of the program "
        .. "as if it were its own. Which line did that?",
      "Never cast `arg` to a pointer and dereference it. The way in is `UserSlice` and "
        .. "`reader()`, the way out is `writer()`.",
    },
    oops = {
      "Which address was used, and by which function? An address such as 0x00007fff… belongs to "
        .. "the program, not to the kernel.",
      "User memory is reached only through `UserSlice`, or through the `iov` of read and write.",
    },
    ["rust-panic"] = {
      "The message names the line, and says what went wrong. Can a program send a number that "
        .. "leads there?",
      "\"attempt to add with overflow\": use `checked_add()`. A driver must not panic on anything "
        .. "that user space can send.",
    },
    ["build-failed"] = {
      "Which error is the first? Mend that one, then `check` again: the others often follow from "
        .. "it.",
      "Only if an error says \"expected …\" and has no number: a sign is wrong or missing at that "
        .. "place or just before it. Did you write `switch` there, or `case`, or `default`? In Rust "
        .. "it is a `match`. An arm is `PATTERN => value,` with a comma, and the last one, for all "
        .. "the rest, begins with `_ =>` and not with a word.",
      "A type in the message that you did not write comes from `kernel::ioctl` or "
        .. "`kernel::uaccess`: `show rust/kernel/uaccess.rs` pages what is there.",
    },
    E0308 = {
      "Which of the two types that the message names does the function want? The magic and the "
        .. "count of an ioctl number are `u32`. What is copied out is passed by reference: "
        .. "`write(&sum)`, `copy_to_iter(&bytes)`; what is copied in is filled in place: "
        .. "`copy_from_iter(&mut bytes)`.",
      "An address is not yet a `UserPtr`: `UserPtr::from_addr(arg)` makes one. And "
        .. "`self.total.lock()` is a guard: the number is `*total`.",
      "All three of `set`, `get` and `add` return `Result`. Only `ioctl` returns "
        .. "`Result<isize>`: end it with `Ok(0)`.",
      "\"`match` arms have incompatible types\": each arm is a value, and all must be of one type. "
        .. "A semicolon or a missing `?` makes one of them another.",
    },
    E0599 = {
      "On what is the method called? `reader_writer()` gives a pair, which can neither read nor "
        .. "write, and the Mutex is not the number.",
      "A `let (mut reader, mut writer) = arg.reader_writer();` takes the pair apart, and "
        .. "`self.total.lock()` leads to the number.",
    },
    E0596 = {
      "Which value is changed there? Reading moves the reader on, and a guard is written through.",
      "What is to change must be `mut`: the reader and the writer, by "
        .. "`let (mut reader, mut writer) = …` and the guard, by "
        .. "`let mut total = self.total.lock();`",
    },
    E0384 = { "A variable made by `let` never changes again. One that is to change is made by "
      .. "`let mut`." },
    E0004 = { "A `match` must know what to do with every number. The last arm, `_ =>`, takes all "
      .. "that no other arm took, as `default:` does in C." },
    E0282 = {
      "The function `read()` can make any plain type. Which one do you want?",
      "Say it once: `let number: i64 = reader.read()?;`",
    },
    E0277 = {
      "The sign `?` hands on the error of a Result. But `checked_add()` gives an Option: which "
        .. "error should its None be?",
      "If the message names AsBytes: what is written must be a number, and a guard is not one. "
        .. "Keep a copy of `*total`, and write that.",
    },
    E0368 = { "A guard is not a number. The number is `*total`." },
    E0369 = { "A guard is not a number. The number is `*total`, or `*self.total.lock()`." },
    E0614 = { "The Mutex is not the number, and not a reference to it. The way in is "
      .. "`*self.total.lock()`." },
    E0382 = {
      "Each of `reader()`, `writer()` and `reader_writer()` uses the slice up, so that nothing is fetched "
        .. "twice by accident.",
      "If you need both directions, take both at once: `arg.reader_writer()`.",
    },
    E0425 = { "Is it a constant of yours that is not written yet, or spelt otherwise? All that "
      .. "the lesson needs was imported in the file as you got it: `_IOR`, `_IOW` and `_IOWR` "
      .. "are in `kernel::ioctl`." },
    E0433 = { "Is its `use` line still there? `UserSlice` is in `kernel::uaccess`, the ioctl "
      .. "functions are in `kernel::ioctl`, and `UserPtr` comes with the prelude." },
    E0412 = { "Is its `use` line still there? `uaccess::UserSlice`, inside of "
      .. "`use kernel::{ … }`." },
    E0133 = { "There is a way without `unsafe`: nothing in this lesson needs it." },
    unreachable_patterns = {
      "The compiler says that the arms below can never be reached. What does the arm above them "
        .. "match?",
      "A name in a pattern that is not a constant is a new variable, and matches everything. Is "
        .. "the constant there, and spelt the same?",
    },
    unused_must_use = {
      "A Result that nobody looks at is an error that nobody sees. Use `?`, or return it.",
    },
  },

  wrong = {
    ["arg-as-value"] = "set-get",
    ["by-number"] = "unknown",
    ["copy-then-add"] = "read-only",
    ["einval-for-unknown"] = "unknown",
    ["ignored-count"] = "torn",
    ["missing-constant"] = "add",
    ["sum-not-stored"] = "add",
    ["wrapping-sum"] = "overflow",
    ["leaked-name"] = { check = "again", verdict = "crash" },
    ["plain-plus"] = { check = "clean", verdict = "crash" },
    ["raw-pointer"] = { check = "clean", verdict = "crash" },
  },
}
