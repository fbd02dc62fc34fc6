# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# bash completion for kiln(1). What may stand where is Kiln's own affair: it
# is asked with the words so far, and answers with a line a candidate.

# The words up to the cursor, as Kiln would see them: bash parts them at each
# "=" and ":", and leaves quotes in.
_kiln_words()
{
	local i word glue=

	words=()
	for ((i = 1; i <= COMP_CWORD; i++)); do
		word=${COMP_WORDS[i]//\\/}
		word=${word//[\"\']/}
		if ((${#words[@]})) && [[ $glue || $word =~ ^[=:]+$ ]]; then
			words[${#words[@]} - 1]+=$word
			glue=
			[[ ! $word =~ ^[=:]+$ ]] || glue=1
		else
			words+=("$word")
		fi
	done
}

_kiln()
{
	local words word skip quoted tab=$'\t'

	COMPREPLY=()
	_kiln_words
	word=${words[${#words[@]} - 1]}
	# What stands before the last of them stays where it is.
	skip=${word%"${word##*[=:]}"}
	while IFS= read -r word; do
		word=${word%%"$tab"*}
		word=${word#"$skip"}
		printf -v quoted %q "$word"
		# A folder of one's own is not a file called "~".
		# shellcheck disable=SC2088 # it is to stay as it is
		[[ $word != '~/'* ]] || quoted="~/${quoted#\\~/}"
		COMPREPLY+=("$quoted")
	done < <("${1/#\~/$HOME}" complete -- "${words[@]}" 2>/dev/null)
	if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == */ ]]; then
		compopt -o nospace 2>/dev/null
	fi
}

complete -F _kiln kiln
