#!/bin/bash
# What was done can be looked at and brought back: history, diff, restore,
# reset, solution.
# shellcheck disable=SC2154 # lib.sh sets kiln, sock and repo
. "$(dirname "$0")/lib.sh"

work=$KILN_HOME/work/two-hellos

# A zero byte: such a file is checked without a build.
edit()
{
	printf '// %s\n\0\n' "$1" >"$work/hello_rs.rs"
}

terminal 80 50 "$kiln"
at_prompt
type_line "history"
is "before the first lesson there is no history" shows "no lesson has been"
type_line "start 0.1"
at_prompt
clear_screen
type_line "history"
is "before the first check it says what makes one" shows "Nothing yet: 'check'"
type_line "diff"
is "and diff compares with the starter" shows "your files are as in the starter"
type_line "solution"
is "the solution is not open yet" shows "after a pass, or after 5 more checks"
is "and hints come first" shows "then 'hint' helps"

cp "$work/hello_rs.rs" "$dir/starter"
edit one
clear_screen
type_line "check"
shows "Not yet"
at_prompt
clear_screen
type_line "history"
is "a check is in the history" shows "1  today"
is "with its result" shows "build-failed"
is "and under its heads" shows "Kept by"
{ cat "$dir/starter"; echo '// two'; } >"$work/hello_rs.rs"
clear_screen
type_line "diff --start"
is "diff --start is against the starter" shows "From the starter to your files:"
is "and has what was added" shows "+// two"
at_prompt

clear_screen
type_line "reset"
shows "Reset 0.1?"
keys n
is "reset asks first" shows "Nothing was changed."
at_prompt
is "and takes no for an answer" grep -qx '// two' "$work/hello_rs.rs"
clear_screen
type_line "reset"
shows "Reset 0.1?"
keys y
is "reset says which version has the work" shows "What you had is version 2"
is "and the starter is back" cmp "$dir/starter" "$work/hello_rs.rs"
at_prompt
clear_screen
type_line "restore 2"
is "restore says what is back" shows "Version 2 is back"
is "and it is" grep -qx '// two' "$work/hello_rs.rs"
is "what was there first is kept as well" shows "What you had is version 3"
at_prompt
clear_screen
type_line "restore 2"
is "once more there is nothing to do" shows "Nothing was changed"
edit one
clear_screen
type_line "restore 2"
is "what is a version already makes no new one" \
	shows "What you had is version 1:"
type_line "diff"
is "diff says with what it compares" \
	shows "From your last check (version 1) to your files:"
type_line "diff 3 2"
is "likewise of two versions" shows "From version 3 to version 2:"
is "and names the file, and whose" shows "--- hello_rs.rs"
at_prompt
type_line "restore 9"
is "a number that is none is met with those there are" \
	shows "versions 1 to 3"
type_line "restore 2 nix.rs"
is "likewise a file" shows "version 2 has no file 'nix.rs'"
type_line "history show 2"
is "a version can be shown" shows "Version 2, kept by 'reset'"
is "with its files" shows "// two"
at_prompt
clear_screen
keys -l "history sh"
keys Tab
is "Tab completes what follows" shows "history show"
keys C-u
keys -l "restore "
keys Tab
keys Tab
is "and the numbers of versions" shows "two-hellos"
keys C-u

for i in 1 2 3 4; do
	edit "try $i"
	"$kiln" check >/dev/null
done
sed '/STUB/,/END SOLUTION/d; /BEGIN SOLUTION/d' \
	"$repo/lessons/0-first-contact/01-two-hellos/solution/hello_rs.rs" \
	>"$work/hello_rs.rs"
is "who has written the solution is shown nothing" bash -c \
	"'$kiln' solution </dev/null | grep -q 'are the solution'"
is "and it is not held against them" bash -c \
	"! '$kiln' status </dev/null | grep -q 'solution was shown'"
{ cat "$dir/starter"; echo '// my last'; } >"$work/hello_rs.rs"
clear_screen
type_line "solution"
is "after the tries it is open, against the work" shows "+++ hello_rs.rs"
is "and what more it can do is said" shows "solution --apply"
is "that is on record" bash -c \
	"'$kiln' status </dev/null | grep -q 'solution was shown'"
at_prompt
clear_screen
type_line "solution --apply"
is "and can be put in place" shows "The solution is in place"
is "what was there stays" shows "What you had is version 8"
at_prompt
clear_screen
type_line "check"
is "it passes" shows "Passed: " 120
at_prompt
clear_screen
type_line "history"
is "history marks that pass" shows "pass 8/8 *"
is "and says what the mark means" shows "after the solution was shown"
at_prompt
type_line "status"
is "and so does status" shows "passed once the solution was shown"

# Something happens to an archive.
tars=("$KILN_HOME"/state/versions/two-hellos/*.tar)
printf 'x' >>"${tars[0]}"
at_prompt
clear_screen
type_line "history"
is "a damaged version is marked, and the others are there" shows "damaged"
is "all of them" shows "   1  today"
mkdir -p "$KILN_HOME/state/kept/two-hellos/2026-01-02-030405"
clear_screen
type_line "history"
is "what an older Kiln put away is named" shows "2026-01-02-030405"
type_line "quit"
is "quit leaves with code 0" shows "left with 0"

# No line may be wider, and no word lost.
terminal 40 10 "$kiln"
at_prompt
clear_screen
type_line "history"
is "a narrow terminal is paged" shows "-- "
keys q
at_prompt
clear_screen
type_line "history show 2 hello_rs.rs"
is "and shows a file" shows "SPDX-License"
keys q
at_prompt
type_line "quit"
shows "left with 0"
is "the terminal is as it was" sane

is "a pipe gets no colours" bash -c \
	"! '$kiln' history | grep -q $'\033'"
is "and a file as it was kept" bash -c \
	"'$kiln' history show 2 hello_rs.rs | tail -n 1 | grep -qx '// two'"

# The lesson at work is broken, then gone.
mkdir "$dir/data"
ln -s "$repo/kernels" "$repo/checker" "$dir/data/"
cp -r "$repo/lessons" "$dir/data/"
export KILN_DATA=$dir/data
lesson=$dir/data/lessons/0-first-contact/01-two-hellos
echo 'nonsense(' >"$lesson/lesson.lua"
"$kiln" check >"$dir/out" 2>&1
is "a lesson that is broken is said to be so" grep -q 'lesson.lua' "$dir/out"
is "its history is there" bash -c "'$kiln' history | grep -q '1  today'"
is "and can be restored" "$kiln" restore 2
rm -r "$lesson"
"$kiln" check >"$dir/out" 2>&1
is "one that is gone is missed by name" \
	grep -q "two-hellos.*not here any more" "$dir/out"
is "its history is there too" \
	bash -c "'$kiln' history two-hellos | grep -q '1  today'"
is "and can be restored as well" "$kiln" restore 2

done_testing
