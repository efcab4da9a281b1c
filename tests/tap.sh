# SPDX-License-Identifier: Apache-2.0
# Sourced by the shell tests: TAP on standard output.
#   check NAME COMMAND...   one test: passes if the command succeeds; what it prints is shown if not
#   pass NAME, fail NAME    the same, decided by the caller
#   skip NAME REASON        a test that cannot run here
#   finish                  the plan; last line of a test file
tap_count=0
# The dictionaries of whoever runs the tests stay out of them.
XDG_CONFIG_HOME=/nonexistent XDG_CACHE_HOME=/nonexistent XDG_STATE_HOME=/nonexistent
export XDG_CONFIG_HOME XDG_CACHE_HOME XDG_STATE_HOME

pass() {
    tap_count=$((tap_count + 1))
    printf 'ok %d - %s\n' "$tap_count" "$1"
}

fail() {
    tap_count=$((tap_count + 1))
    printf 'not ok %d - %s\n' "$tap_count" "$1"
}

skip() {
    tap_count=$((tap_count + 1))
    printf 'ok %d - %s # SKIP %s\n' "$tap_count" "$1" "$2"
}

check() {
    tap_name=$1
    shift
    if tap_output=$("$@" 2>&1); then
        pass "$tap_name"
    else
        fail "$tap_name"
        if [ -n "$tap_output" ]; then
            printf '%s\n' "$tap_output" | sed 's/^/# /'
        fi
    fi
}

# check, for a command that prints what is wrong and nothing where all is well.
check_silent() {
    tap_name=$1
    shift
    tap_output=$("$@" 2>&1) || :
    if [ -z "$tap_output" ]; then
        pass "$tap_name"
    else
        fail "$tap_name"
        printf '%s\n' "$tap_output" | sed 's/^/# /'
    fi
}

finish() {
    printf '1..%d\n' "$tap_count"
}
