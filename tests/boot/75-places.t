#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
# Whose line it was, in a module of both languages: a line that is asked for
# is marked in its source, as /* MARK */ or // MARK.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use KilnTest;
use Test::More;

my $k = KilnTest->new;
my %text = (
	'ring_c.c' => KilnTest::case_text('ring.c'),
	'ring_rs.rs' => KilnTest::case_text('ring.rs'),
);

# "FILE:LINE" of what is marked with @mark, in either file.
sub line_of {
	my ($mark) = @_;

	for my $file (sort keys %text) {
		my @lines = split /\n/, $text{$file};

		for my $i (0 .. $#lines) {
			return "$file:" . ($i + 1)
				if $lines[$i] =~ m{(?:/\*|//) $mark\b};
		}
	}
	die "no line is marked $mark";
}

# Check the module with these statements in its init; its findings.
sub findings_of {
	my ($what, $faults) = @_;
	my %files = %text;

	$files{'ring_rs.rs'} =~ s{// FAULTS}{$faults} or die;
	my $dir = $k->learner(lesson => '20-places', files => \%files);
	my $r = $k->check('places', $dir, limit => 120);

	is($r->{json}{verdict}, 'crash', "$what: verdict")
		or diag("$r->{out}$r->{err}");
	$k->is_clean("$what: nothing is left");
	return @{ $r->{json}{findings} };
}

# A finding: its kind, its place, and what is told of the others. FILE:LINE
# stands for what is marked.
sub is_at {
	my ($f, $kind, $mark, @told) = @_;

	is($f->{kind}, $kind, "$kind $mark: kind");
	is(($f->{file} // '-') . ':' . ($f->{line} // '-'), line_of($mark),
		"$kind $mark: place");
	for my $told (@told) {
		$told =~ s/\b([A-Z][A-Z-]{2,})\b/line_of($1)/ge;
		ok(index($f->{explain} // '', $told) >= 0,
			"$kind $mark: $told") or diag($f->{explain});
	}
	is_deeply([sort keys %$f], [qw(explain file kind line title)],
		"$kind $mark: nothing more than the contract has");
}

# Lockdep keeps silent once KASAN has spoken, and says a thing only once; so
# this is their order.
{
	my @f = findings_of('many', q{
        // SAFETY: They take nothing; what they do is their affair.
        unsafe {
            ring_sleep();
            pr_info!("one\n");
            ring_orders();
            pr_info!("two\n");
            ring_twice();
            pr_info!("three\n");
            ring_leak();
        }
        leak()?;
        beyond();});

	is(scalar @f, 6, 'many: each is a finding') or diag(explain(\@f));
	is_at($f[0], 'atomic-sleep', 'SLEEPS',
		'called by ring_sleep, which was called at ring_rs.rs:',
		'The lock spin, which it holds, was taken at HELD in '
			. 'ring_sleep.');
	is_at($f[1], 'lockdep', 'WANTS',
		'It takes the lock first at WANTS in backwards.',
		'The lock second, which it holds, was taken at HOLDS in '
			. 'backwards.',
		'second was taken with another of them held, at CHAIN in '
			. 'forwards.');
	# The list is the kernel's, its user is inlined.
	is_at($f[2], 'list-corruption', 'TWICE', 'It happened in add');
	is_at($f[3], 'kasan', 'BEYOND',
		'It was allocated at MADE in ring_new and used at BEYOND in '
			. 'ring_rs::Ring::push.');
	unlike($f[3]{title}, qr/_R/, 'a title is not mangled');
	my %leak = map { $_->{title} =~ /kmalloc-1k/ ? 'rs' : 'c', $_ }
		@f[4, 5];

	is_at($leak{c}, 'leak', 'LEAKC',
		'The allocation is in ring_leak, which was called at '
			. 'ring_rs.rs:');
	is_at($leak{rs}, 'leak', 'LEAKRS',
		'The allocation is in ring_rs::leak, which');
}

# The kernel crate's code is inlined between the learner's lines.
{
	my ($f) = findings_of('after its end', 'after();');

	is_at($f, 'kasan', 'COPY',
		'allocated at MADE in ring_new, freed at FREED in ring_free '
			. 'and used at COPY in ring_rs::Ring::last.');
}
{
	my ($f) = findings_of('two owners', 'twice()?;');

	is_at($f, 'kasan', 'DROP',
		'allocated at BOX in ring_rs::twice, freed at FREED in '
			. 'ring_free and freed again at DROP in '
			. 'ring_rs::twice.');
}

# ---- endless ----

sub loops {
	my ($lesson, $file, $case, $told) = @_;
	my $text = KilnTest::case_text($case);
	my $dir = $k->learner(lesson => $lesson, files => { $file => $text });
	(my $slug = $lesson) =~ s/^\d+-//;
	my $r = $k->run(['check', $slug, '--dir', $dir], limit => 120);
	my $at = KilnTest::marked($file, $text, 'HERE');

	(my $out = $r->{out}) =~ s/\s+/ /g;
	like($out, qr/\(timeout\)/, "$case: verdict") or diag($out);
	like($out, qr/$told \($at\)/, "$case: the line") or diag($out);
	$k->is_clean("$case: nothing is left");
}

# A case of KUnit's runs in a thread of its own.
loops('03-suite', 'bad.c', 'suite-loop.c', qr/it loops in bad_answer/);
loops('05-rust-module', 'bad_rs.rs', 'rust-loop-irqs-off.rs',
	qr/it loops in bad_rs::Bad::init/);
loops('05-rust-module', 'bad_rs.rs', 'rust-loop-relax.rs',
	qr/it loops in bad_rs::Bad::init/);

# ---- hostile ----

# DWARF that was written by hand: at the worst there is no place.
{
	my $text = KilnTest::case_text('kasan-null-write.c') . <<'C';

asm(".pushsection .debug_info\n"
    ".fill 4096, 1, 0xff\n"
    ".popsection\n"
    ".pushsection .debug_line\n"
    ".fill 4096, 1, 0x7f\n"
    ".popsection\n");
C
	my $dir = $k->learner(files => { 'bad.c' => $text });

	$k->expect('DWARF of the learner\'s own making', 'c-module', $dir,
		verdict => 'crash', findings => ['kasan']);
}

done_testing;
