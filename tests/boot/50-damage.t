#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
# Warm guests that were damaged are made again, and nobody notices but for
# the time.
use strict;
use warnings;

use Digest::SHA qw(sha256_hex);
use FindBin;
use lib "$FindBin::Bin/lib";
use KilnTest;
use Test::More;

my $k = KilnTest->new;
my $dir = $k->learner;

sub passes {
	my ($what, %o) = @_;

	$k->expect($what, 'c-module', $dir, verdict => 'pass', exit => 0,
		limit => 120, %o);
}

passes('a warm guest', guest => 'warm');

# ---- damage ----

# The guests' files are linked so far. What is damaged must be our own.
for my $dir ($k->guest_dirs) {
	rename($dir, "$dir.linked");
	KilnTest::copy_tree("$dir.linked", $dir);
	system('rm', '-rf', "$dir.linked");
}
passes('a copy of the cache', guest => 'warm');

# Do it to every guest, for one of them is the one that will be used. Which
# one is known when it has been made again: its state is another.
sub damaged {
	my ($what, $do) = @_;
	my %was;

	for my $guest ($k->guest_dirs) {
		$was{$guest} = (stat("$guest/ram"))[9] // 0;
		chmod 0644, "$guest/.complete";
		$do->($guest);
	}
	passes($what, guest => 'warm');
	my @made = grep { ((stat("$_/ram"))[9] // 0) != ($was{$_} // 0) }
		$k->guest_dirs;

	is(scalar @made, 1, "$what: it was made again");
	# From now on that one alone.
	system('rm', '-rf', $_)
		for grep { $_ ne ($made[0] // '') } $k->guest_dirs;
	passes("$what: and once is enough", guest => 'warm',
		max_ms => 8000);
}

sub patch {
	my ($path, $at, $bytes) = @_;

	open(my $f, '+<:raw', $path) or die "$path: $!";
	seek($f, $at, 0);
	print $f $bytes;
	close($f) or die "$path: $!";
}

damaged('the state cut short', sub {
	truncate("$_[0]/state", 100000) or die;
});

# The same look decides for all of these: it is asked by itself, for a boot
# takes its time.
my ($guest) = $k->guest_dirs;
my $kept = "$k->{root}/kept";

sub is_whole {
	my ($want, $what) = @_;
	my $r = $k->run(['doctor']);

	like($r->{out}, $want ? qr/guest +a warm guest is saved/
		: qr/guest +none is saved/, $what)
		or diag("status $r->{status}: $r->{err}");
}

sub noticed {
	my ($what, $do) = @_;

	$do->($guest);
	is_whole(0, "$what: it is noticed");
	KilnTest::copy_tree($kept, $guest);
}

KilnTest::copy_tree($guest, $kept);
is_whole(1, 'a guest that is whole is known for it');
chmod 0644, "$guest/.complete", "$kept/.complete";
noticed('bytes of RAM changed', sub {
	patch("$_[0]/ram", 50 << 20, "\xff" x 65536);
});
noticed('RAM cut short', sub { truncate("$_[0]/ram", 100 << 20) });
noticed('bytes of the state changed', sub {
	patch("$_[0]/state", 5000, "\xff");
});
noticed('no initrd', sub { unlink("$_[0]/initrd") });
noticed('no RAM', sub { unlink("$_[0]/ram") });
noticed('no stamp', sub { unlink("$_[0]/.complete") });
noticed('a stamp that says nothing', sub {
	KilnTest::write_file("$_[0]/.complete", "\0\xff garbage\n" x 100);
});
noticed('an empty stamp', sub {
	KilnTest::write_file("$_[0]/.complete", '');
});
is_whole(1, 'and put back it is whole');
system('rm', '-rf', $kept);

# Whole by all that a look can tell, and yet it does not resume.
sub stamp_again {
	my ($guest) = @_;
	my @parts = map { KilnTest::read_file("$guest/$_") } qw(state initrd);
	my $sum = sha256_hex(map { pack('Q<', length), $_ } @parts);
	my $stamp = KilnTest::read_file("$guest/.complete");

	substr($stamp, 0, 16) = substr($sum, 0, 16);
	KilnTest::write_file("$guest/.complete", $stamp);
}

damaged('a state that QEMU refuses', sub {
	patch("$_[0]/state", 1000, "\xff" x 20000);
	stamp_again($_[0]);
});
damaged('RAM with nothing in it', sub {
	my ($guest) = @_;

	truncate("$guest/ram", 0);
	truncate("$guest/ram", 192 << 20);
	my $stamp = KilnTest::read_file("$guest/.complete");
	my $ns = `stat -c %.9Y $guest/ram`;

	chomp $ns;
	$stamp =~ s/^(\S+ \S+) \S+/$1 $ns/;
	KilnTest::write_file("$guest/.complete", $stamp);
});

done_testing;
