#!/bin/bash
# The golden screens of a terminal of 80x24.
exec "$(dirname "$0")/screens/run" 80x24
