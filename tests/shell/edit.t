#!/bin/bash
# `edit`: where it opens which editor, and how the terminal comes back; and
# what stands beside the learner's files for editors.
# shellcheck disable=SC2154 # lib.sh sets kiln, dir and repo
. "$(dirname "$0")/lib.sh"

work=$KILN_HOME/work/two-hellos
mkdir "$dir/bin"

# An editor that notes what it was told; it is called what $1 says.
editor()
{
	cat >"$dir/bin/$1" <<END
#!/bin/sh
for word; do printf '%s|' "\$word"; done >"$dir/told"
pwd >"$dir/cwd"
echo "\$PATH" >"$dir/path"
$2
END
	chmod +x "$dir/bin/$1"
}
told() { [ "$(cat "$dir/told" 2>/dev/null)" = "$1" ]; }

# ---- by itself ----

editor vim
export EDITOR=$dir/bin/vim
"$kiln" edit >"$dir/out" 2>&1
is "without a lesson's files it says what to do" grep -q "start 0.1" "$dir/out"
"$kiln" start 0.1 >/dev/null 2>"$dir/err"
is "start says nothing of editors" test ! -s "$dir/err"

"$kiln" edit >"$dir/out" 2>&1
todo=$(grep -n TODO "$work/hello_rs.rs" | head -n 1 | cut -d : -f 1)
is "edit opens at the first TODO" told "+$todo|$work/hello_rs.rs|"
is "says so" grep -q "first TODO" "$dir/out"
is "and what comes after it" grep -q "type 'check'" "$dir/out"
is "in the lesson's folder" grep -qxF "$work" "$dir/cwd"
is "where it finds the servers first" grep -q "^$work/.kiln:" "$dir/path"
is "both of them" test -x "$work/.kiln/rust-analyzer" -a -x "$work/.kiln/clangd"

"$kiln" edit hello.c:3 >"$dir/out" 2>&1
is "edit FILE:LINE" told "+3|$work/hello.c|"
is "tells what is given" grep -q "It is given" "$dir/out"
"$kiln" edit rust/kernel/print.rs:9 >/dev/null 2>&1
is "the kernel's source can be opened" \
	bash -c "[[ \$(cat '$dir/told') == '+9|'*/src/rust/kernel/print.rs'|' ]]"
"$kiln" edit 0.1 >/dev/null 2>&1
is "a lesson can be named" told "+$todo|$work/hello_rs.rs|"
"$kiln" edit two-hellos hello.c:3 >/dev/null 2>&1
is "and a file of it" told "+3|$work/hello.c|"
"$kiln" edit 4.1 >"$dir/out" 2>&1
is "of one that was not begun nothing is opened" grep -q "start 4.1" "$dir/out"
"$kiln" edit helo_rs.rs >"$dir/out" 2>&1
is "a wrong name is a usage error" test $? = 2
is "with what was meant" grep -q "did you mean 'hello_rs.rs'" "$dir/out"

mkdir "$dir/a b"
editor code
mv "$dir/bin/code" "$dir/a b/"
VISUAL="'$dir/a b/code' --new-window" "$kiln" edit >/dev/null 2>&1
is "VISUAL is split as at the prompt" \
	told "--new-window|--wait|--goto|$work/hello_rs.rs:$todo|"
editor strange
EDITOR=$dir/bin/strange "$kiln" edit >/dev/null 2>&1
is "an unknown editor gets the file" told "$work/hello_rs.rs|"

EDITOR=no-such-editor "$kiln" edit >"$dir/out" 2>&1
is "an editor that is not there is an error" test $? = 4
is "that names it" grep -q "cannot run the editor 'no-such-editor'" "$dir/out"
editor joe
EDITOR=vim PATH=$dir/nothing "$kiln" edit >"$dir/out" 2>&1
is "where none is installed it says how to get one" \
	grep -q "apt install nano" "$dir/out"
mkdir "$dir/only"
cp "$dir/bin/joe" "$dir/only/"
VISUAL=no-such-editor PATH=$dir/only "$kiln" edit >"$dir/out" 2>&1
is "one that is there is proposed, by the variable that counts" \
	grep -q "export VISUAL=joe" "$dir/out"
editor fails "exit 3"
EDITOR=$dir/bin/fails "$kiln" edit >"$dir/out" 2>&1
is "how it ended badly is told" grep -q "ended with code 3" "$dir/out"
script -qec "env -u EDITOR PATH='$dir/nothing' '$kiln' edit" "$dir/out" \
	>/dev/null 2>&1 </dev/null
is "no editor at all is an error" grep -q "no editor was found" "$dir/out"
is "with what to do" grep -q "set EDITOR" "$dir/out"

# ---- after a check ----

solution=$repo/lessons/0-first-contact/01-two-hellos/solution
sed 's/Ok(/Oks(/' "$solution/hello_rs.rs" >"$work/hello_rs.rs"
line=$(grep -n 'Oks(' "$work/hello_rs.rs" | head -n 1 | cut -d : -f 1)
"$kiln" check >/dev/null 2>&1
"$kiln" edit >"$dir/out" 2>&1
is "edit opens where the last check failed" told "+$line|$work/hello_rs.rs|"
is "and says so" grep -q "last check" "$dir/out"
"$kiln" reset >/dev/null 2>&1
"$kiln" edit >/dev/null 2>&1
is "after reset at the TODO again" told "+$todo|$work/hello_rs.rs|"

# ---- what is written for editors ----

mine='{ "my": "own" }'
echo "$mine" >"$work/.vscode/settings.json"
rm "$work/compile_commands.json"
sed -i '1s/.$/x/' "$work/.kiln/written" # as if all were out of date
echo >>"$work/rust-project.json"
"$kiln" start 0.1 >/dev/null 2>&1
is "settings of the learner's stay" \
	grep -qxF "$mine" "$work/.vscode/settings.json"
is "so does a project file that was changed" \
	test -z "$(tail -n 1 "$work/rust-project.json")"
is "what is missing is made again" test -s "$work/compile_commands.json"
echo "$mine" >"$work/.nvim.lua"
"$kiln" check >/dev/null 2>&1
is "a check leaves them alone too" grep -qxF "$mine" "$work/.nvim.lua"
rm "$work/rust-project.json"
"$kiln" start 0.1 >/dev/null 2>&1
is "one that was taken away comes back" \
	grep -q store_rs\\\|hello_rs "$work/rust-project.json"
before=$(stat -c %y "$work/rust-project.json" "$work/.kiln/written")
"$kiln" start 0.1 >/dev/null 2>&1
is "what is up to date is not written again" \
	test "$before" = "$(stat -c %y "$work/rust-project.json" \
		"$work/.kiln/written")"
is "none of it is work" bash -c \
	"! find '$KILN_HOME/state' | grep -q 'rust-project\|vscode\|nvim'"

# ---- the servers ----

is "lsp runs rust-analyzer" \
	bash -c "'$kiln' lsp rust -- --version | grep -q ^rust-analyzer"
is "the program in .kiln does too" \
	bash -c "'$work/.kiln/rust-analyzer' --version | grep -q ^rust-analyzer"
is "lsp runs clangd" \
	bash -c "env -i '$work/.kiln/clangd' --version | grep -q clangd"
"$kiln" lsp python </dev/null >"$dir/out" 2>&1
is "there is no other" grep -q "'lsp rust' is rust-analyzer" "$dir/out"

"$kiln" lsp rust </dev/null >"$dir/out" 2>&1
is "it has to be talked to" test $? = 2
# rust-analyzer itself would wait for ever.
sleep 0.5 | timeout 30 "$kiln" lsp rust >"$dir/out" 2>&1
is "it ends when nobody talks to it any more" test "${PIPESTATUS[1]}" = 1

# ---- at the prompt ----

# It leaves the terminal as no editor should, once it has had its Ctrl-C.
editor nvim "printf '\\033[?1049h\\033[?1h\\033[?25l'
stty raw -echo -isig; echo editing; sleep 1000"
editor nano "stty -echo; trap 'exit 0' INT; echo editing; sleep 1000"
terminal 80 24 "EDITOR='$dir/bin/nano' '$kiln'"
at_prompt
type_line "edit"
is "at the prompt the editor has the terminal" shows "editing"
keys C-c
is "its Ctrl-C is its own" shows "When you have saved it"
is "and the prompt is back" at_prompt
keys -l "edit hello_"
keys Tab
is "files are completed" shows "edit hello_rs.rs"
keys C-u
clear_screen
keys -l "show rust/kernel/miscd"
keys Tab
is "and so are the kernel's" shows "show rust/kernel/miscdevice.rs"
keys C-u
clear_screen
keys -l "edit include/linux/miscd"
keys Tab
is "for edit, too" shows "edit include/linux/miscdevice.h"
keys C-u
type_line "lsp rust"
is "a server is not for people" shows "talks to an editor"
is "and the shell is still there" at_prompt
type_line quit
is "it leaves" shows "left with 0"
is "the terminal is as it was" sane

terminal 40 10 "EDITOR='$dir/bin/nvim' '$kiln' edit"
is "a raw editor" shows "editing"
editor_pid=$(pgrep -f "^/bin/sh $dir/bin/nvim" | head -n 1)
kill "$editor_pid"
is "is told of when it is killed" shows "ended with signal"
is "and leaves the terminal as it was" sane
is "on the screen where it was, with its cursor" test "$(tmux -S "$sock" \
	display-message -p '#{alternate_on}#{keypad_cursor_flag}#{cursor_flag}'
)" = 001

done_testing
