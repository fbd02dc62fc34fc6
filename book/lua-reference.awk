# SPDX-License-Identifier: GPL-2.0-or-later
# For book/lua-reference, which says what this does.

function bad(what) { bad_at(FILENAME, FNR, what) }
function bad_at(file, line, what) {
	print file ":" line ": " what >"/dev/stderr"
	broken = 1
}

# ---- reading ----

function literals(text, out,    n) {
	n = 0
	while (match(text, /"[^"]*"/)) {
		out[++n] = substr(text, RSTART + 1, RLENGTH - 2)
		text = substr(text, RSTART + RLENGTH)
	}
	return n
}

# A comment begins with what it is on.
function open_doc(text) {
	kind = head = type = title = body = ""
	doc_file = FILENAME
	doc_line = FNR
	if (match(text, /^\[[a-z]+(=[a-z]+)?\] /)) {
		kind = "table"
		head = substr(text, 2, RLENGTH - 3)
		title = substr(text, RLENGTH + 1)
		like = ""
		if (match(head, /=/)) {
			like = substr(head, RSTART + 1)
			head = substr(head, 1, RSTART - 1)
		}
	} else if (match(text, /^guest:[a-z]+\([a-z, ]*\)$/)) {
		kind = "call"
		title = text
		head = substr(text, 7, index(text, "(") - 7)
	} else if (match(text, /^[a-z]+\.[a-z_]+(: |$)/)) {
		kind = "field"
		head = text
		if (match(text, /: /)) {
			head = substr(text, 1, RSTART - 1)
			type = substr(text, RSTART + 2)
		}
	} else {
		bad("a comment that is neither on TABLE.FIELD, [TABLE] " \
		    "nor guest:CALL(...): " text)
	}
}

function close_doc() {
	if (kind == "table") {
		if (head in titles)
			bad("a second comment on [" head "]")
		else
			order[++ntables] = head
		titles[head] = title
		texts[head] = body
		likes[head] = like
		at_table = head
	} else if (kind == "call") {
		call_of[head] = title
		texts["guest:" head] = body
		at_call = head
	} else if (kind == "field") {
		if (head in field_of)
			bad("a second comment on " head)
		field_of[head] = type
		texts[head] = body
		waiting[++nwaiting] = head
	}
	file_of[head] = doc_file
	line_of[head] = doc_line
	if (kind == "call") {
		file_of["guest:" head] = doc_file
		line_of["guest:" head] = doc_line
	}
}

# The code below comments on fields: it must name them.
function hold_against(code,    i, name, field) {
	for (i = 1; i <= nwaiting; i++) {
		name = waiting[i]
		field = substr(name, index(name, ".") + 1)
		if (!index(code, "\"" field "\""))
			bad_at(file_of[name], line_of[name], "the comment on " \
			       name " does not stand above what reads it")
		code_of[name] = code
	}
	nwaiting = 0
}

# All fields that get_...() and rec_open() name.
function note_reads(code,    rest, m) {
	rest = code
	while (match(rest, /(get_(string|number|bool|list)|rec_open)\([^"]*"[a-z_]+"/)) {
		m = substr(rest, RSTART, RLENGTH)
		rest = substr(rest, RSTART + RLENGTH)
		sub(/^[^"]*"/, "", m)
		sub(/"$/, "", m)
		reads[m] = FILENAME ":" FNR
	}
}

function note_array(code,    name, n, lit, i) {
	if (!match(code, /[a-z_]+(\[[A-Z_]*\])+ = \{/) &&
	    !match(code, /\} [a-z_]+\[\] = \{/))
		return
	name = substr(code, RSTART, RLENGTH)
	sub(/^\} /, "", name)
	sub(/\[.*/, "", name)
	n = literals(substr(code, RSTART + RLENGTH), lit)
	arrays[name] = n
	for (i = 1; i <= n; i++)
		array[name, i] = lit[i]
	if (name == "allowed" && at_table == "")
		bad("fields that are allowed, and no comment [TABLE] above " \
		    "them says whose they are")
	if (name == "allowed" && at_table != "") {
		has_fields[at_table] = n
		for (i = 1; i <= n; i++) {
			allowed[at_table, i] = lit[i]
			may[at_table "." lit[i]] = 1
			somewhere[lit[i]] = 1
		}
	}
}

function end_statement(code) {
	if (nwaiting)
		hold_against(code)
	note_reads(code)
	note_array(code)
	at_table = ""
}

FNR == 1 { in_doc = 0; statement = ""; in_array = 0; in_comment = 0
	   at_table = at_call = ""; nwaiting = 0 }

in_doc {
	line = $0
	last = sub(/[ \t]*\*\/[ \t]*$/, "", line)
	sub(/^[ \t]*\* ?/, "", line)
	if (!last || line != "")
		body = body line "\n"
	if (last) {
		in_doc = 0
		close_doc()
	}
	next
}
/^[ \t]*\/\*\* / {
	line = $0
	sub(/^[ \t]*\/\*\* /, "", line)
	if (sub(/[ \t]*\*\/[ \t]*$/, "", line)) {
		open_doc(line)
		close_doc()
	} else {
		open_doc(line)
		in_doc = 1
	}
	if (!in_array)
		statement = ""
	next
}
in_comment { if (/\*\//) in_comment = 0; next }
/^[ \t]*\/\*/ { if (!/\*\//) in_comment = 1; next }

/^#define [A-Z_]+[ \t]+[0-9]+([ \t]|$)/ {
	defined[FILENAME, $2] = $3
	anywhere[$2] = $3
	next
}

# rec_only() is given what is looked for here.
/rec_only\(/ && !/, allowed\)/ && !/^void/ {
	bad("fields that are allowed are to be called allowed[]")
}
/plan_call_begin\(L, / && at_call != "" {
	n = $0
	sub(/.*, /, "", n)
	sub(/\).*/, "", n)
	params = call_of[at_call]
	sub(/^[^(]*\(/, "", params)
	if (split(params, unused, ",") - (params == ")") != n + 0)
		bad("guest:" at_call " takes " n " arguments, and its " \
		    "comment names others: " call_of[at_call])
	begun[at_call] = 1
	at_call = ""
}
# A method of the guest.
/\{"[a-z]+", (lua_)?guest_[a-z]+\}/ {
	rest = $0
	while (match(rest, /\{"[a-z]+", (lua_)?guest_[a-z]+\}/)) {
		m = substr(rest, RSTART + 2, RLENGTH - 2)
		rest = substr(rest, RSTART + RLENGTH)
		methods[substr(m, 1, index(m, "\"") - 1)] = FILENAME ":" FNR
	}
}

{
	line = $0
	sub(/^[ \t]+/, "", line)
	sub(/[ \t]*\/\*.*\*\/[ \t]*$/, "", line)
	statement = statement == "" ? line : statement " " line
	if (line ~ /(\[\]|\[[A-Z_]+\]) = \{/ && line !~ /;$/)
		in_array = 1
	# The rows of an array have comments of their own.
	if (in_array && nwaiting && line ~ /\},?$/)
		hold_against(line)
	if (line ~ /;$/ || (!in_array && line ~ /[{}:]$/)) {
		end_statement(statement)
		statement = ""
		in_array = 0
	}
}

# ---- the page ----

function number(file, s) {
	gsub(/^[ \t]+|[ \t]+$/, "", s)
	if (s ~ /^[0-9]+$/)
		return s
	if ((file, s) in defined)
		return defined[file, s]
	return s in anywhere ? anywhere[s] : ""
}

function listed(name, pairs,    i, out, one) {
	out = ""
	for (i = 1; i <= arrays[name]; i += pairs ? 2 : 1) {
		one = array[name, i]
		if (pairs)
			one = (one == "_G" ? "" : one ".") array[name, i + 1]
		out = out (out == "" ? "" : ", ") "`" one "`"
	}
	return out
}

# {NAME}, {words:ARRAY}, {pairs:ARRAY} in what a comment says.
function filled(text, name,    out, key, value) {
	out = ""
	while (match(text, /\{(words:|pairs:)?[A-Za-z_]+\}/)) {
		key = substr(text, RSTART + 1, RLENGTH - 2)
		if (key ~ /:/) {
			value = substr(key, index(key, ":") + 1)
			value = value in arrays ? \
				listed(value, key ~ /^pairs/) : ""
		} else {
			value = number(file_of[name], key)
		}
		if (value == "")
			bad_at(file_of[name], line_of[name],
			       "there is no {" key "}")
		out = out substr(text, 1, RSTART - 1) value
		text = substr(text, RSTART + RLENGTH)
	}
	return out text
}

# A paragraph, in lines of at most 80.
function say_paragraph(text,    n, word, i, line) {
	n = split(text, word, " ")
	line = ""
	for (i = 1; i <= n; i++) {
		if (line != "" && length(line) + 1 + length(word[i]) > 80) {
			print line
			line = ""
		}
		line = line (line == "" ? "" : " ") word[i]
	}
	if (line != "")
		print line "\n"
}

# "> " begins a line of Lua; an empty line ends a paragraph.
function say_body(text, name,    n, line, i, code, prose) {
	n = split(text, line, "\n")
	prose = ""
	for (i = 1; i <= n; i++) {
		code = line[i] ~ /^>/
		if (!code && line[i] != "") {
			prose = prose " " line[i]
			continue
		}
		say_paragraph(filled(prose, name))
		prose = ""
		if (!code)
			continue
		print "```lua"
		for (; line[i] ~ /^>/; i++)
			print substr(line[i], 3)
		print "```\n"
	}
	say_paragraph(filled(prose, name))
}

# "get_number(r, "x", &x, 1, 240, GET_REQUIRED)": its arguments in args.
function take_call(code, field, fn, args,    at, rest, i, c, depth, n) {
	rest = code
	while (match(rest, fn "\\(")) {
		rest = substr(rest, RSTART + RLENGTH)
		delete args
		n = 1
		args[1] = ""
		depth = 0
		for (i = 1; i <= length(rest); i++) {
			c = substr(rest, i, 1)
			if (c == "(")
				depth++
			if (c == ")" && depth-- == 0)
				break
			if (c == "," && depth == 0)
				args[++n] = ""
			else
				args[n] = args[n] c
		}
		for (i = 1; i <= n; i++)
			gsub(/^[ \t]+|[ \t]+$/, "", args[i])
		if (args[2] == "\"" field "\"" || args[3] == "\"" field "\"")
			return n
	}
	return 0
}

function shape(flags) {
	if (flags ~ /GET_SLUG/)
		return ", lower-case words joined by dashes"
	return flags ~ /GET_PATH/ ? ", a plain relative path" : ""
}

function need_number(name, s,    v) {
	v = number(file_of[name], s)
	if (v == "")
		bad_at(file_of[name], line_of[name], "the bound " s " of " \
		       name " is no number; the comment must say the type")
	return v
}

function derived(name, field,    code, a, n, t) {
	code = code_of[name]
	if ((n = take_call(code, field, "get_string", a)))
		t = "string of at most " need_number(name, a[4]) \
			" characters" shape(a[5]) \
			(a[5] ~ /GET_LINE/ ? ", one line" : "")
	else if ((n = take_call(code, field, "get_number", a)))
		t = "whole number, " need_number(name, a[4]) " to " \
			need_number(name, a[5])
	else if (take_call(code, field, "get_bool", a))
		return "true or false"
	else if ((n = take_call(code, field, "get_list", a)))
		t = "list of at most " need_number(name, a[4]) \
			" strings" (a[6] ~ /GET_PATH/ ? "" : \
			", of at most " need_number(name, a[5]) \
			" characters each") shape(a[6])
	else if (take_call(code, field, "rec_open", a))
		return "table" (a[4] == "true" ? ", required" : "")
	else
		bad_at(file_of[name], line_of[name], "nothing says of what " \
		       "type " name " is; the comment must")
	return t (n && a[n] ~ /GET_REQUIRED/ ? ", required" : "")
}

function say_field(table, field,    name, type) {
	name = table "." field
	type = field_of[name]
	type = type == "" ? derived(name, field) : filled(type, name)
	sub(/, required$/, ", **required**", type)
	print "### " field " {#" table "-" field "}\n"
	print toupper(substr(type, 1, 1)) substr(type, 2) ".\n"
	say_body(texts[name], name)
}

function say_calls(    i, v, n, name) {
	n = arrays["plan_calls"]
	for (i = 1; i <= n; i++) {
		name = array["plan_calls", i]
		if (!(name in call_of))
			continue
		print "### " call_of[name] " {#guest-" name "}\n"
		say_body(texts["guest:" name], "guest:" name)
	}
}

function say_contents(    i, j, t, line) {
	print "| | |\n| --- | --- |"
	for (i = 1; i <= ntables; i++) {
		t = order[i]
		line = "| [" titles[t] "](#" t ") |"
		for (j = 1; likes[t] == "" && j <= has_fields[t]; j++)
			line = line (j > 1 ? "," : "") " [" \
				allowed[t, j] "](#" t "-" allowed[t, j] ")"
		for (j = 1; t == "guest" && j <= arrays["plan_calls"]; j++)
			line = line (j > 1 ? "," : "") " [" \
				array["plan_calls", j] "](#guest-" \
				array["plan_calls", j] ")"
		print line " |"
	}
	print ""
}

# Those that come first, in the order of the page.
function set_order(    first, n, i, t, rest) {
	n = split("lesson files machine races swap words read predict sign " \
		  "explore write guest options params soak failslab check " \
		  "pattern size source findings hints wrong script", first, " ")
	for (i = 1; i <= n; i++)
		placed[first[i]] = 1
	for (i = 1; i <= ntables; i++)
		if (!(order[i] in placed))
			first[++n] = order[i]
	ntables = 0
	for (i = 1; i <= n; i++)
		if (first[i] in titles)
			order[++ntables] = first[i]
}

function say_page(    i, j, t) {
	print "<!-- Made by `make lua-reference` of comments in shell/lua-*.c. -->"
	print "\n# All fields of lesson.lua\n"
	print "What a lesson's script may say, field by field. What it means, and how a"
	print "lesson is built of it, is in [The format of a lesson](lesson-format.md). This"
	print "page is made of the comments in the code that reads each field; types and bounds"
	print "are those of the code itself.\n"
	print "A list of one string may be written as the string alone. Strings are UTF-8"
	print "without control characters; \"one line\" says that there is no line break either."
	print "A path is made of letters, digits, `.`, `_`, `+`, `-` and `/`, relative, without"
	print "`..` and hidden parts.\n"
	say_contents()
	for (i = 1; i <= ntables; i++) {
		t = order[i]
		print "## " titles[t] " {#" t "}\n"
		say_body(texts[t], t)
		for (j = 1; likes[t] == "" && j <= has_fields[t]; j++)
			if ((t "." allowed[t, j]) in field_of)
				say_field(t, allowed[t, j])
		if (t == "guest")
			say_calls()
	}
}

# ---- what does not fit ----

function hold_fields(    i, j, t, of, name) {
	for (i = 1; i <= ntables; i++) {
		t = order[i]
		of = likes[t] == "" ? t : likes[t]
		for (j = 1; j <= has_fields[t]; j++) {
			name = of "." allowed[t, j]
			if (!(name in field_of))
				bad_at(file_of[t], line_of[t], "no comment " \
				       "on the field " name)
		}
	}
	for (name in field_of) {
		t = substr(name, 1, index(name, ".") - 1)
		if (!(t in titles))
			bad_at(file_of[name], line_of[name], "there is no " \
			       "comment [" t "] for the table of " name)
		else if (!(name in may))
			bad_at(file_of[name], line_of[name], "there is no " \
			       "field " name)
	}
	for (name in reads)
		if (!(name in somewhere))
			bad_at(reads[name], 0, "the field \"" name "\" is " \
			       "read, and no table may have it")
}

function hold_calls(    i, name) {
	for (name in methods)
		if (!(name in call_of))
			bad_at(methods[name], 0, "no comment on guest:" name)
	for (name in call_of)
		if (!(name in methods))
			bad_at(file_of["guest:" name], line_of["guest:" name],
			       "there is no guest:" name)
		else if (!(name in begun))
			bad_at(file_of["guest:" name], line_of["guest:" name],
			       "the comment on guest:" name " does not stand " \
			       "above its function")
	for (i = 1; i <= arrays["words"]; i++)
		if (!(array["words", i] in titles))
			bad_at("shell/lua-item.c", 0, "no comment on the " \
			       "word " array["words", i])
}

END {
	hold_fields()
	hold_calls()
	set_order()
	if (!broken)
		say_page()
	exit broken
}
