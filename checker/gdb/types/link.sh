# SPDX-License-Identifier: GPL-2.0-or-later
# Give each variable of kiln_types.o the address that the kernel has it at.
# Run in the folder of the build; leaves .guest/types for gdb.
set -e
{
	echo 'SECTIONS {'
	llvm-nm --defined-only kiln_types.o | while read -r _ _ name; do
		address=$(awk -v n="$name" '$3 == n { print $1; exit }' \
			/kiln/build/System.map)
		[ -n "$address" ] || continue
		echo " .at.$name 0x$address (NOLOAD) : {" \
			"*(.bss.$name .data.$name .data..percpu*.$name) }"
	done
	# What the kernel has not is nowhere in particular.
	echo ' .none 0x1000 (NOLOAD) : { *(.bss .bss.* .data .data.* .rodata*) }'
	echo ' /DISCARD/ : { *(.text .text.* .modinfo .note* .init*) }'
	echo '}'
} >types.lds
mkdir -p .guest
ld.lld -o .guest/types -T types.lds --unresolved-symbols=ignore-all \
	-e 0 kiln_types.o
