#!/bin/bash
# The golden screens of a terminal of 40x10.
exec "$(dirname "$0")/screens/run" 40x10
