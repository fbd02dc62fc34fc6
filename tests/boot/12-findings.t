#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
# The kernel says what is wrong: some of tests/faults, each with its one
# finding, at the line that is marked HERE. All of them have a log in
# tests/golden, which says what the kernel printed then; this says that it
# still does.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use KilnTest;
use Test::More;

my $k = KilnTest->new;
my %faults = map { $_->{name} => $_ } KilnTest::faults();

sub fault {
	my ($name, %o) = @_;
	my $f = $faults{$name} or die "no fault $name";
	my $as = $f->{file} =~ /\.rs$/ ? 'bad_rs.rs' : 'bad.c';
	my $text = KilnTest::case_text($f->{file});

	$k->expect($name, $f->{lesson}, $k->faulty($f), verdict => 'crash',
		findings => [$f->{kind}], limit => 120,
		place => KilnTest::marked($as, $text, 'HERE'),
		$f->{headline} eq '-' ? ()
			: (reason => qr/\Q$f->{headline}\E/), %o);
}

# Memory.
fault($_) for qw(kasan-null-write kasan-heap-write kasan-stack
	kasan-use-after-free kasan-double-free kasan-rust-null ubsan-shift
	ubsan-bool refcount-underflow list-double-add leak-slab leak-cache);

# Locks, and sleep.
fault($_) for qw(lockdep-circular lockdep-hardirq held-mutex held-spinlock
	atomic-schedule atomic-timer);
fault($_, max_ms => 20000)
	for qw(lockdep-recursive-mutex lockdep-recursive-spinlock);

# The CPU, and the code itself.
fault($_) for qw(oops-null-call oops-error-pointer oops-stack-overflow
	bug warn panic panic-init rust-panic-index rust-panic-overflow);

# What a module leaves behind.
fault($_) for qw(left-work left-timer);

# The watchdog that guest time costs nothing for.
fault('hung-task');

done_testing;
