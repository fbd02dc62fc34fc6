#!/bin/bash
# The golden screens of a terminal of 200x60.
exec "$(dirname "$0")/screens/run" 200x60
