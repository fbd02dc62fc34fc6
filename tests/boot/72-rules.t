#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
# How the work is written: what the compilers are made to report for a check,
# and what they are not to be kept from reporting.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use KilnTest;
use Test::More;

my $k = KilnTest->new;
my $solution = "$KilnTest::boot/lessons/1-bad/72-rules/solution";

# The solution, with each pattern replaced, by file.
sub changed {
	my (%changes) = @_;
	my %files;

	for my $file (keys %changes) {
		my $text = KilnTest::read_file("$solution/$file");
		my @pairs = @{ $changes{$file} };

		while (my ($from, $to) = splice(@pairs, 0, 2)) {
			$text =~ s/$from/$to/ or die "$file: no $from";
		}
		$files{$file} = $text;
	}
	return $k->learner(lesson => '72-rules', files => \%files);
}

sub rust { return changed('rules_rs.rs' => [@_]) }
sub c { return changed('sum.c' => [@_]) }
# Rust that init does before all else.
sub first { return rust(qr/(?=        \/\/ SAFETY)/ => $_[0]) }

# The results of all checks but those that pass, and the messages.
sub failing {
	my ($what, $dir, %want) = @_;

	subtest $what => sub {
		my $r = $k->run(['check', 'rules', '--dir', $dir, '--json']);
		my $v = eval { KilnTest::decode_json($r->{out}) } || {};
		my %got = map { $_->{id} => "$_->{result}: $_->{message}" }
			grep { $_->{result} ne 'pass' } @{ $v->{checks} || [] };

		is(join(' ', sort keys %got), join(' ', sort keys %want),
			'these do not hold');
		like($got{$_} // '', $want{$_}, "message of $_")
			for sort keys %want;
		diag($r->{out}, $r->{err} // '')
			if !Test::More->builder->is_passing;
	};
}

# That it passes means that it builds without a word, too.
sub passes {
	my ($what, $dir) = @_;

	$k->expect($what, 'rules', $dir, verdict => 'pass', exit => 0,
		findings => []);
}

passes('the solution', rust());
my $r = $k->run(['check', 'rules', '--dir', rust()]);
unlike($r->{out}, qr/unsafe_code|warning/, 'what is tolerated is not told');

$r = $k->run(['check', 'rules', '--dir', first(
	"        core::mem::forget(KBox::new(1, GFP_KERNEL)?);\n")]);
unlike($r->{out}, qr/force-warn|1 warning/, 'nor how it was asked for');
like($r->{out}, qr/\^\n *\| *\|\n *\| *= note: the lesson says so/, 'but what was found');

# ---- dependencies, patterns, counts ----

failing('one fault', rust(qr/let sum = unsafe[^;]*/ => 'return Err(EINVAL)',
		qr/\n *pr_info!\("sum.*\n.*\n *Ok.*\n/ => "\n"),
	loads => qr/^fail: insmod rulesmod.ko: expected success/,
	sum => qr/^not-run: needs "it loads" first$/,
	each => qr/^not-run: needs "it loads" first$/);
failing('once too often', c(qr/(?=\tall \+= a)/ => "\tpr_info(\"rulesmod: add\\n\");\n"),
	each => qr/^fail: 3 lines of the log have .*, and there should be exactly 2/);

# ---- lints that are off otherwise ----

my $panics = <<'RUST';
        #[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
        #[allow(clippy::indexing_slicing)]
        {
            let v = KVec::from_elem(1, 2, GFP_KERNEL).unwrap();
            let w = KVec::from_elem(1, 2, GFP_KERNEL).expect("w");
            if v[0] != w[0] {
                panic!("v");
            }
        }
RUST
failing('what may panic, and is allowed', first($panics),
	panics => qr/^fail: rules_rs.rs:\d+: used `unwrap\(\)`.*, and 4 more$/);
failing('two unsafe blocks, allowed from the top',
	rust(qr/(?=use kernel::prel)/ => "#![allow(unsafe_code)]\n",
		qr/(?=        pr_info!\("sum)/ => "        // SAFETY: As above.\n"
			. "        let sum = sum + unsafe { rules_sum(0, 0) };\n"),
	each => qr/^fail: 4 lines/,
	unsafe => qr/^fail: 2 reports of "unsafe_code", and at most 1 is allowed: rules_rs.rs:\d+, rules_rs.rs:\d+$/);
failing('nothing argued, and allowed',
	rust(qr/ *\/\/ SAFETY.*\n/ =>
			"        #[allow(clippy::undocumented_unsafe_blocks)]\n"),
	argued => qr/^fail: rules_rs.rs:26: unsafe block missing a safety comment \(clippy::/);
failing('a reference to a static mut',
	rust(qr/(?=struct RulesModule;)/ => "static mut N: c_int = 1;\n\n",
		qr/rules_sum\(1, 2\)/ => 'rules_sum(*&N, 2)'),
	statics => qr/^fail: rules_rs.rs:\d+: creating a shared reference to mutable static/);
failing('forgotten',
	first("        core::mem::forget(KBox::new(1, GFP_KERNEL)?);\n"),
	forgets => qr/^fail: rules_rs.rs:\d+: usage of `mem::forget`/,
	forbid => qr/^fail: rules_rs.rs:\d+: use of a disallowed method `core::mem::forget`/);

# ---- paths ----

for my $case (
	['a method', "let _ = KBox::leak(KBox::new(1, GFP_KERNEL)?);",
		'kernel::alloc::Box::leak'],
	['by another name', "{ use core::mem as m; let f = m::forget; f(1); }",
		'core::mem::forget'],
	['a type', "let _ = kernel::sync::Arc::new(1, GFP_KERNEL)?;",
		'kernel::sync::Arc'],
	['a type of core', "let _ = core::mem::ManuallyDrop::new(1);",
		'core::mem::ManuallyDrop'],
	['a macro', 'pr_warn!("x\n");', 'kernel::pr_warn'],
) {
	my ($what, $line, $path) = @$case;

	failing($what, first("        $line\n"),
		forbid => qr/^fail: rules_rs.rs:\d+: use of a disallowed \w+ `\Q$path\E`/);
}
passes('a function of the same name',
	rust(qr/(?=struct RulesModule;)/ => "fn forget(_: u8) {}\n\n",
		qr/(?=        \/\/ SAFETY)/ => "        forget(1);\n"));

# ---- clang ----

my $shadow = "\t{\n\t\tint all = b;\n\n\t\tb = all;\n\t}\n";

failing('a shadow', c(qr/(?=\treturn)/ => $shadow),
	shadow => qr/^fail: sum.c:\d+: declaration shadows a local variable \(-Wshadow\)/);
failing('a shadow, and clang silenced',
	c(qr/(?=\treturn)/ => $shadow, qr/(?=int rules_sum)/ =>
			"#pragma clang diagnostic ignored \"-Wshadow\"\n"),
	shadow => qr/^fail: sum.c:4: this line could silence clang/);

# ---- what was built, and what it calls ----

failing('a large table', c(qr/(?=int rules_sum\(int a, int b\)\n)/ =>
			"static const volatile char table[20000] = {1};\n\n",
		qr/int all = 0;/ => 'int all = table[1];'),
	small => qr/^fail: text of rulesmod.ko has \d{5} bytes, and at most 16000 are allowed, and at least 100/);
failing('what is to be avoided, by a pointer', c(qr/(?=\treturn)/ =>
			"\t{\n\t\tsize_t (*volatile f)(const void *) = ksize;\n"
			. "\n\t\tif (b > 9)\n\t\t\tf(NULL);\n\t}\n",
		qr/(?=#include)/ => "#include <linux/slab.h>\n"),
	calls => qr/^fail: sum.c:1\d: `rules_sum` uses `ksize`, and is not to$/);
failing('what is to be called is elsewhere',
	c(qr/(?=int rules_sum\(int a, int b\)\n)/ =>
			"static void tell(int n)\n{\n"
			. "\tpr_info(\"rulesmod: add %d\\n\", n);\n}\n\n",
		qr/pr_info\("rulesmod: add %d\\n", a\)/ => 'tell(a)',
		qr/pr_info\("rulesmod: add %d\\n", b\)/ => 'tell(b)'),
	calls => qr/^fail: sum.c:\d+: `rules_sum` does not call `_printk`; after .* it calls `tell`$/);
failing('another name', c(qr/int rules_sum\(int a, int b\)\n/ =>
			"int rules_sum(int, int) __attribute__((alias(\"other\")));\n"
			. "int other(int a, int b);\nint other(int a, int b)\n"),
	calls => qr/^fail: sum.c has no function `rules_sum`$/);

done_testing;
