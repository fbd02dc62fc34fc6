#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
# The pairs of types of tests/abi/pairs, compiled in the toolroot and compared.
use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";
use KilnTest;
use Test::More;

# Its folders are those of a KilnTest: nothing is left anywhere else.
my $k = KilnTest->new;
(my $matrix = $KilnTest::kiln) =~ s{kiln$}{tests/abi/matrix};

-x $matrix or BAIL_OUT("$matrix is missing: run tests/run boot");
$ENV{KILN_HOME} = "$k->{root}/home";
$ENV{KILN_DATA} = "$k->{root}/data";
# What it prints is TAP.
exit(system($matrix, "$KilnTest::repo/tests/abi/pairs") == 0 ? 0 : 1);
